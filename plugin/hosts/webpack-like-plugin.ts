/**
 * The plugin of webpack and Rspack, on what their compilers have in common: builds and watch mode.
 */
import { LiveDeclarations } from '../dts.ts'
import { type ResolvedOptions, resolveOptions, type SpyOptions } from '../options.ts'
import type { Compiler } from '../programs.ts'
import { type GraphModule, isOurs, type LoadContext, resolveOurs, WebpackLikeBuild } from './webpack-like.ts'
import type { Wiring } from './wiring.ts'

interface Module {
  originalSource(): { source(): string | Buffer } | null | undefined
}

interface Compilation {
  readonly modules: Iterable<Module>
  rebuildModule(module: Module, done: (error: Error | null | undefined) => void): void
}

interface Hook<Arguments extends readonly unknown[]> {
  tapPromise(name: string, run: (...given: Arguments) => Promise<void>): void
}

/** A compiler of webpack or Rspack, as far as it matters here. */
export interface Bundler {
  readonly watchMode: boolean
  readonly options: {
    readonly context?: string | undefined
    readonly mode?: string | undefined
    readonly devtool?: unknown
    readonly externalsPresets: { readonly node?: boolean | undefined }
    readonly experiments: object
  }
  readonly hooks: {
    readonly finishMake: Hook<[Compilation]>
    readonly done: Hook<[]>
    readonly shutdown: Hook<[]>
  }
  getInfrastructureLogger(name: string): { warn(message: string): void }
}

/** What unplugin calls the native context: who asks for a module. */
export interface NativeContext {
  readonly compilation: Compilation
  readonly loaderContext: { addMissingDependency(path: string): void; addDependency(path: string): void }
}

const NAME = 'unplugin-spy'

/** Attached to one compiler. */
export class WebpackLikePlugin {
  readonly #bundler: Bundler
  readonly #idOf: (resource: string) => string
  readonly #runtime: string
  readonly #options: ResolvedOptions
  readonly #compiler: Compiler
  readonly #declarations: LiveDeclarations | undefined
  readonly #builds = new WeakMap<Compilation, WebpackLikeBuild>()

  /** @param idOf  what a module is loaded by, from what the host keeps as its resource */
  constructor(bundler: Bundler, options: SpyOptions, wiring: Wiring, idOf: (resource: string) => string) {
    this.#bundler = bundler
    this.#idOf = idOf
    this.#runtime = wiring.runtime
    this.#options = resolveOptions(options, {
      root: bundler.options.context ?? process.cwd(),
      // While somebody develops, what counts is that it is there at once.
      engine: bundler.options.mode === 'development' ? 'jit' : 'c',
      sourcemap: Boolean(bundler.options.devtool),
    })
    this.#compiler = wiring.compiler(this.#options)
    this.#declarations = this.#options.types ? this.#declare() : undefined
    // On by default since webpack 5.83; the plugin sees the options before the defaults are filled in.
    Object.assign(bundler.options.experiments, { topLevelAwait: true })
    this.#tap()
  }

  /** The file that stands behind a specifier of ours, or undefined. */
  resolve(source: string): string | undefined {
    return resolveOurs(source, this.#runtime, this.#options)
  }

  load(
    { compilation, loaderContext }: NativeContext,
    id: string,
    warn: (message: string) => void,
  ): Promise<string | undefined> {
    const context: LoadContext = {
      addWatchFile: (path) => loaderContext.addDependency(path),
      addMissingFile: (path) => loaderContext.addMissingDependency(path),
      warn,
    }
    return this.#buildOf(compilation).load(context, id)
  }

  #declare(): LiveDeclarations {
    const logger = this.#bundler.getInfrastructureLogger(NAME)
    const { root } = this.#options
    const declarations = new LiveDeclarations({ root, compiler: this.#compiler }, (message) => logger.warn(message))
    // Loaders for TypeScript read its configuration early.
    declarations.prepare()
    declarations.scan()
    return declarations
  }

  #tap(): void {
    const { hooks } = this.#bundler
    let isFirst = true
    hooks.finishMake.tapPromise(NAME, async (compilation) => {
      // A cache on disk may have brought back modules that another version of the compiler has made. Later, while
      // files are watched, a compilation that has asked for none of our modules leaves them as they are.
      if (this.#builds.has(compilation) || (isFirst && this.#modules(compilation).length > 0)) {
        await this.#buildOf(compilation).finish(() => this.#modules(compilation))
      }
      isFirst = false
    })
    hooks.shutdown.tapPromise(NAME, () => this.#compiler.dispose())
    hooks.done.tapPromise(NAME, async () => {
      await this.#declarations?.finished()
      if (!this.#bundler.watchMode) await this.#compiler.dispose()
    })
  }

  #buildOf(compilation: Compilation): WebpackLikeBuild {
    let build = this.#builds.get(compilation)
    if (build === undefined) {
      // Code for Node and its kin has the modules of Node; known only after the defaults have been filled in.
      const isServer = this.#bundler.options.externalsPresets.node === true
      build = new WebpackLikeBuild(this.#options, { isServer, declarations: this.#declarations }, this.#compiler)
      this.#builds.set(compilation, build)
    }
    return build
  }

  #modules(compilation: Compilation): GraphModule[] {
    return [...compilation.modules].flatMap((module) => {
      const resource = 'resource' in module ? module.resource : undefined
      if (typeof resource !== 'string') return []
      const id = this.#idOf(resource)
      if (!isOurs(id)) return []
      const rebuild = () =>
        new Promise<void>((resolve, reject) => {
          compilation.rebuildModule(module, (error) => (error ? reject(error) : resolve()))
        })
      return [{ id, code: module.originalSource()?.source().toString(), rebuild }]
    })
  }
}
