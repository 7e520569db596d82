/**
 * What loops read again and again although it stays: fields of the heap and module variables. Engines of browsers read
 * memory whenever the code says so, and what the code of a loop reads of a list or an array (its length, where its items
 * are) does not change while it runs.
 *
 *     while i < n: total = total + a[i]      →      $items = a.items  (before the loop)
 *
 * A function with loops is emitted twice. The first time finds out what each loop reads and what it may change; the
 * second time reads what stays before the loop. Reading early does no harm: gc pointers are addresses of blocks, or 0,
 * where there is memory, too; whatever is checked is checked where it was. Only what has been read through 0 is no
 * address of anything, so that nothing is read through that.
 */
import { invariant } from '../../text/diagnostics.ts'
import type { Writes } from './effects.ts'
import type { FlowWatcher, FunctionBody, Label, LoadOp, ValueType } from './encode.ts'
import type { CodePlace } from './places.ts'

/** A read of memory, by what its address is made of. Equal texts are equal reads. */
export interface Load {
  readonly text: string
  readonly base: LoadBase
  readonly offset: number
  readonly op: LoadOp
  readonly wasm: ValueType
  /** The local that the address begins with; undefined for the image. */
  readonly root: number | undefined
  /** Kinds of the places that are read on the way. */
  readonly kinds: readonly string[]
}

export type LoadBase =
  | { readonly kind: 'local'; readonly index: number }
  | { readonly kind: 'image' }
  | { readonly kind: 'load'; readonly load: Load }

/** What a loop does, all turns together. */
export interface LoopLog {
  readonly assigned: Set<number>
  readonly written: Set<string>
  writesAll: boolean
  readonly loads: Map<string, Load>
}

/** What the first time has found. */
export interface FirstTime {
  readonly loops: readonly LoopLog[]
  /** Number of locals; the second time takes the same ones. */
  readonly locals: number
}

/** Locals that hold the value of a read, where control is now; never changed after it has been made. */
type Held = ReadonlyMap<number, Load>

const NOTHING: Held = new Map()

interface OpenBlock {
  readonly kind: 'block' | 'loop' | 'if'
  /** At the start of an `if`, until its `else`. */
  before: Held | undefined
  /** On the ways that jump to its end; undefined while there are none. */
  atEnd: Held | undefined
}

export class KnownLoads implements FlowWatcher {
  readonly loops: LoopLog[] = []
  /** The parts of the value that was read last; none if that was something else. */
  latest: readonly Load[] = []
  readonly #first: FirstTime | undefined
  readonly #code: FunctionBody<CodePlace>
  readonly #imageGlobal: () => number
  /** Undefined where control never comes. */
  #held: Held | undefined = NOTHING
  readonly #blocks: OpenBlock[] = []
  /** Of the loops around, the outermost first. */
  readonly #logs: LoopLog[] = []
  /** What has been read before each of them. */
  readonly #early: Map<string, number>[] = []

  constructor(code: FunctionBody<CodePlace>, imageGlobal: () => number, first: FirstTime | undefined) {
    this.#code = code
    this.#imageGlobal = imageGlobal
    this.#first = first
    code.watcher = this
  }

  /** Some loop reads in each turn what it does not change: that is worth a second time. */
  get isWorthwhile(): boolean {
    return this.loops.some((log) => [...log.loads.values()].some((load) => !changesIn(log, load)))
  }

  // ------------------------------------------------------------------------------------------------------- reads

  /** How an address in this local is called: the local may hold what has been read. */
  through(local: number): LoadBase {
    const load = this.#held?.get(local)
    return load === undefined ? { kind: 'local', index: local } : { kind: 'load', load }
  }

  /** A read of a place of this kind. */
  describe(base: LoadBase, offset: number, op: LoadOp, wasm: ValueType, kind: string): Load {
    const start = base.kind === 'local' ? `$${base.index}` : base.kind === 'image' ? '' : `(${base.load.text})`
    return {
      text: `${start}+${offset} ${op}`,
      base,
      offset,
      op,
      wasm,
      root: base.kind === 'local' ? base.index : base.kind === 'load' ? base.load.root : undefined,
      kinds: base.kind === 'load' ? [...base.load.kinds, kind] : [kind],
    }
  }

  /** Leave the value on the stack, from its local if it has been read early; `emit` reads memory. */
  read(load: Load, emit: () => void): void {
    for (const log of this.#logs) log.loads.set(load.text, load)
    const early = this.#earlyLocal(load)
    if (early === undefined) emit()
    else this.#code.get(early)
  }

  /** The local has just been given the value of the read. */
  hold(local: number, load: Load): void {
    if (this.#held !== undefined && this.#logs.length > 0) this.#held = new Map(this.#held).set(local, load)
  }

  // ------------------------------------------------------------------------------------------------------ changes

  /** Places of these kinds have been written. */
  write(kinds: Writes): void {
    for (const log of this.#logs) {
      if (kinds === 'all') log.writesAll = true
      else for (const kind of kinds) log.written.add(kind)
    }
    if (kinds === 'all') this.#forget(() => true)
    else if (kinds.size > 0) this.#forget((load) => load.kinds.some((kind) => kinds.has(kind)))
  }

  assigned(local: number): void {
    for (const log of this.#logs) log.assigned.add(local)
    this.#forget((load, holder) => holder === local || load.root === local)
  }

  #forget(isGone: (load: Load, holder: number) => boolean): void {
    if (this.#held === undefined || this.#held.size === 0) return
    const rest = [...this.#held].filter(([holder, load]) => !isGone(load, holder))
    if (rest.length < this.#held.size) this.#held = new Map(rest)
  }

  // ------------------------------------------------------------------------------------------------- control flow

  /** A loop begins behind this: read early what it reads and does not change. */
  enterLoop(): void {
    const log: LoopLog = { assigned: new Set(), written: new Set(), writesAll: false, loads: new Map() }
    this.loops.push(log)
    // Known in all turns. Both times have to know the same, because it is in the names of reads.
    if (this.#held !== undefined) this.#held = NOTHING
    const early = new Map<string, number>()
    this.#early.push(early)
    if (this.#first !== undefined && this.#held !== undefined) {
      const found = this.#first.loops[this.loops.length - 1]
      invariant(found !== undefined, 'both times have the same loops')
      const loads = [...found.loads.values()].filter((load) => !changesIn(found, load))
      const pointers = new Set(loads.flatMap(({ base }) => (base.kind === 'load' ? [base.load.text] : [])))
      for (const load of loads) this.#readEarly(load, pointers)
    }
    this.#logs.push(log)
  }

  leaveLoop(): void {
    this.#logs.pop()
    this.#early.pop()
  }

  #earlyLocal(load: Load): number | undefined {
    for (const early of this.#early) {
      const local = early.get(load.text)
      if (local !== undefined) return local
    }
    return undefined
  }

  /**
   * @param pointers  texts of the reads whose values are addresses that others read through
   * @returns the local that has the value
   */
  #readEarly(load: Load, pointers: ReadonlySet<string>): number {
    const known = this.#earlyLocal(load)
    if (known !== undefined) return known
    const { base } = load
    if (base.kind === 'image') {
      this.#code.globalGet(this.#imageGlobal())
      this.#code.load(load.op, load.offset)
    } else {
      const address = base.kind === 'local' ? base.index : this.#readEarly(base.load, pointers)
      const isPointer = pointers.has(load.text)
      this.#code.get(address)
      if (isPointer) {
        this.#code.if(['i32'])
        this.#code.get(address)
      }
      this.#code.load(load.op, load.offset)
      if (isPointer) {
        this.#code.else()
        this.#code.i32(0)
        this.#code.end()
      }
    }
    const local = this.#code.extraLocal(load.wasm, `$${load.kinds.at(-1)?.split(/[.:]/).at(-1)}`)
    this.#code.set(local)
    this.#early.at(-1)?.set(load.text, local)
    return local
  }

  opened(kind: OpenBlock['kind']): void {
    this.#blocks.push({ kind, before: kind === 'if' ? this.#held : undefined, atEnd: undefined })
  }

  turned(): void {
    const block = this.#blocks[this.#blocks.length - 1]
    invariant(block !== undefined, 'else stands in an if')
    block.atEnd = meet(block.atEnd, this.#held)
    this.#held = block.before
    block.before = undefined
  }

  closed(): void {
    const block = this.#blocks.pop()
    invariant(block !== undefined, 'what ends has begun')
    this.#held = meet(meet(block.atEnd, block.before), this.#held)
  }

  jumps(label: Label): void {
    const block = this.#blocks[label - 1]
    invariant(block !== undefined, 'jumps lead to blocks around them')
    // A loop begins with what is known in all turns.
    if (block.kind !== 'loop') block.atEnd = meet(block.atEnd, this.#held)
  }

  stops(): void {
    this.#held = undefined
  }
}

function changesIn(log: LoopLog, load: Load): boolean {
  if (log.writesAll || (load.root !== undefined && log.assigned.has(load.root))) return true
  return load.kinds.some((kind) => log.written.has(kind))
}

/** What is so on both ways; a way that is never gone allows everything. */
function meet(a: Held | undefined, b: Held | undefined): Held | undefined {
  if (a === undefined || b === undefined) return a ?? b
  if (a === b) return a
  return new Map([...a].filter(([local, load]) => b.get(local)?.text === load.text))
}
