/**
 * What can follow an atom: calls, attributes, subscripts.
 */
import type { Offset } from '../../text/source.ts'
import type { Expr, Literal, Slice, StrLiteral } from '../ast.ts'
import { T } from '../lexer.ts'
import { parseArguments } from './arguments.ts'
import { identifier, parseAtom } from './atoms.ts'
import { blockExpression, printedBlock } from './block-expression.ts'
import { notImplemented } from './diagnostics.ts'
import { typedLiteral } from './numbers.ts'
import type { Parser } from './parser.ts'
import { starred } from './refused.ts'

export function parsePostfix(p: Parser): Expr {
  const start = p.start
  const mark = p.refusals.length
  let expr = parseAtom(p)
  for (let links = 0; ; links++) {
    p.checkDepth(links)
    switch (p.kind) {
      case T.parenOpen:
        if (p.isPrinted && expr.kind === 'Name' && expr.id === '__block__') expr = printedBlock(p, start, mark)
        else expr = parseCall(p, start, mark, expr)
        break
      case T.bracketOpen:
        if (p.kindAt(1) === T.bracketClose) return expr
        expr = parseSubscript(p, start, expr)
        break
      case T.dot: {
        p.advance()
        if (p.kind !== T.name) p.invalidSyntax()
        const value = identifier(p.tokenText)
        p.advance()
        const span = p.spanFrom(start)
        const attr: StrLiteral = { kind: 'StrLiteral', span, value }
        expr = { kind: 'GetAttr', span, value: expr, attr }
        break
      }
      default:
        return expr
    }
  }
}

function parseCall(p: Parser, start: Offset, mark: number, func: Expr): Expr {
  const { args, keywords, doubleStars } = parseArguments(p)
  const span = p.spanFrom(start)
  const [doubleStar] = doubleStars
  if (doubleStar !== undefined) p.refuseFirst(mark, notImplemented('keyword arguments', doubleStar))
  if (func.kind === 'GetAttr') {
    return { kind: 'CallMethod', span, target: func.value, method: func.attr, args, keywords }
  }
  if (func.kind === 'Name') {
    if (func.id === '__block__') return blockExpression(p, span, args, mark)
    const [only] = args
    if (only !== undefined && args.length === 1 && keywords.length === 0 && doubleStar === undefined) {
      const literal = typedLiteral(p, func, only)
      if (literal !== undefined) return literal
    }
  }
  return { kind: 'Call', span, func, args, keywords }
}

function parseSubscript(p: Parser, start: Offset, value: Expr): Expr {
  p.advance()
  const args: Expr[] = []
  let hasComma = false
  do {
    if (p.kind === T.bracketClose && hasComma) break
    args.push(parseSlice(p))
    hasComma ||= p.kind === T.comma
  } while (p.take(T.comma))
  p.expect(T.bracketClose)
  const span = p.spanFrom(start)
  const [only] = args
  // `x[(i, j)]` is `x[i, j]`, and `x[()]` has no argument.
  if (!hasComma && only?.kind === 'Tuple') return { kind: 'GetItem', span, value, args: only.items }
  return { kind: 'GetItem', span, value, args }
}

function parseSlice(p: Parser): Expr {
  if (p.kind === T.star) return starred(p, p.productions.expression)
  const start = p.start
  const first = p.kind === T.colon ? undefined : p.productions.namedExpression(p)
  if (first !== undefined && p.kind !== T.colon) return first
  p.expect(T.colon)
  const stop = slicePart(p)
  const step = p.take(T.colon) ? slicePart(p) : undefined
  const span = p.spanFrom(start)
  const none: Literal = { kind: 'Literal', span, value: { type: 'NoneType' } }
  const slice: Slice = { kind: 'Slice', span, start: first ?? none, stop: stop ?? none, step: step ?? none }
  return slice
}

function slicePart(p: Parser): Expr | undefined {
  if (p.kind === T.colon || p.kind === T.comma || p.kind === T.bracketClose) return undefined
  return p.productions.expression(p)
}
