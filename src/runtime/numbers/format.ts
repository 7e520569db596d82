/**
 * Numbers as text: the shortest decimal digits that give the same number back, in Python's layout.
 * KEEP IN STEP: number-text (runtime-c/src/text/format.c); test/runtime-c compares them.
 */

/** A positive number as 0.d1d2d3... * 10^point: no zeros at either end of `digits`. */
interface Decimal {
  readonly digits: string
  readonly point: number
}

/** `str(x)` and `repr(x)` of an f64: `1.0`, `1e+16`, `1e-05`, `inf`, `nan`, `-0.0`. */
export function formatF64(x: number): string {
  return formatWith(x, shortestF64, '.0')
}

/** The same of an f32, with the digits that single precision needs: `0.1`, not `0.10000000149011612`. */
export function formatF32(x: number): string {
  return formatWith(x, shortestF32, '.0')
}

/** Parts are written without a forced `.0`: `1.5j`, `(1+2j)`, `(-0-2.5j)`, `(1+nanj)`. */
export function formatComplex(re: number, im: number): string {
  const imag = formatWith(im, shortestF64, '')
  if (Object.is(re, 0)) return `${imag}j`
  return `(${formatWith(re, shortestF64, '')}${imag.startsWith('-') ? '' : '+'}${imag}j)`
}

function formatWith(x: number, shortest: (size: number) => Decimal, wholeSuffix: string): string {
  if (Number.isNaN(x)) return 'nan'
  const sign = x < 0 || Object.is(x, -0) ? '-' : ''
  const size = Math.abs(x)
  if (size === Number.POSITIVE_INFINITY) return `${sign}inf`
  if (size === 0) return `${sign}0${wholeSuffix}`
  return sign + layOut(shortest(size), wholeSuffix)
}

/** Positional for 10^-4 <= x < 10^16, else scientific with a sign and at least two digits of exponent. */
function layOut({ digits, point }: Decimal, wholeSuffix: string): string {
  if (point > 16 || point < -3) {
    const exponent = point - 1
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
    return `${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return digits + '0'.repeat(point - digits.length) + wholeSuffix
  return `${digits.slice(0, point)}.${digits.slice(point)}`
}

/** JavaScript defines its own number text by the same digits. */
function shortestF64(size: number): Decimal {
  const [mantissa = '', exponent = ''] = size.toExponential().split('e')
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 }
}

const f32 = new Float32Array(1)
const f32Bits = new Uint32Array(f32.buffer)

/**
 * The shortest decimal inside the interval that rounds to `size`, of several the closest. Exact integers make it easy
 * to see that it is right: all three of value and bounds are multiples of 2^q / 4.
 */
function shortestF32(size: number): Decimal {
  f32[0] = size
  const bits = f32Bits[0] as number
  const field = bits >>> 23
  const fraction = bits & 0x7fffff
  const c = field === 0 ? fraction : fraction | 0x800000
  const q = Math.max(field, 1) - 150
  const lowerIsCloser = fraction === 0 && field > 1
  // Scale so that units are integers: value = v / unit, bounds likewise. An even significand owns its bounds.
  const up = q > 2 ? 1n << BigInt(q - 2) : 1n
  const unit = q < 2 ? 1n << BigInt(2 - q) : 1n
  const v = 4n * BigInt(c) * up
  const low = v - (lowerIsCloser ? 1n : 2n) * up
  const high = v + 2n * up
  const inclusive = c % 2 === 0

  for (let places = Math.floor(Math.log10(size)) + 1; ; places--) {
    // Neighbours of the value among the multiples of 10^places; everything times `scale`, to stay in integers.
    const step = places >= 0 ? 10n ** BigInt(places) * unit : unit
    const scale = places >= 0 ? 1n : 10n ** BigInt(-places)
    const isInside = (x: bigint) =>
      inclusive ? x >= low * scale && x <= high * scale : x > low * scale && x < high * scale
    const below = (v * scale) / step
    const toBelow = v * scale - below * step
    const toAbove = step - toBelow
    const belowFits = below > 0n && isInside(below * step)
    if (!belowFits && !isInside((below + 1n) * step)) continue
    const takeBelow =
      belowFits && (!isInside((below + 1n) * step) || toBelow < toAbove || (toBelow === toAbove && below % 2n === 0n))
    const text = String(takeBelow ? below : below + 1n)
    return { digits: text.replace(/0+$/, ''), point: text.length + places }
  }
}
