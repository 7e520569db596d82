/**
 * Fields of the heap and module variables that a function has read already. Engines of browsers read memory again each
 * time the code says so; what the code of a loop reads of a list or an array (its length, where its items are) does not
 * change while it runs.
 *
 *     while i < n: total = total + a[i]      →      $a.items = a.items  (before the loop)
 *
 * A function with loops is emitted twice. The first time finds out what each loop reads and what it may change; the
 * second time reads what stays before the loop, and nothing again that is known where it stands. Reading early does no
 * harm: addresses of gc pointers are those of blocks, or 0; whatever is checked is checked where it was.
 *
 * What is known follows the control flow: where ways meet, it is what is known on all of them.
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

/** What is known at a place: reads whose value is in their local, and locals that hold the value of a read. */
interface Known {
  readonly loads: Map<string, Load>
  readonly held: Map<number, Load>
}

interface OpenBlock {
  readonly kind: 'block' | 'loop' | 'if'
  /** At the start of an `if` without `else`, until there is one. */
  before: Known | undefined
  /** On the ways that jump to its end; undefined while there are none. */
  atEnd: Known | undefined
}

/** What the first time has found. */
export interface FirstTime {
  readonly loops: readonly LoopLog[]
  /** Number of locals; the second time takes the same ones. */
  readonly locals: number
}

export class KnownLoads implements FlowWatcher {
  readonly loops: LoopLog[] = []
  /** The parts of the value that was read last; none if that was something else. */
  latest: readonly Load[] = []
  readonly #first: FirstTime | undefined
  readonly #code: FunctionBody<CodePlace>
  readonly #imageGlobal: () => number
  /** Undefined where control never comes. */
  #known: Known | undefined = { loads: new Map(), held: new Map() }
  readonly #blocks: OpenBlock[] = []
  readonly #openLogs: LoopLog[] = []
  /** Locals that hold the values of reads, by their texts. */
  readonly #locals = new Map<string, number>()

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

  /** How a read through this local is called: the local may hold what another read has given. */
  through(local: number): LoadBase {
    const load = this.#known?.held.get(local)
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

  /** Leave the value on the stack, from its local if it is known; `emit` reads memory. */
  read(load: Load, emit: () => void): void {
    for (const log of this.#openLogs) log.loads.set(load.text, load)
    const known = this.#known?.loads.get(load.text)
    if (known !== undefined) return this.#code.get(this.#localOf(known))
    emit()
    if (this.#first === undefined || this.#known === undefined) return
    this.#code.tee(this.#localOf(load))
    this.#known.loads.set(load.text, load)
  }

  /** The local has just been given the value of the read. */
  hold(local: number, load: Load): void {
    this.#known?.held.set(local, load)
  }

  // ------------------------------------------------------------------------------------------------------ changes

  /** Something is about to be written, or has been. */
  write(kinds: Writes): void {
    for (const log of this.#openLogs) {
      if (kinds === 'all') log.writesAll = true
      else for (const kind of kinds) log.written.add(kind)
    }
    if (kinds === 'all') this.#forget(() => true)
    else if (kinds.size > 0) this.#forget((load) => load.kinds.some((kind) => kinds.has(kind)))
  }

  assigned(local: number): void {
    for (const log of this.#openLogs) log.assigned.add(local)
    this.#known?.held.delete(local)
    this.#forget((load) => load.root === local)
  }

  #forget(isGone: (load: Load) => boolean): void {
    if (this.#known === undefined) return
    for (const [text, load] of this.#known.loads) if (isGone(load)) this.#known.loads.delete(text)
    for (const [local, load] of this.#known.held) if (isGone(load)) this.#known.held.delete(local)
  }

  // ------------------------------------------------------------------------------------------------- control flow

  /** A loop begins behind this: read what it reads in each turn, forget what it changes. */
  enterLoop(): void {
    const log: LoopLog = { assigned: new Set(), written: new Set(), writesAll: false, loads: new Map() }
    this.loops.push(log)
    this.#openLogs.push(log)
    // Both times call a read the same only if they know the same of the locals.
    this.#known?.held.clear()
    if (this.#first === undefined) return
    const found = this.#first.loops[this.loops.length - 1]
    invariant(found !== undefined, 'both times have the same loops')
    const changes = (load: Load): boolean => changesIn(found, load)
    this.#forget(changes)
    for (const load of found.loads.values()) if (!changes(load)) this.#readEarly(load)
  }

  leaveLoop(): void {
    this.#openLogs.pop()
  }

  #readEarly(load: Load): void {
    if (this.#known === undefined || this.#known.loads.has(load.text)) return
    const { base } = load
    if (base.kind === 'load') {
      this.#readEarly(base.load)
      this.#code.get(this.#localOf(base.load))
    } else if (base.kind === 'local') this.#code.get(base.index)
    else this.#code.globalGet(this.#imageGlobal())
    this.#code.load(load.op, load.offset)
    this.#code.set(this.#localOf(load))
    this.#known.loads.set(load.text, load)
  }

  opened(kind: OpenBlock['kind']): void {
    this.#blocks.push({ kind, before: kind === 'if' ? copy(this.#known) : undefined, atEnd: undefined })
  }

  turned(): void {
    const block = this.#blocks[this.#blocks.length - 1]
    invariant(block !== undefined, 'else stands in an if')
    block.atEnd = meet(block.atEnd, this.#known)
    this.#known = block.before
    block.before = undefined
  }

  closed(): void {
    const block = this.#blocks.pop()
    invariant(block !== undefined, 'what ends has begun')
    this.#known = meet(meet(block.atEnd, block.before), this.#known)
  }

  jumps(label: Label): void {
    const block = this.#blocks[label - 1]
    invariant(block !== undefined, 'jumps lead to blocks around them')
    // A loop begins with what is known in all turns.
    if (block.kind !== 'loop') block.atEnd = meet(block.atEnd, copy(this.#known))
  }

  stops(): void {
    this.#known = undefined
  }

  /** They are behind those of the first time. */
  #localOf(load: Load): number {
    let local = this.#locals.get(load.text)
    if (local === undefined) {
      local = this.#code.extraLocal(load.wasm, `$${load.kinds.at(-1)}`)
      this.#locals.set(load.text, local)
    }
    return local
  }
}

function changesIn(log: LoopLog, load: Load): boolean {
  if (log.writesAll || (load.root !== undefined && log.assigned.has(load.root))) return true
  return load.kinds.some((kind) => log.written.has(kind))
}

function copy(known: Known | undefined): Known | undefined {
  return known && { loads: new Map(known.loads), held: new Map(known.held) }
}

/** What both know; a way that is never gone knows everything. */
function meet(a: Known | undefined, b: Known | undefined): Known | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const loads = new Map([...a.loads].filter(([text]) => b.loads.has(text)))
  const held = new Map([...a.held].filter(([local, load]) => b.held.get(local)?.text === load.text))
  return { loads, held }
}
