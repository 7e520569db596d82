/**
 * C expressions as text that knows how tightly it binds, so that parentheses stand only where they are needed.
 */

export interface CExpr {
  readonly text: string
  readonly precedence: number
}

/** A higher number binds tighter. */
export const C_PRECEDENCE = {
  atom: 100,
  postfix: 14,
  unary: 13,
  multiply: 12,
  add: 11,
  shift: 10,
  relation: 9,
  equality: 8,
  bitAnd: 7,
  bitXor: 6,
  bitOr: 5,
  and: 4,
  or: 3,
  conditional: 2,
  assign: 1,
  comma: 0,
} as const

export function atom(text: string): CExpr {
  return { text, precedence: C_PRECEDENCE.atom }
}

export function postfix(text: string): CExpr {
  return { text, precedence: C_PRECEDENCE.postfix }
}

/** The text, in parentheses if it binds less tightly than `precedence`. */
export function wrap(expr: CExpr, precedence: number): string {
  return expr.precedence < precedence ? `(${expr.text})` : expr.text
}

/** As an argument or an operand of an assignment: only a comma has to be wrapped. */
export function argument(expr: CExpr): string {
  return wrap(expr, C_PRECEDENCE.assign)
}

export function call(name: string, ...args: readonly string[]): CExpr {
  return postfix(`${name}(${args.join(', ')})`)
}

export function prefix(operator: string, operand: CExpr): CExpr {
  const text = wrap(operand, C_PRECEDENCE.unary)
  // `- -x`, not `--x`
  const separated = text.startsWith(operator) ? `(${text})` : text
  return { text: operator + separated, precedence: C_PRECEDENCE.unary }
}

export function cast(type: string, operand: CExpr): CExpr {
  return { text: `(${type})${wrap(operand, C_PRECEDENCE.unary)}`, precedence: C_PRECEDENCE.unary }
}

/** A binary operator, which associates to the left. */
export function infix(left: CExpr, operator: string, right: CExpr, precedence: number): CExpr {
  return { text: `${wrap(left, precedence)} ${operator} ${wrap(right, precedence + 1)}`, precedence }
}

export function conditional(test: CExpr, then: CExpr, orElse: CExpr): CExpr {
  const { or, conditional: precedence } = C_PRECEDENCE
  return { text: `${wrap(test, or)} ? ${wrap(then, or)} : ${wrap(orElse, precedence)}`, precedence }
}

export function assignment(target: string, value: CExpr): CExpr {
  return { text: `${target} = ${argument(value)}`, precedence: C_PRECEDENCE.assign }
}

/** Evaluates all, in order; the value is that of the last. In parentheses, so that it may stand anywhere. */
export function sequence(...exprs: readonly CExpr[]): CExpr {
  return atom(`(${exprs.map((expr) => argument(expr)).join(', ')})`)
}

export function member(object: CExpr, field: string): CExpr {
  return postfix(`${wrap(object, C_PRECEDENCE.postfix)}.${field}`)
}
