/** Every primitive operation, as C computes it, agrees with its definition on all edges and on random operands. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { primitiveFuncNamed } from '../../../compiler/objects/builtin-funcs.ts'
import { isFault } from '../../../compiler/objects/fault.ts'
import { meaningOf } from '../../../compiler/objects/primitive-meaning.ts'
import { PRIMITIVES, type PrimitiveOp } from '../../../compiler/objects/primitives.ts'
import { INT_TYPES, PRIMITIVE_TYPES, type PrimitiveName } from '../../../compiler/objects/types.ts'
import { type ComplexValue, complexValue, type Value } from '../../../compiler/objects/values.ts'
import type { TypedFunc } from '../../../compiler/typed/tree.ts'
import { f32Samples, f64Samples, intSamples } from '../../runtime/numbers/samples.ts'
import { call, define, local, onLine, params, program, ret, sourceFunc } from '../../support/typed-trees.ts'
import { catchPanics, cText, runNatively } from './native.ts'

const RANDOM = 6

function samples(type: PrimitiveName): readonly Value[] {
  if (type === 'bool') return [false, true]
  if (type === 'f32') return f32Samples(RANDOM)
  if (type === 'f64') return f64Samples(RANDOM)
  if (type in INT_TYPES) return intSamples(type as keyof typeof INT_TYPES, RANDOM)
  if (type !== 'complex128') throw new Error(`no samples of ${type}`)
  const parts = [0, -0, 1, -2.5, 1e200, 3e-300, Number.POSITIVE_INFINITY, Number.NaN]
  return parts.flatMap((re) => parts.map((im) => complexValue(re, im)))
}

/** A function of the program for each operation, named after it. */
function functionOf(op: PrimitiveOp): TypedFunc {
  const func = primitiveFuncNamed(op.name)
  const parameters = params(...func.params.map((param) => [param.name, param.type] as const))
  const source = sourceFunc(`test::${op.name}`, parameters, PRIMITIVE_TYPES[op.result])
  return define(source, [], [ret(call(func, ...parameters.map(({ name, type }) => local(name, type))))])
}

// ------------------------------------------------------------------------------------------ the C side of the test

function cNumber(x: number): string {
  if (Number.isNaN(x)) return '__builtin_nan("")'
  if (!Number.isFinite(x)) return x > 0 ? '__builtin_inf()' : '-__builtin_inf()'
  const text = Object.is(x, -0) ? '-0.0' : String(x)
  return /[.e]/.test(text) ? text : `${text}.0`
}

function cValue(type: PrimitiveName, value: Value): string {
  switch (type) {
    case 'complex128': {
      const { re, im } = value as ComplexValue
      return `{ ${cNumber(re)}, ${cNumber(im)} }`
    }
    case 'f32':
    case 'f64':
      return cNumber(value as number)
    case 'i64':
      return value === -(2n ** 63n) ? '(-9223372036854775807ll - 1)' : `${value}ll`
    case 'u64':
      return `${value}ull`
    case 'i32':
      return value === -(2 ** 31) ? '(-2147483647 - 1)' : String(value)
    case 'u32':
      return `${value}u`
    default:
      return String(Number(value))
  }
}

const C_TYPE: Readonly<Partial<Record<PrimitiveName, string>>> = {
  bool: 'bool',
  i8: 'int8_t',
  u8: 'uint8_t',
  i32: 'int32_t',
  u32: 'uint32_t',
  i64: 'int64_t',
  u64: 'uint64_t',
  f32: 'float',
  f64: 'double',
  complex128: 'spy_complex128',
}

function printResult(type: PrimitiveName): string {
  if (type === 'complex128') return "print_f64(r.re); putchar(' '); print_f64(r.im);"
  if (type === 'f32' || type === 'f64') return 'print_f64((double)r);'
  return type === 'u64' ? 'printf("%llu", (unsigned long long)r);' : 'printf("%lld", (long long)r);'
}

const PRINT_FLOAT = 'static void print_f64(double x) { if (x != x) printf("nan"); else printf("%a", x); }'

function harness(ops: readonly PrimitiveOp[]): string {
  const types = [...new Set(ops.flatMap((op) => op.params))]
  const arrays = types.map((type) => {
    const values = samples(type).map((value) => cValue(type, value))
    return `static ${C_TYPE[type]} samples_${type}[] = { ${values.join(', ')} };`
  })
  const loops = ops.map((op) => {
    const [a, b] = op.params
    const count = (type: PrimitiveName): string => `(int)(sizeof samples_${type} / sizeof *samples_${type})`
    const operands = b === undefined ? `samples_${a}[i]` : `samples_${a}[i], samples_${b}[j]`
    return `static void try_${op.name}(void) {
    for (volatile int i = 0; i < ${count(a as PrimitiveName)}; i++)
        for (volatile int j = 0; j < ${b === undefined ? '1' : count(b)}; j++) {
            if (sigsetjmp(again, 1) == 0) { ${C_TYPE[op.result]} r = spy_test$${op.name}(${operands}); ${printResult(op.result)} }
            else print_panic();
            putchar('\\n');
        }
}`
  })
  const calls = ops.map((op) => `    try_${op.name}();`)
  return catchPanics([PRINT_FLOAT, ...arrays, ...loops].join('\n'), calls)
}

// --------------------------------------------------------------------------------------------------- the expectation

function expected(op: PrimitiveOp, a: Value, b: Value): string {
  try {
    return show(op.result, meaningOf(op)(a, b))
  } catch (error) {
    if (!isFault(error)) throw error
    return `${error.etype}: ${error.message}`
  }
}

function show(type: PrimitiveName, value: Value): string {
  if (type === 'complex128') {
    const { re, im } = value as ComplexValue
    return `${showFloat(re)} ${showFloat(im)}`
  }
  return type === 'f32' || type === 'f64'
    ? showFloat(value as number)
    : String(Number.isInteger(value) || typeof value === 'bigint' ? value : Number(value))
}

const bits = new DataView(new ArrayBuffer(8))

/** As C's `%a` writes it. */
function showFloat(x: number): string {
  if (Number.isNaN(x)) return 'nan'
  const sign = x < 0 || Object.is(x, -0) ? '-' : ''
  if (!Number.isFinite(x)) return `${sign}inf`
  if (x === 0) return `${sign}0x0p+0`
  bits.setFloat64(0, Math.abs(x))
  const word = bits.getBigUint64(0)
  const field = Number(word >> 52n)
  const digits = (word & (2n ** 52n - 1n)).toString(16).padStart(13, '0').replace(/0+$/, '')
  const exponent = field === 0 ? -1022 : field - 1023
  return `${sign}0x${field === 0 ? 0 : 1}${digits === '' ? '' : `.${digits}`}p${exponent < 0 ? '' : '+'}${exponent}`
}

const primitives = suite('primitive operations in C')

onLine(1)
const ops = [...PRIMITIVES.values()]

primitives('compute what their definition says, and fail as it says', () => {
  const functions = ops.map(functionOf)
  const text = cText(
    program({ functions }),
    functions.map((func) => func.fqn.text),
  )
  const { stdout, stderr, status } = runNatively(text, harness(ops))
  assert.is(status, 0, stderr)
  const lines = stdout.split('\n')
  let at = 0
  const wrong: string[] = []
  for (const op of ops) {
    const [first, second] = op.params.map(samples)
    for (const a of first ?? []) {
      for (const b of second ?? [0]) {
        const got = lines[at++]
        const want = expected(op, a, b)
        if (got !== want) wrong.push(`${op.name}(${shown(a)}, ${shown(b)}): expected ${want}, got ${got}`)
      }
    }
  }
  assert.equal(wrong.slice(0, 20), [], `${wrong.length} of ${at} results are wrong`)
  assert.is(lines.length, at + 1)
})

function shown(value: Value): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

primitives.run()
