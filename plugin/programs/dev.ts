/**
 * The programs of a dev server: they grow by entries as pages ask for them, and change as files do. The last version
 * that compiled stays in force until a better one comes.
 */
import { type ProgramKey, programKey } from './bundle.ts'
import { coalesce } from './coalesce.ts'
import type { CompiledProgram, Compiler, Outcome } from './compiler-port.ts'

/** A program that runs, or could. */
export interface DevVersion {
  readonly program: CompiledProgram
  /** Of the program. */
  readonly hash: string
  /** Later versions have greater numbers, also those that a restarted server makes for a page that stayed open. */
  readonly generation: number
}

export interface DevState {
  /** What the last compilation gave. */
  readonly current: Outcome<DevVersion>
  readonly lastGood: DevVersion | undefined
}

export class DevProgram {
  readonly key: ProgramKey
  readonly #compiler: Compiler
  readonly #isLive: (entry: string) => boolean
  readonly #entries = new Set<string>()
  #state: DevState | undefined
  /** What has been asked of it changed since `#state` was made. */
  #stale = true
  #generation = 0
  /** Hash of the version that was handed out last. */
  handedOut: string | undefined

  /**
   * @param isLive  whether anything still imports an entry; asked only when the program does not compile
   */
  constructor(key: ProgramKey, compiler: Compiler, isLive: (entry: string) => boolean) {
    this.key = key
    this.#compiler = compiler
    this.#isLive = isLive
  }

  get entries(): readonly string[] {
    return [...this.#entries]
  }

  add(entry: string): void {
    if (this.#entries.has(entry)) return
    this.#entries.add(entry)
    this.#stale = true
  }

  /** A file has changed, appeared or gone. */
  touch(): void {
    this.#stale = true
  }

  /** Whether the file has to do with the last compilation. */
  dependsOn(file: string): boolean {
    const { inputs = [], missing = [] } = this.#state?.current ?? {}
    return this.#entries.has(file) || inputs.includes(file) || missing.includes(file)
  }

  /** The state without compiling anything; undefined before the first compilation. */
  get known(): DevState | undefined {
    return this.#state
  }

  /** The state for all entries and files as they are now. */
  async state(): Promise<DevState> {
    if (this.#state !== undefined && !this.#stale) return this.#state
    return this.#compile()
  }

  readonly #compile = coalesce(async (): Promise<DevState> => {
    if (this.#state !== undefined && !this.#stale) return this.#state
    this.#stale = false
    try {
      const outcome = await this.#compileLive()
      const current: Outcome<DevVersion> = outcome.result.ok
        ? { ...outcome, result: { ok: true, value: this.#version(outcome.result.value) } }
        : { ...outcome, result: outcome.result }
      this.#state = { current, lastGood: current.result.ok ? current.result.value : this.#state?.lastGood }
      return this.#state
    } catch (error) {
      this.#stale = true
      throw error
    }
  })

  /** An entry that was deleted, or that nothing imports any more, must not keep the others from compiling. */
  async #compileLive(): Promise<Outcome<CompiledProgram>> {
    const compile = () => this.#compiler.compile({ entries: this.entries, engine: 'jit' })
    const outcome = await compile()
    if (outcome.result.ok) return outcome
    const dead = this.entries.filter((entry) => !this.#isLive(entry))
    if (dead.length === 0 || dead.length === this.#entries.size) return outcome
    for (const entry of dead) this.#entries.delete(entry)
    return compile()
  }

  #version(program: CompiledProgram): DevVersion {
    const known = this.#state?.lastGood
    if (known?.hash === program.hash) return { ...known, program }
    this.#generation = Math.max(this.#generation + 1, Date.now())
    return { program, hash: program.hash, generation: this.#generation }
  }
}

/** One program, or one for each entry. */
export class DevPrograms {
  readonly #programs = new Map<ProgramKey, DevProgram>()
  readonly #make: (key: ProgramKey) => DevProgram
  readonly #split: boolean

  constructor(
    options: { readonly split: boolean; readonly entries: readonly string[] },
    make: (key: ProgramKey) => DevProgram,
  ) {
    this.#split = options.split
    this.#make = (key) => {
      const program = make(key)
      if (!options.split) for (const entry of options.entries) program.add(entry)
      return program
    }
  }

  /** The program that an entry belongs to; the entry is part of it from now on. */
  ofEntry(entry: string): DevProgram {
    const program = this.ofKey(programKey(this.#split, entry))
    program.add(entry)
    return program
  }

  ofKey(key: ProgramKey): DevProgram {
    let program = this.#programs.get(key)
    if (program === undefined) {
      program = this.#make(key)
      this.#programs.set(key, program)
    }
    return program
  }

  [Symbol.iterator](): IterableIterator<DevProgram> {
    return this.#programs.values()
  }
}
