/** A double as two 32-bit words. Bytes are little-endian, as in wasm and on every machine that runs JavaScript today. */

const double = new Float64Array(1)
const words = new Int32Array(double.buffer)

/** Sign, exponent and the upper 20 bits of the fraction. */
export function highWord(x: number): number {
  double[0] = x
  return words[1] as number
}

/** The same double with another high word. */
export function withHighWord(x: number, high: number): number {
  double[0] = x
  words[1] = high
  return double[0] as number
}

/** `x` without its lower 32 bits: the 21 bits that are left have exact products. */
export function upperHalf(x: number): number {
  double[0] = x
  words[0] = 0
  return double[0] as number
}

/** 2^n for -1022 <= n <= 1023. */
export function powerOfTwo(n: number): number {
  words[1] = (n + 1023) << 20
  words[0] = 0
  return double[0] as number
}

/** Nearest integer, ties to even, for |x| < 2^51: beyond 2^52 a double has no fraction bits left, so adding rounds. */
export function roundToEven(x: number): number {
  const shift = 6755399441055744 // 1.5 * 2^52, so that negative x stay in the same binade
  return x + shift - shift
}

/** The rounding error of `product = a * b`, exactly (Dekker 1971). Neither may be larger than 2^970. */
export function productError(a: number, b: number, product: number): number {
  const ta = a * 134217729 // 2^27 + 1: halves of 26 bits
  const ah = ta - (ta - a)
  const al = a - ah
  const tb = b * 134217729
  const bh = tb - (tb - b)
  const bl = b - bh
  return ah * bh - product + ah * bl + al * bh + al * bl
}
