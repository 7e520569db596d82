/**
 * Rspack: builds and watch mode.
 */

import type { Compilation, NormalModule, Compiler as Rspack, RspackPluginInstance } from '@rspack/core'
import { createRspackPlugin, type UnpluginBuildContext, type UnpluginContext } from 'unplugin'
import { LiveDeclarations } from '../dts.ts'
import { type ResolvedOptions, resolveOptions, type SpyOptions } from '../options.ts'
import type { Compiler } from '../programs.ts'
import {
  type GraphModule,
  isOurs,
  type LoadContext,
  OURS,
  PROGRAM_FILE,
  resolveOurs,
  WebpackLikeBuild,
} from './webpack-like.ts'
import type { Wiring } from './wiring.ts'

export function rspackPlugin(options: SpyOptions, wiring: Wiring): RspackPluginInstance {
  const builds = new WeakMap<object, WebpackLikeBuild>()
  let resolved: ResolvedOptions
  let compiler: Compiler
  let declarations: LiveDeclarations | undefined
  const buildOf = (rspack: Rspack, compilation: object): WebpackLikeBuild => {
    let build = builds.get(compilation)
    if (build === undefined) {
      build = new WebpackLikeBuild(resolved, { isServer: isServer(rspack), declarations }, compiler)
      builds.set(compilation, build)
    }
    return build
  }

  return createRspackPlugin<SpyOptions>(() => ({
    name: 'unplugin-spy',
    enforce: 'pre',
    resolveId: {
      filter: { id: OURS },
      handler: (source) => resolveOurs(source, wiring.runtime, resolved),
    },
    load: {
      filter: { id: [PROGRAM_FILE, /\.spy(?:$|[?#])/] },
      handler(id) {
        const { compiler: rspack, compilation } = nativeContext(this)
        return buildOf(rspack, compilation).load(loadContext(this), id)
      },
    },
    rspack(rspack) {
      resolved = resolveOptions(options, {
        root: rspack.options.context ?? process.cwd(),
        // While somebody develops, what counts is that it is there at once.
        engine: rspack.options.mode === 'development' ? 'jit' : 'c',
        sourcemap: Boolean(rspack.options.devtool),
      })
      compiler = wiring.compiler(resolved)
      if (resolved.types) {
        const logger = rspack.getInfrastructureLogger('unplugin-spy')
        declarations = new LiveDeclarations({ root: resolved.root, compiler }, (message) => logger.warn(message))
        // Loaders for TypeScript read its configuration early.
        declarations.prepare()
        declarations.scan()
      }
      // On by default since webpack 5.83; the plugin sees the options before the defaults are filled in.
      Object.assign(rspack.options.experiments, { topLevelAwait: true })
      let isFirst = true
      rspack.hooks.finishMake.tapPromise('unplugin-spy', async (compilation) => {
        // A cache on disk may have brought back modules that another version of the compiler has made. Later, while
        // files are watched, a compilation that has asked for none of our modules leaves them as they are.
        if (builds.has(compilation) || (isFirst && graphModules(compilation).length > 0)) {
          await buildOf(rspack, compilation).finish(() => graphModules(compilation))
        }
        isFirst = false
      })
      rspack.hooks.shutdown.tapPromise('unplugin-spy', () => compiler.dispose())
      rspack.hooks.done.tapPromise('unplugin-spy', async () => {
        await declarations?.finished()
        if (!rspack.watchMode) await compiler.dispose()
      })
    },
  }))(options)
}

/** Code for Node and its kin has the modules of Node; known only after the defaults have been filled in. */
function isServer(rspack: Rspack): boolean {
  return rspack.options.externalsPresets.node === true
}

function graphModules(compilation: Compilation): GraphModule[] {
  return [...compilation.modules].flatMap((module) => {
    const { resource } = module as NormalModule
    if (typeof resource !== 'string') return []
    // In a resource, a zero-width space protects `#` and `?` that are part of the path.
    const id = resource.replace(/\u200B([\s\S])/g, '$1')
    if (!isOurs(id)) return []
    const rebuild = () =>
      new Promise<void>((resolve, reject) => {
        compilation.rebuildModule(module, (error) => (error ? reject(error) : resolve()))
      })
    return [{ id, code: module.originalSource()?.source().toString(), rebuild }]
  })
}

interface NativeContext {
  readonly compiler: Rspack
  readonly compilation: Compilation
  readonly loaderContext: { addMissingDependency(path: string): void; addDependency(path: string): void }
}

function nativeContext(context: UnpluginBuildContext): NativeContext {
  return context.getNativeBuildContext?.() as unknown as NativeContext
}

function loadContext(context: UnpluginBuildContext & UnpluginContext): LoadContext {
  const { loaderContext } = nativeContext(context)
  return {
    addWatchFile: (path) => loaderContext.addDependency(path),
    addMissingFile: (path) => loaderContext.addMissingDependency(path),
    warn: (message) => context.warn(message),
  }
}
