/**
 * Every operator on every type of integer, with operands where mistakes are made, on every engine: what a program
 * computes is the exact result, reduced to the width of the type. The definition is BigInt's and Math's arithmetic, and
 * shares nothing with the compiler.
 */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const WIDTHS = { i8: 8, u8: 8, i32: 32, u32: 32, i64: 64, u64: 64 } as const

type Int = keyof typeof WIDTHS

const INTS = Object.keys(WIDTHS) as Int[]

const isSigned = (type: Int) => type.startsWith('i')

function wrap(type: Int, exact: bigint): bigint {
  return isSigned(type) ? BigInt.asIntN(WIDTHS[type], exact) : BigInt.asUintN(WIDTHS[type], exact)
}

/** Bounds and zero with their neighbours, the bounds of narrower types, counts of bits, and what has no pattern. */
function samples(type: Int): readonly bigint[] {
  const bits = BigInt(WIDTHS[type])
  const bounds = [8n, 31n, 32n, 63n, 64n, bits - 1n, bits].flatMap((n) => [1n << n, (1n << n) - 1n, -(1n << n)])
  const others = [0n, 1n, 2n, 3n, 7n, 10n, 33n, 100n, 0x5a5an, 123456789n, -1n, -2n, -3n, -7n, -100n, -987654321n]
  return [...new Set([...bounds, ...others].filter((x) => wrap(type, x) === x))]
}

const floorDiv = (a: bigint, b: bigint) => (a % b !== 0n && a < 0n !== b < 0n ? a / b - 1n : a / b)

/** `ZeroDivisionError`, where there is no result. */
type Exact = bigint | string

const BINARY: Readonly<Record<string, (a: bigint, b: bigint) => Exact>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '//': (a, b) => (b === 0n ? 'ZeroDivisionError' : floorDiv(a, b)),
  '%': (a, b) => (b === 0n ? 'ZeroDivisionError' : a - floorDiv(a, b) * b),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  // Beyond the width of any type all bits are gone, and a shift by 64 shows it.
  '<<': (a, b) => (b < 0n ? 'ValueError' : b >= 64n ? 0n : a << b),
  '>>': (a, b) => (b < 0n ? 'ValueError' : a >> (b >= 64n ? 64n : b)),
}

const COMPARISONS: Readonly<Record<string, <N extends bigint | number>(a: N, b: N) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

const UNARY: Readonly<Record<string, (a: bigint) => bigint>> = {
  '-': (a) => -a,
  '+': (a) => a,
  '~': (a) => ~a,
}

/** A number as JavaScript hands it over. */
const handed = (type: Int, x: bigint) => (WIDTHS[type] === 64 ? x : Number(x))

const outcome = (run: () => unknown): string => {
  try {
    return String(run())
  } catch (error) {
    return (error as { readonly etype?: string }).etype ?? String(error)
  }
}

const numbers = language('operators of numbers')

for (const type of INTS) {
  const named = (operators: object) => Object.keys(operators).map((operator, i) => ({ operator, i }))
  const functions = [
    ...named(BINARY).flatMap(({ operator, i }) => [
      `def binary_${i}(a: ${type}, b: ${type}) -> ${type}:\n    return a ${operator} b`,
      // The variable has the width, whatever the machine computes in.
      `def in_place_${i}(a: ${type}, b: ${type}) -> ${type}:\n    var x: ${type} = a\n    x ${operator}= b\n    return x`,
      // Between two operations a value is as wide as its type.
      `def between_${i}(a: ${type}, b: ${type}) -> bool:\n    return (a ${operator} b) < a`,
      `def half_${i}(a: ${type}, b: ${type}) -> ${type}:\n    return (a ${operator} b) // ${type}(2)`,
    ]),
    ...named(COMPARISONS).map(
      ({ operator, i }) => `def compare_${i}(a: ${type}, b: ${type}) -> bool:\n    return a ${operator} b`,
    ),
    ...named(UNARY)
      .filter(({ operator }) => operator !== '-' || isSigned(type))
      .map(({ operator, i }) => `def unary_${i}(a: ${type}) -> ${type}:\n    return ${operator}a`),
    `def magnitude(a: ${type}) -> ${type}:\n    return abs(a)`,
    `def divided(a: ${type}, b: ${type}) -> f64:\n    return a / b`,
    `def shown(a: ${type}) -> str:\n    return str(a)`,
    `def read(s: str) -> ${type}:\n    return ${type}(s)`,
    ...INTS.filter((to) => to !== type).map((to) => `def to_${to}(a: ${type}) -> ${to}:\n    return ${to}(a)`),
    `def to_f64(a: ${type}) -> f64:\n    return f64(a)`,
    `def to_f32(a: ${type}) -> f32:\n    return f32(a)`,
  ]
  numbers(`of ${type}`, functions.join('\n'), (program) => {
    const call = (name: string, ...args: readonly bigint[]) =>
      outcome(() => program[name]?.(...args.map((arg) => handed(type, arg))))
    const is = (name: string, args: readonly bigint[], expected: unknown) =>
      assert.is(call(name, ...args), String(expected), `${name} of ${args.join(', ')}`)

    for (const a of samples(type)) {
      for (const b of samples(type)) {
        for (const [i, meaning] of Object.values(BINARY).entries()) {
          const exact = meaning(a, b)
          const result = typeof exact === 'bigint' ? wrap(type, exact) : exact
          is(`binary_${i}`, [a, b], result)
          is(`in_place_${i}`, [a, b], result)
          is(`between_${i}`, [a, b], typeof result === 'bigint' ? result < a : result)
          is(`half_${i}`, [a, b], typeof result === 'bigint' ? floorDiv(result, 2n) : result)
        }
        for (const [i, meaning] of Object.values(COMPARISONS).entries()) is(`compare_${i}`, [a, b], meaning(a, b))
        // Integers of 64 bits lose what a float has no room for before they are divided.
        is('divided', [a, b], b === 0n ? 'ZeroDivisionError' : Number(a) / Number(b))
      }
      for (const [i, [operator, meaning]] of Object.entries(UNARY).entries()) {
        if (operator !== '-' || isSigned(type)) is(`unary_${i}`, [a], wrap(type, meaning(a)))
      }
      is('magnitude', [a], wrap(type, a < 0n ? -a : a))
      is('shown', [a], a)
      assert.is(String(program.read?.(String(a))), String(a))
      for (const to of INTS) if (to !== type) is(`to_${to}`, [a], wrap(to, a))
      is('to_f64', [a], Number(a))
      is('to_f32', [a], nearestSingle(a))
    }
  })
}

/** In one rounding, to even where two are equally near. */
function nearestSingle(x: bigint): number {
  const size = x < 0n ? -x : x
  const spare = BigInt(Math.max(0, size.toString(2).length - 24))
  const unit = 1n << spare
  const below = size / unit
  const rest = size % unit
  const up = 2n * rest > unit || (2n * rest === unit && below % 2n === 1n)
  const rounded = Number((below + (up ? 1n : 0n)) * unit)
  return x < 0n ? -rounded : rounded
}

const FLOATS = [
  ...[0, -0, 0.5, -0.5, 1, -1, 1.5, -2.5, 3, -3, 0.1, 100, 127.5, 128, -128.9, 255.9, 256, 1e16, 123456.789, 1e-7],
  ...[
    2 ** 31,
    2 ** 31 - 0.5,
    -(2 ** 31) - 1,
    2 ** 32,
    2 ** 53 + 2,
    2 ** 63,
    -(2 ** 63),
    2 ** 64,
    1e300,
    -1e300,
    5e-324,
  ],
  ...[
    1.7976931348623157e308,
    3.4028234663852886e38,
    1e-45,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
  ],
]

/** The remainder has the sign of the divisor, also as a zero. */
function modulo(x: number, y: number): number {
  const rest = x % y
  if (rest === 0) return y < 0 ? -0 : 0
  return rest < 0 !== y < 0 && !Number.isNaN(rest) ? rest + y : rest
}

/** Rounded towards minus infinity, and consistent with the remainder. */
function floorQuotient(x: number, y: number): number {
  const rest = x % y
  const exact = (x - rest) / y - (rest !== 0 && rest < 0 !== y < 0 ? 1 : 0)
  if (exact === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0
  const floor = Math.floor(exact)
  return exact - floor > 0.5 ? floor + 1 : floor
}

function toInt(type: Int, x: number): bigint {
  if (Number.isNaN(x)) return 0n
  const bits = BigInt(WIDTHS[type])
  const [min, max] = isSigned(type) ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n]
  if (x >= Number(max)) return max
  return x <= Number(min) ? min : BigInt(Math.trunc(x))
}

/** Shortest digits, as Python writes them. */
function floatText(x: number): string {
  if (Number.isNaN(x)) return 'nan'
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf'
  if (Object.is(x, -0)) return '-0.0'
  const [digits = '', exponent = '0'] = x.toExponential().split('e')
  const power = Number(exponent)
  if (power < -4 || power >= 16) return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  const plain = power < 0 ? x.toFixed(digits.replace(/[-.]/g, '').length - 1 - power) : String(x)
  return /\./.test(plain) ? plain : `${plain}.0`
}

for (const type of ['f64', 'f32'] as const) {
  const near = type === 'f32' ? Math.fround : (x: number) => x
  const OPERATORS: Readonly<Record<string, (a: number, b: number) => number | boolean | string>> = {
    '+': (a, b) => near(a + b),
    '-': (a, b) => near(a - b),
    '*': (a, b) => near(a * b),
    '/': (a, b) => (b === 0 ? 'ZeroDivisionError' : near(a / b)),
    '%': (a, b) => (b === 0 ? 'ZeroDivisionError' : near(modulo(a, b))),
    ...(type === 'f64' && { '//': (a, b) => (b === 0 ? 'ZeroDivisionError' : floorQuotient(a, b)) }),
    ...COMPARISONS,
  }
  const isComparison = (operator: string) => /[=<>]/.test(operator)
  const functions = [
    ...Object.keys(OPERATORS).map(
      (operator, i) =>
        `def binary_${i}(a: ${type}, b: ${type}) -> ${isComparison(operator) ? 'bool' : type}:\n    return a ${operator} b`,
    ),
    `def opposite(a: ${type}) -> ${type}:\n    return -a`,
    `def magnitude(a: ${type}) -> ${type}:\n    return abs(a)`,
    ...INTS.map((to) => `def to_${to}(a: ${type}) -> ${to}:\n    return ${to}(a)`),
    `def shown(a: ${type}) -> str:\n    return str(f64(a))`,
    `def read(s: str) -> f64:\n    return f64(s)`,
    `def single(a: ${type}) -> f32:\n    return f32(a)`,
  ]
  numbers(`of ${type}`, functions.join('\n'), (program) => {
    const is = (name: string, args: readonly number[], expected: unknown) => {
      const given = outcome(() => {
        const result = program[name]?.(...args)
        return typeof result === 'number' && Object.is(result, -0) ? '-0' : result
      })
      assert.is(
        given,
        Object.is(expected, -0) ? '-0' : String(expected),
        `${name} of ${args.map(floatText).join(', ')}`,
      )
    }
    const operands = FLOATS.map(near)
    for (const a of operands) {
      for (const b of operands) {
        for (const [i, meaning] of Object.values(OPERATORS).entries()) is(`binary_${i}`, [a, b], meaning(a, b))
      }
      is('opposite', [a], -a)
      is('magnitude', [a], Math.abs(a))
      for (const to of INTS) is(`to_${to}`, [a], toInt(to, a))
      is('shown', [a], floatText(a))
      is('single', [a], Math.fround(a))
      assert.ok(Object.is(program.read?.(floatText(a)), a), floatText(a))
    }
  })
}

numbers.run()
