/**
 * Bulk operations on the items behind pointers: copy, move, fill, compare. Counts and bounds are items. Debug builds
 * check them against the lengths of the pointers, in the order of the arguments.
 */
import type { BulkOp, MemoryIntrinsic } from '../../objects/intrinsics.ts'
import { layoutOf } from '../../objects/layout.ts'
import { invariant, unreachable } from '../../text/diagnostics.ts'
import type { Call } from '../../typed/tree.ts'
import type { FunctionContext, Source } from './context.ts'
import { noMemoryForm } from './diagnostics.ts'
import { bind, popToTemporary, push } from './sources.ts'

type BulkIntrinsic = Extract<MemoryIntrinsic, { readonly kind: 'ptrBulk' }>

/** Names in messages. */
const NAMES: Readonly<Record<BulkOp, string>> = {
  copy: 'ptr_copy',
  move: 'ptr_move',
  setbytes: 'ptr_setbytes',
  cmp: 'ptr_cmp',
  copySlice: 'ptr_copy_slice',
  moveSlice: 'ptr_move_slice',
  setbytesSlice: 'ptr_setbytes_slice',
  cmpSlice: 'ptr_cmp_slice',
}

/** Items `start` to `end` behind a pointer; `start` is undefined for the first. */
interface Range {
  readonly address: Source
  readonly length: Source | undefined
  readonly start: Source | undefined
  readonly end: Source
}

/** Leaves nothing on the stack, `cmp` its i32. */
export function emitBulk(on: FunctionContext, call: Call, intrinsic: BulkIntrinsic, taken: number[]): void {
  const bound = call.args.map((arg, index) => bind(on, arg, call.args.slice(index + 1), taken))
  const pointer = (index: number): readonly [Source, Source | undefined] => {
    const [address, length] = bound[index] ?? []
    invariant(address !== undefined, 'bulk operations take pointers')
    return [address, length]
  }
  const scalar = (index: number): Source => {
    const [value] = bound[index] ?? []
    invariant(value !== undefined, 'bulk operations take counts and bounds')
    return value
  }
  const whole = (index: number, count: number): Range => {
    const [address, length] = pointer(index)
    return { address, length, start: undefined, end: scalar(count) }
  }
  const slice = (index: number): Range => {
    const [address, length] = pointer(index)
    return { address, length, start: scalar(index + 1), end: scalar(index + 2) }
  }
  const bulk = new BulkEmitter(on, call, intrinsic, taken)
  switch (intrinsic.op) {
    case 'copy':
      return bulk.copy(whole(0, 2), whole(1, 2), true)
    case 'move':
      return bulk.copy(whole(0, 2), whole(1, 2), false)
    case 'copySlice':
      return bulk.copy(slice(0), slice(3), true)
    case 'moveSlice':
      return bulk.copy(slice(0), slice(3), false)
    case 'setbytes':
      return bulk.fill(whole(0, 2), scalar(1))
    case 'setbytesSlice':
      return bulk.fill(slice(0), scalar(3))
    case 'cmp':
      return bulk.compare(whole(0, 2), whole(1, 2))
    case 'cmpSlice':
      return bulk.compare(slice(0), slice(3))
    default:
      return unreachable(intrinsic.op)
  }
}

class BulkEmitter {
  readonly #on: FunctionContext
  readonly #call: Call
  readonly #name: string
  readonly #size: number
  readonly #taken: number[]

  constructor(on: FunctionContext, call: Call, { op, item }: BulkIntrinsic, taken: number[]) {
    this.#on = on
    this.#call = call
    this.#name = NAMES[op]
    const layout = layoutOf(item, on.program.shapes.mode)
    this.#size = layout?.size ?? noMemoryForm(on.program.program.humanName(item.fqn), call.span)
    this.#taken = taken
  }

  copy(dst: Range, src: Range, disjoint: boolean): void {
    this.#checkLengths(dst, src)
    this.#checkRange(dst, 'dst ')
    this.#checkRange(src, 'src ')
    const to = this.#start(dst)
    const from = this.#start(src)
    const bytes = this.#bytes(dst)
    if (disjoint && dst.length !== undefined) {
      this.#pushCloser(to, from, bytes)
      this.#pushCloser(from, to, bytes)
      this.#on.code.op('i32.or')
      this.#failIf('regions overlap')
    }
    this.#push(to, from, bytes)
    this.#on.code.memoryCopy()
  }

  fill(dst: Range, value: Source): void {
    this.#checkRange(dst, '')
    const to = this.#start(dst)
    this.#push(to, value, this.#bytes(dst))
    this.#on.code.memoryFill()
  }

  compare(a: Range, b: Range): void {
    this.#checkLengths(a, b)
    this.#checkRange(a, 'a ')
    this.#checkRange(b, 'b ')
    const left = this.#start(a)
    const right = this.#start(b)
    this.#push(left, right, this.#bytes(a))
    this.#on.code.call(this.#on.program.runtime.function('spy_memcmp'))
  }

  #push(...sources: readonly Source[]): void {
    for (const source of sources) push(this.#on, source)
  }

  #failIf(what: string): void {
    const { code, program } = this.#on
    code.if()
    program.panics.raise(this.#on, 'PanicError', `${this.#name} ${what}`, this.#call.span)
    code.end()
  }

  #checkLengths(a: Range, b: Range): void {
    if (a.length === undefined || a.start === undefined || b.start === undefined) return
    this.#push(a.end, a.start)
    this.#on.code.op('i32.sub')
    this.#push(b.end, b.start)
    this.#on.code.op('i32.sub')
    this.#on.code.op('i32.ne')
    this.#failIf('length mismatch')
  }

  /** Unsigned comparisons find what is negative, too. */
  #checkRange({ length, start, end }: Range, which: string): void {
    if (length === undefined) return
    this.#push(end, length)
    this.#on.code.op('i32.gt_u')
    if (start !== undefined) {
      this.#push(start, end)
      this.#on.code.op('i32.gt_u')
      this.#on.code.op('i32.or')
    }
    this.#failIf(`${which}out of bounds`)
  }

  /** Address of the first item. */
  #start({ address, start }: Range): Source {
    if (start === undefined) return address
    this.#push(address, start)
    this.#scale()
    this.#on.code.op('i32.add')
    return popToTemporary(this.#on, 'i32', this.#taken)
  }

  #bytes({ start, end }: Range): Source {
    this.#push(end)
    if (start !== undefined) {
      this.#push(start)
      this.#on.code.op('i32.sub')
    }
    this.#scale()
    return popToTemporary(this.#on, 'i32', this.#taken)
  }

  #scale(): void {
    this.#on.code.i32(this.#size)
    this.#on.code.op('i32.mul')
  }

  /** `a - b < bytes`: a begins inside the bytes from b on. */
  #pushCloser(a: Source, b: Source, bytes: Source): void {
    this.#push(a, b)
    this.#on.code.op('i32.sub')
    this.#push(bytes)
    this.#on.code.op('i32.lt_u')
  }
}
