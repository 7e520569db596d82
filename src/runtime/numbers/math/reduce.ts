/**
 * Argument reduction for sin, cos and tan: x = n π/2 + (high + low), |high| <= π/4 and a little, n modulo 4.
 * KEEP IN STEP: math-functions (runtime-c/include/spy/math.h)
 */
import { highWord, productError, roundToEven } from './words.ts'

export interface Reduced {
  quadrant: number
  high: number
  low: number
}

// π/2 in parts of 33 bits, whose multiples by less than 2^20 are exact, and what is missing after each (Cody, Waite).
const INV_PIO2 = 0.6366197723675814
const PIO2_1 = 1.5707963267341256
const PIO2_1_REST = 6.077100506506192e-11
const PIO2_2 = 6.077100506303966e-11
const PIO2_2_REST = 2.0222662487959506e-21
const PIO2_3 = 2.0222662487111665e-21
const PIO2_3_REST = 8.4784276603689e-32

/** Reduce a finite `x` with |x| > π/4. */
export function reduce(x: number, out: Reduced): void {
  if (Math.abs(x) >= 1647099) {
    reduceLarge(x, out)
    return
  }
  const n = roundToEven(x * INV_PIO2)
  let rest = x - n * PIO2_1
  let w = n * PIO2_1_REST
  let high = rest - w
  // Each step is repeated with more of π/2 where the subtraction has cancelled more bits than the step provides.
  const exponent = (highWord(x) >> 20) & 0x7ff
  if (exponent - ((highWord(high) >> 20) & 0x7ff) > 16) {
    let before = rest
    w = n * PIO2_2
    rest = before - w
    w = n * PIO2_2_REST - (before - rest - w)
    high = rest - w
    if (exponent - ((highWord(high) >> 20) & 0x7ff) > 49) {
      before = rest
      w = n * PIO2_3
      rest = before - w
      w = n * PIO2_3_REST - (before - rest - w)
      high = rest - w
    }
  }
  out.quadrant = n & 3
  out.high = high
  out.low = rest - high - w
}

// The first 1184 bits of 2/π after the point.
const TWO_OVER_PI_BITS = 1184n
const TWO_OVER_PI =
  0xa2f9836e_4e441529_fc2757d1_f534ddc0_db629599_3c439041_fe5163ab_debbc561_b7246e3a_424dd2e0_06492eea_09d1921c_fe1deb1c_b129a73e_e88235f5_2ebb4484_e99c7026_b45f7e41_3991d639_835339f4_9c845f8b_bdf9283b_1ff897ff_de05980f_ef2f118b_5a0a6d1f_6d367ecf_27cb09b7_4f463f66_9e5fea2d_7527bac7_ebe5f17b_3d0739f7_8a5292ea_6bfb5fb1_1f8d5d08_56033046n

const PIO2 = 1.5707963267948966
const PIO2_LOW = 6.123233995736766e-17
const bits64 = new DataView(new ArrayBuffer(8))

/**
 * Payne and Hanek's reduction in integers: |x| = m 2^e, and only the bits of 2/π that decide m 2^e 2/π modulo 4 take
 * part, 192 of them. 190 bits of the fraction are then known, and no double comes closer than 2^-62 to a multiple of
 * π/2.
 */
function reduceLarge(x: number, out: Reduced): void {
  bits64.setFloat64(0, Math.abs(x))
  const bits = bits64.getBigUint64(0)
  const m = (bits & 0xfffffffffffffn) | 0x10000000000000n
  const e = (bits >> 52n) - 1075n
  // Bit i of 2/π (the first after the point is 1) times the last bit of m weighs 2^(e - i): begin with weight 2.
  const window = ((TWO_OVER_PI << 64n) >> (TWO_OVER_PI_BITS + 64n - (e + 190n))) & ((1n << 192n) - 1n)
  const product = (m * window) & ((1n << 192n) - 1n)
  let quadrant = Number(product >> 190n)
  let fraction = product & ((1n << 190n) - 1n)
  let negative = false
  if (fraction >> 189n) {
    quadrant++
    fraction = (1n << 190n) - fraction
    negative = true
  }
  // The fraction as a sum of two doubles, truncated, then times π/2.
  let high = 0
  let low = 0
  if (fraction !== 0n) {
    const shift = BigInt(fraction.toString(2).length - 53)
    high = scaleDown(fraction >> shift, 190n - shift)
    const rest = fraction & ((1n << shift) - 1n)
    const nextShift = shift - 53n
    low = scaleDown(rest >> nextShift, 190n - nextShift)
  }
  const product0 = high * PIO2
  const product1 = productError(high, PIO2, product0) + (high * PIO2_LOW + low * PIO2)
  const sum = product0 + product1
  const sumLow = product0 - sum + product1
  out.quadrant = (x < 0 ? -quadrant : quadrant) & 3
  out.high = negative !== x < 0 ? -sum : sum
  out.low = negative !== x < 0 ? -sumLow : sumLow
}

/** m 2^-places, exact: m has at most 53 bits. */
function scaleDown(m: bigint, places: bigint): number {
  return Number(m) * 2 ** -Number(places)
}
