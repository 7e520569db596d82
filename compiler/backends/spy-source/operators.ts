/** Which operations of the typed tree are written as operators. */
import type { CompareOp, FloatBinaryOp, IntBinaryOp } from '../../objects/primitives.ts'
import type { FuncObject } from '../../objects/values.ts'
import { BINARY_PRECEDENCE, type BinaryOp, COMPARISON_PRECEDENCE, type ComparisonOp } from '../../syntax/ast.ts'

export interface Infix {
  readonly symbol: string
  readonly precedence: number
}

/** Operations whose residual calls are written as operators, with the operator of the source. */
const BINARY: Readonly<Partial<Record<IntBinaryOp | FloatBinaryOp, BinaryOp>>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  floordiv: '//',
}

const COMPARE: Readonly<Record<CompareOp, ComparisonOp>> = { eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' }

function binary(op: IntBinaryOp | FloatBinaryOp): Infix | undefined {
  const symbol = BINARY[op]
  return symbol === undefined ? undefined : { symbol, precedence: BINARY_PRECEDENCE[symbol] }
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
      return shape.type === 'i32' ? binary(shape.op) : undefined
    case 'floatBinary':
      return shape.type === 'f64' ? binary(shape.op) : undefined
    case 'intCompare':
    case 'floatCompare':
      if (shape.type !== 'i32' && shape.type !== 'f64') return undefined
      return { symbol: COMPARE[shape.op], precedence: COMPARISON_PRECEDENCE }
    default:
      return undefined
  }
}
