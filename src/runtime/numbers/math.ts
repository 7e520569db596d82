/**
 * SPy's module `math`: domain errors and poles raise `ValueError: math domain error` where Python's do; overflow gives
 * inf, nan gives nan. The results are the same bits on every engine and in every browser, which the functions of
 * JavaScript's `Math` are not; only its exact ones (sqrt, floor, ceil, trunc, abs) are used.
 */
import { FAULT_TEXTS, valueFault } from './fault.ts'
import { exponential, type Logarithm, logarithm } from './math/exponential.ts'
import { power } from './math/power.ts'
import * as trigonometry from './math/trigonometry.ts'
import { productError } from './math/words.ts'

export { atan, atan2 } from './math/trigonometry.ts'

const INFINITY = Number.POSITIVE_INFINITY

function domainError(): never {
  return valueFault(FAULT_TEXTS.mathDomain)
}

export function sqrt(x: number): number {
  return x < 0 ? domainError() : Math.sqrt(x)
}

export function sin(x: number): number {
  return Math.abs(x) === INFINITY ? domainError() : trigonometry.sin(x)
}

export function cos(x: number): number {
  return Math.abs(x) === INFINITY ? domainError() : trigonometry.cos(x)
}

export function tan(x: number): number {
  return Math.abs(x) === INFINITY ? domainError() : trigonometry.tan(x)
}

export function asin(x: number): number {
  return Math.abs(x) > 1 ? domainError() : trigonometry.asin(x)
}

export function acos(x: number): number {
  return Math.abs(x) > 1 ? domainError() : trigonometry.acos(x)
}

export function exp(x: number): number {
  if (Number.isNaN(x)) return x
  if (x > 710) return INFINITY
  if (x < -746) return 0
  return exponential(x, 0)
}

const ln: Logarithm = { high: 0, low: 0 }

export function log(x: number): number {
  if (x <= 0) domainError()
  if (!(x < INFINITY)) return x
  logarithm(x, ln)
  return ln.high
}

export function log10(x: number): number {
  return logarithmTo(x, Math.LOG10E, 1.098319650216765e-17)
}

export function log2(x: number): number {
  return logarithmTo(x, Math.LOG2E, 2.0355273740931033e-17)
}

/** ln x times a factor given as a sum of two doubles. */
function logarithmTo(x: number, factor: number, factorLow: number): number {
  if (x <= 0) domainError()
  if (!(x < INFINITY)) return x
  logarithm(x, ln)
  const high = ln.high * factor
  return high + (productError(ln.high, factor, high) + (ln.high * factorLow + ln.low * factor))
}

export function pow(x: number, y: number): number {
  const result = power(x, y)
  if (Number.isFinite(x) && Number.isFinite(y) && (Number.isNaN(result) || (x === 0 && y < 0))) domainError()
  return result
}

export function fabs(x: number): number {
  return Math.abs(x)
}

export function floor(x: number): number {
  return Math.floor(x)
}

export function ceil(x: number): number {
  return Math.ceil(x)
}

export function trunc(x: number): number {
  return Math.trunc(x)
}

export const pi = Math.PI
export const tau = 2 * Math.PI
export const e = Math.E
