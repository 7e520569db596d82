/** Numbers, bool and None. What does not fit is wrapped as SPy converts: checks are for development only. */
import { dataView, type Flat, type Guest } from '../memory/guest.ts'
import type { Codec } from './codec.ts'

/** Typed arrays, as far as they are the same for all kinds of numbers. */
export interface ItemArray {
  readonly length: number
  readonly buffer: ArrayBufferLike
  readonly byteOffset: number
  [index: number]: Flat
  set(values: ItemArray): void
  slice(): ItemArray
}

export interface ItemArrayConstructor {
  readonly name: string
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): ItemArray
  from<In>(values: unknown, wrap: (value: In) => Flat): ItemArray
}

/** A type whose values stand in memory as in a typed array. */
export interface ScalarCodec<Out = unknown, In = Out> extends Codec<Out, In> {
  readonly items: ItemArrayConstructor
  /** Make of a value what its typed array takes. */
  wrap(value: In): Flat
}

type Access = Readonly<Record<string, (address: number, a: Flat | true, b?: true) => Flat>>

function scalar<Out, In>(
  typedArray: unknown,
  wrap: (value: In) => Flat,
  lift: (flat: Flat) => Out = (flat) => flat as Out,
): ScalarCodec<Out, In> {
  const items = typedArray as ItemArrayConstructor
  const kind = items.name.slice(0, -5) // Float64Array is read by getFloat64
  const access = (guest: Guest): Access => dataView(guest) as unknown as Access
  return {
    items,
    size: items.BYTES_PER_ELEMENT,
    width: 1,
    wrap,
    get: (guest, address) => lift(access(guest)[`get${kind}`]?.(address, true) as Flat),
    put: (guest, address, value) => access(guest)[`set${kind}`]?.(address, wrap(value), true),
    lower: (_guest, value) => [wrap(value)],
    lift: (_guest, flat) => lift(flat),
  }
}

// The same names as types, so that declarations read like the source.
export type i8 = number
export type u8 = number
export type i32 = number
export type u32 = number
export type f32 = number
export type f64 = number
export type i64 = bigint
export type u64 = bigint
export type complex128 = Complex

const same = (value: number): number => value
// BigInt() takes numbers too; wasm and the typed arrays keep the low 64 bits.
const toBigInt = (value: bigint | number): bigint => BigInt(value)

export const i8 = /*#__PURE__*/ scalar<number, number>(Int8Array, (value) => (value << 24) >> 24)
export const u8 = /*#__PURE__*/ scalar<number, number>(Uint8Array, (value) => value & 255)
export const i32 = /*#__PURE__*/ scalar<number, number>(Int32Array, same)
// A result comes as a signed number.
export const u32 = /*#__PURE__*/ scalar<number, number>(Uint32Array, same, (flat) => (flat as number) >>> 0)
export const f32 = /*#__PURE__*/ scalar<number, number>(Float32Array, same)
export const f64 = /*#__PURE__*/ scalar<number, number>(Float64Array, same)
export const i64 = /*#__PURE__*/ scalar<bigint, bigint | number>(BigInt64Array, toBigInt)
export const u64 = /*#__PURE__*/ scalar<bigint, bigint | number>(BigUint64Array, toBigInt, (flat) =>
  BigInt.asUintN(64, flat as bigint),
)
export const bool = /*#__PURE__*/ scalar<boolean, boolean>(
  Uint8Array,
  (value) => (value ? 1 : 0),
  (flat) => !!flat,
)

export const none: Codec<undefined, unknown> = {
  size: 0,
  width: 0,
  get: () => undefined,
  put: () => {},
  lower: () => [],
  lift: () => undefined,
}

export interface Complex {
  readonly re: number
  readonly im: number
}

const complexAt = (guest: Guest, address: number): Complex => ({
  re: f64.get(guest, address),
  im: f64.get(guest, address + 8),
})

export const complex128: Codec<Complex> = {
  size: 16,
  width: 2,
  get: complexAt,
  put: (guest, address, { re, im }) => {
    f64.put(guest, address, re)
    f64.put(guest, address + 8, im)
  },
  lower: (_guest, { re, im }) => [re, im],
  lift: (guest, flat) => complexAt(guest, flat as number), // two values never come as one
}
