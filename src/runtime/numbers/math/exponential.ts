/**
 * e^x and ln x with more digits than a double has, as an unevaluated sum of two doubles. exp, log, log10, log2 and pow
 * are a few lines on top of these. Errors of the finished functions stay below 0.6 units in the last place.
 *
 * Only + - * / and moves of bits are used, in a fixed order: the C runtime does the same steps and gets the same bits.
 * KEEP IN STEP: math-functions (runtime-c/include/spy/math.h)
 */
import { highWord, powerOfTwo, productError, roundToEven, withHighWord } from './words.ts'

const LN2_HIGH = 0.6931471803691238 // 32 bits, so that small multiples are exact
const LN2_LOW = 1.9082149292705877e-10
const INV_LN2 = Math.LOG2E

// Minimax polynomial for r * (e^r + 1) / (e^r - 1) = 2 + r^2/6 - ..., |r| <= ln2/2 (published in fdlibm, Sun 1993).
const E1 = 0.16666666666666602
const E2 = -0.0027777777777015593
const E3 = 6.613756321437934e-5
const E4 = -1.6533902205465252e-6
const E5 = 4.1381367970572385e-8

/** e^(high + low) for -746 < high < 710; overflows and underflows like a product. */
export function exponential(high: number, low: number): number {
  const k = roundToEven(high * INV_LN2)
  // r + rest = high + low - k ln2
  const reduced = high - k * LN2_HIGH
  const correction = low - k * LN2_LOW
  const r = reduced + correction
  const moved = r - reduced
  const rest = reduced - (r - moved) + (correction - moved)

  // e^r = 1 + r + r c / (2 - c), where c = r - r^2 E(r^2)
  const rr = r * r
  const c = r - rr * (E1 + rr * (E2 + rr * (E3 + rr * (E4 + rr * E5))))
  const tail = (r * c) / (2 - c) + (rest + rest * r)
  // Three terms of falling size; the errors of both sums are put back.
  const sum = r + tail
  const sumError = r - sum + tail
  const y = 1 + sum
  return scale(y + (1 - y + sum + sumError), k)
}

/** y * 2^k, for y near 1 and |k| < 2000. */
function scale(y: number, k: number): number {
  if (k > 1023) return y * powerOfTwo(1023) * powerOfTwo(k - 1023)
  if (k < -1021) return y * powerOfTwo(k + 1000) * powerOfTwo(-1000)
  return y * powerOfTwo(k)
}

const THIRD = 1 / 3
const THIRD_LOW = 1.850371707708594e-17
// (atanh(s)/s - 1 - z/3 - z^2/5) / z^3 for z = s^2 <= 0.0295: interpolated at Chebyshev nodes, error below 2^-67 of
// the whole.
const A3 = 0.142857142857143
const A4 = 0.11111111111070107
const A5 = 0.09090909113141939
const A6 = 0.07692303177946223
const A7 = 0.06667102232253053
const A8 = 0.058608658735881045
const A9 = 0.057836758647956725

/** ln x is `high` + `low`, where `low` is below half a unit in the last place of `high`. */
export interface Logarithm {
  high: number
  low: number
}

/** ln x for finite x > 0, written to `out`. */
export function logarithm(x: number, out: Logarithm): void {
  // x = 2^k m, sqrt(1/2) <= m < sqrt(2)
  let k = -1023
  let bits = highWord(x)
  if (bits < 0x00100000) {
    x *= 18014398509481984 // 2^54 makes a subnormal normal
    bits = highWord(x)
    k -= 54
  }
  bits += 0x3ff00000 - 0x3fe6a09e
  k += bits >> 20
  const m = withHighWord(x, (bits & 0x000fffff) + 0x3fe6a09e)

  // s = (m - 1) / (m + 1), with the error of the division; ln m = 2 atanh s
  const f = m - 1
  const d = m + 1
  const dLow = m - (d - 1)
  const s = f / d
  const sd = s * d
  const sLow = (f - sd - productError(s, d, sd) - s * dLow) / d
  // z = s^2; atanh(s)/s - 1 = z/3 + z^2 (1/5 + z A(z)), the first term with its error
  const z = s * s
  const zLow = productError(s, s, z) + 2 * s * sLow
  const third = z * THIRD
  const thirdLow = productError(z, THIRD, third) + (z * THIRD_LOW + zLow * THIRD)
  const q = z * z * (0.2 + z * (A3 + z * (A4 + z * (A5 + z * (A6 + z * (A7 + z * (A8 + z * A9)))))))
  const t = third + q
  const tLow = third - t + q + thirdLow
  // s + s t, times two
  const st = s * t
  const stLow = productError(s, t, st) + (s * tLow + sLow * t) + sLow
  const a = s + st
  const aLow = s - a + st + stLow
  // k ln2 is added; it is zero or larger than what is there
  const base = k * LN2_HIGH
  const sum = base + 2 * a
  const sumLow = k === 0 ? 2 * aLow : base - sum + 2 * a + (2 * aLow + k * LN2_LOW)
  out.high = sum + sumLow
  out.low = sum - out.high + sumLow
}
