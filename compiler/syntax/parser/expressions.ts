/**
 * Operators, from `:=` down to `**`: one function per level of Python's grammar, except for the binary operators, which
 * are parsed by precedence climbing.
 *
 * A span starts at the first token of the production, opening parentheses of operands included.
 */
import type { BinaryOp, ComparisonOp, Expr, UnaryOperator } from '../ast.ts'
import { BINARY_PRECEDENCE } from '../ast.ts'
import { T } from '../lexer.ts'
import { GRAMMAR, walrusNotHere } from './diagnostics.ts'
import { explainAdjacent, explainAssignment } from './hints.ts'
import { foldMinus } from './numbers.ts'
import { parseLambdaParameters } from './parameters.ts'
import type { Parser } from './parser.ts'
import { parsePostfix } from './postfix.ts'
import { refuseExpression, starred } from './refused.ts'
import { expressionName, invalidTarget, nameLiteral } from './targets.ts'

/** Whether a token of this kind can be the first of an expression but not the next part of one. */
const STARTS_EXPRESSION = new Uint8Array(256)
for (const kind of [
  T.name,
  T.number,
  T.string,
  T.fstringStart,
  T.ellipsis,
  T.tilde,
  T.braceOpen,
  T.bracketOpen,
  T.kwNone,
  T.kwTrue,
  T.kwFalse,
  T.kwLambda,
  T.kwAwait,
  T.kwNot,
]) {
  STARTS_EXPRESSION[kind] = 1
}

const BINARY_OPS: readonly BinaryOp[] = ['+', '-', '*', '/', '//', '%', '**', '<<', '>>', '|', '^', '&', '@']

/** By token kind; 0 for tokens that are no left-associative binary operator. */
const PRECEDENCES = new Uint8Array(256)
BINARY_OPS.forEach((op, index) => {
  if (op !== '**') PRECEDENCES[T.plus + index] = BINARY_PRECEDENCE[op]
})

export function binaryOpOf(kind: number, first: number): BinaryOp {
  return BINARY_OPS[kind - first] ?? '+'
}

export function parseYieldOrStarExpressions(p: Parser): Expr {
  return p.kind === T.kwYield ? parseYield(p) : parseStarExpressions(p)
}

function parseYield(p: Parser): Expr {
  const start = p.start
  const mark = p.refusals.length
  p.advance()
  if (p.take(T.kwFrom)) {
    parseExpression(p)
    return refuseExpression(p, mark, 'YieldFrom', p.spanFrom(start))
  }
  if (canStartExpression(p)) parseStarExpressions(p)
  return refuseExpression(p, mark, 'Yield', p.spanFrom(start))
}

export function canStartExpression(p: Parser): boolean {
  switch (p.kind) {
    case T.parenOpen:
    case T.bracketOpen:
    case T.minus:
    case T.plus:
    case T.star:
      return true
    default:
      return STARTS_EXPRESSION[p.kind] === 1
  }
}

export function parseStarExpressions(p: Parser): Expr {
  if (p.isPrinted && p.kind === T.name && p.kindAt(1) === T.walrus) return parseWalrus(p)
  const start = p.start
  const first = parseStarExpression(p)
  if (p.kind !== T.comma) return first
  const items = [first]
  while (p.take(T.comma) && canStartExpression(p)) items.push(parseStarExpression(p))
  return { kind: 'Tuple', span: p.spanFrom(start), items }
}

function parseStarExpression(p: Parser): Expr {
  return p.kind === T.star ? starred(p, parseBitwiseOr) : parseExpression(p)
}

export function parseNamedExpression(p: Parser): Expr {
  if (p.kind === T.name && p.kindAt(1) === T.walrus) return parseWalrus(p)
  const first = p.at
  const expr = parseExpression(p)
  if (p.kind === T.walrus) explainWalrus(p, expr)
  if (p.kind === T.assign) explainAssignment(p, first, expr)
  return expr
}

/** Only a bare name can be assigned to inside an expression. */
function explainWalrus(p: Parser, expr: Expr): void {
  const end = p.lookAhead((ahead) => {
    ahead.advance()
    parseExpression(ahead)
  })
  if (end !== -1) p.fail(GRAMMAR.cannotUseWalrus(expressionName(p, expr)), expr.span.start)
}

function parseWalrus(p: Parser): Expr {
  const start = p.start
  const mark = p.refusals.length
  const target = parsePostfix(p)
  p.expect(T.walrus)
  const value = p.isPrinted ? parseNamedExpression(p) : parseExpression(p)
  const span = p.spanFrom(start)
  if (p.walrusBans > 0) p.refuseFirst(mark, walrusNotHere(span))
  if (target.kind !== 'Name') return p.invalidSyntax()
  return { kind: 'AssignExpr', span, target: nameLiteral(target), value }
}

export function parseExpression(p: Parser): Expr {
  if (p.kind === T.kwLambda) return parseLambda(p)
  const first = p.at
  const start = p.start
  p.depth++
  const body = parseDisjunction(p)
  p.depth--
  if (p.kind === T.kwIf) return parseConditional(p, first, start, body)
  if (STARTS_EXPRESSION[p.kind] === 1) explainAdjacent(p, first, body)
  return body
}

function parseConditional(p: Parser, first: number, start: number, body: Expr): Expr {
  p.advance()
  const test = parseDisjunction(p)
  if (p.kind === T.kwElse) {
    p.advance()
    p.depth++
    const orelse = parseExpression(p)
    p.depth--
    return { kind: 'IfExp', span: p.spanFrom(start), test, body, orelse }
  }
  if (p.kind !== T.colon) p.fail(GRAMMAR.expectedElse, p.starts[first])
  return p.invalidSyntax()
}

function parseLambda(p: Parser): Expr {
  const start = p.start
  const mark = p.refusals.length
  p.advance()
  parseLambdaParameters(p)
  p.expect(T.colon)
  p.depth++
  p.checkDepth()
  parseExpression(p)
  p.depth--
  return refuseExpression(p, mark, 'Lambda', p.spanFrom(start))
}

export function parseDisjunction(p: Parser): Expr {
  let left = parseConjunction(p)
  for (let links = 1; p.kind === T.kwOr; links++) {
    p.checkDepth(links)
    p.advance()
    const right = parseConjunction(p)
    left = { kind: 'Or', span: { file: p.file, start: left.span.start, end: right.span.end }, left, right }
  }
  return left
}

function parseConjunction(p: Parser): Expr {
  let left = parseInversion(p)
  for (let links = 1; p.kind === T.kwAnd; links++) {
    p.checkDepth(links)
    p.advance()
    const right = parseInversion(p)
    left = { kind: 'And', span: { file: p.file, start: left.span.start, end: right.span.end }, left, right }
  }
  return left
}

function parseInversion(p: Parser): Expr {
  if (p.kind !== T.kwNot) return parseComparison(p)
  const start = p.start
  p.depth++
  p.checkDepth()
  p.advance()
  const value = parseInversion(p)
  p.depth--
  return { kind: 'UnaryOp', span: p.spanFrom(start), op: 'not', value }
}

function parseComparison(p: Parser): Expr {
  const start = p.start
  const left = parseBitwiseOr(p)
  const op = takeComparison(p)
  if (op === undefined) return left
  const right = parseBitwiseOr(p)
  const next = takeComparison(p)
  if (next === undefined) return { kind: 'CmpOp', span: p.spanFrom(start), op, left, right }
  const ops = [op, next]
  const comparators = [right, parseBitwiseOr(p)]
  for (let more = takeComparison(p); more !== undefined; more = takeComparison(p)) {
    ops.push(more)
    p.checkDepth(ops.length)
    comparators.push(parseBitwiseOr(p))
  }
  return { kind: 'CmpChain', span: p.spanFrom(start), left, ops, comparators }
}

const COMPARISONS: readonly ComparisonOp[] = ['==', '!=', '<', '<=', '>', '>=']

function takeComparison(p: Parser): ComparisonOp | undefined {
  const { kind } = p
  if (kind >= T.equal && kind <= T.greaterEqual) {
    p.advance()
    return COMPARISONS[kind - T.equal]
  }
  if (kind === T.kwIn) {
    p.advance()
    return 'in'
  }
  if (kind === T.kwIs) {
    p.advance()
    return p.take(T.kwNot) ? 'is not' : 'is'
  }
  if (kind === T.kwNot && p.kindAt(1) === T.kwIn) {
    p.advance()
    p.advance()
    return 'not in'
  }
  return undefined
}

export function parseBitwiseOr(p: Parser): Expr {
  return parseBinary(p, 1)
}

function parseBinary(p: Parser, minimum: number): Expr {
  const start = p.start
  let left = parseUnary(p)
  for (let links = 1; ; links++) {
    const precedence = PRECEDENCES[p.kind] ?? 0
    if (precedence < minimum || precedence === 0) return left
    p.checkDepth(links)
    const op = binaryOpOf(p.kind, T.plus)
    p.advance()
    const right = parseBinary(p, precedence + 1)
    left = { kind: 'BinOp', span: p.spanFrom(start), op, left, right }
  }
}

function unaryOperator(kind: number): UnaryOperator | undefined {
  switch (kind) {
    case T.minus:
      return '-'
    case T.plus:
      return '+'
    case T.tilde:
      return '~'
    default:
      return undefined
  }
}

function parseUnary(p: Parser): Expr {
  const op = unaryOperator(p.kind)
  if (op === undefined) return parsePower(p)
  const start = p.start
  p.depth++
  p.checkDepth()
  p.advance()
  const value = parseUnary(p)
  p.depth--
  const folded = op === '-' ? foldMinus(p, start, value) : undefined
  return folded ?? { kind: 'UnaryOp', span: p.spanFrom(start), op, value }
}

function parsePower(p: Parser): Expr {
  const start = p.start
  const left = p.kind === T.kwAwait ? parseAwait(p) : parsePostfix(p)
  if (p.kind !== T.doubleStar) return left
  p.advance()
  p.depth++
  const right = parseUnary(p)
  p.depth--
  return { kind: 'BinOp', span: p.spanFrom(start), op: '**', left, right }
}

function parseAwait(p: Parser): Expr {
  const start = p.start
  const mark = p.refusals.length
  p.advance()
  parsePostfix(p)
  return refuseExpression(p, mark, 'Await', p.spanFrom(start))
}

/** The targets of a `for`: operands, because `in` must not be taken for a comparison. */
export function parseTargetList(p: Parser): Expr {
  const start = p.start
  let last = p.at
  const items = [parseTarget(p)]
  let isTuple = false
  while (p.take(T.comma)) {
    isTuple = true
    if (p.kind === T.kwIn) break
    last = p.at
    items.push(parseTarget(p))
  }
  const [only] = items
  const list: Expr = isTuple || only === undefined ? { kind: 'Tuple', span: p.spanFrom(start), items } : only
  if (STARTS_EXPRESSION[p.kind] === 1) explainAdjacent(p, last, items.at(-1) ?? list)
  const invalid = invalidTarget(p, list, 'for')
  if (invalid !== undefined) p.fail(GRAMMAR.cannotAssign(expressionName(p, invalid)), invalid.span.start)
  return list
}

function parseTarget(p: Parser): Expr {
  return p.kind === T.star ? starred(p, parseBitwiseOr) : parseBitwiseOr(p)
}
