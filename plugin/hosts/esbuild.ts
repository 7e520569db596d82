/**
 * esbuild: builds, contexts and watch mode.
 *
 * esbuild tells plugins nothing about its module graph. So the program waits until no `.spy` file has been asked for
 * during a moment, and when the build has ended, its entries are compared with those that the program was made of. If
 * they differ, which takes a slow plugin or a very deep graph, everything is built once more with all entries known.
 */
import { readFileSync } from 'node:fs'
import type { BuildOptions, BuildResult, OnLoadResult, Plugin, PluginBuild } from 'esbuild'
import { LiveDeclarations } from '../dts.ts'
import { importedFile, inlineSource, programModule, rawModule, urlModule, type WasmSource } from '../facades.ts'
import { formatSpyId, type ModuleId, parseSpyId, parseVirtual, requestKind, virtualSpecifier } from '../ids.ts'
import { type ResolvedOptions, resolveOptions, type SpyOptions } from '../options.ts'
import { esbuildMessage } from '../overlay.ts'
import {
  BundlePrograms,
  type Compiler,
  contentHash,
  type Outcome,
  type ProgramKey,
  unknownQuery,
  wasmName,
} from '../programs.ts'
import { entryPath, RUNTIME, type Wiring } from './wiring.ts'

const NAME = 'unplugin-spy'
const PROGRAMS = 'unplugin-spy'
const BYTES = 'unplugin-spy-bytes'
const BYTES_SPECIFIER = /^unplugin-spy\/virtual\/bytes\/(\w+)\/(.*)$/

/** Milliseconds without a new entry after which all are taken to be known. */
const SETTLED_AFTER = 50
/** Builds of one build: entries that appear only when others are known cannot go on for ever. */
const MOST_PASSES = 4

export function esbuildPlugin(options: SpyOptions, wiring: Wiring): Plugin {
  return {
    name: NAME,
    setup: (build) => setup(build, options, wiring, { entries: new Map(), passes: 1 }),
  }
}

/** What a build knows from the one before. */
interface Knowledge {
  entries: Map<ProgramKey, ReadonlySet<string>>
  passes: number
}

function setup(build: PluginBuild, options: SpyOptions, wiring: Wiring, knowledge: Knowledge): void {
  const { initialOptions } = build
  const resolved = resolveOptions(options, {
    root: initialOptions.absWorkingDir ?? process.cwd(),
    engine: 'c',
    sourcemap: initialOptions.sourcemap !== undefined && initialOptions.sourcemap !== false,
  })
  const compiler = wiring.compiler(resolved)
  const declarations = resolved.types
    ? new LiveDeclarations({ root: resolved.root, compiler }, (message) => console.warn(`[${NAME}] ${message}`))
    : undefined
  let pass = new Pass(resolved, initialOptions, compiler, declarations, knowledge)

  build.onStart(() => {
    pass = new Pass(resolved, initialOptions, compiler, declarations, knowledge)
    declarations?.prepare()
    declarations?.scan()
  })

  build.onResolve({ filter: /^unplugin-spy\/(?:virtual\/|runtime$)/ }, ({ path }) => {
    if (path === RUNTIME) return { path: wiring.runtime, sideEffects: false }
    const bytes = BYTES_SPECIFIER.exec(path)
    if (bytes !== null) return { path: bytes[2] ?? '', pluginData: bytes[1], namespace: BYTES }
    return parseVirtual(path) && { path, namespace: PROGRAMS, sideEffects: false }
  })

  build.onLoad({ filter: /\.spy$/, namespace: 'file' }, ({ path, suffix }) => {
    const query = parseSpyId(`x.spy${suffix}`)?.query ?? ''
    return pass.loadSpy({ path: entryPath(path), query, hash: '' })
  })
  build.onLoad({ filter: /./, namespace: PROGRAMS }, ({ path }) => {
    const virtual = parseVirtual(path)
    return virtual?.kind === 'program' ? pass.loadProgram(virtual.program) : undefined
  })
  build.onLoad({ filter: /./, namespace: BYTES }, ({ pluginData }) => pass.loadBytes(String(pluginData)))

  build.onEnd(async (result) => {
    await declarations?.finished()
    const found = pass.entriesFound()
    const complete = pass.isComplete()
    knowledge.entries = found
    if (complete || result.errors.length > 0 || knowledge.passes >= MOST_PASSES) return
    await buildAgain(build, options, wiring, { entries: found, passes: knowledge.passes + 1 }, result)
  })
  build.onDispose(() => void compiler.dispose())
}

/** Everything once more; the outputs, on disk and in the result, take the place of the first. */
async function buildAgain(
  build: PluginBuild,
  options: SpyOptions,
  wiring: Wiring,
  knowledge: Knowledge,
  result: BuildResult,
): Promise<void> {
  const { initialOptions } = build
  const plugins = (initialOptions.plugins ?? []).map((plugin): Plugin => {
    if (plugin.name !== NAME) return plugin
    return { name: NAME, setup: (again) => setup(again, options, wiring, knowledge) }
  })
  // What fails is told as the result of this build, not thrown.
  const again = await build.esbuild.build({ ...initialOptions, plugins, logLevel: 'silent' }).catch((failed) => failed)
  result.errors.push(...(again.errors ?? []))
  result.warnings.push(...(again.warnings ?? []))
  if (again.outputFiles !== undefined) result.outputFiles = again.outputFiles
  if (again.metafile !== undefined) result.metafile = again.metafile
}

/** One run of esbuild over the graph. */
class Pass {
  readonly #options: ResolvedOptions
  readonly #compiler: Compiler
  readonly #declarations: LiveDeclarations | undefined
  readonly #programs: BundlePrograms
  readonly #inlineAll: boolean
  readonly #maybeFile: boolean
  readonly #found = new Map<ProgramKey, Set<string>>()
  readonly #compiled = new Map<ProgramKey, Promise<{ entries: readonly string[]; outcome: Outcome<Uint8Array> }>>()
  /** The entries that each program was made of. */
  readonly #compiledFrom = new Map<ProgramKey, readonly string[]>()
  readonly #bytes = new Map<string, Uint8Array>()
  #lastEntryAt = Date.now()

  constructor(
    options: ResolvedOptions,
    build: BuildOptions,
    compiler: Compiler,
    declarations: LiveDeclarations | undefined,
    knowledge: Knowledge,
  ) {
    this.#options = options
    this.#declarations = declarations
    this.#compiler = compiler
    this.#inlineAll = mustInline(options, build)
    this.#maybeFile = build.platform === 'neutral'
    this.#programs = new BundlePrograms(compiler, {
      engine: options.engine,
      split: options.split,
      entries: options.entries.map(entryPath),
    })
    for (const [key, entries] of knowledge.entries) this.#programs.retain(key, [...entries])
  }

  async loadSpy(request: ModuleId): Promise<OnLoadResult> {
    const { path } = request
    switch (requestKind(request)) {
      case 'facade':
        return this.#loadFacade(path)
      case 'raw':
        return { contents: rawModule(readFileSync(path, 'utf8')), loader: 'js' }
      case 'url': {
        const failed = await this.#describe(path)
        if (failed !== undefined) return failed
        return this.#withBytes(this.#programs.keyOf(path), ({ source }) => urlModule(source))
      }
      case 'host':
        return { errors: [{ text: unknownQuery(request.query, formatSpyId({ ...request, query: '' })).message }] }
    }
  }

  async #loadFacade(path: string): Promise<OnLoadResult> {
    const key = this.#enter(path)
    const { result, ...watched } = await this.#programs.describe(path)
    if (!result.ok) return failure({ ...watched, result })
    this.#declarations?.update(new Map([[path, result.value]]))
    const program = virtualSpecifier({ kind: 'program', program: key })
    return {
      contents: result.value.facade({ kind: 'release', runtime: RUNTIME, program }),
      loader: 'js',
      watchFiles: watchFiles(watched),
      warnings: result.value.warnings.map((text) => ({ text })),
    }
  }

  async #describe(path: string): Promise<OnLoadResult | undefined> {
    this.#enter(path)
    const outcome = await this.#programs.describe(path)
    return outcome.result.ok ? undefined : failure(outcome)
  }

  #enter(path: string): ProgramKey {
    const key = this.#programs.keyOf(path)
    this.#found.set(key, (this.#found.get(key) ?? new Set(this.#programs.always(key))).add(path))
    this.#lastEntryAt = Date.now()
    return key
  }

  loadProgram(key: ProgramKey): Promise<OnLoadResult> {
    return this.#withBytes(key, async ({ wasm, source }) => {
      if (this.#options.engine === 'c') return programModule({ runtime: RUNTIME, wasm, source, libspy: undefined })
      const libspy = await this.#compiler.libspy()
      const libspySource = this.#place('libspy.wasm', 'libspy', libspy)
      return programModule({ runtime: RUNTIME, wasm, source, libspy: { wasm: libspy, source: libspySource } })
    })
  }

  loadBytes(hash: string): OnLoadResult {
    return { contents: this.#bytes.get(hash) ?? '', loader: 'file' }
  }

  async #withBytes(
    key: ProgramKey,
    text: (placed: { wasm: Uint8Array; source: WasmSource }) => string | Promise<string>,
  ): Promise<OnLoadResult> {
    const { entries, outcome } = await this.#compile(key)
    const { result, ...watched } = outcome
    if (!result.ok) return failure(outcome)
    const source = this.#place(wasmName(entries), 'program', result.value)
    const contents = await text({ wasm: result.value, source })
    return { contents, loader: 'js', resolveDir: this.#options.root, watchFiles: watchFiles(watched) }
  }

  #compile(key: ProgramKey) {
    let compiled = this.#compiled.get(key)
    if (compiled === undefined) {
      compiled = this.#compileSettled(key)
      this.#compiled.set(key, compiled)
    }
    return compiled
  }

  async #compileSettled(key: ProgramKey): Promise<{ entries: readonly string[]; outcome: Outcome<Uint8Array> }> {
    for (;;) {
      const patience = this.#lastEntryAt + SETTLED_AFTER - Date.now()
      if (patience <= 0) break
      await new Promise((resolve) => setTimeout(resolve, patience))
    }
    const entries = this.#programs.entries(key)
    this.#compiledFrom.set(key, entries)
    const { result, ...watched } = await this.#programs.compile(key)
    return { entries, outcome: { ...watched, result: result.ok ? { ok: true, value: result.value.wasm } : result } }
  }

  #place(name: string, variable: string, bytes: Uint8Array): WasmSource {
    if (this.#inlineAll || bytes.length < this.#options.inlineBelow) return inlineSource(bytes)
    const hash = contentHash(bytes)
    this.#bytes.set(hash, bytes)
    const specifier = `unplugin-spy/virtual/bytes/${hash}/${name}`
    return importedFile(specifier, `${variable}Url`, { maybeFile: this.#maybeFile })
  }

  entriesFound(): Map<ProgramKey, ReadonlySet<string>> {
    return this.#found
  }

  /** Whether each program was made of the entries that there are. */
  isComplete(): boolean {
    return [...this.#compiledFrom].every(([key, entries]) => {
      const found = this.#found.get(key) ?? new Set()
      return entries.length === found.size && entries.every((entry) => found.has(entry))
    })
  }
}

/**
 * Servers need no files beside the code; without an output folder there is no place for any; formats other than `esm`
 * cannot wait for one.
 */
function mustInline(options: ResolvedOptions, { platform, format, outdir, outfile }: BuildOptions): boolean {
  const usual = platform === 'neutral' ? 'esm' : platform === 'node' ? 'cjs' : 'iife'
  const noPlace = outdir === undefined && outfile === undefined
  return options.init === 'sync' || platform === 'node' || noPlace || (format ?? usual) !== 'esm'
}

function watchFiles({ inputs, missing }: Pick<Outcome<unknown>, 'inputs' | 'missing'>): string[] {
  return [...inputs, ...missing]
}

function failure(outcome: Outcome<unknown>): OnLoadResult {
  const { result, ...watched } = outcome
  if (result.ok) return {}
  const message = esbuildMessage(result.error, readText)
  if (message === undefined) throw result.error
  return { errors: [message], watchFiles: watchFiles(watched) }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined // the place is in no file
  }
}
