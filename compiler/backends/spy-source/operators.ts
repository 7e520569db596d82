/**
 * Operators in source form: how tightly they bind, and which operations of the typed tree are written as operators.
 */
import type { CompareOp, FloatBinaryOp, IntBinaryOp } from '../../objects/primitives.ts'
import type { FuncObject } from '../../objects/values.ts'

/** A higher number binds tighter. */
export const PRECEDENCE = {
  atom: 100,
  display: 17,
  call: 16,
  power: 14,
  unary: 13,
  multiply: 12,
  add: 11,
  shift: 10,
  bitAnd: 9,
  bitXor: 8,
  bitOr: 7,
  compare: 6,
  not: 5,
  and: 4,
  or: 3,
  ifExp: 2,
  assign: 0,
} as const

export interface Infix {
  readonly symbol: string
  readonly precedence: number
}

const add = PRECEDENCE.add
const multiply = PRECEDENCE.multiply
const compare = PRECEDENCE.compare

const INFIX: Readonly<Partial<Record<IntBinaryOp | FloatBinaryOp | CompareOp, Infix>>> = {
  add: { symbol: '+', precedence: add },
  sub: { symbol: '-', precedence: add },
  mul: { symbol: '*', precedence: multiply },
  div: { symbol: '/', precedence: multiply },
  floordiv: { symbol: '//', precedence: multiply },
  eq: { symbol: '==', precedence: compare },
  ne: { symbol: '!=', precedence: compare },
  lt: { symbol: '<', precedence: compare },
  le: { symbol: '<=', precedence: compare },
  gt: { symbol: '>', precedence: compare },
  ge: { symbol: '>=', precedence: compare },
}

/**
 * The operator that a call is written as. Only the common operations of i32 and f64 are: for other types the call says
 * which type it computes in.
 */
export function infixOf(func: FuncObject): Infix | undefined {
  if (func.origin !== 'builtin' || func.intrinsic.kind !== 'primitive') return undefined
  const { shape } = func.intrinsic.op
  switch (shape.kind) {
    case 'intBinary':
    case 'intCompare':
      return shape.type === 'i32' ? INFIX[shape.op] : undefined
    case 'floatBinary':
    case 'floatCompare':
      return shape.type === 'f64' ? INFIX[shape.op] : undefined
    default:
      return undefined
  }
}
