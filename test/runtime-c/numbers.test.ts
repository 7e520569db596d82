/** The C runtime computes what src/runtime/numbers defines, bit by bit. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { packPosition, type RuntimeFunctionName } from '../../src/runtime/abi.ts'
import {
  complexAbs,
  complexDiv,
  complexPow,
  FLOATS,
  hashF64,
  INT_NAMES,
  type IntArithmetic,
  isWide,
  math,
  NumberFault,
  SMALL_INTS,
  WIDE_INTS,
  wrapInt,
} from '../../src/runtime/numbers.ts'
import { hex32, hex64 } from '../runtime/numbers/python.ts'
import { f32Samples, f64Samples, intSamples, randomWords } from '../runtime/numbers/samples.ts'
import { loadLibrary, Panic } from './library.ts'

const { call, memory, str } = loadLibrary()
const FILE = str('a.spy')
const AT = packPosition(12, 8)

/** Result or error, in a form that can be compared. */
function outcome(run: () => number | bigint, show: (x: number | bigint) => string): string {
  try {
    return show(run())
  } catch (error) {
    if (error instanceof NumberFault) return `${error.etype}: ${error.message}`
    if (error instanceof Panic) {
      assert.is(error.place, 'a.spy:12:8')
      return `${error.etype}: ${error.message}`
    }
    throw error
  }
}

const numbers = suite('runtime-c numbers')

for (const name of INT_NAMES) {
  const type = (isWide(name) ? WIDE_INTS[name] : SMALL_INTS[name]) as unknown as IntArithmetic<number>
  const samples = intSamples(name, 60) as readonly number[]

  for (const op of ['floordiv', 'mod', 'pow', 'lshift', 'rshift', 'div'] as const) {
    numbers(`${name} ${op}`, () => {
      const show = (x: number | bigint) => (op === 'div' ? hex64(Number(x)) : String(wrapInt(name, x)))
      for (const a of samples) {
        for (const b of samples) {
          const ours = outcome(() => call(`spy_${name}_${op}`, a, b, FILE, AT), show)
          assert.is(
            ours,
            outcome(() => type[op](a, b), show),
            `${a} ${op} ${b}`,
          )
        }
      }
    })
  }
}

numbers('floats', () => {
  for (const [name, samples, show] of [
    ['f64', f64Samples(150), hex64],
    ['f32', f32Samples(150), hex32],
  ] as const) {
    const type = FLOATS[name]
    for (const op of ['div', 'floordiv', 'mod', 'pow'] as const) {
      for (const x of samples) {
        for (const y of samples) {
          const ours = outcome(
            () => call(`spy_${name}_${op}`, x, y, FILE, AT),
            (r) => show(Number(r)),
          )
          assert.is(
            ours,
            outcome(
              () => type[op](x, y),
              (r) => show(Number(r)),
            ),
            `${name} ${x} ${op} ${y}`,
          )
        }
      }
    }
  }
})

const show64 = (x: number | bigint) => hex64(Number(x))

const UNARY = ['sqrt', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'exp', 'log', 'log10', 'log2'] as const
for (const name of UNARY) {
  numbers(`math.${name}`, () => {
    const word = randomWords(name.length)
    const near = Array.from({ length: 4000 }, () => word() / 2 ** 31 - 1)
    const middle = Array.from({ length: 2000 }, () => (word() / 2 ** 31 - 1) * 2 ** (word() % 30))
    for (const x of [...f64Samples(4000), ...near, ...middle]) {
      const ours = outcome(() => call(`spy_math_${name}` as RuntimeFunctionName, x, FILE, AT), show64)
      assert.is(
        ours,
        outcome(() => math[name](x), show64),
        `${name}(${x})`,
      )
    }
  })
}

numbers('math.atan2, math.pow', () => {
  const samples = f64Samples(120)
  for (const x of samples) {
    for (const y of samples) {
      assert.is(
        outcome(() => call('spy_math_atan2', y, x), show64),
        outcome(() => math.atan2(y, x), show64),
      )
      assert.is(
        outcome(() => call('spy_math_pow', x, y, FILE, AT), show64),
        outcome(() => math.pow(x, y), show64),
        `pow(${x}, ${y})`,
      )
    }
  }
  const word = randomWords(4)
  for (let i = 0; i < 20000; i++) {
    const x = word() / 2 ** (word() % 64)
    const y = (word() / 2 ** 31 - 1) * 2 ** (word() % 8)
    assert.is(hex64(Number(call('spy_math_pow', x, y, FILE, AT))), hex64(math.pow(x, y)), `pow(${x}, ${y})`)
  }
})

numbers('complex numbers', () => {
  const samples = f64Samples(12)
  const out = memory.alloc(16)
  const result = () => `${hex64(memory.view.getFloat64(out, true))} ${hex64(memory.view.getFloat64(out + 8, true))}`
  for (const [name, meaning] of [
    ['spy_wasm_complex128_div', complexDiv],
    ['spy_wasm_complex128_pow', complexPow],
  ] as const) {
    for (const re of samples) {
      for (const im of samples) {
        assert.is(hex64(Number(call('spy_complex128_abs', re, im))), hex64(complexAbs({ re, im })))
        for (const re2 of [...samples.slice(0, 12), 2.5]) {
          for (const im2 of [0, 1, -2.5]) {
            const ours = outcome(() => {
              call(name, out, re, im, re2, im2, FILE, AT)
              return 0
            }, result)
            let expected = { re: 0, im: 0 }
            const theirs = outcome(
              () => {
                expected = meaning({ re, im }, { re: re2, im: im2 })
                return 0
              },
              () => `${hex64(expected.re)} ${hex64(expected.im)}`,
            )
            assert.is(ours, theirs, `${name} ${re} ${im} ${re2} ${im2}`)
          }
        }
      }
    }
  }
})

numbers('hashes of floats', () => {
  for (const x of f64Samples(200)) assert.is(call('spy_hash_f64', x), hashF64(x))
  for (const x of f32Samples(200)) assert.is(call('spy_hash_f32', x), hashF64(x))
})

numbers.run()
