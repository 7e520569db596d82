/**
 * How values of one SPy type cross between JavaScript and a program. A facade is made of these; what it does not use is
 * not in the app.
 */
import type { Flat, Guest } from '../memory/guest.ts'

/** `In` is what is accepted from JavaScript, `Out` what is given to it. */
export interface Codec<Out = unknown, In = Out> {
  /** Bytes in memory. */
  readonly size: number
  /** How many wasm values hold it as an argument. */
  readonly width: number
  /** Where gc pointers are in memory, in bytes; none unless given. */
  readonly pointers?: readonly number[]
  /** Read the value at an address. */
  get(guest: Guest, address: number): Out
  /** Write a value to an address. */
  put(guest: Guest, address: number, value: In): void
  /** The arguments that pass a value. May allocate in the program. */
  lower(guest: Guest, value: In): readonly Flat[]
  /** The value of a result; only for types with `width` 1, others arrive in memory. */
  lift(guest: Guest, flat: Flat): Out
}
