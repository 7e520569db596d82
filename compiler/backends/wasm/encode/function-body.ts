/**
 * The code of one function while it is being written: locals, labels, instructions.
 *
 * Writing looks back one instruction, which is all that `local.tee`, negated comparisons and useless copies need:
 *
 *     local.set x; local.get x   →  local.tee x          i32.lt_s; i32.eqz   →  i32.ge_s
 *     local.get x; local.set x   →                       local.get x; drop   →
 *
 * Calls name functions by their reference; how long their index is written is known only when the module is linked.
 */
import { ByteWriter } from './byte-writer.ts'
import {
  BULK,
  LOADS,
  type LoadOp,
  NEGATED,
  OPS,
  type Op,
  SATURATING_OPS,
  type SaturatingOp,
  STORES,
  STRUCTURE,
  type StoreOp,
  VALUE_TYPES,
  type ValueType,
} from './opcodes.ts'

/** A function of the module, imported or defined. */
export interface FuncRef {
  readonly id: number
}

export interface Signature {
  readonly params: readonly ValueType[]
  readonly results: readonly ValueType[]
}

/** Something to branch to: the number of blocks around it, itself included. */
export type Label = number

export interface CallSite {
  /** Where the index belongs, in bytes from the start of the code. */
  readonly at: number
  readonly target: FuncRef
}

/** What is found out too late to write it at once. Edits do not overlap. */
export interface Edit {
  /** The bytes that are replaced; none if both are equal. */
  readonly at: number
  readonly end: number
  /** Instructions that call nothing and do not jump out of themselves. */
  readonly code: Uint8Array
}

/** A load and what pushes its address. */
export interface WrittenRead {
  readonly at: number
  readonly end: number
  /** The local that is set on the way. */
  readonly sets: number | undefined
}

/** From this byte on, the code belongs to `place`. */
export interface Mark<Place> {
  readonly at: number
  readonly place: Place
}

/** Is told where control goes and which locals change while code is written. */
export interface FlowWatcher {
  assigned(local: number): void
  opened(kind: 'block' | 'loop' | 'if'): void
  /** At the `else` of the innermost block. */
  turned(): void
  closed(): void
  /** Perhaps. */
  jumps(label: Label): void
  /** What follows is never reached. */
  stops(): void
}

const NO_RESULT = 0x40

/** Numbers of function types in the module that the body is for. */
export interface TypeNumbers {
  typeIndex(signature: Signature): number
  /** Of a call through the table. */
  tableTypeIndex(signature: Signature): number
}

export class FunctionBody<Place> {
  readonly signature: Signature
  readonly watchers: FlowWatcher[] = []
  readonly #types: TypeNumbers
  readonly #code: ByteWriter
  readonly #locals: ValueType[] = []
  readonly #localNames: string[]
  readonly #calls: CallSite[] = []
  readonly #edits: Edit[] = []
  #marks: Mark<Place>[] = []
  /** Of temporaries: type and name. */
  readonly #keys = new Map<number, string>()
  /** Temporaries that nobody has, by their key. */
  readonly #free = new Map<string, number[]>()
  #depth = 0
  /** Where the last instruction starts, and its operand; -1 behind a place that can be branched to. */
  #last = -1
  #lastOperand = 0
  /** The one before. */
  #previous = -1
  #previousOperand = 0

  /** @param capacity  bytes that are expected; there may be more */
  constructor(types: TypeNumbers, signature: Signature, paramNames: readonly string[], capacity?: number) {
    this.#code = new ByteWriter(capacity)
    this.#types = types
    this.signature = signature
    this.#localNames = [...paramNames]
  }

  /** Types of the locals that are not parameters. */
  get locals(): readonly ValueType[] {
    return this.#locals
  }

  /** Parameters and locals. */
  get localCount(): number {
    return this.#localNames.length
  }

  /** Names of parameters and locals, by index; empty for what nobody is to see. */
  get localNames(): readonly string[] {
    return this.#localNames
  }

  get calls(): readonly CallSite[] {
    return this.#calls
  }

  /** In the order of the code. */
  get edits(): readonly Edit[] {
    return this.#edits.sort((a, b) => a.at - b.at)
  }

  get marks(): readonly Mark<Place>[] {
    return this.#marks
  }

  /** The instructions as they were written, without the final `end`. */
  get code(): Uint8Array {
    return this.#code.view()
  }

  get size(): number {
    return this.#code.length
  }

  // ---------------------------------------------------------------------------------------------------- locals

  /** A new local, zero at the start of the function. Without a name, debuggers number it. */
  local(type: ValueType, name: string): number {
    this.#locals.push(type)
    this.#localNames.push(name)
    return this.signature.params.length + this.#locals.length - 1
  }

  /**
   * A local for a short while; whoever asks gives it back with `release`. What it holds at first is undefined.
   *
   * @param name  for people who debug; what is given back serves others of its name only
   */
  temporary(type: ValueType, name = ''): number {
    const key = `${type} ${name}`
    const free = this.#free.get(key)?.pop()
    if (free !== undefined) return free
    const local = this.local(type, name)
    this.#keys.set(local, key)
    return local
  }

  release(local: number): void {
    const key = this.#keys.get(local)
    if (key === undefined) return
    const free = this.#free.get(key)
    if (free === undefined) this.#free.set(key, [local])
    else free.push(local)
  }

  get(local: number): void {
    if (this.#endsWith(STRUCTURE.localSet, local)) {
      // A statement that begins by reading what the one before it assigned: the rest is its code.
      const next = this.#marks[this.#marks.length - 1]
      const begins = next?.at === this.#code.length
      this.#undo()
      this.#indexed(STRUCTURE.localTee, local)
      if (begins) this.mark(next.place)
    } else {
      this.#indexed(STRUCTURE.localGet, local)
    }
  }

  set(local: number): void {
    if (this.#endsWith(STRUCTURE.localGet, local)) this.#undo()
    else {
      this.#indexed(STRUCTURE.localSet, local)
      for (const watcher of this.watchers) watcher.assigned(local)
    }
  }

  tee(local: number): void {
    this.#indexed(STRUCTURE.localTee, local)
    for (const watcher of this.watchers) watcher.assigned(local)
  }

  globalGet(index: number): void {
    this.#indexed(STRUCTURE.globalGet, index)
  }

  globalSet(index: number): void {
    this.#indexed(STRUCTURE.globalSet, index)
  }

  // ------------------------------------------------------------------------------------------------- constants

  i32(value: number): void {
    this.#start(STRUCTURE.i32Const, value)
    this.#code.signed(value | 0)
  }

  i64(value: bigint): void {
    this.#start(STRUCTURE.i64Const)
    this.#code.signedWide(BigInt.asIntN(64, value))
  }

  f32(value: number): void {
    this.#start(STRUCTURE.f32Const)
    this.#code.f32(value)
  }

  f64(value: number): void {
    this.#start(STRUCTURE.f64Const)
    this.#code.f64(value)
  }

  // ---------------------------------------------------------------------------------------------- instructions

  op(op: Op): void {
    const code = OPS[op]
    if (code === OPS['i32.eqz'] && this.#negate()) return
    this.#start(code)
    if (op === 'unreachable' || op === 'return') for (const watcher of this.watchers) watcher.stops()
  }

  saturate(op: SaturatingOp): void {
    this.#start(STRUCTURE.prefix)
    this.#code.unsigned(SATURATING_OPS[op])
  }

  drop(): void {
    const last = this.#lastOpcode()
    const operand = this.#lastOperand
    if (last === STRUCTURE.localGet || last === STRUCTURE.i32Const) {
      this.#undo()
    } else if (last === STRUCTURE.localTee) {
      this.#undo()
      this.#indexed(STRUCTURE.localSet, operand)
    } else {
      this.#start(OPS.drop)
    }
  }

  load(op: LoadOp, offset: number): void {
    this.#memory(LOADS[op], offset)
  }

  store(op: StoreOp, offset: number): void {
    this.#memory(STORES[op], offset)
  }

  /** What was written last: one instruction that pushes an address, and a load. */
  lastRead(): WrittenRead {
    const sets = this.#code.byteAt(this.#previous) === STRUCTURE.localTee ? this.#previousOperand : undefined
    return { at: this.#previous, end: this.#code.length, sets }
  }

  /** When the module is linked, other code will stand there. */
  edit(edit: Edit): void {
    this.#edits.push(edit)
  }

  memoryCopy(): void {
    this.#start(STRUCTURE.prefix)
    this.#code.unsigned(BULK.memoryCopy)
    this.#code.byte(0)
    this.#code.byte(0)
  }

  memoryFill(): void {
    this.#start(STRUCTURE.prefix)
    this.#code.unsigned(BULK.memoryFill)
    this.#code.byte(0)
  }

  memoryInit(segment: number): void {
    this.#start(STRUCTURE.prefix)
    this.#code.unsigned(BULK.memoryInit)
    this.#code.unsigned(segment)
    this.#code.byte(0)
  }

  dataDrop(segment: number): void {
    this.#start(STRUCTURE.prefix)
    this.#code.unsigned(BULK.dataDrop)
    this.#code.unsigned(segment)
  }

  call(target: FuncRef): void {
    this.#start(STRUCTURE.call)
    this.#calls.push({ at: this.#code.length, target })
  }

  /** Call through the only table; the index is on the stack. */
  callIndirect(signature: Signature): void {
    this.#start(STRUCTURE.callIndirect)
    this.#code.unsigned(this.#types.tableTypeIndex(signature))
    this.#code.byte(0)
  }

  // -------------------------------------------------------------------------------------------------- structure

  block(results: readonly ValueType[] = []): Label {
    for (const watcher of this.watchers) watcher.opened('block')
    return this.#open(STRUCTURE.block, results)
  }

  loop(): Label {
    for (const watcher of this.watchers) watcher.opened('loop')
    return this.#open(STRUCTURE.loop, [])
  }

  if(results: readonly ValueType[] = []): Label {
    this.#forgetTruthConversion()
    for (const watcher of this.watchers) watcher.opened('if')
    return this.#open(STRUCTURE.if, results)
  }

  else(): void {
    this.#start(STRUCTURE.else)
    this.#barrier()
    for (const watcher of this.watchers) watcher.turned()
  }

  end(): void {
    this.#start(STRUCTURE.end)
    this.#depth--
    this.#barrier()
    for (const watcher of this.watchers) watcher.closed()
  }

  br(label: Label): void {
    this.#indexed(STRUCTURE.br, this.#depth - label)
    for (const watcher of this.watchers) {
      watcher.jumps(label)
      watcher.stops()
    }
  }

  brIf(label: Label): void {
    this.#forgetTruthConversion()
    this.#indexed(STRUCTURE.brIf, this.#depth - label)
    for (const watcher of this.watchers) watcher.jumps(label)
    // What stands before a conditional branch is also seen by whoever it jumps to.
    this.#barrier()
  }

  brUnless(label: Label): void {
    // A condition is as good as its double negation.
    if (this.#lastOpcode() === OPS['i32.eqz']) this.#undo()
    else this.op('i32.eqz')
    this.brIf(label)
  }

  // ----------------------------------------------------------------------------------------------------- places

  /** What follows belongs to `place`. */
  mark(place: Place): void {
    this.#dropMarksFrom(this.#code.length)
    this.#marks.push({ at: this.#code.length, place })
  }

  // ---------------------------------------------------------------------------------------------------- private

  #open(opcode: number, results: readonly ValueType[]): Label {
    this.#start(opcode)
    if (results.length === 0) this.#code.byte(NO_RESULT)
    else if (results.length === 1) this.#code.byte(VALUE_TYPES[results[0] as ValueType])
    else this.#code.signed(this.#types.typeIndex({ params: [], results }))
    this.#barrier()
    return ++this.#depth
  }

  #memory(opcode: number, offset: number): void {
    this.#start(opcode)
    // Alignment is a hint; nothing promises more than byte alignment of raw memory, and engines ignore it.
    this.#code.unsigned(0)
    this.#code.unsigned(offset)
  }

  #indexed(opcode: number, index: number): void {
    this.#start(opcode, index)
    this.#code.unsigned(index)
  }

  #start(opcode: number, operand = 0): void {
    this.#previous = this.#last
    this.#previousOperand = this.#lastOperand
    this.#last = this.#code.length
    this.#lastOperand = operand
    this.#code.byte(opcode)
  }

  #barrier(): void {
    this.#last = -1
    this.#previous = -1
  }

  #lastOpcode(): number {
    return this.#last < 0 ? -1 : this.#code.byteAt(this.#last)
  }

  #endsWith(opcode: number, operand: number): boolean {
    return this.#lastOperand === operand && this.#lastOpcode() === opcode
  }

  /** Remove the last instruction, which must not be a call. */
  #undo(): void {
    this.#code.truncate(this.#last)
    this.#dropMarksFrom(this.#last + 1)
    this.#last = this.#previous
    this.#lastOperand = this.#previousOperand
    this.#previous = -1
  }

  #negate(): boolean {
    const negated = NEGATED.get(this.#lastOpcode())
    if (negated === undefined) return false
    this.#undo()
    this.#start(negated)
    return true
  }

  /** `x != 0` as a condition is `x`. */
  #forgetTruthConversion(): void {
    if (this.#lastOpcode() !== OPS['i32.ne'] || this.#previous < 0) return
    if (this.#previousOperand !== 0 || this.#code.byteAt(this.#previous) !== STRUCTURE.i32Const) return
    this.#undo()
    this.#undo()
  }

  #dropMarksFrom(offset: number): void {
    while ((this.#marks[this.#marks.length - 1]?.at ?? -1) >= offset) this.#marks.pop()
  }
}
