/**
 * Accesses through pointers as programs make them: checked in every case, because the length is always known here.
 */
import { panic } from '../../objects/fault.ts'
import type { BulkOp } from '../../objects/intrinsics.ts'
import type { PtrValue, Value } from '../../objects/values.ts'
import type { GuestMemory } from './guest-memory.ts'

const NULL_POINTER = 'cannot dereference NULL pointer'

/**
 * Address of item `index`.
 *
 * @throws Fault PanicError for NULL and for an index outside of the items
 */
export function itemAddress(ptr: PtrValue, index: number, itemSize: number, access: 'getitem' | 'store'): number {
  // Read as unsigned, a negative index is larger than every length; NULL has length 0.
  if (index >>> 0 >= ptr.length) outOfBounds(ptr, index, access)
  return ptr.address + index * itemSize
}

function outOfBounds(ptr: PtrValue, index: number, access: 'getitem' | 'store'): never {
  if (ptr.address === 0) panic(NULL_POINTER)
  panic(`ptr_${access} out of bounds: 0x${ptr.address.toString(16)}[${index}] (upper bound: ${ptr.length})`)
}

/**
 * Address of a field of item 0.
 *
 * @throws Fault PanicError for NULL and for pointers to no item
 */
export function fieldAddress(ptr: PtrValue, offset: number): number {
  if (ptr.length <= 0) panic(ptr.address === 0 ? NULL_POINTER : 'ptr_getfield out of bounds')
  return ptr.address + offset
}

/** Bounds given in items. */
interface Range {
  readonly ptr: PtrValue
  readonly start: number
  readonly end: number
}

function whole(ptr: Value | undefined, count: Value | undefined): Range {
  return { ptr: ptr as PtrValue, start: 0, end: count as number }
}

function slice(ptr: Value | undefined, start: Value | undefined, end: Value | undefined): Range {
  return { ptr: ptr as PtrValue, start: start as number, end: end as number }
}

/**
 * The bulk operations of `BulkOp`. Comparing gives -1, 0 or 1.
 *
 * @throws Fault PanicError for ranges that are out of bounds, overlap where they must not, or differ in length
 */
export function bulkOperation(memory: GuestMemory, op: BulkOp, itemSize: number, args: readonly Value[]): Value {
  switch (op) {
    case 'copy':
    case 'move':
      return transfer(memory, `ptr_${op}`, itemSize, whole(args[0], args[2]), whole(args[1], args[2]), op === 'move')
    case 'copySlice':
      return transferSlice(memory, 'ptr_copy_slice', itemSize, args, false)
    case 'moveSlice':
      return transferSlice(memory, 'ptr_move_slice', itemSize, args, true)
    case 'setbytes':
      return fill(memory, 'ptr_setbytes', itemSize, whole(args[0], args[2]), args[1] as number)
    case 'setbytesSlice':
      return fill(memory, 'ptr_setbytes_slice', itemSize, slice(args[0], args[1], args[2]), args[3] as number)
    case 'cmp':
      return compare(memory, 'ptr_cmp', itemSize, whole(args[0], args[2]), whole(args[1], args[2]))
    case 'cmpSlice': {
      const [a, b] = slicePair('ptr_cmp_slice', args)
      return compare(memory, 'ptr_cmp_slice', itemSize, a, b)
    }
  }
}

function slicePair(name: string, args: readonly Value[]): readonly [Range, Range] {
  const first = slice(args[0], args[1], args[2])
  const second = slice(args[3], args[4], args[5])
  if (first.end - first.start !== second.end - second.start) panic(`${name} length mismatch`)
  return [first, second]
}

function checkRange({ ptr, start, end }: Range, message: string): void {
  if (start < 0 || end < start || end > ptr.length) panic(message)
}

function transferSlice(
  memory: GuestMemory,
  name: string,
  itemSize: number,
  args: readonly Value[],
  mayOverlap: boolean,
): null {
  const [dst, src] = slicePair(name, args)
  return transfer(memory, name, itemSize, dst, src, mayOverlap)
}

function transfer(
  memory: GuestMemory,
  name: string,
  itemSize: number,
  dst: Range,
  src: Range,
  mayOverlap: boolean,
): null {
  checkRange(dst, `${name} dst out of bounds`)
  checkRange(src, `${name} src out of bounds`)
  const size = (dst.end - dst.start) * itemSize
  const to = dst.ptr.address + dst.start * itemSize
  const from = src.ptr.address + src.start * itemSize
  if (!mayOverlap && size > 0 && to < from + size && from < to + size) panic(`${name} regions overlap`)
  memory.bytes.copyWithin(to, from, from + size)
  return null
}

function fill(memory: GuestMemory, name: string, itemSize: number, dst: Range, byte: number): null {
  checkRange(dst, `${name} out of bounds`)
  const { address } = dst.ptr
  memory.bytes.fill(byte, address + dst.start * itemSize, address + dst.end * itemSize)
  return null
}

function compare(memory: GuestMemory, name: string, itemSize: number, a: Range, b: Range): number {
  checkRange(a, `${name} a out of bounds`)
  checkRange(b, `${name} b out of bounds`)
  const size = (a.end - a.start) * itemSize
  const left = a.ptr.address + a.start * itemSize
  const right = b.ptr.address + b.start * itemSize
  const { bytes } = memory
  for (let i = 0; i < size; i++) {
    const difference = (bytes[left + i] as number) - (bytes[right + i] as number)
    if (difference !== 0) return difference < 0 ? -1 : 1
  }
  return 0
}
