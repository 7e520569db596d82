/** The toy compiler and the runtime of this checkout, as hosts take them. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import type { Wiring } from '../../../plugin/hosts/wiring.ts'
import { type ToyLog, toyCompiler } from './compiler.ts'

export function toyWiring(log?: ToyLog): Wiring {
  return { compiler: () => toyCompiler(log), runtime: builtRuntime() }
}

let runtime: string | undefined

/** The runtime as one file of JavaScript. */
function builtRuntime(): string {
  if (runtime === undefined) {
    const entry = fileURLToPath(new URL('../../../src/runtime/index.ts', import.meta.url))
    const folder = join(tmpdir(), 'unplugin-spy-test-runtime')
    mkdirSync(folder, { recursive: true })
    const outfile = join(folder, `runtime-${process.pid}.js`)
    buildSync({ entryPoints: [entry], bundle: true, format: 'esm', outfile, target: 'es2022' })
    runtime = outfile
  }
  return runtime
}
