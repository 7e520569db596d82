/**
 * Vite: dev server, builds for pages and servers, workers. Test runners that stand on Vite's server are dev servers.
 *
 * Each environment has programs of its own: what a page and a server run must not be mixed. Whether something is built
 * is a matter of the environment too, not of the command.
 */
import { realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DevEnvironment, Environment, Plugin, ResolvedConfig, UserConfig } from 'vite'
import { ServedBytes } from '../dev-server.ts'
import { LiveDeclarations } from '../dts.ts'
import { parseSpyId, parseVirtual, virtualId } from '../ids.ts'
import { type ResolvedOptions, resolveOptions, type SpyOptions } from '../options.ts'
import { type Interfaces, type SharedCompiler, shareAnswers } from '../programs.ts'
import { RollupLikeBuild } from './rollup-like.ts'
import { buildContext } from './rollup-like-context.ts'
import { ViteDev } from './vite-dev.ts'
import { RUNTIME, type Wiring } from './wiring.ts'

const NAME = 'unplugin-spy'

/** Milliseconds after the start of a dev server or an edit: by then, pages have what they asked for. */
const SCAN_AFTER = 1000

export function vitePlugin(options: SpyOptions, wiring: Wiring): Plugin {
  return plugin(options, wiring, false)
}

/** What is known when the configuration is. */
interface Session {
  readonly options: ResolvedOptions
  readonly compiler: SharedCompiler
  readonly bytes: ServedBytes
  /** Undefined where nobody wants them. */
  readonly declarations: LiveDeclarations | undefined
}

function plugin(options: SpyOptions, wiring: Wiring, isWorker: boolean): Plugin {
  let session: Session
  const builds = new WeakMap<Environment, RollupLikeBuild>()
  const devs = new Map<Environment, ViteDev>()
  let watch = (_path: string): void => {}

  const devOf = (environment: DevEnvironment): ViteDev => {
    let dev = devs.get(environment)
    if (dev === undefined) {
      const { options, compiler, bytes, declarations } = session
      const described = (interfaces: Interfaces) => declarations?.update(interfaces)
      dev = new ViteDev({ options, compiler, bytes, environment, described, watch: (path) => watch(path) })
      devs.set(environment, dev)
    }
    return dev
  }
  const beginBuild = (environment: Environment, inputs: readonly string[]): RollupLikeBuild => {
    const platform = environment.config.consumer === 'server' ? 'server' : 'browser'
    const target = { platform, runtime: wiring.runtime, declarations: session.declarations } as const
    const build = new RollupLikeBuild(session.options, target, session.compiler, inputs)
    builds.set(environment, build)
    return build
  }
  const buildOf = (environment: Environment): RollupLikeBuild => builds.get(environment) ?? beginBuild(environment, [])

  return {
    name: NAME,
    // Before Vite's own plugins, which take files with a query for assets.
    enforce: 'pre',
    // In one build for several environments, one plugin serves them all: it keeps them apart by itself.
    sharedDuringBuild: true,

    config: (config) => ({
      // Prebundled, it would be there twice: once for facades, once for apps that import it.
      optimizeDeps: { exclude: [NAME] },
      // Servers need not have the plugin installed.
      ssr: { noExternal: [NAME] },
      ...(isWorker ? {} : { worker: workerConfig(config, options, wiring) }),
    }),

    configResolved(config) {
      const isTest = config.plugins.some(({ name }) => name === 'vitest' || name.startsWith('vitest:'))
      const resolved = resolveOptions(withInit(options, config), {
        root: config.root,
        engine: config.command === 'build' ? 'c' : 'jit',
        sourcemap: config.command === 'serve' || Boolean(config.build.sourcemap),
        isServed: config.command === 'serve' && !isTest,
      })
      const compiler = shareAnswers(wiring.compiler(resolved))
      const warn = (message: string) => config.logger.warn(`[${NAME}] ${message}`)
      const declarations =
        resolved.types && !isWorker ? new LiveDeclarations({ root: resolved.root, compiler }, warn) : undefined
      const advice = declarations?.prepare()
      if (advice !== undefined && !isTest) config.logger.info(`[${NAME}] ${advice}`)
      session = { options: resolved, compiler, bytes: new ServedBytes(config.base), declarations }
      // The runtime may be outside of the project: a linked package, or one in the root of a monorepo.
      config.server.fs.allow.push(realFolder(wiring.runtime))
    },

    configureServer(server) {
      server.middlewares.use(session.bytes.middleware)
      watch = (path) => server.watcher.add(path)
      session.declarations?.scan(SCAN_AFTER)
    },

    buildStart({ input }) {
      if (this.environment.mode === 'build') {
        session.compiler.forget()
        session.declarations?.scan()
        beginBuild(this.environment, Array.isArray(input) ? input : Object.values(input))
      }
    },

    resolveId: {
      filter: { id: [/^\0?unplugin-spy\/virtual\//, /^unplugin-spy\/runtime$/, /\.spy\?/] },
      handler(source, importer) {
        if (this.environment.mode === 'build') {
          return buildOf(this.environment).resolve(buildContext(this), source, importer)
        }
        const virtual = parseVirtual(source)
        if (virtual !== undefined) return virtualId(virtual)
        return source === RUNTIME ? wiring.runtime : undefined
      },
    },

    load: {
      filter: { id: [/^\0unplugin-spy\/virtual\//, /\.spy(?:$|[?#])/] },
      handler(id) {
        if (parseVirtual(id) === undefined && parseSpyId(id) === undefined) return undefined
        return this.environment.mode === 'build'
          ? buildOf(this.environment).load(buildContext(this), id)
          : devOf(this.environment as DevEnvironment).load(this, id)
      },
    },

    moduleParsed({ id }) {
      builds.get(this.environment)?.parsed(id)
    },

    async buildEnd(error) {
      if (error === undefined) await builds.get(this.environment)?.finish(buildContext(this))
    },

    renderChunk(code) {
      const rendered = builds.get(this.environment)?.render(buildContext(this), code)
      return rendered === undefined ? null : { code: rendered, map: null }
    },

    async generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [file.code] : []))
      for (const file of (await builds.get(this.environment)?.unused(buildContext(this), chunks)) ?? [])
        delete bundle[file]
    },

    watchChange(id, { event }) {
      // Vite tells one environment for all.
      const concerned = [...devs.values()].filter((dev) => dev.fileChanged(id))
      const isSource = parseSpyId(id) !== undefined
      if (concerned.length > 0 || isSource) session.compiler.forget()
      if (!isSource) return
      if (event === 'delete') session.declarations?.removed(id)
      else if (this.environment.mode === 'dev') session.declarations?.changed(id, SCAN_AFTER)
    },

    hotUpdate({ file, modules }) {
      return devs.get(this.environment)?.hotUpdate(file, modules)
    },

    async closeBundle() {
      if (this.environment.mode !== 'build') return
      await session.declarations?.finished()
      if (!this.meta.watchMode) await session.compiler.dispose()
    },

    async closeServer() {
      devs.clear()
      await session.compiler.dispose()
    },
  }
}

/**
 * Workers are built apart, with plugins of their own, in a format that has no top-level await: without this, every user
 * would have to configure both.
 */
function workerConfig(config: UserConfig, options: SpyOptions, wiring: Wiring): UserConfig['worker'] {
  const own = config.worker?.plugins?.() ?? []
  const hasSpy = own.flat(10).some((each) => typeof each === 'object' && each && 'name' in each && each.name === NAME)
  return {
    format: config.worker?.format ?? 'es',
    ...(hasSpy ? {} : { plugins: () => [plugin(options, wiring, true)] }),
  }
}

/**
 * Only the format `es` can wait for a program at the top level of a module. Workers could, but should not: messages that
 * arrive while a worker waits find nobody who listens.
 */
function withInit(options: SpyOptions, config: ResolvedConfig): SpyOptions {
  if ((options.init ?? 'auto') !== 'auto' || config.command !== 'build') return options
  const { lib, rolldownOptions, rollupOptions } = config.build
  const outputs = [(rolldownOptions ?? rollupOptions).output ?? []].flat() // the old name is Vite 7's
  const formats = [...outputs.map(({ format }) => format ?? 'es'), ...(lib ? (lib.formats ?? ['umd']) : [])]
  const mayWait = !config.isWorker && formats.every((format) => ES_FORMATS.has(format))
  return mayWait ? options : { ...options, init: 'sync' }
}

const ES_FORMATS: ReadonlySet<string> = new Set(['es', 'esm', 'module'])

function realFolder(file: string): string {
  try {
    return dirname(realpathSync(file))
  } catch {
    return dirname(file)
  }
}
