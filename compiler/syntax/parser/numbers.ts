/**
 * Values of number tokens, and the literals that the parser makes of calls and signs: `i8(5)` is a literal of type `i8`,
 * `-5` is the literal minus five. Both rules look at the shape of the text alone, not at what the names mean.
 */
import type { Span } from '../../text/source.ts'
import type { Expr, IntType, Literal, LiteralValue } from '../ast.ts'
import { LITERAL_TYPES } from '../ast.ts'
import { literalOutOfRange } from './diagnostics.ts'
import type { Parser } from './parser.ts'

/** @param text  a valid number token */
export function numberValue(text: string): LiteralValue {
  const digits = text.includes('_') ? text.replaceAll('_', '') : text
  const second = digits.charCodeAt(1) | 0x20
  if (digits.charCodeAt(0) === 48 && (second === 120 || second === 111 || second === 98)) {
    return { type: 'int', value: integer(digits) }
  }
  const last = digits.charCodeAt(digits.length - 1)
  if (last === 106 || last === 74) return { type: 'complex128', imag: Number(digits.slice(0, -1)) }
  if (/[.eE]/.test(digits)) return { type: 'f64', value: Number(digits) }
  return { type: 'int', value: integer(digits) }
}

/** The lexer has complained about what is no number; the parser goes on with anything. */
function integer(digits: string): bigint {
  try {
    return BigInt(digits)
  } catch {
    return 0n
  }
}

const RANGES: Record<IntType, readonly [low: bigint, high: bigint]> = {
  i8: [-128n, 127n],
  u8: [0n, 255n],
  i32: [-(2n ** 31n), 2n ** 31n - 1n],
  u32: [0n, 2n ** 32n - 1n],
  i64: [-(2n ** 63n), 2n ** 63n - 1n],
  u64: [0n, 2n ** 64n - 1n],
}

function isIntType(name: string): name is IntType {
  return name in RANGES
}

/**
 * The literal that `callee(argument)` is, or undefined if it is an ordinary call. Its span is the number without sign.
 */
export function typedLiteral(p: Parser, callee: Expr, argument: Expr): Literal | undefined {
  if (callee.kind !== 'Name' || argument.kind !== 'Literal' || !LITERAL_TYPES.has(callee.id)) return undefined
  const folded = p.folded.get(argument)
  if (folded !== undefined && !folded.isSimple) return undefined
  const digits = folded?.digits ?? argument.span
  const { value } = argument
  if (p.typedLiterals.has(argument)) return undefined
  const typed = isIntType(callee.id) ? intOf(p, callee.id, value, digits) : floatOf(callee.id, value, digits)
  if (typed !== undefined) p.typedLiterals.add(typed)
  return typed
}

function intOf(p: Parser, type: IntType, value: LiteralValue, digits: Span): Literal | undefined {
  return value.type === 'int' ? typedInt(p, type, value.value, digits) : undefined
}

function floatOf(type: string, value: LiteralValue, digits: Span): Literal | undefined {
  if (value.type !== 'int' && value.type !== 'f64') return undefined
  const number = Number(value.value)
  if (type === 'f32') return literal(digits, { type: 'f32', value: Math.fround(number) })
  return literal(digits, { type: 'f64', value: number })
}

function typedInt(p: Parser, type: IntType, value: bigint, digits: Span): Literal {
  const [low, high] = RANGES[type]
  if (value < low || value > high) p.refuse(literalOutOfRange(type, value, low, high, digits))
  return literal(digits, { type, value })
}

function literal(span: Span, value: LiteralValue): Literal {
  return { kind: 'Literal', span, value }
}

/**
 * Minus before a literal, as a literal from the sign to the end of the number; undefined if it stays an operation.
 *
 * @param start  offset of the sign
 */
export function foldMinus(p: Parser, start: number, operand: Expr): Literal | undefined {
  if (operand.kind !== 'Literal') return undefined
  const value = negate(operand.value)
  if (value === undefined) return undefined
  const folded = literal({ file: p.file, start, end: operand.span.end }, value)
  const isNumber = operand.value.type === 'int' || operand.value.type === 'f64'
  const isSimple = isNumber && !p.folded.has(operand) && !p.typedLiterals.has(operand)
  p.folded.set(folded, { isSimple, digits: operand.span })
  return folded
}

function negate(value: LiteralValue): LiteralValue | undefined {
  switch (value.type) {
    case 'int':
      return { type: 'int', value: -value.value }
    case 'bool':
      return { type: 'int', value: value.value ? -1n : 0n }
    case 'f64':
      return { type: 'f64', value: -value.value }
    case 'i8':
    case 'u8':
    case 'i32':
    case 'u32':
    case 'i64':
    case 'u64':
      return { type: value.type, value: wrap(value.type, -value.value) }
    case 'f32':
    case 'complex128':
    case 'NoneType':
      return undefined
  }
}

function wrap(type: IntType, value: bigint): bigint {
  const bits = Number(type.slice(1))
  return type.startsWith('i') ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)
}
