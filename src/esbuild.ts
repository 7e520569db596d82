/** The plugin for esbuild. */
import type { Plugin } from 'esbuild'
import { esbuildPlugin } from '../plugin/hosts/esbuild.ts'
import { packageWiring } from '../plugin/hosts/package-wiring.ts'
import type { SpyOptions } from '../plugin/options.ts'

export type { SpyOptions }

export default function spy(options: SpyOptions = {}): Plugin {
  return esbuildPlugin(options, packageWiring)
}
