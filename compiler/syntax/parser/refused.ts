/**
 * Expressions that the grammar has and the language does not.
 */
import type { Span } from '../../text/source.ts'
import type { Auto, Expr } from '../ast.ts'
import { notImplemented } from './diagnostics.ts'
import type { Parser } from './parser.ts'

/**
 * A node for an expression that has been refused, so that parsing can go on.
 *
 * @param parts  what of it may still be looked at as a target
 */
export function placeholder(p: Parser, what: string, span: Span, parts: readonly Expr[] = []): Auto {
  const node: Auto = { kind: 'Auto', span }
  p.refused.set(node, { what, parts })
  return node
}

/** Refuse an expression under the name it has in Python's own tree, and everything in it that was refused before. */
export function refuseExpression(p: Parser, mark: number, what: string, span: Span): Auto {
  p.refuseWhole(mark, notImplemented(what, span))
  return placeholder(p, what, span)
}

/** `*value`, which only calls, displays and targets may have, and none of ours has. */
export function starred(p: Parser, parseValue: (p: Parser) => Expr): Auto {
  const start = p.start
  const mark = p.refusals.length
  p.advance()
  const value = parseValue(p)
  const span = p.spanFrom(start)
  p.refuseFirst(mark, notImplemented('Starred', span))
  return placeholder(p, 'Starred', span, [value])
}

export function isStarred(p: Parser, expr: Expr): boolean {
  return expr.kind === 'Auto' && p.refused.get(expr)?.what === 'Starred'
}
