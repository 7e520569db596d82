/**
 * Fixed-width integers: the one definition of what SPy's integer operators compute. `i8 u8 i32 u32` are JavaScript
 * numbers, `i64 u64` are bigints. Every operand and result is in range of its type, so wrapping happens at each step.
 */
import { FAULT_TEXTS, overflow, valueFault, zeroDivision } from './fault.ts'

export type SmallIntName = 'i8' | 'u8' | 'i32' | 'u32'
export type WideIntName = 'i64' | 'u64'
export type IntName = SmallIntName | WideIntName

/** The operators of one integer type over its JavaScript representation `N`. */
export interface IntArithmetic<N extends number | bigint> {
  readonly name: IntName
  readonly bits: 8 | 32 | 64
  readonly signed: boolean
  readonly min: N
  readonly max: N
  /** Reduce an integer modulo 2^bits. Numbers must be integers below 2^53 in size. */
  readonly wrap: (x: N) => N
  readonly add: (a: N, b: N) => N
  readonly sub: (a: N, b: N) => N
  readonly mul: (a: N, b: N) => N
  /** True division, as two doubles. ZeroDivisionError. */
  readonly div: (a: N, b: N) => number
  /** Rounds towards minus infinity; MIN // -1 is MIN. ZeroDivisionError. */
  readonly floordiv: (a: N, b: N) => N
  /** Has the sign of the divisor; MIN % -1 is 0. ZeroDivisionError. */
  readonly mod: (a: N, b: N) => N
  /** 0 ** 0 is 1. A negative exponent is a ZeroDivisionError for base 0 and a ValueError for others. */
  readonly pow: (a: N, b: N) => N
  /** Counts from the width on give 0. A negative count is a ValueError. */
  readonly lshift: (a: N, b: N) => N
  /** Arithmetic for signed types; counts from the width on give 0 or -1. A negative count is a ValueError. */
  readonly rshift: (a: N, b: N) => N
  readonly and: (a: N, b: N) => N
  readonly or: (a: N, b: N) => N
  readonly xor: (a: N, b: N) => N
  readonly neg: (a: N) => N
  readonly invert: (a: N) => N
}

function smallInt(name: SmallIntName, bits: 8 | 32, wrap: (x: number) => number): IntArithmetic<number> {
  const signed = name === 'i8' || name === 'i32'
  const min = signed ? -(2 ** (bits - 1)) : 0
  const max = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1
  return {
    name,
    bits,
    signed,
    min,
    max,
    wrap,
    add: (a, b) => wrap(a + b),
    sub: (a, b) => wrap(a - b),
    mul: (a, b) => wrap(Math.imul(a, b)),
    div: (a, b) => (b === 0 ? zeroDivision(FAULT_TEXTS.intDiv) : a / b),
    // The quotient of two 32-bit integers is at least 2^-32 of itself away from any integer that it is not, so rounding
    // it to a double never crosses one.
    floordiv: (a, b) => (b === 0 ? zeroDivision(FAULT_TEXTS.intFloorDiv) : wrap(Math.floor(a / b))),
    mod: (a, b) => {
      if (b === 0) zeroDivision(FAULT_TEXTS.intMod)
      const r = a % b
      return wrap(r !== 0 && r < 0 !== b < 0 ? r + b : r) // wrap also turns -0 into 0
    },
    pow: (a, b) => {
      if (b < 0) negativeExponent(a === 0)
      let result = 1
      let square = a
      for (let e = b; e > 0; e = Math.floor(e / 2)) {
        if (e % 2 === 1) result = Math.imul(result, square)
        square = Math.imul(square, square)
      }
      return wrap(result)
    },
    lshift: (a, b) => {
      if (b < 0) valueFault(FAULT_TEXTS.negativeShift)
      return b >= bits ? 0 : wrap(a << b)
    },
    rshift: (a, b) => {
      if (b < 0) valueFault(FAULT_TEXTS.negativeShift)
      if (b >= bits) return a < 0 ? -1 : 0
      return signed ? a >> b : a >>> b
    },
    and: (a, b) => wrap(a & b),
    or: (a, b) => wrap(a | b),
    xor: (a, b) => wrap(a ^ b),
    neg: (a) => wrap(-a),
    invert: (a) => wrap(~a),
  }
}

function wideInt(name: WideIntName): IntArithmetic<bigint> {
  const signed = name === 'i64'
  const wrap = signed ? (x: bigint) => BigInt.asIntN(64, x) : (x: bigint) => BigInt.asUintN(64, x)
  return {
    name,
    bits: 64,
    signed,
    min: signed ? -(2n ** 63n) : 0n,
    max: signed ? 2n ** 63n - 1n : 2n ** 64n - 1n,
    wrap,
    add: (a, b) => wrap(a + b),
    sub: (a, b) => wrap(a - b),
    mul: (a, b) => wrap(a * b),
    div: (a, b) => (b === 0n ? zeroDivision(FAULT_TEXTS.intDiv) : Number(a) / Number(b)),
    floordiv: (a, b) => {
      if (b === 0n) zeroDivision(FAULT_TEXTS.intFloorDiv)
      const q = a / b
      return wrap(a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q)
    },
    mod: (a, b) => {
      if (b === 0n) zeroDivision(FAULT_TEXTS.intMod)
      const r = a % b
      return r !== 0n && r < 0n !== b < 0n ? r + b : r
    },
    pow: (a, b) => {
      if (b < 0n) negativeExponent(a === 0n)
      let result = 1n
      let square = a
      for (let e = b; e > 0n; e >>= 1n) {
        if (e & 1n) result = wrap(result * square)
        square = wrap(square * square)
      }
      return result
    },
    lshift: (a, b) => {
      if (b < 0n) valueFault(FAULT_TEXTS.negativeShift)
      return b >= 64n ? 0n : wrap(a << b)
    },
    rshift: (a, b) => {
      if (b < 0n) valueFault(FAULT_TEXTS.negativeShift)
      return a >> (b > 64n ? 64n : b)
    },
    and: (a, b) => wrap(a & b),
    or: (a, b) => wrap(a | b),
    xor: (a, b) => wrap(a ^ b),
    neg: (a) => wrap(-a),
    invert: (a) => wrap(~a),
  }
}

function negativeExponent(zeroBase: boolean): never {
  if (zeroBase) return zeroDivision(FAULT_TEXTS.zeroPowNegative)
  return valueFault(FAULT_TEXTS.negativeExponent)
}

export const SMALL_INTS: Readonly<Record<SmallIntName, IntArithmetic<number>>> = {
  i8: smallInt('i8', 8, (x) => (x << 24) >> 24),
  u8: smallInt('u8', 8, (x) => x & 255),
  i32: smallInt('i32', 32, (x) => x | 0),
  u32: smallInt('u32', 32, (x) => x >>> 0),
}

export const WIDE_INTS: Readonly<Record<WideIntName, IntArithmetic<bigint>>> = {
  i64: wideInt('i64'),
  u64: wideInt('u64'),
}

export const INT_NAMES: readonly IntName[] = ['i8', 'u8', 'i32', 'u32', 'i64', 'u64']

export function isWide(name: IntName): name is WideIntName {
  return name === 'i64' || name === 'u64'
}

/** Smallest and largest value, as bigints whatever the type. */
export function intRange(name: IntName): { readonly min: bigint; readonly max: bigint } {
  const { min, max } = isWide(name) ? WIDE_INTS[name] : SMALL_INTS[name]
  return { min: BigInt(min), max: BigInt(max) }
}

/** Any integer, reduced modulo 2^bits, in the representation of `name`. Numbers must be integers. */
export function wrapInt(name: IntName, x: number | bigint): number | bigint {
  if (isWide(name)) return WIDE_INTS[name].wrap(BigInt(x))
  if (typeof x === 'number' && Number.isSafeInteger(x)) return SMALL_INTS[name].wrap(x)
  return SMALL_INTS[name].wrap(Number(BigInt.asIntN(32, BigInt(x))))
}

/**
 * A number from outside that must fit.
 *
 * @throws NumberFault OverflowError `u8 value 300 out of range [0, 255]`
 */
export function checkIntRange(name: IntName, x: bigint): number | bigint {
  const { min, max } = intRange(name)
  if (x < min || x > max) overflow(`${name} value ${x} out of range [${min}, ${max}]`)
  return isWide(name) ? x : Number(x)
}
