/** The plugin for Vite. */
import type { Plugin } from 'vite'
import { packageWiring } from '../plugin/hosts/package-wiring.ts'
import { vitePlugin } from '../plugin/hosts/vite.ts'
import type { SpyOptions } from '../plugin/options.ts'

export type { SpyOptions }

export default function spy(options: SpyOptions = {}): Plugin {
  return vitePlugin(options, packageWiring)
}
