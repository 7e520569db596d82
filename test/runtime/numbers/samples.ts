/** Values to try numbers with: a fixed random sequence, and the edges where mistakes are made. */
import type { IntName } from '../../../src/runtime/numbers.ts'
import { intRange, isWide } from '../../../src/runtime/numbers.ts'

/** A generator of 32-bit numbers that gives the same ones every time (Marsaglia's xorshift). */
export function randomWords(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}

/** Bounds, neighbours of bounds and of zero, powers of two, and `count` others; in the representation of `type`. */
export function intSamples(type: IntName, count: number): readonly (number | bigint)[] {
  const { min, max } = intRange(type)
  const word = randomWords(count + type.length)
  const values = [
    min,
    min + 1n,
    max,
    max - 1n,
    max / 2n,
    max / 2n + 1n,
    -1n,
    -2n,
    -3n,
    0n,
    1n,
    2n,
    3n,
    7n,
    8n,
    31n,
    32n,
  ]
  values.push(33n, 63n, 64n, 65n, 10n, -7n, 127n, 128n, 2n ** 31n, 2n ** 32n, -(2n ** 31n) - 1n)
  for (let i = 0; i < count; i++) {
    const bits = BigInt(word() % 65)
    const magnitude = BigInt.asUintN(Number(bits), (BigInt(word()) << 32n) | BigInt(word()))
    values.push(word() % 2 === 0 ? magnitude : -magnitude)
  }
  const kept = [...new Set(values.filter((v) => v >= min && v <= max))]
  return isWide(type) ? kept : kept.map(Number)
}

const EDGES = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  0.1,
  2,
  3,
  -3,
  5,
  -5,
  10,
  1e15,
  1e16,
  123456789,
  9007199254740992,
  2 ** 31,
  -(2 ** 31),
  2 ** 31 - 1,
  -(2 ** 31) - 1,
  2 ** 32,
  2 ** 32 - 1,
  2 ** 63,
  -(2 ** 63),
  2 ** 64,
  1e22,
  1e-4,
  1e-5,
  5e-324,
  2.2250738585072014e-308,
  1.7976931348623157e308,
  2 ** -44,
  1e300,
  -1e300,
  255,
  256,
  127.5,
  -128.9,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
]

/** Doubles of every size: half of them any bits, half near one. */
export function f64Samples(count: number, seed = 1): readonly number[] {
  const word = randomWords(seed)
  const view = new DataView(new ArrayBuffer(8))
  const values = [...EDGES]
  for (let i = 0; i < count; i++) {
    view.setUint32(0, word())
    view.setUint32(4, word())
    values.push(i % 2 === 0 ? view.getFloat64(0) : ((word() - 2 ** 31) / 2 ** 20) * (1 + word() / 2 ** 40))
  }
  return values
}

export function f32Samples(count: number, seed = 1): readonly number[] {
  const word = randomWords(seed)
  const view = new DataView(new ArrayBuffer(4))
  const values = EDGES.map(Math.fround)
  for (let i = 0; i < count; i++) {
    view.setUint32(0, word())
    values.push(i % 2 === 0 ? view.getFloat32(0) : Math.fround((word() - 2 ** 31) / 2 ** 20))
  }
  return values
}
