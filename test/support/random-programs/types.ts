/** The types that random programs use, and values of them that are worth a try. */
import type { Text } from './text.ts'

export const INTS = ['i8', 'u8', 'i32', 'u32', 'i64', 'u64'] as const
export const FLOATS = ['f64', 'f32'] as const
export const CONTAINERS = ['list[i32]', 'list[str]', 'list[f64]', 'dict[str, i32]', 'dict[i32, str]'] as const
export const SETS = ['set[i32]', 'set[str]'] as const
export const OTHERS = ['bool', 'str', 'bytes', 'tuple[i32, str]', 'Point', 'Pair', 'Counter'] as const

export type Int = (typeof INTS)[number]
export type Float = (typeof FLOATS)[number]
export type Type = Int | Float | (typeof CONTAINERS)[number] | (typeof SETS)[number] | (typeof OTHERS)[number]

const TYPES: readonly Type[] = [...INTS, ...FLOATS, ...CONTAINERS, ...SETS, ...OTHERS]

/** Every type in its turn, and those that programs are made of more often. */
export const COMMON_TYPES: readonly Type[] = [...TYPES, 'i32', 'i32', 'i32', 'f64', 'str', 'str', 'bool', 'list[i32]']

export const isInt = (type: Type): type is Int => (INTS as readonly string[]).includes(type)
export const isFloat = (type: Type): type is Float => (FLOATS as readonly string[]).includes(type)

const BITS: Readonly<Record<Int, number>> = { i8: 8, u8: 8, i32: 32, u32: 32, i64: 64, u64: 64 }

/** Bounds, neighbours of bounds, and small numbers. */
function edges(type: Int): readonly bigint[] {
  const bits = BigInt(BITS[type])
  const signed = type.startsWith('i')
  const [min, max] = signed ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n]
  const small = signed ? [-1n, -2n, -7n] : [128n]
  return [min, min + 1n, max, max - 1n, ...small, 0n, 0n, 1n, 1n, 2n, 3n, 5n, 10n, 31n, 100n]
}

const FLOAT_EDGES = [
  ...['0.0', '-0.0', '0.5', '1.0', '-1.0', '1.5', '-2.5', '3.0', '0.1', '100.0', '1e16', '123456.789', '1e-7', '1e300'],
  ...['2147483648.0', '-9.3e18', '5e-324'],
]

const STRINGS = ['""', '"a"', '"ab"', '"b a"', '"Hello"', '"é"', '"xyz"', '"7"', '"a,b"', '"q\'s"', '"\\n"', '"日本"']

const BYTES = ['b""', 'b"a"', 'b"ab"', 'b"\\xff\\x00"', 'b"q\'s"', 'b" xa "']

/** @param pick  chooses one of some */
export function constant(
  type: Int | Float | 'bool' | 'str' | 'bytes',
  pick: <Item>(items: readonly Item[]) => Item,
): Text {
  switch (type) {
    case 'bool': {
      const text = pick(['True', 'False'])
      return { spy: text, python: text }
    }
    case 'str': {
      const text = pick(STRINGS)
      return { spy: text, python: text }
    }
    case 'bytes': {
      const text = pick(BYTES)
      return { spy: text, python: text }
    }
    case 'f64':
    case 'f32': {
      const text = pick(FLOAT_EDGES)
      if (type === 'f32') return { spy: `f32(${text})`, python: `f32(${text})` }
      return text.startsWith('-') ? { spy: `(${text})`, python: `(${text})` } : { spy: text, python: text }
    }
    default: {
      const value = pick(edges(type))
      const python = `(${value})`
      if (type !== 'i32') return { spy: literal(type, value), python }
      if (value === -2147483648n) return { spy: '(-2147483647 - 1)', python }
      return { spy: value < 0n ? python : `${value}`, python }
    }
  }
}

/** The least of i64 has no literal, as its absolute value is none. */
function literal(type: Int, value: bigint): string {
  if (value === -(2n ** 63n)) return '(i64(-9223372036854775807) - i64(1))'
  return `${type}(${value})`
}
