/**
 * What loops read again and again although it stays: fields of the heap and module variables. Engines of browsers read
 * memory whenever the code says so, and what the code of a loop reads of a list or an array (its length, where its items
 * are) does not change while it runs.
 *
 *     while i < n: total = total + a[i]      →      $items = a.items  (before the loop)
 *
 * What a loop changes is known at its end. Then, code is put before it that reads what stays, and each read of that in it
 * becomes a read of a local. Reading early does no harm: gc pointers are addresses of blocks, or 0, where there is
 * memory, too; whatever is checked is checked where it was. Only what has been read through 0 is no address of anything,
 * so that nothing is read through that.
 */
import type { Writes } from './effects.ts'
import { FunctionBody, type LoadOp, type TypeNumbers, type ValueType, type WrittenRead } from './encode.ts'
import { KnownFlow } from './known-flow.ts'
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
interface LoopLog {
  readonly outer: LoopLog | undefined
  /** Where it begins, in bytes from the start of the code. */
  readonly at: number
  readonly assigned: Set<number>
  readonly written: Set<string>
  writesAll: boolean
  readonly loads: Map<string, Load>
  /** Locals with what is read before it, by the text of the read. */
  readonly early: Map<string, number>
}

/** A read that was written, in this loop. */
interface ReadSite extends WrittenRead {
  readonly load: Load
  readonly loop: LoopLog
}

/** Locals that hold the value of a read, where control is now; never changed after it has been made. */
type Held = ReadonlyMap<number, Load>

const NOTHING: Held = new Map()

export class KnownLoads extends KnownFlow<Held> {
  /** The parts of the value that was read last; none if that was something else. */
  latest: readonly Load[] = []
  readonly #types: TypeNumbers
  readonly #code: FunctionBody<CodePlace>
  readonly #imageGlobal: () => number
  /** All of the function, outer loops before those in them. */
  readonly #loops: LoopLog[] = []
  /** Around what is written now. */
  #innermost: LoopLog | undefined
  readonly #sites: ReadSite[] = []
  readonly #reads = new Map<string, Uint8Array>()

  constructor(types: TypeNumbers, code: FunctionBody<CodePlace>, imageGlobal: () => number) {
    super(NOTHING)
    this.#types = types
    this.#code = code
    this.#imageGlobal = imageGlobal
  }

  // ------------------------------------------------------------------------------------------------------- reads

  /** How an address in this local is called: the local may hold what has been read. */
  through(local: number): LoadBase {
    const load = this.known?.get(local)
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

  /** The load has just been written. */
  read(load: Load): void {
    const loop = this.#innermost
    if (loop === undefined) return
    for (let log: LoopLog | undefined = loop; log !== undefined; log = log.outer) log.loads.set(load.text, load)
    this.#sites.push({ ...this.#code.lastRead(), load, loop })
  }

  /** The local has just been given the value of the read. */
  hold(local: number, load: Load): void {
    if (this.known === undefined || this.#innermost === undefined) return
    this.known = new Map(this.known).set(local, load)
  }

  // ------------------------------------------------------------------------------------------------------ changes

  /** Places of these kinds have been written. */
  write(kinds: Writes): void {
    for (const log of loopsAround(this.#innermost)) {
      if (kinds === 'all') log.writesAll = true
      else for (const kind of kinds) log.written.add(kind)
    }
    if (kinds === 'all') this.#forget(() => true)
    else if (kinds.size > 0) this.#forget((load) => load.kinds.some((kind) => kinds.has(kind)))
  }

  assigned(local: number): void {
    for (let log = this.#innermost; log !== undefined; log = log.outer) log.assigned.add(local)
    this.#forget((load, holder) => holder === local || load.root === local)
  }

  #forget(isGone: (load: Load, holder: number) => boolean): void {
    if (this.known === undefined || this.known.size === 0) return
    const rest = [...this.known].filter(([holder, load]) => !isGone(load, holder))
    if (rest.length < this.known.size) this.known = new Map(rest)
  }

  // ------------------------------------------------------------------------------------------------- control flow

  /** A loop begins here. */
  enterLoop(): void {
    const log: LoopLog = {
      outer: this.#innermost,
      at: this.#code.size,
      assigned: new Set(),
      written: new Set(),
      writesAll: false,
      loads: new Map(),
      early: new Map(),
    }
    this.#loops.push(log)
    this.#innermost = log
    // What is known here need not be so in all turns.
    if (this.known !== undefined) this.known = NOTHING
  }

  leaveLoop(): void {
    this.#innermost = this.#innermost?.outer
  }

  protected both(a: Held, b: Held): Held {
    return new Map([...a].filter(([local, load]) => b.get(local)?.text === load.text))
  }

  // -------------------------------------------------------------------------------------------------- early reads

  /** At the end of the function: edit its code. */
  readEarly(): void {
    for (const loop of this.#loops) this.#readBefore(loop)
    for (const { load, loop, at, end, sets } of this.#sites) {
      const local = earlyLocal(loop, load)
      if (local !== undefined) this.#code.edit({ at, end, code: this.#readOf(local, sets) })
    }
  }

  /** Code before the loop that reads what it reads and does not change. */
  #readBefore(loop: LoopLog): void {
    const loads = [...loop.loads.values()]
    const early = loads.filter((load) => !changesIn(loop, load))
    if (early.length === 0) return
    const pointers = new Set(loads.flatMap(({ base }) => (base.kind === 'load' ? [base.load.text] : [])))
    const code = this.#snippet()
    for (const load of early) this.#writeEarly(code, loop, load, pointers)
    this.#code.edit({ at: loop.at, end: loop.at, code: code.code })
  }

  /** @param sets  a local that is set on the way */
  #readOf(local: number, sets: number | undefined): Uint8Array {
    const key = `${local} ${sets}`
    let code = this.#reads.get(key)
    if (code === undefined) {
      const snippet = this.#snippet()
      if (sets !== undefined) snippet.set(sets)
      snippet.get(local)
      code = snippet.code
      this.#reads.set(key, code)
    }
    return code
  }

  #snippet(): FunctionBody<CodePlace> {
    return new FunctionBody<CodePlace>(this.#types, { params: [], results: [] }, [])
  }

  /**
   * @param pointers  texts of the reads whose values are addresses that others read through
   * @returns the local that has the value
   */
  #writeEarly(code: FunctionBody<CodePlace>, loop: LoopLog, load: Load, pointers: ReadonlySet<string>): number {
    const known = earlyLocal(loop, load)
    if (known !== undefined) return known
    const { base } = load
    if (base.kind === 'image') {
      code.globalGet(this.#imageGlobal())
      code.load(load.op, load.offset)
    } else {
      const address = base.kind === 'local' ? base.index : this.#writeEarly(code, loop, base.load, pointers)
      const isPointer = pointers.has(load.text)
      code.get(address)
      if (isPointer) {
        code.if(['i32'])
        code.get(address)
      }
      code.load(load.op, load.offset)
      if (isPointer) {
        code.else()
        code.i32(0)
        code.end()
      }
    }
    const local = this.#code.local(load.wasm, `$${load.kinds.at(-1)?.split(/[.:]/).at(-1)}`)
    code.set(local)
    loop.early.set(load.text, local)
    return local
  }
}

/** The innermost first. */
function* loopsAround(loop: LoopLog | undefined): Iterable<LoopLog> {
  for (let log = loop; log !== undefined; log = log.outer) yield log
}

/** The local in which one of the loops around has the value. */
function earlyLocal(loop: LoopLog, load: Load): number | undefined {
  for (const log of loopsAround(loop)) {
    const local = log.early.get(load.text)
    if (local !== undefined) return local
  }
  return undefined
}

function changesIn(log: LoopLog, load: Load): boolean {
  if (log.writesAll || (load.root !== undefined && log.assigned.has(load.root))) return true
  return load.kinds.some((kind) => log.written.has(kind))
}
