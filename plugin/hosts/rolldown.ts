/**
 * Rolldown: builds only.
 */
import type { Plugin, PluginContext } from 'rolldown'
import type { SpyOptions } from '../options.ts'
import { buildContext } from './rollup-like-context.ts'
import { rollupLikeHooks } from './rollup-like-plugin.ts'
import type { Wiring } from './wiring.ts'

export function rolldownPlugin(options: SpyOptions, wiring: Wiring): Plugin {
  const { start, hooks } = rollupLikeHooks(options, wiring, (plugin: PluginContext) => buildContext(plugin))
  return {
    ...hooks,
    // `browser` is also what Rolldown says when nobody has told it; such output may well run in Node.
    buildStart: ({ input, platform }) => start(input, platform === 'node' ? 'server' : 'unknown'),
  }
}
