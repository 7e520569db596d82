/**
 * Hashes, as signed 32-bit numbers. Equal values of one type have equal hashes; those of different types need not.
 * KEEP IN STEP: hashes (runtime-c/include/spy/numbers.h, runtime-c/src/text/str.c)
 */
import { type IntName, isWide } from './integers.ts'

/** The value itself, for 64 bits its low half; -1 of a signed type hashes to 2. */
export function hashInt(type: IntName, x: number | bigint): number {
  const signed = type[0] === 'i'
  if (signed && BigInt(x) === -1n) return 2
  return isWide(type) ? Number(BigInt.asIntN(32, BigInt(x))) : Number(x) | 0
}

/** FNV-1a of the eight bytes (Fowler, Noll, Vo). Both zeros hash alike, and so do all nans. */
export function hashF64(x: number): number {
  const bytes = new Uint8Array(8)
  const value = x === 0 ? 0 : Number.isNaN(x) ? Number.NaN : x
  new DataView(bytes.buffer).setFloat64(0, value, true)
  return hashBytes(bytes)
}

/** Of UTF-8 bytes or any others: FNV-1a (offset basis 2166136261, prime 16777619), where -1 and 0 are left unused. */
export function hashBytes(bytes: Uint8Array): number {
  let h = 2166136261 | 0
  for (const byte of bytes) h = Math.imul(h ^ byte, 16777619)
  return h === -1 ? -2 : h === 0 ? 1 : h
}
