/**
 * sin, cos, tan and their inverses for all doubles. Polynomials and order of steps are those published in fdlibm (Sun
 * Microsystems, 1993); errors stay below one unit in the last place. Nothing here raises: out of the domain is nan.
 * KEEP IN STEP: math-functions (runtime-c/include/spy/math.h)
 */
import { type Reduced, reduce } from './reduce.ts'
import { upperHalf } from './words.ts'

const PIO2 = 1.5707963267948966
const PIO2_LOW = 6.123233995736766e-17
const PIO4 = 0.7853981633974483
const PIO4_LOW = 3.061616997868383e-17
const PI = Math.PI
const PI_LOW = 1.2246467991473532e-16

const reduced: Reduced = { quadrant: 0, high: 0, low: 0 }

export function sin(x: number): number {
  if (Math.abs(x) <= PIO4) return Math.abs(x) < 2 ** -26 ? x : sinSmall(x, 0)
  if (!Number.isFinite(x)) return Number.NaN
  reduce(x, reduced)
  const { quadrant, high, low } = reduced
  const y = quadrant & 1 ? cosSmall(high, low) : sinSmall(high, low)
  return quadrant & 2 ? -y : y
}

export function cos(x: number): number {
  if (Math.abs(x) <= PIO4) return cosSmall(x, 0)
  if (!Number.isFinite(x)) return Number.NaN
  reduce(x, reduced)
  const { quadrant, high, low } = reduced
  const y = quadrant & 1 ? sinSmall(high, low) : cosSmall(high, low)
  return (quadrant + 1) & 2 ? -y : y
}

export function tan(x: number): number {
  if (Math.abs(x) <= PIO4) return Math.abs(x) < 2 ** -26 ? x : tanSmall(x, 0, false)
  if (!Number.isFinite(x)) return Number.NaN
  reduce(x, reduced)
  return tanSmall(reduced.high, reduced.low, (reduced.quadrant & 1) === 1)
}

const S1 = -0.16666666666666632
const S2 = 0.00833333333332249
const S3 = -0.0001984126982985795
const S4 = 2.7557313707070068e-6
const S5 = -2.5050760253406863e-8
const S6 = 1.58969099521155e-10

/** sin(x + low), |x| <= π/4. */
function sinSmall(x: number, low: number): number {
  const z = x * x
  const w = z * z
  const r = S2 + z * (S3 + z * S4) + z * w * (S5 + z * S6)
  const v = z * x
  return x - (z * (0.5 * low - v * r) - low - v * S1)
}

const C1 = 0.0416666666666666
const C2 = -0.001388888888887411
const C3 = 2.480158728947673e-5
const C4 = -2.7557314351390663e-7
const C5 = 2.087572321298175e-9
const C6 = -1.1359647557788195e-11

/** cos(x + low), |x| <= π/4. */
function cosSmall(x: number, low: number): number {
  const z = x * x
  const w = z * z
  const r = z * (C1 + z * (C2 + z * C3)) + w * w * (C4 + z * (C5 + z * C6))
  const half = 0.5 * z
  const y = 1 - half
  return y + (1 - y - half + (z * r - x * low))
}

const T0 = 0.3333333333333341
const T1 = 0.13333333333320124
const T2 = 0.05396825397622605
const T3 = 0.021869488294859542
const T4 = 0.0088632398235993
const T5 = 0.0035920791075913124
const T6 = 0.0014562094543252903
const T7 = 0.0005880412408202641
const T8 = 0.0002464631348184699
const T9 = 7.817944429395571e-5
const T10 = 7.140724913826082e-5
const T11 = -1.8558637485527546e-5
const T12 = 2.590730518636337e-5

/** tan(x + low), or -1 / tan(x + low) for an `odd` quadrant; |x| <= π/4. */
function tanSmall(x: number, low: number, odd: boolean): number {
  const large = Math.abs(x) >= 0.67434
  const flip = large && x < 0
  if (large) {
    if (flip) {
      x = -x
      low = -low
    }
    x = PIO4 - x + (PIO4_LOW - low)
    low = 0
  }
  const z = x * x
  const w = z * z
  const even = T1 + w * (T3 + w * (T5 + w * (T7 + w * (T9 + w * T11))))
  const rest = z * (T2 + w * (T4 + w * (T6 + w * (T8 + w * (T10 + w * T12)))))
  const cube = z * x
  const r = low + z * (cube * (even + rest) + low) + cube * T0
  const y = x + r
  if (large) {
    // tan(π/4 - x) = (1 - tan x) / (1 + tan x)
    const s = odd ? -1 : 1
    const v = s - 2 * (x + (r - (y * y) / (y + s)))
    return flip ? -v : v
  }
  if (!odd) return y
  // -1 / (x + r), where the error of the division is put back
  const yHigh = upperHalf(y)
  const yLow = r - (yHigh - x)
  const a = -1 / y
  const aHigh = upperHalf(a)
  return aHigh + a * (1 + aHigh * yHigh + aHigh * yLow)
}

const P0 = 0.16666666666666666
const P1 = -0.3255658186224009
const P2 = 0.20121253213486293
const P3 = -0.04005553450067941
const P4 = 0.0007915349942898145
const P5 = 3.479331075960212e-5
const Q1 = -2.403394911734414
const Q2 = 2.0209457602335057
const Q3 = -0.6882839716054533
const Q4 = 0.07703815055590194

/** (asin(x) - x) / x for z = x^2 <= 1/4. */
function asinRest(z: number): number {
  const p = z * (P0 + z * (P1 + z * (P2 + z * (P3 + z * (P4 + z * P5)))))
  const q = 1 + z * (Q1 + z * (Q2 + z * (Q3 + z * Q4)))
  return p / q
}

export function asin(x: number): number {
  const size = Math.abs(x)
  if (!(size <= 1)) return Number.NaN
  if (size === 1) return x * PIO2
  if (size < 0.5) return size < 2 ** -27 ? x : x + x * asinRest(x * x)
  // asin x = π/2 - 2 asin(sqrt((1 - x) / 2))
  const z = (1 - size) * 0.5
  const s = Math.sqrt(z)
  const r = asinRest(z)
  let y: number
  if (size >= 0.975) {
    y = PIO2 - (2 * (s + s * r) - PIO2_LOW)
  } else {
    const high = upperHalf(s)
    const low = (z - high * high) / (s + high)
    y = 0.5 * PIO2 - (2 * s * r - (PIO2_LOW - 2 * low) - (0.5 * PIO2 - 2 * high))
  }
  return x < 0 ? -y : y
}

export function acos(x: number): number {
  const size = Math.abs(x)
  if (!(size <= 1)) return Number.NaN
  if (x === 1) return 0
  if (x === -1) return PI
  if (size < 0.5) return size < 2 ** -57 ? PIO2 : PIO2 - (x - (PIO2_LOW - x * asinRest(x * x)))
  if (x < 0) {
    const z = (1 + x) * 0.5
    const s = Math.sqrt(z)
    const w = asinRest(z) * s - PIO2_LOW
    return 2 * (PIO2 - (s + w))
  }
  const z = (1 - x) * 0.5
  const s = Math.sqrt(z)
  const high = upperHalf(s)
  const low = (z - high * high) / (s + high)
  return 2 * (high + (asinRest(z) * s + low))
}

const A0 = 0.3333333333333293
const A1 = -0.19999999999876483
const A2 = 0.14285714272503466
const A3 = -0.11111110405462356
const A4 = 0.09090887133436507
const A5 = -0.0769187620504483
const A6 = 0.06661073137387531
const A7 = -0.058335701337905735
const A8 = 0.049768779946159324
const A9 = -0.036531572744216916
const A10 = 0.016285820115365782

export function atan(x: number): number {
  if (Number.isNaN(x)) return x
  const size = Math.abs(x)
  if (size >= 2 ** 66) return x < 0 ? -PIO2 : PIO2
  if (size < 0.4375) return size < 2 ** -27 ? x : x - x * atanRest(x)
  // atan x = atan c + atan((x - c) / (1 + x c)) for c = 1/2, 1, 3/2 and infinity
  let y: number
  if (size < 0.6875) y = atanFrom(0.4636476090008061, 2.2698777452961687e-17, (2 * size - 1) / (2 + size))
  else if (size < 1.1875) y = atanFrom(PIO4, PIO4_LOW, (size - 1) / (size + 1))
  else if (size < 2.4375) y = atanFrom(0.982793723247329, 1.3903311031230998e-17, (size - 1.5) / (1 + 1.5 * size))
  else y = atanFrom(PIO2, PIO2_LOW, -1 / size)
  return x < 0 ? -y : y
}

/** (base + baseLow) + atan t */
function atanFrom(base: number, baseLow: number, t: number): number {
  return base - (t * atanRest(t) - baseLow - t)
}

/** (t - atan t) / t, |t| < 7/16. */
function atanRest(t: number): number {
  const z = t * t
  const w = z * z
  const even = z * (A0 + w * (A2 + w * (A4 + w * (A6 + w * (A8 + w * A10)))))
  const odd = w * (A1 + w * (A3 + w * (A5 + w * (A7 + w * A9))))
  return even + odd
}

/** The angle of the point (x, y), from -π to π; the signs of zeros count. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN
  const below = y < 0 || (y === 0 && 1 / y < 0)
  const left = x < 0 || (x === 0 && 1 / x < 0)
  const height = Math.abs(y)
  const width = Math.abs(x)
  let angle: number // for the point mirrored into y >= 0
  if (height === 0) {
    angle = left ? PI : 0
  } else if (width === 0) {
    angle = PIO2
  } else if (width === Number.POSITIVE_INFINITY) {
    if (height === Number.POSITIVE_INFINITY) angle = left ? 3 * PIO4 : PIO4
    else angle = left ? PI : 0
  } else if (height === Number.POSITIVE_INFINITY) {
    angle = PIO2
  } else {
    // The quotient may overflow or vanish; atan takes the first, and near π the second is lost anyway.
    const z = atan(height / width)
    angle = left ? PI - (z - PI_LOW) : z
  }
  return below ? -angle : angle
}
