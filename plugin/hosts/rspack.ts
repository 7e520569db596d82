/**
 * Rspack: builds and watch mode.
 */
import type { RspackOptionsNormalized, RspackPluginInstance } from '@rspack/core'
import { createRspackPlugin } from 'unplugin'
import type { SpyOptions } from '../options.ts'
import { OURS, PROGRAM_FILE } from './webpack-like.ts'
import { type NativeContext, WebpackLikePlugin } from './webpack-like-plugin.ts'
import type { Wiring } from './wiring.ts'

export function rspackPlugin(options: SpyOptions, wiring: Wiring): RspackPluginInstance {
  let plugin: WebpackLikePlugin
  return createRspackPlugin<SpyOptions>(() => ({
    name: 'unplugin-spy',
    enforce: 'pre',
    resolveId: { filter: { id: OURS }, handler: (source) => plugin.resolve(source) },
    load: {
      filter: { id: [PROGRAM_FILE, /\.spy(?:$|[?#])/] },
      handler(id) {
        const asking = this.getNativeBuildContext?.() as unknown as NativeContext
        return plugin.load(asking, id, (message) => this.warn(message))
      },
    },
    rspack(compiler) {
      protectLoaders(compiler.options.module.rules)
      plugin = new WebpackLikePlugin(compiler, options, wiring, unprotected)
    },
  }))(options)
}

/**
 * The loader that calls `load` is named by its path, in which Rspack takes a `#` for the start of a fragment, unless it is
 * protected as in resources. Folders with a `#` may contain a whole project, and the plugin with it.
 */
export function protectLoaders(rules: RspackOptionsNormalized['module']['rules']): void {
  for (const rule of rules) {
    if (!rule || typeof rule !== 'object' || !Array.isArray(rule.use)) continue
    for (const use of rule.use) {
      if (typeof use !== 'object' || use === null || !/[\\/]unplugin[\\/]/.test(use.loader)) continue
      use.loader = use.loader.replace(/(?<!\u200B)#/g, '\u200B#')
    }
  }
}

/** In a resource, a zero-width space protects `#` and `?` that are part of the path. */
function unprotected(resource: string): string {
  return resource.replace(/\u200B([\s\S])/g, '$1')
}
