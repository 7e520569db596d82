/**
 * Rspack: builds and watch mode.
 */
import type { RspackPluginInstance } from '@rspack/core'
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
      plugin = new WebpackLikePlugin(compiler, options, wiring, unprotected)
    },
  }))(options)
}

/** In a resource, a zero-width space protects `#` and `?` that are part of the path. */
function unprotected(resource: string): string {
  return resource.replace(/\u200B([\s\S])/g, '$1')
}
