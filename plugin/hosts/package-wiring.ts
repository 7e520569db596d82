/**
 * Hosts with the compiler and the runtime of this package.
 */
import { packageFile } from '../../compiler/node.ts'
import { createCompiler } from '../programs/compiler.ts'
import type { Wiring } from './wiring.ts'

export const packageWiring: Wiring = {
  compiler: createCompiler,
  get runtime() {
    return packageFile('dist', 'runtime', 'index.js')
  },
}
