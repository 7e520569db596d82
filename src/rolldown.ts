/** The plugin for Rolldown. */
import type { Plugin } from 'rolldown'
import { packageWiring } from '../plugin/hosts/package-wiring.ts'
import { rolldownPlugin } from '../plugin/hosts/rolldown.ts'
import type { SpyOptions } from '../plugin/options.ts'

export type { SpyOptions }

export default function spy(options: SpyOptions = {}): Plugin {
  return rolldownPlugin(options, packageWiring)
}
