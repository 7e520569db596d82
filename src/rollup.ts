/** The plugin for Rollup. */
import type { Plugin } from 'rollup'
import { packageWiring } from '../plugin/hosts/package-wiring.ts'
import { rollupPlugin } from '../plugin/hosts/rollup.ts'
import type { SpyOptions } from '../plugin/options.ts'

export type { SpyOptions }

export default function spy(options: SpyOptions = {}): Plugin {
  return rollupPlugin(options, packageWiring)
}
