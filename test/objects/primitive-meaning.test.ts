/** What primitive operations compute, over all of their shapes. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isFault } from '../../compiler/objects/fault.ts'
import { evaluatePrimitive } from '../../compiler/objects/primitive-meaning.ts'
import { PRIMITIVES } from '../../compiler/objects/primitives.ts'
import type { PrimitiveName } from '../../compiler/objects/types.ts'
import { complexValue, type Value } from '../../compiler/objects/values.ts'

function evaluate(name: string, ...operands: Value[]): Value {
  const op = PRIMITIVES.get(name)
  assert.ok(op, `${name} exists`)
  return evaluatePrimitive(op, operands)
}

function fault(name: string, ...operands: Value[]): string {
  try {
    evaluate(name, ...operands)
  } catch (error) {
    if (isFault(error)) return `${error.etype}: ${error.message}`
    throw error
  }
  return 'no fault'
}

const meaning = suite('the meaning of primitive operations')

/** A value of each type, and what holds of every value of it. */
const SAMPLES: Readonly<Record<PrimitiveName, { readonly value: Value; readonly is: (value: Value) => boolean }>> = {
  i8: { value: -7, is: (x) => isInt(x, -128, 127) },
  u8: { value: 200, is: (x) => isInt(x, 0, 255) },
  i32: { value: 40, is: (x) => isInt(x, -2147483648, 2147483647) },
  u32: { value: 4000000000, is: (x) => isInt(x, 0, 4294967295) },
  i64: { value: 5n, is: (x) => typeof x === 'bigint' && BigInt.asIntN(64, x) === x },
  u64: { value: 2n ** 63n, is: (x) => typeof x === 'bigint' && BigInt.asUintN(64, x) === x },
  f32: { value: 0.5, is: (x) => typeof x === 'number' && (Number.isNaN(x) || Math.fround(x) === x) },
  f64: { value: 2.25, is: (x) => typeof x === 'number' },
  bool: { value: true, is: (x) => typeof x === 'boolean' },
  complex128: {
    value: complexValue(1, -2),
    is: (x) => typeof x === 'object' && x !== null && 'kind' in x && x.kind === 'complex',
  },
  str: { value: '', is: () => false },
  bytes: { value: null, is: () => false },
  NoneType: { value: null, is: () => false },
}

function isInt(x: Value, min: number, max: number): boolean {
  return Number.isInteger(x) && !Object.is(x, -0) && (x as number) >= min && (x as number) <= max
}

meaning('every operation gives a value of its result type, or a fault if it may', () => {
  for (const op of PRIMITIVES.values()) {
    const operands = op.params.map((name) => SAMPLES[name].value)
    try {
      const result = evaluatePrimitive(op, operands)
      assert.ok(SAMPLES[op.result].is(result), `${op.name} gives ${op.result}, not ${String(result)}`)
    } catch (error) {
      assert.ok(op.mayPanic && isFault(error), `${op.name}: ${String(error)}`)
    }
  }
})

meaning('integers wrap at their width', () => {
  assert.is(evaluate('i32_add', 2147483647, 1), -2147483648)
  assert.is(evaluate('u8_add', 255, 1), 0)
  assert.is(evaluate('i8_mul', 100, 2), -56)
  assert.is(evaluate('i64_add', 2n ** 63n - 1n, 1n), -(2n ** 63n))
  assert.is(evaluate('i32_floordiv', -2147483648, -1), -2147483648)
  assert.is(evaluate('i32_neg', -2147483648), -2147483648)
})

meaning('comparisons are mathematical', () => {
  assert.is(evaluate('u32_lt', 1, 4294967295), true)
  assert.is(evaluate('f64_ne', Number.NaN, Number.NaN), true)
  assert.is(evaluate('f64_eq', 0, -0), true)
  assert.is(evaluate('bool_lt', false, true), true)
  assert.is(evaluate('complex128_eq', complexValue(1, 2), complexValue(1, 2)), true)
})

meaning('conversions wrap, round and saturate', () => {
  assert.is(evaluate('i32_to_i8', 300), 44)
  assert.is(evaluate('i32_to_u32', -1), 4294967295)
  assert.is(evaluate('i64_to_i32', 2n ** 32n + 5n), 5)
  assert.is(evaluate('i32_to_u64', -1), 2n ** 64n - 1n)
  assert.is(evaluate('f64_to_i32', -2.9), -2)
  assert.is(evaluate('f64_to_i32', 1e10), 2147483647)
  assert.is(evaluate('f64_to_i32', Number.NaN), 0)
  assert.ok(Object.is(evaluate('f64_to_i32', -0.5), 0))
  assert.ok(Object.is(evaluate('f64_to_i8', -0.5), 0))
  assert.is(evaluate('f64_to_f32', 0.1), Math.fround(0.1))
  assert.is(evaluate('f64_to_bool', Number.NaN), true)
  assert.is(evaluate('bool_to_i64', true), 1n)
  assert.equal(evaluate('i32_to_complex128', 3), complexValue(3, 0))
})

meaning('operations without a result say why', () => {
  assert.is(fault('i32_div', 1, 0), 'ZeroDivisionError: division by zero')
  assert.is(fault('i64_floordiv', 1n, 0n), 'ZeroDivisionError: integer division or modulo by zero')
  assert.is(fault('f64_mod', 1, 0), 'ZeroDivisionError: float modulo by zero')
  assert.is(fault('i32_lshift', 1, -1), 'ValueError: negative shift count')
  assert.is(fault('i32_unchecked_mod', 1, 0), 'PanicError: integer modulo by zero')
  assert.is(fault('f64_unchecked_div', 1, -0), 'PanicError: float division by zero')
})

meaning('IEEE division never fails', () => {
  assert.is(evaluate('f64_ieee754_div', -1, 0), Number.NEGATIVE_INFINITY)
  assert.ok(Number.isNaN(evaluate('f32_ieee754_div', 0, 0)))
})

meaning.run()
