/** Tuples and structs: copies of their fields. */
import type { Flat, Guest } from '../memory/guest.ts'
import type { Codec } from './codec.ts'

/** Name (a number for the items of tuples), type, offset in bytes. */
export type Field = readonly [key: string | number, type: Codec, offset: number]

function fieldsCodec<Out, In>(
  size: number,
  fields: readonly Field[],
  make: (values: readonly unknown[]) => Out,
): Codec<Out, In> {
  const at = (value: In, key: string | number): unknown => (value as Record<string | number, unknown>)[key]
  return {
    size,
    width: fields.reduce((sum, [, type]) => sum + type.width, 0),
    pointers: fields.flatMap(([, type, offset]) => (type.pointers ?? []).map((pointer) => offset + pointer)),
    get: (guest, address) => make(fields.map(([, type, offset]) => type.get(guest, address + offset))),
    put: (guest, address, value) => {
      for (const [key, type, offset] of fields) type.put(guest, address + offset, at(value, key))
    },
    lower: (guest, value) => fields.flatMap(([key, type]) => type.lower(guest, at(value, key))),
    // One field holds the one wasm value, all others hold none.
    lift: (guest: Guest, flat: Flat) => make(fields.map(([, type]) => type.lift(guest, flat))),
  }
}

/** A struct as a frozen object, or as what `make` makes of the values of its fields. */
export const struct = <Out = unknown>(
  size: number,
  fields: readonly Field[],
  make: (values: readonly unknown[]) => Out = (values) =>
    Object.freeze(Object.fromEntries(values.map((value, i) => [fields[i]?.[0], value]))) as Out,
): Codec<Out, unknown> => fieldsCodec(size, fields, make)

/** A tuple as a frozen array; any array-like is accepted. */
export const tuple = (size: number, ...items: readonly (readonly [type: Codec, offset: number])[]) =>
  fieldsCodec<readonly unknown[], ArrayLike<unknown>>(
    size,
    items.map(([type, offset], i) => [i, type, offset] as const),
    (values) => Object.freeze(values),
  )
