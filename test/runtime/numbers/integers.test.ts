/** Fixed-width integers against their definition over unbounded ones. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  checkIntRange,
  floatToInt,
  INT_NAMES,
  type IntArithmetic,
  intRange,
  isWide,
  NumberFault,
  SMALL_INTS,
  WIDE_INTS,
  wrapInt,
} from '../../../src/runtime/numbers.ts'
import { f64Samples, intSamples } from './samples.ts'

const floorDiv = (a: bigint, b: bigint) => a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n)

/** What each operator means, before the result is reduced to the width. Undefined: it must raise. */
const MEANING: Readonly<Record<string, (a: bigint, b: bigint, bits: bigint) => bigint | undefined>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  floordiv: (a, b) => (b === 0n ? undefined : floorDiv(a, b)),
  mod: (a, b) => (b === 0n ? undefined : a - floorDiv(a, b) * b),
  lshift: (a, b, bits) => (b < 0n ? undefined : b >= bits ? 0n : a << b),
  rshift: (a, b) => (b < 0n ? undefined : a >> (b > 64n ? 64n : b)),
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  pow: (a, b, bits) => (b < 0n ? undefined : modularPower(a, b, 2n ** bits)),
}

function modularPower(a: bigint, b: bigint, modulus: bigint): bigint {
  let result = 1n
  for (const bit of b.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * a) % modulus
  }
  return result
}

const integers = suite('fixed-width integers')

for (const name of INT_NAMES) {
  const type = (isWide(name) ? WIDE_INTS[name] : SMALL_INTS[name]) as unknown as IntArithmetic<bigint>
  const samples = intSamples(name, 60) as readonly bigint[]

  for (const [op, meaning] of Object.entries(MEANING)) {
    integers(`${name} ${op} is the exact result, reduced to the width`, () => {
      const run = type[op as 'add']
      for (const a of samples) {
        for (const b of samples) {
          const exact = meaning(BigInt(a), BigInt(b), BigInt(type.bits))
          if (exact === undefined) {
            assert.throws(
              () => run(a, b),
              (e: unknown) => e instanceof NumberFault,
            )
          } else {
            assert.ok(Object.is(run(a, b), wrapInt(name, exact)), `${name}: ${a} ${op} ${b} gave ${run(a, b)}`)
          }
        }
      }
    })
  }

  integers(`${name} negates, inverts and divides`, () => {
    for (const a of samples) {
      assert.ok(Object.is(type.neg(a), wrapInt(name, -BigInt(a))))
      assert.ok(Object.is(type.invert(a), wrapInt(name, ~BigInt(a))))
      for (const b of samples) {
        if (BigInt(b) !== 0n) assert.is(type.div(a, b), Number(a) / Number(b))
      }
    }
  })

  integers(`${name} takes floats truncated and saturated`, () => {
    const { min, max } = intRange(name)
    for (const x of f64Samples(200)) {
      const exact = Number.isNaN(x) ? 0n : x === Infinity ? max : x === -Infinity ? min : BigInt(Math.trunc(x))
      const expected = exact > max ? max : exact < min ? min : exact
      assert.is(BigInt(floatToInt(name, x)), expected)
    }
  })
}

integers('faults have the class and text of the language', () => {
  const { i32 } = SMALL_INTS
  const raises = (run: () => unknown, etype: string, message: string) =>
    assert.throws(run, (e: unknown) => e instanceof NumberFault && e.etype === etype && e.message === message)
  raises(() => i32.div(1, 0), 'ZeroDivisionError', 'division by zero')
  raises(() => i32.floordiv(1, 0), 'ZeroDivisionError', 'integer division or modulo by zero')
  raises(() => i32.mod(1, 0), 'ZeroDivisionError', 'integer modulo by zero')
  raises(() => i32.pow(0, -1), 'ZeroDivisionError', '0 cannot be raised to a negative power')
  raises(() => i32.pow(2, -1), 'ValueError', 'integer ** negative exponent')
  raises(() => i32.lshift(1, -1), 'ValueError', 'negative shift count')
  raises(() => WIDE_INTS.i64.rshift(1n, -1n), 'ValueError', 'negative shift count')
  raises(() => checkIntRange('u8', 300n), 'OverflowError', 'u8 value 300 out of range [0, 255]')
})

integers.run()
