/**
 * Rollup: builds only.
 */
import type { Plugin, PluginContext } from 'rollup'
import type { SpyOptions } from '../options.ts'
import { buildContext } from './rollup-like-context.ts'
import { rollupLikeHooks } from './rollup-like-plugin.ts'
import type { Wiring } from './wiring.ts'

export function rollupPlugin(options: SpyOptions, wiring: Wiring): Plugin {
  const { start, hooks } = rollupLikeHooks(options, wiring, (plugin: PluginContext) =>
    buildContext(plugin, (id) => plugin.getModuleInfo(id)?.isExternal ?? false),
  )
  return {
    ...hooks,
    // Rollup knows nothing about where its output will run.
    buildStart: ({ input }) => start(input, 'unknown'),
    // Facades depend on more than their own text: on other files, and on the compiler.
    shouldTransformCachedModule: () => true,
  }
}
