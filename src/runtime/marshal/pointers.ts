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

/** Memory that the collector of the program owns, zeroed. */
export const allocate = (guest: Guest, byteLength: number): number =>
  guest.exports.spy_gc_alloc?.(1, byteLength, 0, 0, 0) as number
