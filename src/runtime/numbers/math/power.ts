/**
 * x^y by C's rules: never raises, gives inf, 0 or nan instead. SPy's `**` and math.pow check their arguments first.
 * KEEP IN STEP: math-functions (runtime-c/include/spy/math.h)
 */
import { exponential, type Logarithm, logarithm } from './exponential.ts'
import { productError } from './words.ts'

const log: Logarithm = { high: 0, low: 0 }

export function power(x: number, y: number): number {
  if (y === 0 || x === 1) return 1
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN
  const size = Math.abs(x)
  if (size === 1 && Math.abs(y) === Number.POSITIVE_INFINITY) return 1 // only -1 gets here
  const whole = y === Math.floor(y)
  const odd = whole && y * 0.5 !== Math.floor(y * 0.5)
  const negative = odd && (x < 0 || (x === 0 && 1 / x < 0))
  if (size === 0 || size === Number.POSITIVE_INFINITY) {
    const limit = (size === 0) === y > 0 ? 0 : Number.POSITIVE_INFINITY
    return negative ? -limit : limit
  }
  if (x < 0 && !whole) return Number.NaN
  // The commonest powers, which IEEE operations round correctly.
  if (y === 2) return x * x
  if (y === 1) return x
  if (y === -1) return 1 / x
  if (y === 0.5) return Math.sqrt(x)
  const result = positivePower(size, y)
  return negative ? -result : result
}

/** x > 0 and finite, y not 0. */
function positivePower(x: number, y: number): number {
  if (x === 1) return 1
  // |ln x| is at least 2^-53, so these leave the range for certain, and the product below stays far from overflow.
  if (Math.abs(y) > 2 ** 65) {
    return x > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0
  }
  logarithm(x, log)
  const high = y * log.high
  const low = productError(y, log.high, high) + y * log.low
  if (high > 710) return Number.POSITIVE_INFINITY
  if (high < -746) return 0
  return exponential(high, low)
}
