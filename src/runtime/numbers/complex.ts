/**
 * complex128: a pair of doubles. Values are read-only; operations make new ones.
 * KEEP IN STEP: complex-arithmetic (runtime-c/include/spy/complex.h)
 */
import { FAULT_TEXTS, zeroDivision } from './fault.ts'
import { exponential, type Logarithm, logarithm } from './math/exponential.ts'
import { power } from './math/power.ts'
import { atan2, cos, sin } from './math/trigonometry.ts'

export interface Complex {
  readonly re: number
  readonly im: number
}

export function complexAdd(a: Complex, b: Complex): Complex {
  return { re: a.re + b.re, im: a.im + b.im }
}

export function complexSub(a: Complex, b: Complex): Complex {
  return { re: a.re - b.re, im: a.im - b.im }
}

export function complexMul(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re }
}

export function complexNeg(a: Complex): Complex {
  return { re: -a.re, im: -a.im }
}

export function complexEq(a: Complex, b: Complex): boolean {
  return a.re === b.re && a.im === b.im
}

/** Smith's algorithm (CACM 5, 1962): scaled by the larger part of the divisor. ZeroDivisionError. */
export function complexDiv(a: Complex, b: Complex): Complex {
  const re = Math.abs(b.re)
  const im = Math.abs(b.im)
  if (re === 0 && im === 0) zeroDivision(FAULT_TEXTS.complexDiv)
  if (re >= im) {
    const ratio = b.im / b.re
    const denominator = b.re + b.im * ratio
    return { re: (a.re + a.im * ratio) / denominator, im: (a.im - a.re * ratio) / denominator }
  }
  if (im >= re) {
    const ratio = b.re / b.im
    const denominator = b.re * ratio + b.im
    return { re: (a.re * ratio + a.im) / denominator, im: (a.im * ratio - a.re) / denominator }
  }
  return { re: Number.NaN, im: Number.NaN } // a part of the divisor is nan
}

/** |a|, without overflow of the squares. */
export function complexAbs(a: Complex): number {
  const re = Math.abs(a.re)
  const im = Math.abs(a.im)
  if (re === Number.POSITIVE_INFINITY || im === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY
  if (Number.isNaN(re) || Number.isNaN(im)) return Number.NaN
  const large = Math.max(re, im)
  const small = Math.min(re, im)
  if (large === 0) return 0
  const ratio = small / large
  return large * Math.sqrt(1 + ratio * ratio)
}

/** Whole real exponents up to 100 by multiplication, others in polar form. ZeroDivisionError for 0 to all but positives. */
export function complexPow(a: Complex, b: Complex): Complex {
  if (b.re === 0 && b.im === 0) return { re: 1, im: 0 }
  if (a.re === 0 && a.im === 0) {
    if (b.im !== 0 || b.re < 0) zeroDivision(FAULT_TEXTS.complexZeroPow)
    return { re: 0, im: 0 }
  }
  if (b.im === 0 && b.re === Math.floor(b.re) && Math.abs(b.re) <= 100) return wholePower(a, b.re)
  const size = complexAbs(a)
  const angle = atan2(a.im, a.re)
  let length = power(size, b.re)
  let phase = angle * b.re
  if (b.im !== 0) {
    length *= boundedExponential(-angle * b.im)
    phase += b.im * finiteLogarithm(size)
  }
  return { re: length * cos(phase), im: length * sin(phase) }
}

function wholePower(a: Complex, n: number): Complex {
  let result: Complex = { re: 1, im: 0 }
  let square = a
  for (let bits = Math.abs(n); bits > 0; bits >>= 1) {
    if (bits & 1) result = complexMul(result, square)
    square = complexMul(square, square)
  }
  return n < 0 ? complexDiv({ re: 1, im: 0 }, result) : result
}

function boundedExponential(x: number): number {
  if (x > 710) return Number.POSITIVE_INFINITY
  return x < -746 ? 0 : exponential(x, 0)
}

const ln: Logarithm = { high: 0, low: 0 }

function finiteLogarithm(x: number): number {
  if (!(x < Number.POSITIVE_INFINITY)) return x
  logarithm(x, ln)
  return ln.high
}
