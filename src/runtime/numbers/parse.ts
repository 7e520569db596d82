/**
 * Text as numbers, by Python's rules for int(), float() and complex(): blanks around, single underscores between
 * digits, digits in ASCII.
 * KEEP IN STEP: number-text (runtime-c/src/text/parse.c); test/runtime-c compares them.
 */
import { valueFault } from './fault.ts'
import { checkIntRange, type IntName } from './integers.ts'
import { quote } from './quote.ts'

/** What Python's str.strip takes off. */
const BLANKS = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*'
const STRIPPED = new RegExp(`^${BLANKS}([\\s\\S]*?)${BLANKS}$`)

function strip(text: string): string {
  return STRIPPED.exec(text)?.[1] ?? text
}

/**
 * `i32("-7")`, `i32("ff", 16)`.
 *
 * @param base 2 to 36, or 0: decided by a prefix 0x, 0o or 0b
 * @throws NumberFault ValueError for what is no integer, OverflowError for what is too large
 */
export function parseInteger(to: IntName, text: string, base = 10): number | bigint {
  return checkIntRange(to, readInteger(text, base))
}

const PREFIXES: Readonly<Record<string, number>> = { x: 16, o: 8, b: 2 }

function readInteger(text: string, base: number): bigint {
  if (base !== 0 && (base < 2 || base > 36)) valueFault('int() base must be >= 2 and <= 36, or 0')
  const [, sign, body] = /^([+-]?)([\s\S]*)$/.exec(strip(text)) as unknown as [string, string, string]
  let digits = body.toLowerCase()
  let radix = base
  const prefix = digits[0] === '0' ? PREFIXES[digits[1] ?? ''] : undefined
  if (prefix !== undefined && (base === 0 || base === prefix)) {
    radix = prefix
    digits = digits.slice(digits[2] === '_' ? 3 : 2) // an underscore may follow the prefix
  } else if (base === 0) {
    radix = 10
    if (/^0[_0]*[1-9]/.test(digits)) digits = '' // 010 without a base could be meant as octal
  }
  const value = accumulate(digits, BigInt(radix))
  if (value === undefined) valueFault(`invalid literal for int() with base ${base}: ${quote(text)}`)
  return sign === '-' ? -value : value
}

/** Undefined for anything but digits of the base with single underscores between them. */
function accumulate(digits: string, base: bigint): bigint | undefined {
  if (!/^[0-9a-z]+(_[0-9a-z]+)*$/.test(digits)) return undefined
  let value = 0n
  for (const digit of digits) {
    if (digit === '_') continue
    const weight = BigInt(Number.parseInt(digit, 36))
    if (weight >= base) return undefined
    value = value * base + weight
  }
  return value
}

const FLOAT =
  /^[+-]?(?:(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?|inf(?:inity)?|nan)$/i

/**
 * `f64("1e5")`: the nearest double.
 *
 * @throws NumberFault ValueError `could not convert string to float: 'x'`
 */
export function parseF64(text: string): number {
  const body = strip(text)
  if (!FLOAT.test(body)) valueFault(`could not convert string to float: ${quote(text)}`)
  return readFloat(body)
}

/** The nearest single-precision number: rounded once, not by way of a double. */
export function parseF32(text: string): number {
  const body = strip(text)
  if (!FLOAT.test(body)) valueFault(`could not convert string to float: ${quote(text)}`)
  return readFloat32(body)
}

function readFloat(body: string): number {
  const plain = body.toLowerCase().replaceAll('_', '')
  if (plain.endsWith('nan')) return Number.NaN
  if (plain.includes('inf')) return plain.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return Number(plain)
}

function readFloat32(body: string): number {
  const double = readFloat(body)
  const single = Math.fround(double)
  if (!Number.isFinite(double) || single === double) return single
  // Only a double that lies exactly between two singles can mislead: the text may lie beside it.
  const bits = new BigUint64Array(Float64Array.of(double).buffer)[0] as bigint
  if ((bits & 0x1fffffffn) !== 0x10000000n && Math.abs(double) >= 2 ** -126) return single
  const side = compareWithDouble(body, double)
  return side === 0 ? single : Math.fround(nextDouble(double, side))
}

/** Sign of (decimal text - double), exactly. */
function compareWithDouble(body: string, double: number): number {
  const [, sign, whole = '', fraction = '', exponent = '0'] = /^([+-]?)(\d*)\.?(\d*)(?:e(.+))?$/.exec(
    body.toLowerCase().replaceAll('_', ''),
  ) as unknown as [string, string, string?, string?, string?]
  const power = Number(exponent) - fraction.length
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n)
  // double = m 2^-1074
  const m = scaledDouble(double)
  const left = digits * (power > 0 ? 10n ** BigInt(power) : 1n) * 2n ** 1074n
  const right = m * (power < 0 ? 10n ** BigInt(-power) : 1n)
  return left < right ? -1 : left > right ? 1 : 0
}

function scaledDouble(double: number): bigint {
  const bits = new BigUint64Array(Float64Array.of(Math.abs(double)).buffer)[0] as bigint
  const field = bits >> 52n
  const fraction = bits & 0xfffffffffffffn
  const m = field === 0n ? fraction : (fraction | 0x10000000000000n) << (field - 1n)
  return double < 0 ? -m : m
}

/** The neighbour towards +inf or -inf; `double` is finite and not zero. */
function nextDouble(double: number, side: number): number {
  const value = Float64Array.of(double)
  const bits = new BigInt64Array(value.buffer)
  bits[0] = (bits[0] as bigint) + (side > 0 === double > 0 ? 1n : -1n)
  return value[0] as number
}

const UNSIGNED =
  '(?:(?:\\d+(?:_\\d+)*\\.?(?:\\d+(?:_\\d+)*)?|\\.\\d+(?:_\\d+)*)(?:e[+-]?\\d+(?:_\\d+)*)?|inf(?:inity)?|nan)'
const REAL_ONLY = new RegExp(`^([+-]?${UNSIGNED})$`, 'i')
const IMAGINARY_ONLY = new RegExp(`^([+-]?)(${UNSIGNED})?j$`, 'i')
const BOTH = new RegExp(`^([+-]?${UNSIGNED})([+-])(${UNSIGNED})?j$`, 'i')

/**
 * `complex128("1+2j")`, also in one pair of parentheses.
 *
 * @throws NumberFault ValueError `complex() arg is a malformed string`
 */
export function parseComplex(text: string): { readonly re: number; readonly im: number } {
  let body = strip(text)
  if (body.startsWith('(') && body.endsWith(')')) body = strip(body.slice(1, -1))
  const real = REAL_ONLY.exec(body)
  if (real !== null) return { re: readFloat(real[1] as string), im: 0 }
  const imaginary = IMAGINARY_ONLY.exec(body)
  if (imaginary !== null) return { re: 0, im: readFloat(`${imaginary[1]}${imaginary[2] ?? '1'}`) }
  const both = BOTH.exec(body)
  if (both !== null) return { re: readFloat(both[1] as string), im: readFloat(`${both[2]}${both[3] ?? '1'}`) }
  return valueFault('complex() arg is a malformed string')
}
