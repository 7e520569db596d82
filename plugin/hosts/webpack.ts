/**
 * webpack 5: builds and watch mode.
 */
import { createWebpackPlugin } from 'unplugin'
import type { WebpackPluginInstance } from 'webpack'
import type { SpyOptions } from '../options.ts'
import { OURS, PROGRAM_FILE } from './webpack-like.ts'
import { type NativeContext, WebpackLikePlugin } from './webpack-like-plugin.ts'
import type { Wiring } from './wiring.ts'

export function webpackPlugin(options: SpyOptions, wiring: Wiring): WebpackPluginInstance {
  let plugin: WebpackLikePlugin
  return createWebpackPlugin<SpyOptions>(() => ({
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
    webpack(compiler) {
      plugin = new WebpackLikePlugin(compiler, options, wiring, (resource) => resource)
    },
  }))(options)
}
