/** Every primitive operation, on values at the edges, computes what objects/primitive-meaning says. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ZERO_DIVISION_TEXTS } from '../../../compiler/backends/wasm/primitives/faults.ts'
import { isFault } from '../../../compiler/objects/fault.ts'
import { evaluatePrimitive } from '../../../compiler/objects/primitive-meaning.ts'
import { PRIMITIVES, type PrimitiveOp } from '../../../compiler/objects/primitives.ts'
import { PRIMITIVE_TYPES, type PrimitiveName } from '../../../compiler/objects/types.ts'
import { type ComplexValue, complexValue, type Value } from '../../../compiler/objects/values.ts'
import type { TypedFunc } from '../../../compiler/typed/tree.ts'
import { FAULT_TEXTS, NumberFault } from '../../../src/runtime/numbers.ts'
import { constant, define, local, op, params, program, ret, sourceFunc } from '../../support/typed-trees.ts'
import { type Instance, instantiate, type Scalar, unsigned } from './instance.ts'

const FLOAT_EDGES = [0, -0, 1, -1, 0.5, -2.5, 3, 7.25, -7.25, 1e300, -1e300, 5e-324, 2 ** 31, 2 ** 63, 128, -129, 255.5]
const SPECIAL = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]

const EDGES: Readonly<Record<PrimitiveName, readonly Value[]>> = {
  bool: [false, true],
  i8: [0, 1, -1, 2, 7, 8, -7, 127, -128, 100],
  u8: [0, 1, 2, 7, 8, 31, 32, 127, 128, 255],
  i32: [0, 1, -1, 2, 3, -3, 7, -7, 31, 32, 33, 65536, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31) + 1],
  u32: [0, 1, 2, 3, 7, 31, 32, 65536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1],
  i64: [0n, 1n, -1n, 2n, 3n, -3n, 7n, -7n, 63n, 64n, 2n ** 32n, 2n ** 63n - 1n, -(2n ** 63n), -(2n ** 63n) + 1n],
  u64: [0n, 1n, 2n, 3n, 7n, 63n, 64n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n],
  f32: [...FLOAT_EDGES.map(Math.fround), ...SPECIAL],
  f64: [...FLOAT_EDGES, ...SPECIAL],
  complex128: [0, 1, -2.5, Number.POSITIVE_INFINITY].flatMap((re) => [0, -1.5].map((im) => complexValue(re, im))),
  NoneType: [null],
  str: [],
  bytes: [],
}

/** How JavaScript passes a value to wasm. */
function lower(value: Value): readonly Scalar[] {
  if (typeof value === 'boolean') return [value ? 1 : 0]
  if (typeof value === 'bigint' || typeof value === 'number') return [value]
  const { re, im } = value as ComplexValue
  return [re, im]
}

function lift(instance: Instance, type: PrimitiveName, result: Scalar): Value {
  if (type === 'bool') return result !== 0
  if (type !== 'complex128') return unsigned(type, result) as Value
  const at = Number(result)
  return complexValue(instance.view.getFloat64(at, true), instance.view.getFloat64(at + 8, true))
}

function expected(operation: PrimitiveOp, operands: readonly Value[]): Value | string {
  try {
    return evaluatePrimitive(operation, operands)
  } catch (error) {
    if (error instanceof NumberFault || isFault(error)) return `${error.etype}: ${error.message}`
    throw error
  }
}

function show(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Object.values(value).map(show).join(' ')
  return Object.is(value, -0) ? '-0' : String(value)
}

const primitives = suite('primitive operations')

/** `test::op(a, b)` with locals, and `test::op k(a)` with edge k as constant right operand. */
function functionsFor(operation: PrimitiveOp): readonly TypedFunc[] {
  const types = operation.params.map((name) => PRIMITIVE_TYPES[name])
  const result = PRIMITIVE_TYPES[operation.result]
  const all = params(...types.map((type, i) => ['ab'[i] as string, type] as const))
  const reads = all.map(({ name, type }) => local(name, type))
  const plain = define(sourceFunc(`test::${operation.name}`, all, result), [], [ret(op(operation.name, ...reads))])
  const right = operation.params[1]
  if (right === undefined) return [plain]
  const [first] = reads
  const withConstant = EDGES[right].map((value, k) =>
    define(
      sourceFunc(`test::${operation.name}_${k}`, all.slice(0, 1), result),
      [],
      [ret(op(operation.name, first as (typeof reads)[number], constant(PRIMITIVE_TYPES[right], value)))],
    ),
  )
  return [plain, ...withConstant]
}

const instance = instantiate(program({ functions: [...PRIMITIVES.values()].flatMap(functionsFor) }))

for (const operation of PRIMITIVES.values()) {
  primitives(operation.name, () => {
    const [left, right] = operation.params
    for (const a of EDGES[left as PrimitiveName]) {
      for (const [k, b] of (right === undefined ? [null] : EDGES[right]).entries()) {
        const operands = right === undefined ? [a] : [a, b]
        const wanted = expected(operation, operands)
        const run = (name: string, args: readonly Value[]): string => {
          const outcome = instance.outcome(`test::${name}`, ...args.flatMap(lower))
          return show(typeof outcome === 'string' ? outcome : lift(instance, operation.result, outcome))
        }
        assert.is(run(operation.name, operands), show(wanted), `${operation.name}(${operands.map(show)})`)
        if (right === undefined) continue
        assert.is(
          run(`${operation.name}_${k}`, [a]),
          show(wanted),
          `${operation.name}(${show(a)}, constant ${show(b)})`,
        )
      }
    }
  })
}

primitives('failures have the texts of src/runtime/numbers', () => {
  for (const [key, text] of Object.entries(ZERO_DIVISION_TEXTS)) {
    assert.is(text, FAULT_TEXTS[key as keyof typeof FAULT_TEXTS])
  }
})

primitives.run()
