/** The plugin for webpack. */
import type { WebpackPluginInstance } from 'webpack'
import { packageWiring } from '../plugin/hosts/package-wiring.ts'
import { webpackPlugin } from '../plugin/hosts/webpack.ts'
import type { SpyOptions } from '../plugin/options.ts'

export type { SpyOptions }

export default function spy(options: SpyOptions = {}): WebpackPluginInstance {
  return webpackPlugin(options, packageWiring)
}
