/**
 * One compilation of webpack or Rspack. Facades are made as they are asked for. When all modules are there, the entries
 * are counted in the graph itself, because modules that a cache has brought back ask nobody; then the module that starts
 * the program, and facades that no longer fit, are built again with the whole program known.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LiveDeclarations } from '../dts.ts'
import { inlineSource, literalUrl, programModule, rawModule, urlModule, type WasmSource } from '../facades.ts'
import { parseSpyId, parseVirtual, requestKind, virtualSpecifier } from '../ids.ts'
import type { ResolvedOptions } from '../options.ts'
import { reportError, webpackError } from '../overlay.ts'
import {
  BundlePrograms,
  type Compiler,
  type Outcome,
  type ProgramKey,
  resolveWasm,
  unknownQuery,
  wasmName,
  wasmSpecifier,
  writeWasmFile,
} from '../programs.ts'
import { entryPath, RUNTIME } from './wiring.ts'

/** Of the loader that asks for a module. */
export interface LoadContext {
  addWatchFile(path: string): void
  /** A file that does not exist yet. */
  addMissingFile(path: string): void
  warn(message: string): void
}

/** A module of the finished graph. */
export interface GraphModule {
  /** As `load` has got it. */
  readonly id: string
  /** Its text as it was loaded, or undefined if it was not. */
  readonly code: string | undefined
  rebuild(): Promise<void>
}

export interface BuildTarget {
  /** The output runs on a server, where it should need no files beside it. */
  readonly isServer: boolean
  /** Undefined where nobody wants them. */
  readonly declarations: LiveDeclarations | undefined
}

/** What `resolveId` answers: the file that stands behind a specifier of ours. */
export function resolveOurs(source: string, runtime: string, { cacheDir }: ResolvedOptions): string | undefined {
  if (source === RUNTIME) return runtime
  return programFile(cacheDir, source) ?? resolveWasm(cacheDir, source)
}

/** Requests that `resolveOurs` has an answer for; those in URLs may be made relative. */
export const OURS = /^(?:\.\/)?unplugin-spy\/(?:virtual\/|runtime$)/

/**
 * The module that starts a program stands in for a file, because virtual modules do not work in folders with a `#` in
 * their name. What is in the file does not matter: `load` knows better.
 *
 * @returns its path, or undefined if the specifier names no such module
 */
function programFile(cacheDir: string, specifier: string): string | undefined {
  const virtual = parseVirtual(specifier)
  if (virtual?.kind !== 'program') return undefined
  const folder = join(cacheDir, FOLDER)
  const path = join(folder, virtual.program === '' ? 'program.js' : `program-${virtual.program}.js`)
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, '// Stands for the program of a bundle.\n')
  }
  return path
}

const FOLDER = 'stand-ins'

export const PROGRAM_FILE = /[\\/]stand-ins[\\/]program(?:-([0-9a-f]+))?\.js$/

/** Which program the module starts, or undefined if it does not start one. */
function programOf(id: string): ProgramKey | undefined {
  const found = PROGRAM_FILE.exec(id)
  return found === null ? undefined : (found[1] ?? '')
}

/** Whether a module of the graph is made here. */
export function isOurs(id: string): boolean {
  return programOf(id) !== undefined || parseSpyId(id) !== undefined
}

/** What the module that starts a program is as long as the program is not known. */
const UNFINISHED = 'export const program = undefined\n'

export class WebpackLikeBuild {
  readonly #options: ResolvedOptions
  readonly #target: BuildTarget
  readonly #compiler: Compiler
  readonly #programs: BundlePrograms
  /** All entries are known. */
  #complete = false
  /** Messages of errors that a module has shown already. */
  readonly #shown = new Set<string>()

  constructor(options: ResolvedOptions, target: BuildTarget, compiler: Compiler) {
    this.#options = options
    this.#target = target
    this.#compiler = compiler
    this.#programs = new BundlePrograms(compiler, {
      engine: options.engine,
      split: options.split,
      entries: options.entries.map(entryPath),
    })
  }

  async load(context: LoadContext, id: string): Promise<string | undefined> {
    const key = programOf(id)
    if (key !== undefined) return this.#complete ? this.#programCode(context, key) : UNFINISHED
    const request = parseSpyId(id)
    if (request === undefined) return undefined
    const path = entryPath(request.path)
    switch (requestKind(request)) {
      case 'facade':
        return this.#facadeCode(context, path)
      case 'raw':
        return rawModule(readFileSync(request.path, 'utf8'))
      case 'url': {
        if (!this.#complete) {
          this.#accept(context, await this.#programs.describe(path))
          return 'export default ""\n'
        }
        const { source } = await this.#placed(context, this.#programs.keyOf(path))
        return urlModule(source)
      }
      case 'host':
        throw unknownQuery(request.query, request.path)
    }
  }

  async #facadeCode(context: LoadContext, path: string): Promise<string> {
    const key = this.#programs.keyOf(path)
    const outcome = this.#complete ? await this.#programs.compile(key) : undefined
    const known = outcome?.result.ok ? outcome.result.value.interfaces.get(path) : undefined
    const described = known ?? this.#accept(context, await this.#programs.describe(path))
    if (outcome !== undefined) {
      this.#watch(context, outcome)
      // An error shows at the module that it is in, if that is part of the bundle; else at the program.
      if (!outcome.result.ok && reportError(outcome.result.error)?.place?.file === path) this.#accept(context, outcome)
    }
    this.#target.declarations?.update(new Map([[path, described]]))
    for (const warning of described.warnings) context.warn(warning)
    return described.facade({
      kind: 'release',
      runtime: RUNTIME,
      program: virtualSpecifier({ kind: 'program', program: key }),
    })
  }

  async #programCode(context: LoadContext, key: ProgramKey): Promise<string> {
    const outcome = await this.#programs.compile(key)
    // The module that contains the error has shown it.
    if (!outcome.result.ok && this.#shown.has(outcome.result.error.message)) return UNFINISHED
    const { wasm, source } = await this.#placed(context, key)
    if (this.#options.engine === 'c') return programModule({ runtime: RUNTIME, wasm, source, libspy: undefined })
    const libspy = await this.#compiler.libspy()
    const libspySource = this.#place('libspy.wasm', libspy)
    return programModule({ runtime: RUNTIME, wasm, source, libspy: { wasm: libspy, source: libspySource } })
  }

  async #placed(context: LoadContext, key: ProgramKey): Promise<{ wasm: Uint8Array; source: WasmSource }> {
    const { wasm } = this.#accept(context, await this.#programs.compile(key))
    return { wasm, source: this.#place(wasmName(this.#programs.entries(key)), wasm) }
  }

  #place(name: string, bytes: Uint8Array): WasmSource {
    const { inlineBelow, init, cacheDir } = this.#options
    if (this.#target.isServer || init === 'sync' || bytes.length < inlineBelow) return inlineSource(bytes)
    writeWasmFile(cacheDir, name, bytes)
    return literalUrl(wasmSpecifier(bytes, name))
  }

  #accept<T>(context: LoadContext, outcome: Outcome<T>): T {
    this.#watch(context, outcome)
    const { result } = outcome
    if (result.ok) return result.value
    if (context !== SILENT) this.#shown.add(result.error.message)
    throw webpackError(result.error)
  }

  #watch(context: LoadContext, { inputs, missing }: Outcome<unknown>): void {
    for (const path of inputs) context.addWatchFile(path)
    for (const path of missing) context.addMissingFile(path)
  }

  /**
   * All modules are there. Build again what did not know all entries.
   *
   * @param list  the modules of the graph that are ours, at the time of the call: when a module is built again, Rspack
   *              drops what only it imports, and makes it anew
   */
  async finish(list: () => readonly GraphModule[]): Promise<void> {
    const entries = new Map<ProgramKey, Set<string>>()
    for (const { id } of list()) {
      const request = parseSpyId(id)
      if (request === undefined) continue
      const kind = requestKind(request)
      if (kind !== 'facade' && kind !== 'url') continue
      const path = entryPath(request.path)
      const key = this.#programs.keyOf(path)
      entries.set(key, (entries.get(key) ?? new Set(this.#programs.always(key))).add(path))
    }
    for (const [key, paths] of entries) this.#programs.retain(key, [...paths].sort())
    this.#complete = true
    const isProgram = ({ id }: GraphModule) => programOf(id) !== undefined
    const [programs, others] = [list().filter(isProgram), list().filter((module) => !isProgram(module))]
    for (const { id } of [...others, ...programs]) {
      const module = list().find((each) => each.id === id)
      if (module !== undefined) await this.#renew(module)
    }
  }

  /** Texts are compared, because building a module again costs more than making its text. */
  async #renew(module: GraphModule): Promise<void> {
    const expected = await this.load(SILENT, module.id).catch(() => undefined)
    if (expected === undefined || expected !== module.code) await module.rebuild()
  }
}

/** For a text that is only compared. */
const SILENT: LoadContext = { addWatchFile() {}, addMissingFile() {}, warn() {} }
