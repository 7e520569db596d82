/** The plugin for Rspack. */
import type { RspackPluginInstance } from '@rspack/core'
import { packageWiring } from '../plugin/hosts/package-wiring.ts'
import { rspackPlugin } from '../plugin/hosts/rspack.ts'
import type { SpyOptions } from '../plugin/options.ts'

export type { SpyOptions }

export default function spy(options: SpyOptions = {}): RspackPluginInstance {
  return rspackPlugin(options, packageWiring)
}
