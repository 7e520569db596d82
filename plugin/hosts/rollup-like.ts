/**
 * A build of Rollup, Rolldown or Vite. Facades are made as they are asked for. The module that starts the program waits
 * until all entries are known, because it contains, or names, the bytes.
 *
 * The wait ends too early in two cases: when another plugin takes very long, and when one adds modules late. Then the
 * program is compiled again at the end, with all entries, and takes the place of the first in the finished chunks.
 */
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import type { LiveDeclarations } from '../dts.ts'
import {
  emittedAsset,
  hostImports,
  inlineSource,
  programModule,
  rawModule,
  toBase64,
  urlModule,
  type WasmSource,
} from '../facades.ts'
import { parseSpyId, parseVirtual, requestKind, virtualId, virtualSpecifier } from '../ids.ts'
import type { ResolvedOptions } from '../options.ts'
import { rollupError } from '../overlay.ts'
import {
  BundlePrograms,
  type CompiledProgram,
  type Compiler,
  type GraphView,
  lateEntry,
  type Outcome,
  type ProgramKey,
  QuietGraph,
  wasmName,
} from '../programs.ts'
import { entryPath, RUNTIME } from './wiring.ts'

/** What the three hosts have in common. */
export interface BuildContext {
  readonly graph: GraphView
  emitAsset(name: string, bytes: Uint8Array): string
  fileName(reference: string): string
  addWatchFile(path: string): void
  warn(message: string): void
  /** The id of an import, or undefined if there is none. */
  resolve(source: string, importer: string | undefined, isEntry: boolean): Promise<string | undefined>
}

export interface BuildTarget {
  /** Where the output runs. `unknown`: the host does not say. */
  readonly platform: 'browser' | 'server' | 'unknown'
  /** Path of the runtime. */
  readonly runtime: string
  /** Undefined where nobody wants them. */
  readonly declarations: LiveDeclarations | undefined
}

export interface LoadedModule {
  readonly code: string
  readonly map: { readonly mappings: '' }
  readonly moduleType: 'js'
  readonly moduleSideEffects: false
}

/** A program that is part of the bundle: what is written about it in the module that starts it. */
interface Delivered {
  readonly entries: readonly string[]
  readonly program: CompiledProgram
  readonly source: WasmSource
  /** Of the emitted asset. */
  readonly reference: string | undefined
}

export class RollupLikeBuild {
  readonly #options: ResolvedOptions
  readonly #target: BuildTarget
  readonly #compiler: Compiler
  readonly #programs: BundlePrograms
  readonly #quiet: QuietGraph
  readonly #delivered = new Map<ProgramKey, Promise<Delivered>>()
  /** Modules that wait for the programs. */
  readonly #waiting = new Set<string>()
  /** Programs that had to be compiled again, and the assets of the new versions. */
  readonly #replaced = new Map<Delivered, { readonly program: CompiledProgram; readonly reference: string }>()
  readonly #roots: (context: BuildContext) => Promise<readonly string[]>

  constructor(options: ResolvedOptions, target: BuildTarget, compiler: Compiler, inputs: readonly string[]) {
    this.#options = options
    this.#target = target
    this.#compiler = compiler
    this.#programs = new BundlePrograms(compiler, {
      engine: options.engine,
      split: options.split,
      entries: options.entries.map(entryPath),
    })
    this.#quiet = new QuietGraph()
    this.#roots = async (context) => {
      const ids = await Promise.all(inputs.map((input) => context.resolve(input, undefined, true)))
      return ids.filter((id) => id !== undefined)
    }
  }

  parsed(id: string): void {
    this.#quiet.parsed(id)
  }

  async resolve(context: BuildContext, source: string, importer: string | undefined): Promise<string | undefined> {
    const virtual = parseVirtual(source)
    if (virtual !== undefined) return virtualId(virtual)
    if (source === RUNTIME) return this.#target.runtime
    const request = parseSpyId(source)
    if (request === undefined || request.query === '' || requestKind(request) === 'host') return undefined
    // The host looks for a file of the whole name, query included.
    const file = await context.resolve(source.slice(0, source.lastIndexOf('?')), importer, false)
    return file === undefined ? undefined : `${file}?${request.query}`
  }

  async load(context: BuildContext, id: string): Promise<LoadedModule | undefined> {
    const code = await this.#code(context, id)
    if (code === undefined) return undefined
    return { code, map: { mappings: '' }, moduleType: 'js', moduleSideEffects: false }
  }

  async #code(context: BuildContext, id: string): Promise<string | undefined> {
    const virtual = parseVirtual(id)
    if (virtual?.kind === 'program') return this.#programCode(context, id, virtual.program)
    const request = parseSpyId(id)
    if (request === undefined) return undefined
    const path = entryPath(request.path)
    switch (requestKind(request)) {
      case 'facade':
        return this.#facadeCode(context, path)
      case 'raw':
        return rawModule(readFileSync(request.path, 'utf8'))
      case 'url':
        return this.#urlCode(context, id, path)
      case 'host':
        return undefined
    }
  }

  async #facadeCode(context: BuildContext, path: string): Promise<string> {
    this.#quiet.touched()
    const described = this.#accept(context, await this.#programs.describe(path))
    this.#target.declarations?.update(new Map([[path, described]]))
    for (const warning of described.warnings) context.warn(warning)
    const program = virtualSpecifier({ kind: 'program', program: this.#programs.keyOf(path) })
    return described.facade({ kind: 'release', runtime: RUNTIME, program })
  }

  async #programCode(context: BuildContext, id: string, key: ProgramKey): Promise<string> {
    const { program, source } = await this.#deliver(context, id, key)
    let libspy: Parameters<typeof programModule>[0]['libspy']
    if (this.#options.engine === 'jit') {
      const wasm = await this.#compiler.libspy()
      libspy = { wasm, source: this.#place(context, 'libspy.wasm', wasm).source }
    }
    return programModule({ runtime: RUNTIME, wasm: program.wasm, source, libspy })
  }

  async #urlCode(context: BuildContext, id: string, path: string): Promise<string> {
    this.#accept(context, await this.#programs.describe(path))
    const { source } = await this.#deliver(context, id, this.#programs.keyOf(path))
    return urlModule(source)
  }

  /** Wait for the entries, compile, and put the bytes somewhere. */
  async #deliver(context: BuildContext, id: string, key: ProgramKey): Promise<Delivered> {
    this.#waiting.add(id)
    this.#quiet.touched()
    let delivered = this.#delivered.get(key)
    if (delivered === undefined) {
      delivered = this.#compileAndPlace(context, key)
      this.#delivered.set(key, delivered)
    }
    return delivered
  }

  async #compileAndPlace(context: BuildContext, key: ProgramKey): Promise<Delivered> {
    await this.#quiet.wait(context.graph, this.#roots(context), (id) => this.#waiting.has(id))
    const entries = this.#programs.entries(key)
    const program = this.#accept(context, await this.#programs.compile(key))
    return { entries, program, ...this.#place(context, wasmName(entries), program.wasm) }
  }

  #place(context: BuildContext, name: string, bytes: Uint8Array): Pick<Delivered, 'source' | 'reference'> {
    const { platform } = this.#target
    const { inlineBelow, init } = this.#options
    if (platform === 'server' || init === 'sync' || bytes.length < inlineBelow) {
      return { source: inlineSource(bytes), reference: undefined }
    }
    const reference = context.emitAsset(name, bytes)
    return { source: emittedAsset(reference, { maybeFile: platform === 'unknown' }), reference }
  }

  /** The answer of the compiler, and its watch list; throws in the host's shape. */
  #accept<T>(context: BuildContext, { result, inputs, missing }: Outcome<T>): T {
    for (const path of [...inputs, ...missing]) context.addWatchFile(path)
    if (!result.ok) throw rollupError(result.error)
    return result.value
  }

  /** All modules are known now. Compile again where an entry came after its program. */
  async finish(context: BuildContext): Promise<void> {
    for (const [key, promise] of this.#delivered) {
      const delivered = await promise
      const late = this.#programs.entries(key).filter((entry) => !delivered.entries.includes(entry))
      const [first] = late
      if (first === undefined) continue
      const program = this.#accept(context, await this.#programs.compile(key))
      const imported = new Set(hostImports(delivered.program.wasm))
      // The module that starts the program brings the host functions of the first version.
      if (!hostImports(program.wasm).every((name) => imported.has(name))) throw lateEntry(first)
      const inline = delivered.reference === undefined
      const reference = inline ? '' : context.emitAsset(wasmName(this.#programs.entries(key)), program.wasm)
      this.#replaced.set(delivered, { program, reference })
    }
  }

  /** The code of a chunk, with every program that was compiled again in the place of its first version. */
  render(context: BuildContext, code: string): string | undefined {
    let rendered = code
    for (const [old, { program, reference }] of this.#replaced) {
      const [from, to] =
        old.reference === undefined
          ? [toBase64(old.program.wasm), toBase64(program.wasm)]
          : [old.reference, reference].map((each) => posix.basename(context.fileName(each)))
      rendered = rendered.replaceAll(from as string, to as string)
    }
    return rendered === code ? undefined : rendered
  }

  /** File names of assets that nothing in the finished chunks refers to. */
  async unused(context: BuildContext, chunks: readonly string[]): Promise<string[]> {
    const delivered = await Promise.all(this.#delivered.values())
    return delivered
      .flatMap(({ reference }) => (reference === undefined ? [] : [context.fileName(reference)]))
      .filter((file) => !chunks.some((code) => code.includes(posix.basename(file))))
  }
}
