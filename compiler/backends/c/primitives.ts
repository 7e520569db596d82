/**
 * The primitive operations in C. Where C's operator means what SPy means, it is used; otherwise a function of the runtime
 * that has the name of the operation: arithmetic that wraps, shifts and divisions that are defined for all operands.
 */
import type { LayoutMode } from '../../objects/layout.ts'
import type {
  BoolBinaryOp,
  CompareOp,
  ComplexBinaryOp,
  FloatBinaryOp,
  IntBinaryOp,
  NumberName,
  PrimitiveOp,
  UncheckedOp,
} from '../../objects/primitives.ts'
import type { IntName, PrimitiveName } from '../../objects/types.ts'
import { INT_TYPES } from '../../objects/types.ts'
import { invariant } from '../../text/diagnostics.ts'
import { argument, atom, C_PRECEDENCE, type CExpr, call, cast, infix, member, prefix } from './expr.ts'
import { floatLiteral } from './literals.ts'

interface Operator {
  readonly symbol: string
  readonly precedence: number
}

const { multiply, add, equality, relation, bitAnd, bitOr, bitXor } = C_PRECEDENCE

const COMPARE: Readonly<Record<CompareOp, Operator>> = {
  eq: { symbol: '==', precedence: equality },
  ne: { symbol: '!=', precedence: equality },
  lt: { symbol: '<', precedence: relation },
  le: { symbol: '<=', precedence: relation },
  gt: { symbol: '>', precedence: relation },
  ge: { symbol: '>=', precedence: relation },
}

const BITS: Readonly<Record<BoolBinaryOp, Operator>> = {
  and: { symbol: '&', precedence: bitAnd },
  or: { symbol: '|', precedence: bitOr },
  xor: { symbol: '^', precedence: bitXor },
}

const ARITHMETIC = {
  add: { symbol: '+', precedence: add },
  sub: { symbol: '-', precedence: add },
  mul: { symbol: '*', precedence: multiply },
} as const

/** How an operation is written: as C's operator, or as a call, which knows its place if it can fail. */
type Spelling = Operator | 'call' | 'failing call'

const INT_BINARY: Readonly<Record<IntBinaryOp, (type: IntName) => Spelling>> = {
  add: (type) => (wrapsInC(type) ? ARITHMETIC.add : 'call'),
  sub: (type) => (wrapsInC(type) ? ARITHMETIC.sub : 'call'),
  mul: (type) => (wrapsInC(type) ? ARITHMETIC.mul : 'call'),
  div: () => 'failing call',
  floordiv: () => 'failing call',
  mod: () => 'failing call',
  pow: () => 'failing call',
  lshift: () => 'failing call',
  rshift: () => 'failing call',
  and: () => BITS.and,
  or: () => BITS.or,
  xor: () => BITS.xor,
}

/** C computes in this type, without promotion, and overflow wraps. */
function wrapsInC(type: IntName): boolean {
  const { bits, signed } = INT_TYPES[type]
  return !signed && bits >= 32
}

const FLOAT_BINARY: Readonly<Record<FloatBinaryOp, Spelling>> = {
  ...ARITHMETIC,
  div: 'failing call',
  floordiv: 'failing call',
  mod: 'failing call',
  pow: 'failing call',
}

const COMPLEX_BINARY: Readonly<Record<ComplexBinaryOp, Spelling>> = {
  add: 'call',
  sub: 'call',
  mul: 'call',
  div: 'failing call',
  pow: 'failing call',
}

const C_TYPES: Readonly<Record<Exclude<PrimitiveName, 'NoneType' | 'str' | 'bytes' | 'complex128'>, string>> = {
  bool: 'bool',
  i8: 'int8_t',
  u8: 'uint8_t',
  i32: 'int32_t',
  u32: 'uint32_t',
  i64: 'int64_t',
  u64: 'uint64_t',
  f32: 'float',
  f64: 'double',
}

export interface PrimitiveContext {
  /** The arguments that tell a failing call where it stands. */
  readonly place: () => string
  /** The function for an operation whose divisor is promised not to be zero. */
  readonly unchecked: (op: PrimitiveOp) => string
}

export function emitPrimitive(op: PrimitiveOp, operands: readonly CExpr[], context: PrimitiveContext): CExpr {
  const { place, unchecked } = context
  const [a = atom('0'), b = atom('0')] = operands
  const { shape } = op
  switch (shape.kind) {
    case 'intBinary':
      return binary(INT_BINARY[shape.op](shape.type), op, a, b, place)
    case 'floatBinary':
      return binary(FLOAT_BINARY[shape.op], op, a, b, place)
    case 'complexBinary':
      return binary(COMPLEX_BINARY[shape.op], op, a, b, place)
    case 'boolBinary':
      return binary(BITS[shape.op], op, a, b, place)
    case 'intCompare':
    case 'floatCompare':
    case 'boolCompare':
      return binary(COMPARE[shape.op], op, a, b, place)
    case 'complexCompare':
      return binary('call', op, a, b, place)
    case 'intNeg':
    case 'intInvert':
    case 'complexNeg':
    case 'complexConjugate':
      return call(`spy_${op.name}`, argument(a))
    case 'complexMake':
      return call('spy_complex128_make', argument(a), argument(b))
    case 'complexPart':
      return member(a, shape.part === 'real' ? 're' : 'im')
    case 'floatNeg':
      return prefix('-', a)
    case 'boolNot':
      return prefix('!', a)
    case 'ieeeDiv':
      return infix(a, '/', b, multiply)
    case 'unchecked':
      return call(unchecked(op), argument(a), argument(b), place())
    case 'convert':
      return convert(shape.from, shape.to, a)
  }
}

function binary(spelling: Spelling, op: PrimitiveOp, a: CExpr, b: CExpr, place: () => string): CExpr {
  if (spelling === 'call') return call(`spy_${op.name}`, argument(a), argument(b))
  if (spelling === 'failing call') return call(`spy_${op.name}`, argument(a), argument(b), place())
  return infix(a, spelling.symbol, b, spelling.precedence)
}

function convert(from: NumberName, to: NumberName, a: CExpr): CExpr {
  if (to === 'bool') {
    return from === 'complex128'
      ? call('spy_complex128_ne', argument(a), '(spy_complex128){ 0 }')
      : infix(a, '!=', atom('0'), equality)
  }
  if (to === 'complex128') {
    const re = from === 'f64' ? a : cast('double', a)
    return call('spy_complex128_make', argument(re), floatLiteral('f64', 0).text)
  }
  const isFloat = from === 'f32' || from === 'f64'
  // C leaves the cast of a float that does not fit undefined.
  if (isFloat && to in INT_TYPES) return call(`spy_${from}_to_${to}`, argument(a))
  return cast(C_TYPES[to], a)
}

const ZERO_DIVISOR_TEXTS: Readonly<Record<UncheckedOp, readonly [int: string, float: string]>> = {
  div: ['SPY_TEXT_INT_DIV', 'SPY_TEXT_FLOAT_DIV'],
  floordiv: ['SPY_TEXT_INT_FLOORDIV', 'SPY_TEXT_FLOAT_FLOORDIV'],
  mod: ['SPY_TEXT_INT_MOD', 'SPY_TEXT_FLOAT_MOD'],
}

/**
 * The definition of an unchecked division. A zero divisor is a panic in debug builds; in release builds the optimiser is
 * told that there is none.
 */
export function defineUnchecked(name: string, op: PrimitiveOp, mode: LayoutMode): readonly string[] {
  const { shape } = op
  invariant(shape.kind === 'unchecked', `${op.name} is an unchecked division`)
  const type = C_TYPES[shape.type]
  const result = shape.op === 'div' ? C_TYPES[op.result as keyof typeof C_TYPES] : type
  const text = ZERO_DIVISOR_TEXTS[shape.op][shape.type in INT_TYPES ? 0 : 1]
  const broken = mode === 'debug' ? `spy_panic("PanicError", ${text}, file, at)` : '__builtin_unreachable()'
  // C's own operators say the same as the checked ones for numbers without signs, and undefined is what a zero may be.
  const own = mode === 'release' && shape.type.startsWith('u') ? UNSIGNED_OPERATORS[shape.op] : undefined
  return [
    `SPY_INLINE ${result} ${name}(${type} a, ${type} b, spy_file file, spy_at at) {`,
    ...(own === undefined
      ? [`    if (SPY_UNLIKELY(b == 0)) ${broken};`, `    return spy_${shape.type}_${shape.op}(a, b, file, at);`]
      : ['    (void)file, (void)at;', `    return (${result})(a ${own} b);`]),
    '}',
  ]
}

const UNSIGNED_OPERATORS = { floordiv: '/', mod: '%', div: undefined } as const
