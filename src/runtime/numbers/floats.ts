/**
 * Floats: what SPy adds to IEEE-754. Division by zero raises, `//` and `%` are Python's, conversions to integers are
 * total. An f32 is a JavaScript number that single precision represents exactly; each step of an f32 operation rounds.
 *
 * KEEP IN STEP: float-arithmetic (runtime-c/include/spy/numbers.h); test/runtime-c compares them bit by bit.
 */
import { FAULT_TEXTS, valueFault, zeroDivision } from './fault.ts'
import type { IntName } from './integers.ts'
import { intRange, isWide } from './integers.ts'
import { power } from './math/power.ts'

export type FloatName = 'f32' | 'f64'

/** The operators of one float type. Comparisons are JavaScript's. */
export interface FloatArithmetic {
  readonly name: FloatName
  /** Round a double to the type. */
  readonly round: (x: number) => number
  readonly add: (x: number, y: number) => number
  readonly sub: (x: number, y: number) => number
  readonly mul: (x: number, y: number) => number
  /** ZeroDivisionError for ±0 as divisor, also of 0 and nan. */
  readonly div: (x: number, y: number) => number
  /** ZeroDivisionError, as `div`. */
  readonly floordiv: (x: number, y: number) => number
  /** Has the sign of the divisor, also when it is zero. ZeroDivisionError, as `div`. */
  readonly mod: (x: number, y: number) => number
  /** Overflow gives inf. ZeroDivisionError for zero to a negative power, ValueError for a negative to a fraction. */
  readonly pow: (x: number, y: number) => number
  readonly neg: (x: number) => number
}

function floatArithmetic(name: FloatName, round: (x: number) => number): FloatArithmetic {
  return {
    name,
    round,
    add: (x, y) => round(x + y),
    sub: (x, y) => round(x - y),
    mul: (x, y) => round(x * y),
    div: (x, y) => (y === 0 ? zeroDivision(FAULT_TEXTS.floatDiv) : round(x / y)),
    floordiv: (x, y) => (y === 0 ? zeroDivision(FAULT_TEXTS.floatFloorDiv) : floorDivide(x, y, round)),
    mod: (x, y) => {
      if (y === 0) zeroDivision(FAULT_TEXTS.floatMod)
      const m = x % y // JavaScript's remainder is C's fmod, exact
      if (m === 0) return copySign(0, y)
      return m < 0 !== y < 0 ? round(m + y) : m
    },
    pow: (x, y) => {
      if (x === 0 && y < 0) zeroDivision(FAULT_TEXTS.floatZeroPowNegative)
      if (x < 0 && Number.isFinite(y) && y !== Math.floor(y)) valueFault(FAULT_TEXTS.mathDomain)
      return round(power(x, y))
    },
    neg: (x) => -x,
  }
}

/** Python's algorithm: from the exact remainder, then corrected. */
function floorDivide(x: number, y: number, round: (x: number) => number): number {
  const m = x % y
  let q = round(round(x - m) / y)
  if (m !== 0 && m < 0 !== y < 0) q = round(q - 1)
  if (q === 0) return copySign(0, round(x / y))
  const floor = Math.floor(q)
  return round(q - floor) > 0.5 ? round(floor + 1) : floor
}

export const FLOATS: Readonly<Record<FloatName, FloatArithmetic>> = {
  f64: floatArithmetic('f64', (x) => x),
  f32: floatArithmetic('f32', Math.fround),
}

/** The size of `x` with the sign of `sign`; zeros and infinities have signs too. */
export function copySign(x: number, sign: number): number {
  return isNegative(x) === isNegative(sign) ? x : -x
}

function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0)
}

/** Truncate towards zero and saturate at the bounds of the type; nan gives 0. */
export function floatToInt(to: IntName, x: number): number | bigint {
  const { min, max } = intRange(to)
  // 2^63 - 1 and 2^64 - 1 round up to powers of two as doubles, hence >=.
  const value = Number.isNaN(x) ? 0n : x >= Number(max) ? max : x <= Number(min) ? min : BigInt(Math.trunc(x))
  return isWide(to) ? value : Number(value)
}

/** Round to nearest, ties to even: once, also for 64-bit integers to single precision. */
export function intToFloat(to: FloatName, x: number | bigint): number {
  if (to === 'f64') return Number(x)
  if (typeof x === 'number') return Math.fround(x)
  const size = x < 0n ? -x : x
  if (size < 2n ** 53n) return Math.fround(Number(x))
  // Two roundings could land beside the right one. Keep 53 bits and remember in the last of them that something was
  // cut off: then the first step is exact and the second sees on which side of a tie it is.
  const kept = (size >> 12n) | ((size & 0xfffn) === 0n ? 0n : 1n)
  const rounded = Math.fround(Number(kept)) * 4096
  return x < 0n ? -rounded : rounded
}
