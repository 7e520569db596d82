/** Values that are a pointer to an object of the program: an address, followed by the length 1 where pointers are checked. */
import { type Flat, type Guest, readU32, writeU32 } from '../memory/guest.ts'
import type { Codec } from './codec.ts'

/**
 * @param checked  pointers carry their length
 * @param place    address of the object that passes a value
 * @param read     the value of the object at an address
 */
export function pointerCodec<Out, In>(
  checked: boolean,
  place: (guest: Guest, value: In) => number,
  read: (guest: Guest, address: number) => Out,
): Codec<Out, In> {
  return {
    size: checked ? 8 : 4,
    width: checked ? 2 : 1,
    pointers: [0],
    get: (guest, address) => read(guest, readU32(guest, address)),
    put: (guest, address, value) => writePointer(guest, address, place(guest, value), checked && 1),
    lower: (guest, value) => (checked ? [place(guest, value), 1] : [place(guest, value)]),
    lift: (guest, flat: Flat) => read(guest, flat as number),
  }
}

/** Write a pointer to memory; `length` is false where pointers have none. */
export function writePointer(guest: Guest, address: number, target: number, length: number | false): void {
  writeU32(guest, address, target)
  if (length !== false) writeU32(guest, address + 4, length)
}

/**
 * Zeroed memory that the collector of the program owns. It does not collect before a call has begun, which then holds
 * what it is passed.
 *
 * @param count     items
 * @param pointers  offsets of gc pointers in an item
 */
export const allocate = (guest: Guest, count: number, itemSize: number, pointers: readonly number[] = []): number =>
  guest.exports.spy_gc_new?.(count * itemSize, pointers[0] === undefined ? 0 : map(guest, itemSize, pointers)) as number

/** Addresses of pointer maps, by what they say. */
const maps = /*#__PURE__*/ new WeakMap<WebAssembly.Memory, Record<string, number>>()

/** What the collector has to know about items; it stays. KEEP IN STEP: pointer-map */
function map(guest: Guest, itemSize: number, pointers: readonly number[]): number {
  const known = maps.get(guest.memory) ?? {}
  maps.set(guest.memory, known)
  const words = [itemSize, pointers.length, ...pointers]
  const key = words.join()
  if (known[key] === undefined) {
    const address = guest.exports.spy_raw_alloc?.(words.length, 4, 0, 0) as number
    for (const [i, word] of words.entries()) writeU32(guest, address + 4 * i, word)
    known[key] = address
  }
  return known[key] as number
}
