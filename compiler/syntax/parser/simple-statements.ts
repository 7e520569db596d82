/**
 * Statements that fit on a line.
 */
import type { Offset, Span } from '../../text/source.ts'
import type { Auto, BinaryOp, Expr, Pass, Stmt, StrLiteral, VarKind } from '../ast.ts'
import { T } from '../lexer.ts'
import { identifier } from './atoms.ts'
import {
  breakOutsideLoop,
  constantNeedsValue,
  continueOutsideLoop,
  GRAMMAR,
  notImplemented,
  parenthesisedTarget,
} from './diagnostics.ts'
import { binaryOpOf, canStartExpression, parseExpression, parseYieldOrStarExpressions } from './expressions.ts'
import { explainAssignment } from './hints.ts'
import { parseFromImport, parseImport } from './imports.ts'
import type { Parser, StatementSink } from './parser.ts'
import { expressionName, invalidTarget, nameLiteral, unpackTarget } from './targets.ts'
import { parseTypeParameters } from './type-parameters.ts'

/** Statements separated by semicolons, up to the end of the line. */
export function parseSimpleStatements(p: Parser, sink: StatementSink): void {
  for (;;) {
    const mark = p.refusals.length
    const start = p.start
    if (p.kind === T.kwImport) {
      const items = parseImport(p)
      sink.imports(p, items, p.spanFrom(start), 'Import')
    } else if (p.kind === T.kwFrom) {
      const items = parseFromImport(p)
      sink.imports(p, items, p.spanFrom(start), 'ImportFrom')
    } else {
      sink.statement(p, parseSimpleStatement(p), mark)
    }
    if (!p.take(T.semicolon) || p.kind === T.newline) break
  }
  if (p.kind !== T.end) p.expect(T.newline)
}

function parseSimpleStatement(p: Parser): Stmt {
  const start = p.start
  switch (p.kind) {
    case T.kwPass:
      p.advance()
      return { kind: 'Pass', span: p.spanFrom(start) }
    case T.kwBreak:
      p.advance()
      if (p.loopDepth === 0) p.refuse(breakOutsideLoop(p.spanFrom(start)))
      return { kind: 'Break', span: p.spanFrom(start) }
    case T.kwContinue:
      p.advance()
      if (p.loopDepth === 0) p.refuse(continueOutsideLoop(p.spanFrom(start)))
      return { kind: 'Continue', span: p.spanFrom(start) }
    case T.kwReturn:
      return parseReturn(p)
    case T.kwRaise:
      return parseRaise(p)
    case T.kwAssert:
      return parseAssert(p)
    case T.kwDel:
      return parseDelete(p)
    case T.kwGlobal:
    case T.kwNonlocal:
      return parseNameList(p)
    case T.name:
      if (isDeclaration(p)) return parseDeclaration(p)
      if (p.kindAt(1) === T.name && p.tokenText === 'type') return parseTypeAlias(p)
      return parseExpressionStatement(p)
    default:
      return parseExpressionStatement(p)
  }
}

/** A node for a statement that has been refused. */
export function refuseStatement(p: Parser, mark: number, what: string, span: Span): Pass {
  p.refuseWhole(mark, notImplemented(what, span))
  return { kind: 'Pass', span }
}

function parseReturn(p: Parser): Stmt {
  const start = p.start
  p.advance()
  if (canStartExpression(p)) {
    const value = p.productions.starExpressions(p)
    return { kind: 'Return', span: p.spanFrom(start), value }
  }
  const span = p.spanFrom(start)
  return { kind: 'Return', span, value: { kind: 'Literal', span, value: { type: 'NoneType' } } }
}

function parseRaise(p: Parser): Stmt {
  const start = p.start
  const mark = p.refusals.length
  p.advance()
  if (!canStartExpression(p)) return refuseStatement(p, mark, 'bare raise', p.spanFrom(start))
  const exc = parseExpression(p)
  if (p.take(T.kwFrom)) {
    parseExpression(p)
    return refuseStatement(p, mark, 'raise ... from ...', p.spanFrom(start))
  }
  return { kind: 'Raise', span: p.spanFrom(start), exc }
}

function parseAssert(p: Parser): Stmt {
  const start = p.start
  p.advance()
  const test = parseExpression(p)
  const msg = p.take(T.comma) ? parseExpression(p) : null
  return { kind: 'Assert', span: p.spanFrom(start), test, msg }
}

function parseDelete(p: Parser): Stmt {
  const start = p.start
  const mark = p.refusals.length
  p.advance()
  const targets = p.productions.starExpressions(p)
  const invalid = invalidTarget(p, targets, 'delete')
  if (invalid !== undefined) p.fail(GRAMMAR.cannotDelete(expressionName(p, invalid)), invalid.span.start)
  return refuseStatement(p, mark, 'Delete', p.spanFrom(start))
}

function parseNameList(p: Parser): Stmt {
  const start = p.start
  const what = p.kind === T.kwGlobal ? 'Global' : 'Nonlocal'
  p.advance()
  p.expect(T.name)
  while (p.take(T.comma)) p.expect(T.name)
  return refuseStatement(p, p.refusals.length, what, p.spanFrom(start))
}

function parseTypeAlias(p: Parser): Stmt {
  const start = p.start
  const mark = p.refusals.length
  p.advance()
  p.expect(T.name)
  if (p.kind === T.bracketOpen) parseTypeParameters(p)
  p.expect(T.assign)
  parseExpression(p)
  return refuseStatement(p, mark, 'TypeAlias', p.spanFrom(start))
}

/** `var` or `const` directly before a name that is not a keyword. */
function isDeclaration(p: Parser): boolean {
  if (p.kindAt(1) !== T.name) return false
  const word = p.tokenText
  return word === 'var' || word === 'const'
}

function parseDeclaration(p: Parser): Stmt {
  const start = p.start
  const mark = p.refusals.length
  const varKind = p.tokenText === 'const' ? 'const' : 'var'
  p.advance()
  const name: StrLiteral = { kind: 'StrLiteral', span: p.tokenSpan(), value: identifier(p.tokenText) }
  p.advance()
  if (p.kind === T.colon) return parseAnnotated(p, start, mark, varKind, name)
  p.expect(T.assign)
  const value = parseYieldOrStarExpressions(p)
  if (p.kind === T.assign) return parseChain(p, start, mark, value, undefined)
  const span = p.spanFrom(start)
  const type: Auto = { kind: 'Auto', span }
  return { kind: 'VarDef', span, varKind, name, type, value }
}

/** From the colon on. */
function parseAnnotated(p: Parser, start: Offset, mark: number, varKind: VarKind | null, name: StrLiteral): Stmt {
  p.advance()
  const inAnnotation = p.refusals.length
  p.walrusBans++
  const type = parseExpression(p)
  p.walrusBans--
  const annotationRefusals = p.refusals.splice(inAnnotation)
  const value = p.take(T.assign) ? parseYieldOrStarExpressions(p) : null
  // What is wrong with the value is reported before what is wrong with the annotation.
  p.refusals.push(...annotationRefusals)
  const span = p.spanFrom(start)
  if (varKind === 'const' && value === null && !p.isInClass) p.refuseFirst(mark, constantNeedsValue(span))
  return { kind: 'VarDef', span, varKind, name, type, value }
}

function parseExpressionStatement(p: Parser): Stmt {
  const start = p.start
  const first = p.at
  const mark = p.refusals.length
  const expr = parseYieldOrStarExpressions(p)
  switch (p.kind) {
    case T.colon:
      return parseAnnotatedTarget(p, start, first, mark, expr)
    case T.assign:
      return parseAssignment(p, start, first, mark, expr)
  }
  if (p.kind >= T.augmented && p.kind < T.augmentedEnd) return parseAugmented(p, start, mark, expr)
  return { kind: 'StmtExpr', span: p.spanFrom(start), value: expr }
}

function parseAnnotatedTarget(p: Parser, start: Offset, first: number, mark: number, target: Expr): Stmt {
  if (target.kind === 'Name' && p.at === first + 1) return parseAnnotated(p, start, mark, null, nameLiteral(target))
  const isTarget = target.kind === 'Name' || target.kind === 'GetAttr' || target.kind === 'GetItem'
  if (!isTarget) {
    p.advance()
    parseExpression(p)
    const isSequence = target.kind === 'List' || target.kind === 'Tuple'
    const message = isSequence ? GRAMMAR.onlySingleTarget(expressionName(p, target)) : GRAMMAR.illegalAnnotation
    p.fail(message, target.span.start)
  }
  const stand: StrLiteral = { kind: 'StrLiteral', span: target.span, value: '_' }
  const statement = parseAnnotated(p, start, mark, null, stand)
  p.refuseWhole(mark, parenthesisedTarget(target.span))
  p.refusedAssignments.add(statement)
  return placeholderAssignment(p, statement.span)
}

/** A node for an assignment whose form was refused. */
function placeholderAssignment(p: Parser, span: Span): Pass {
  const statement: Pass = { kind: 'Pass', span }
  p.refusedAssignments.add(statement)
  return statement
}

/** From the first `=` on. */
function parseAssignment(p: Parser, start: Offset, first: number, mark: number, target: Expr): Stmt {
  const begin = { first, assign: p.at, target }
  checkTarget(p, target, begin)
  p.advance()
  const value = parseYieldOrStarExpressions(p)
  if (p.kind === T.assign) return parseChain(p, start, mark, value, begin)
  const span = p.spanFrom(start)
  switch (target.kind) {
    case 'Name':
      return {
        kind: 'Assign',
        span,
        target: { kind: 'SingleTarget', span: target.span, name: nameLiteral(target) },
        value,
      }
    case 'Tuple':
      return parseUnpacking(p, mark, span, target, value)
    case 'GetAttr':
      return { kind: 'SetAttr', span, target: target.value, attr: target.attr, value }
    case 'GetItem':
      return { kind: 'SetItem', span, targetSpan: target.span, target: target.value, args: target.args, value }
    default:
      p.refuseWhole(mark, notImplemented('assign to complex expressions', target.span))
      return placeholderAssignment(p, span)
  }
}

function parseUnpacking(
  p: Parser,
  mark: number,
  span: Span,
  tuple: Extract<Expr, { kind: 'Tuple' }>,
  value: Expr,
): Stmt {
  const inValue = p.refusals.splice(mark)
  const target = unpackTarget(p, tuple, mark)
  p.refusals.push(...inValue.filter((refusal) => !isInside(refusal.annotations[0]?.span, tuple.span)))
  return { kind: 'Assign', span, target, value }
}

function isInside(inner: Span | undefined, outer: Span): boolean {
  return inner !== undefined && inner.start >= outer.start && inner.end <= outer.end
}

/** `a = b = v` from the second `=` on: grammatical, and refused. */
function parseChain(p: Parser, start: Offset, mark: number, next: Expr, begin: ChainStart | undefined): Stmt {
  let target = next
  while (p.kind === T.assign) {
    checkTarget(p, target, begin)
    p.advance()
    target = parseYieldOrStarExpressions(p)
  }
  const span = p.spanFrom(start)
  p.refuseWhole(mark, notImplemented('assign to multiple targets', span))
  return placeholderAssignment(p, span)
}

/** The first target of an assignment: indices of its first token and of the `=` behind it. */
interface ChainStart {
  readonly first: number
  readonly assign: number
  readonly target: Expr
}

/** @param begin  what the statement starts with: if any target is wrong, a comparison may have been meant there */
function checkTarget(p: Parser, target: Expr, begin: ChainStart | undefined): void {
  const isYield = target.kind === 'Auto' && p.refused.get(target)?.what.startsWith('Yield')
  if (isYield && !p.text.slice(0, target.span.start).trimEnd().endsWith('(')) {
    p.fail(GRAMMAR.assignToYield, target.span.start)
  }
  const invalid = invalidTarget(p, target)
  if (invalid === undefined) return
  if (begin !== undefined) {
    p.rewind(begin.assign)
    const last = lastItem(p, begin.first, begin.target)
    explainAssignment(p, last.first, last.expr)
  }
  p.fail(GRAMMAR.cannotAssign(expressionName(p, invalid)), invalid.span.start)
}

/** The item of a tuple without parentheses that stands directly before the `=`. */
function lastItem(p: Parser, first: number, target: Expr): { expr: Expr; first: number } {
  const expr = target.kind === 'Tuple' ? target.items.at(-1) : undefined
  let level = 0
  let afterComma = first
  for (let at = first; at < p.at; at++) {
    const kind = p.kinds[at]
    if (kind === T.parenOpen || kind === T.bracketOpen || kind === T.braceOpen) level++
    else if (kind === T.parenClose || kind === T.bracketClose || kind === T.braceClose) level--
    else if (kind === T.comma && level === 0) afterComma = at + 1
  }
  return expr === undefined || afterComma === first || afterComma === p.at
    ? { expr: target, first }
    : { expr, first: afterComma }
}

function parseAugmented(p: Parser, start: Offset, mark: number, target: Expr): Stmt {
  const op: BinaryOp = binaryOpOf(p.kind, T.augmented)
  p.advance()
  const value = parseYieldOrStarExpressions(p)
  const span = p.spanFrom(start)
  switch (target.kind) {
    case 'Name':
      return { kind: 'AugAssign', span, op, target: nameLiteral(target), value }
    case 'GetAttr':
      return { kind: 'AugSetAttr', span, op, target: target.value, attr: target.attr, value }
    case 'GetItem':
      return { kind: 'AugSetItem', span, targetSpan: target.span, op, target: target.value, args: target.args, value }
    default:
      p.refusals.length = mark
      return p.fail(GRAMMAR.illegalAugmented(expressionName(p, target)), target.span.start)
  }
}
