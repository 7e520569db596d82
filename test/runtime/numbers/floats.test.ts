/** Floats: Python's results where Python has the operation. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { complexDiv, FLOATS, intToFloat, math, NumberFault, WIDE_INTS } from '../../../src/runtime/numbers.ts'
import { askPython, hex64 } from './python.ts'
import { f32Samples, f64Samples, intSamples, randomWords } from './samples.ts'

const floats = suite('floats')

floats('f64 // and % are what Python computes, bit by bit', () => {
  const samples = f64Samples(60).filter((x) => x !== 0)
  const pairs = samples.flatMap((x) => samples.map((y) => [x, y] as const))
  const expected = askPython(
    'result = [[hex64(f64(x) // f64(y)), hex64(f64(x) % f64(y))] for x, y in data]',
    pairs.map(([x, y]) => [hex64(x).replace('nan', '7ff8000000000000'), hex64(y).replace('nan', '7ff8000000000000')]),
  ) as [string, string][] | undefined
  if (expected === undefined) return
  pairs.forEach(([x, y], i) => {
    assert.equal([hex64(FLOATS.f64.floordiv(x, y)), hex64(FLOATS.f64.mod(x, y))], expected[i], `${x} and ${y}`)
  })
})

floats('examples of the language', () => {
  const { f64, f32 } = FLOATS
  assert.is(f64.floordiv(1, 0.1), 9)
  assert.is(f64.floordiv(-1, Number.POSITIVE_INFINITY), -1)
  assert.is(f64.mod(-5, Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY)
  assert.ok(Object.is(f64.mod(3, -3), -0))
  assert.is(f64.pow(10, 400), Number.POSITIVE_INFINITY)
  assert.is(f64.pow(4, 0.5), 2)
  assert.is(f32.add(16777216, 1), 16777216)
  assert.is(f32.mul(3.4028234663852886e38, 2), Number.POSITIVE_INFINITY)
  assert.is(f32.div(1, 3), Math.fround(1 / 3))
  assert.equal(complexDiv({ re: 1e200, im: 1e200 }, { re: 1e200, im: 1e200 }), { re: 1, im: 0 })
})

floats('f32 operations stay in single precision', () => {
  for (const x of f32Samples(50)) {
    for (const y of f32Samples(50, 5)) {
      for (const op of ['add', 'sub', 'mul'] as const) {
        const z = FLOATS.f32[op](x, y)
        assert.ok(Object.is(z, Math.fround(z)))
      }
      if (y === 0) continue
      for (const op of ['div', 'floordiv', 'mod'] as const) {
        const z = FLOATS.f32[op](x, y)
        assert.ok(Object.is(z, Math.fround(z)), `${x} ${op} ${y}`)
      }
    }
  }
})

floats('division by zero and domain errors have the texts of the language', () => {
  const raises = (run: () => unknown, etype: string, message: string) =>
    assert.throws(run, (e: unknown) => e instanceof NumberFault && e.etype === etype && e.message === message)
  for (const { div, floordiv, mod, pow } of [FLOATS.f64, FLOATS.f32]) {
    for (const zero of [0, -0]) {
      raises(() => div(Number.NaN, zero), 'ZeroDivisionError', 'float division by zero')
      raises(() => floordiv(1, zero), 'ZeroDivisionError', 'float floor division by zero')
      raises(() => mod(1, zero), 'ZeroDivisionError', 'float modulo by zero')
      raises(() => pow(zero, -1), 'ZeroDivisionError', '0.0 cannot be raised to a negative power')
    }
    raises(() => pow(-8, 1.5), 'ValueError', 'math domain error')
  }
  for (const run of [
    () => math.sqrt(-1),
    () => math.log(0),
    () => math.log10(-1),
    () => math.log2(0),
    () => math.acos(2),
    () => math.asin(-2),
    () => math.sin(Number.POSITIVE_INFINITY),
    () => math.pow(0, -1),
    () => math.pow(-8, 0.5),
  ]) {
    raises(run, 'ValueError', 'math domain error')
  }
  assert.is(math.exp(1000), Number.POSITIVE_INFINITY)
  assert.ok(Object.is(math.ceil(-0.5), -0))
})

floats('64-bit integers become f32 in one rounding', () => {
  for (const x of intSamples('i64', 400) as bigint[]) {
    const nearest = intToFloat('f32', x)
    const error = distance(nearest, x)
    const bits = new Int32Array(Float32Array.of(nearest).buffer)
    for (const step of [-1, 1]) {
      const beside = new Float32Array(Int32Array.of((bits[0] as number) + step).buffer)[0] as number
      assert.ok(distance(beside, x) >= error, `${x}`)
    }
  }
  assert.is(intToFloat('f32', WIDE_INTS.u64.max), 2 ** 64)
})

function distance(float: number, x: bigint): number {
  if (!Number.isInteger(float)) return Number.POSITIVE_INFINITY
  const d = BigInt(float) - x
  return Number(d < 0n ? -d : d)
}

const FUNCTIONS: Readonly<Record<string, (word: () => number) => readonly number[]>> = {
  sin: (w) => [(w() / 2 ** 32 - 0.5) * 2 ** (w() % 60)],
  cos: (w) => [(w() / 2 ** 32 - 0.5) * 2 ** (w() % 60)],
  tan: (w) => [(w() / 2 ** 32 - 0.5) * 2 ** (w() % 60)],
  asin: (w) => [w() / 2 ** 31 - 1],
  acos: (w) => [w() / 2 ** 31 - 1],
  atan: (w) => [(w() / 2 ** 31 - 1) * 2 ** ((w() % 80) - 40)],
  atan2: (w) => [w() / 2 ** 31 - 1, w() / 2 ** 31 - 1],
  exp: (w) => [(w() / 2 ** 31 - 1) * 700],
  log: (w) => [(w() + 1) * 2 ** ((w() % 200) - 100)],
  log10: (w) => [(w() + 1) * 2 ** ((w() % 200) - 100)],
  log2: (w) => [(w() + 1) * 2 ** ((w() % 200) - 100)],
  pow: (w) => [w() / 2 ** 28, (w() / 2 ** 31 - 1) * 60],
}

for (const [name, arguments_] of Object.entries(FUNCTIONS)) {
  floats(`math.${name} is within two units in the last place of Python's`, () => {
    const word = randomWords(99)
    const points = Array.from({ length: 1000 }, () => arguments_(word))
    const expected = askPython(
      `result = [hex64(math.${name}(*map(f64, xs))) for xs in data]`,
      points.map((xs) => xs.map(hex64)),
    ) as string[] | undefined
    if (expected === undefined) return
    points.forEach((xs, i) => {
      const ours = (math[name as 'sin'] as (...xs: number[]) => number)(...xs)
      const apart = BigInt(`0x${hex64(ours)}`) - BigInt(`0x${expected[i]}`)
      assert.ok(apart >= -2n && apart <= 2n, `${name}(${xs.join(', ')}) is ${ours}, ${apart} units away`)
    })
  })
}

floats('math is exact where people look', () => {
  assert.is(math.cos(math.pi), -1)
  assert.is(math.exp(1), math.e)
  assert.is(math.log(math.e), 1)
  assert.is(math.pow(4, 0.5), 2)
  for (let n = -300; n <= 300; n++) assert.is(math.log10(Number(`1e${n}`)), n)
  for (let n = -1074; n <= 1023; n++) assert.is(math.log2(2 ** n), n)
})

floats('sin and cos are right for huge arguments', () => {
  // The double that comes closest to a multiple of π/2 (Muller, Elementary Functions); C libraries lose digits there.
  assert.is(math.cos(6381956970095103 * 2 ** 797), -4.687165924254628e-19)
  const points = [1e22, 2 ** 1023, 1647099, 1e15]
  const expected = askPython('result = [[math.sin(x), math.cos(x)] for x in data]', points) as number[][] | undefined
  if (expected === undefined) return
  points.forEach((x, i) => {
    const [sine = 0, cosine = 0] = expected[i] ?? []
    assert.ok(Math.abs(math.sin(x) - sine) <= 2 ** -52 * Math.abs(sine), `sin(${x})`)
    assert.ok(Math.abs(math.cos(x) - cosine) <= 2 ** -52 * Math.abs(cosine), `cos(${x})`)
  })
})

floats.run()
