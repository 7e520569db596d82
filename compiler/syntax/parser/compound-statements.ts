/**
 * Statements that have bodies, except definitions.
 */
import type { Offset, Span } from '../../text/source.ts'
import type { Expr, If, Stmt, StrLiteral, WithItem } from '../ast.ts'
import { T } from '../lexer.ts'
import { expectColon, parseBlock } from './blocks.ts'
import { GRAMMAR, notImplemented } from './diagnostics.ts'
import { parseExpression, parseNamedExpression, parseTargetList } from './expressions.ts'
import type { Parser } from './parser.ts'
import { starred } from './refused.ts'
import { refuseStatement } from './simple-statements.ts'
import { BodySink } from './sinks.ts'
import { expressionName, invalidTarget, loopTarget, nameLiteral } from './targets.ts'

function spanTo(p: Parser, start: Offset, end: Offset): Span {
  return { file: p.file, start, end }
}

function parseBody(p: Parser, construct: string, header: Offset): readonly Stmt[] {
  const sink = new BodySink()
  parseBlock(p, sink, construct, header)
  return sink.body
}

export function parseIf(p: Parser): Stmt {
  const clauses: { start: Offset; test: Expr; body: readonly Stmt[] }[] = []
  let word = 'if'
  do {
    const start = p.start
    p.advance()
    const test = parseNamedExpression(p)
    expectColon(p)
    clauses.push({ start, test, body: parseBody(p, `'${word}' statement`, start) })
    word = 'elif'
  } while (p.kind === T.kwElif)
  let elseBody: readonly Stmt[] = parseElse(p)
  const end = p.lastEnd
  // Each `elif` is an `if` alone in the else-body of the clause before it.
  for (let index = clauses.length - 1; ; index--) {
    const clause = clauses[index]
    if (clause === undefined) return p.invalidSyntax()
    const { start, test, body } = clause
    const statement: If = { kind: 'If', span: spanTo(p, start, end), test, thenBody: body, elseBody }
    if (index === 0) return statement
    elseBody = [statement]
  }
}

/** The body of an `else`, or nothing. */
function parseElse(p: Parser): readonly Stmt[] {
  if (p.kind !== T.kwElse) return []
  const start = p.start
  p.advance()
  p.expectNamed(T.colon, ':')
  return parseBody(p, "'else' statement", start)
}

export function parseWhile(p: Parser): Stmt {
  const start = p.start
  const mark = p.refusals.length
  p.advance()
  const test = parseNamedExpression(p)
  expectColon(p)
  p.loopDepth++
  const body = parseBody(p, "'while' statement", start)
  p.loopDepth--
  const hasElse = p.kind === T.kwElse
  parseElse(p)
  const span = spanTo(p, start, p.lastEnd)
  if (hasElse) return refuseStatement(p, mark, '`else` clause in `while` loops', span)
  return { kind: 'While', span, test, body }
}

/** @param start  offset of `async` or `for`, which is the next token */
export function parseFor(p: Parser, start: Offset, isAsync: boolean): Stmt {
  const mark = p.refusals.length
  const word = p.tokenSpan()
  const seq = p.nextSeq++
  p.advance()
  const inTarget = p.refusals.length
  const target = loopTarget(p, parseTargetList(p), inTarget)
  p.expect(T.kwIn)
  const iter = p.productions.starExpressions(p)
  expectColon(p)
  p.loopDepth++
  const body = parseBody(p, "'for' statement", start)
  p.loopDepth--
  const hasElse = p.kind === T.kwElse
  parseElse(p)
  const span = spanTo(p, start, p.lastEnd)
  if (isAsync) return refuseStatement(p, mark, 'AsyncFor', span)
  if (hasElse) {
    p.refuseWhole(mark, notImplemented('`else` clause in `for` loops', word))
    return { kind: 'Pass', span }
  }
  return { kind: 'For', span, seq, target, iter, body }
}

/** @param start  offset of `async` or `with`, which is the next token */
export function parseWith(p: Parser, start: Offset, isAsync: boolean): Stmt {
  const mark = p.refusals.length
  p.advance()
  const items = parseWithItems(p)
  expectColon(p)
  const body = parseBody(p, "'with' statement", start)
  const span = spanTo(p, start, p.lastEnd)
  if (isAsync) return refuseStatement(p, mark, 'AsyncWith', span)
  return { kind: 'With', span, items, body }
}

function parseWithItems(p: Parser): readonly WithItem[] {
  const items: WithItem[] = []
  // Parentheses may be around the items or belong to the first one: only what follows them tells.
  const isParenthesised =
    p.kind === T.parenOpen &&
    p.lookAhead((ahead) => {
      ahead.advance()
      parseItems(ahead, [], T.parenClose)
      ahead.expect(T.parenClose)
      // A colon is missing from a header, not from its last item.
      if (ahead.kind !== T.newline) ahead.expect(T.colon)
    }) !== -1
  if (isParenthesised) p.advance()
  parseItems(p, items, isParenthesised ? T.parenClose : T.colon)
  if (isParenthesised) p.expect(T.parenClose)
  return items
}

function parseItems(p: Parser, items: WithItem[], close: number): void {
  do {
    if (items.length > 0 && close === T.parenClose && p.kind === close) break
    items.push(parseWithItem(p))
  } while (p.take(T.comma))
}

function parseWithItem(p: Parser): WithItem {
  const start = p.start
  const seq = p.nextWithSeq++
  const context = parseExpression(p)
  const target = p.take(T.kwAs) ? parseWithTarget(p) : null
  return { kind: 'WithItem', span: p.spanFrom(start), seq, context, target }
}

function parseWithTarget(p: Parser): StrLiteral {
  const mark = p.refusals.length
  const expr = p.productions.bitwiseOr(p)
  const invalid = invalidTarget(p, expr)
  if (invalid !== undefined) p.fail(GRAMMAR.cannotAssign(expressionName(p, invalid)), invalid.span.start)
  if (expr.kind === 'Name') return nameLiteral(expr)
  p.refuseWhole(mark, notImplemented('assign to complex expressions', expr.span))
  return { kind: 'StrLiteral', span: expr.span, value: '_' }
}

/** The language has no `try`; its grammar is checked all the same. */
export function parseTry(p: Parser): Stmt {
  const start = p.start
  const mark = p.refusals.length
  p.advance()
  p.expectNamed(T.colon, ':')
  parseBody(p, "'try' statement", start)
  let handlers: 'except' | 'except*' | undefined
  while (p.kind === T.kwExcept) {
    const kind = p.kindAt(1) === T.star ? 'except*' : 'except'
    if (handlers !== undefined && handlers !== kind) p.fail(GRAMMAR.exceptMixed)
    parseHandler(p)
    handlers = kind
  }
  if (handlers !== undefined) parseElse(p)
  if (p.kind === T.kwFinally) {
    const header = p.start
    p.advance()
    p.expectNamed(T.colon, ':')
    parseBody(p, "'finally' statement", header)
  } else if (handlers === undefined) {
    p.fail(GRAMMAR.expectedHandler)
  }
  return refuseStatement(p, mark, handlers === 'except*' ? 'TryStar' : 'Try', spanTo(p, start, p.lastEnd))
}

function parseHandler(p: Parser): void {
  const header = p.start
  p.advance()
  const isStar = p.take(T.star)
  if (p.kind !== T.colon && p.kind !== T.newline) {
    const typesAt = p.start
    parseExpression(p)
    if (p.kind === T.comma) p.fail(GRAMMAR.exceptTypes, typesAt)
    if (p.take(T.kwAs)) p.expect(T.name)
  } else if (isStar) {
    p.fail(GRAMMAR.exceptStarTypes)
  }
  expectColon(p)
  parseBody(p, isStar ? "'except*' statement" : "'except' statement", header)
}

/** What `match` looks at: an expression, or a tuple without parentheses. */
export function parseSubject(p: Parser): void {
  let items = 0
  let hasStar = false
  do {
    if (items > 0 && p.kind === T.colon) return
    hasStar ||= p.kind === T.star
    if (p.kind === T.star) starred(p, p.productions.bitwiseOr)
    else parseNamedExpression(p)
    items++
  } while (p.take(T.comma))
  if (hasStar && items === 1) p.invalidSyntax()
}
