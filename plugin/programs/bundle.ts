/**
 * The programs of one bundle while it is built: entries become known one after the other, as their facades load; the
 * bytes are made when all are known.
 */
import { coalesce } from './coalesce.ts'
import type { CompiledProgram, Compiler, EntryInterface, Interfaces, Outcome, ProgramEngine } from './compiler-port.ts'
import { facadesOutdated } from './diagnostics.ts'
import { contentHash } from './wasm-file.ts'

/** Which program of a bundle: empty for the one that all entries share, else made from the path of its only entry. */
export type ProgramKey = string

export function programKey(split: boolean, entry: string): ProgramKey {
  return split ? contentHash(entry).slice(0, 12) : ''
}

export interface BundleOptions {
  readonly engine: ProgramEngine
  readonly split: boolean
  /** Entries that are part of the program although nobody may have asked for them yet. */
  readonly entries: readonly string[]
}

export class BundlePrograms {
  readonly #compiler: Compiler
  readonly #options: BundleOptions
  readonly #programs = new Map<ProgramKey, EntrySet>()

  constructor(compiler: Compiler, options: BundleOptions) {
    this.#compiler = compiler
    this.#options = options
  }

  keyOf(entry: string): ProgramKey {
    return programKey(this.#options.split, entry)
  }

  /** The entries known so far, in the order in which they became known. */
  entries(key: ProgramKey): readonly string[] {
    return this.#set(key).known()
  }

  /** Entries that are there whoever asks. */
  always(key: ProgramKey): readonly string[] {
    return key === '' ? this.#options.entries : []
  }

  /** Replaces what is known: hosts that keep modules between builds know better than we which are still there. */
  retain(key: ProgramKey, entries: readonly string[]): void {
    this.#set(key).retain(entries)
  }

  /** What the facade of an entry is made from; the entry is known from now on. */
  async describe(entry: string): Promise<Outcome<EntryInterface>> {
    const outcome = await this.#set(this.keyOf(entry)).describe(entry)
    return mapOutcome(outcome, (interfaces) => interfaces.get(entry) as EntryInterface)
  }

  /** The program of all entries known now. */
  compile(key: ProgramKey): Promise<Outcome<CompiledProgram>> {
    return this.#set(key).compile()
  }

  /** Begin another build: nothing is known any more. */
  clear(): void {
    this.#programs.clear()
  }

  #set(key: ProgramKey): EntrySet {
    let set = this.#programs.get(key)
    if (set === undefined) {
      set = new EntrySet(this.#compiler, this.#options.engine, this.always(key))
      this.#programs.set(key, set)
    }
    return set
  }
}

/**
 * The entries of one program, and the answers of the compiler about them.
 *
 * Bundlers find entries in an order that depends on time, and bytes should not. So the program is compiled in the order
 * of the paths. The order can only show in names, where two files have one stem; when it does show in a facade that is
 * already part of the bundle, the order of discovery is taken instead, which is the one that the facade was made with.
 */
class EntrySet {
  readonly #compiler: Compiler
  readonly #engine: ProgramEngine
  #entries: Set<string>
  /** Facades that have been handed out, as fingerprints. */
  readonly #promised = new Map<string, string>()
  readonly #describeAll = coalesce(() => this.#compiler.describe({ entries: [...this.#entries], engine: this.#engine }))
  #compiled: { readonly entries: string; readonly outcome: Promise<Outcome<CompiledProgram>> } | undefined

  constructor(compiler: Compiler, engine: ProgramEngine, entries: readonly string[]) {
    this.#compiler = compiler
    this.#engine = engine
    this.#entries = new Set(entries)
  }

  known(): readonly string[] {
    return [...this.#entries]
  }

  retain(entries: readonly string[]): void {
    const kept = [...this.#entries].filter((entry) => entries.includes(entry))
    this.#entries = new Set([...kept, ...entries])
    for (const entry of this.#promised.keys()) if (!this.#entries.has(entry)) this.#promised.delete(entry)
  }

  /** An error of another entry is not this one's: where all do not compile together, this one is tried alone. */
  async describe(entry: string): Promise<Outcome<Interfaces>> {
    this.#entries.add(entry)
    let outcome = await this.#describeAll()
    if (!outcome.result.ok && this.#entries.size > 1) {
      outcome = await this.#compiler.describe({ entries: [entry], engine: this.#engine })
    }
    if (outcome.result.ok) this.#promised.set(entry, fingerprint(outcome.result.value.get(entry)))
    return outcome
  }

  compile(): Promise<Outcome<CompiledProgram>> {
    const entries = this.known()
    const name = JSON.stringify(entries)
    if (this.#compiled?.entries !== name) this.#compiled = { entries: name, outcome: this.#compileAs(entries) }
    return this.#compiled.outcome
  }

  async #compileAs(entries: readonly string[]): Promise<Outcome<CompiledProgram>> {
    const sorted = [...entries].sort()
    const outcome = await this.#compiler.compile({ entries: sorted, engine: this.#engine })
    if (!outcome.result.ok || this.#keepsPromises(outcome.result.value.interfaces)) return outcome
    const inOrder = await this.#compiler.compile({ entries, engine: this.#engine })
    if (!inOrder.result.ok || this.#keepsPromises(inOrder.result.value.interfaces)) return inOrder
    return { ...inOrder, result: { ok: false, error: facadesOutdated(entries) } }
  }

  #keepsPromises(interfaces: Interfaces): boolean {
    return [...this.#promised].every(([entry, promised]) => fingerprint(interfaces.get(entry)) === promised)
  }
}

function fingerprint(described: EntryInterface | undefined): string {
  return described?.facade({ kind: 'release', runtime: 'runtime', program: 'program' }) ?? ''
}

export function mapOutcome<A, B>(outcome: Outcome<A>, convert: (value: A) => B): Outcome<B> {
  const { result, inputs, missing } = outcome
  return { inputs, missing, result: result.ok ? { ok: true, value: convert(result.value) } : result }
}
