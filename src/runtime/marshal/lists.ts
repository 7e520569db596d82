/**
 * Lists are copied: those of numbers from and to typed arrays, others from and to arrays. A list is a pointer to an
 * object with a length, a capacity and a pointer to the items.
 */
import { type Guest, readU32, writeU32 } from '../memory/guest.ts'
import type { Codec } from './codec.ts'
import { allocate, pointerCodec, writePointer } from './pointers.ts'
import type { ItemArray, ScalarCodec } from './scalars.ts'

/** Size of the list's object and the offsets of its fields. */
export type ListData = readonly [size: number, length: number, capacity: number, items: number]

function listCodec<Out, In>(
  [size, length, capacity, items]: ListData,
  checked: boolean,
  item: Pick<Codec, 'size' | 'pointers'>,
  read: (guest: Guest, start: number, length: number) => Out,
  prepare: (values: In) => ArrayLike<unknown>,
  write: (guest: Guest, start: number, values: ArrayLike<unknown>) => void,
): Codec<Out, In> {
  return pointerCodec(
    checked,
    (guest, value: In) => {
      const values = prepare(value)
      // A list without room would not grow by doubling its capacity.
      const room = values.length || 1
      const data = allocate(guest, 1, size, [items])
      const start = allocate(guest, room, item.size, item.pointers)
      writeU32(guest, data + length, values.length)
      writeU32(guest, data + capacity, room)
      writePointer(guest, data + items, start, checked && room)
      write(guest, start, values)
      return data
    },
    (guest, data) => read(guest, readU32(guest, data + items), readU32(guest, data + length)),
  )
}

/** A list of numbers as a typed array; accepts what can be iterated. */
export const numbers = <T, In = T>(
  item: ScalarCodec<T, In>,
  data: ListData,
  checked = false,
): Codec<ItemArray, ArrayLike<In> | Iterable<In>> =>
  listCodec(
    data,
    checked,
    item,
    ({ memory }, start, length) => new item.items(memory.buffer, start, length).slice(),
    (values) => (values instanceof item.items ? (values as unknown as ItemArray) : item.items.from(values, item.wrap)),
    ({ memory }, start, values) => new item.items(memory.buffer, start, values.length).set(values as ItemArray),
  )

/** Any other list as an array. */
export const list = <T, In = T>(item: Codec<T, In>, data: ListData, checked = false): Codec<T[], Iterable<In>> =>
  listCodec(
    data,
    checked,
    item,
    (guest, start, length) => Array.from({ length }, (_, i) => item.get(guest, start + i * item.size)),
    (values) => [...values],
    (guest, start, values) => {
      for (let i = 0; i < values.length; i++) item.put(guest, start + i * item.size, values[i] as In)
    },
  )
