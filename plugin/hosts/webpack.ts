/**
 * webpack 5: builds and watch mode.
 */
import { createWebpackPlugin, type UnpluginBuildContext, type UnpluginContext } from 'unplugin'
import type { Compilation, NormalModule, Compiler as Webpack, WebpackPluginInstance } from 'webpack'
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

export function webpackPlugin(options: SpyOptions, wiring: Wiring): WebpackPluginInstance {
  const builds = new WeakMap<object, WebpackLikeBuild>()
  let resolved: ResolvedOptions
  let compiler: Compiler
  let declarations: LiveDeclarations | undefined
  const buildOf = (webpack: Webpack, compilation: object): WebpackLikeBuild => {
    let build = builds.get(compilation)
    if (build === undefined) {
      build = new WebpackLikeBuild(resolved, { isServer: isServer(webpack), declarations }, compiler)
      builds.set(compilation, build)
    }
    return build
  }

  return createWebpackPlugin<SpyOptions>(() => ({
    name: 'unplugin-spy',
    enforce: 'pre',
    resolveId: {
      filter: { id: OURS },
      handler: (source) => resolveOurs(source, wiring.runtime, resolved),
    },
    load: {
      filter: { id: [PROGRAM_FILE, /\.spy(?:$|[?#])/] },
      handler(id) {
        const { compiler: webpack, compilation } = nativeContext(this)
        return buildOf(webpack, compilation).load(loadContext(this), id)
      },
    },
    webpack(webpack) {
      resolved = resolveOptions(options, {
        root: webpack.options.context ?? process.cwd(),
        // While somebody develops, what counts is that it is there at once.
        engine: webpack.options.mode === 'development' ? 'jit' : 'c',
        sourcemap: Boolean(webpack.options.devtool),
      })
      compiler = wiring.compiler(resolved)
      if (resolved.types) {
        const logger = webpack.getInfrastructureLogger('unplugin-spy')
        declarations = new LiveDeclarations({ root: resolved.root, compiler }, (message) => logger.warn(message))
        // Loaders for TypeScript read its configuration early.
        declarations.prepare()
        declarations.scan()
      }
      // On by default since webpack 5.83; the plugin sees the options before the defaults are filled in.
      Object.assign(webpack.options.experiments, { topLevelAwait: true })
      let isFirst = true
      webpack.hooks.finishMake.tapPromise('unplugin-spy', async (compilation) => {
        // A cache on disk may have brought back modules that another version of the compiler has made. Later, while
        // files are watched, a compilation that has asked for none of our modules leaves them as they are.
        if (builds.has(compilation) || (isFirst && graphModules(compilation).length > 0)) {
          await buildOf(webpack, compilation).finish(() => graphModules(compilation))
        }
        isFirst = false
      })
      webpack.hooks.shutdown.tapPromise('unplugin-spy', () => compiler.dispose())
      webpack.hooks.done.tapPromise('unplugin-spy', async () => {
        await declarations?.finished()
        if (!webpack.watchMode) await compiler.dispose()
      })
    },
  }))(options)
}

/** Code for Node and its kin has the modules of Node; known only after the defaults have been filled in. */
function isServer(webpack: Webpack): boolean {
  return webpack.options.externalsPresets.node === true
}

function graphModules(compilation: Compilation): GraphModule[] {
  return [...compilation.modules].flatMap((module) => {
    const { resource: id } = module as NormalModule
    if (typeof id !== 'string' || !isOurs(id)) return []
    const rebuild = () =>
      new Promise<void>((resolve, reject) => {
        compilation.rebuildModule(module, (error) => (error ? reject(error) : resolve()))
      })
    return [{ id, code: module.originalSource()?.source().toString(), rebuild }]
  })
}

interface NativeContext {
  readonly compiler: Webpack
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
