/**
 * The operators of the language, as they are spelled, and how tightly they bind.
 */

export type BinaryOp = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '<<' | '>>' | '|' | '^' | '&' | '@'

export type ComparisonOp = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in'

export type UnaryOperator = '-' | '+' | '~' | 'not'

/** Higher binds tighter. All are left-associative except `**`. */
export const BINARY_PRECEDENCE: Record<BinaryOp, number> = {
  '**': 14,
  '*': 12,
  '/': 12,
  '//': 12,
  '%': 12,
  '@': 12,
  '+': 11,
  '-': 11,
  '<<': 10,
  '>>': 10,
  '&': 9,
  '^': 8,
  '|': 7,
}

export const COMPARISON_PRECEDENCE = 6

export const UNARY_PRECEDENCE: Record<UnaryOperator, number> = { '+': 13, '-': 13, '~': 13, not: 5 }

/** Precedence of the expressions that are not plain operators. */
export const PRECEDENCE = {
  atom: 100,
  display: 17,
  postfix: 16,
  and: 4,
  or: 3,
  conditional: 2,
  walrus: 0,
} as const
