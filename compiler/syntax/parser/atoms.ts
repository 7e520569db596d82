/**
 * Names, literals, and everything in brackets.
 */
import type { Offset } from '../../text/source.ts'
import type { Comprehension, Expr, KeyValuePair, Literal, LiteralValue, Name } from '../ast.ts'
import { T } from '../lexer.ts'
import { GRAMMAR, notImplemented, unsupportedLiteral } from './diagnostics.ts'
import { numberValue } from './numbers.ts'
import type { Parser } from './parser.ts'
import { isStarred, placeholder, refuseExpression, starred } from './refused.ts'
import { parseStrings } from './strings.ts'
import { loopTarget } from './targets.ts'

export function parseAtom(p: Parser): Expr {
  switch (p.kind) {
    case T.name:
      return parseName(p)
    case T.number:
      return constant(p, numberValue(p.tokenText))
    case T.string:
    case T.fstringStart:
      return parseStrings(p)
    case T.kwTrue:
      return constant(p, { type: 'bool', value: true })
    case T.kwFalse:
      return constant(p, { type: 'bool', value: false })
    case T.kwNone:
      return constant(p, { type: 'NoneType' })
    case T.parenOpen:
      return parseParenthesised(p)
    case T.bracketOpen:
      return parseList(p)
    case T.braceOpen:
      return parseDictOrSet(p)
    case T.ellipsis: {
      const span = p.tokenSpan()
      p.advance()
      p.refuse(unsupportedLiteral('Ellipsis', span))
      return placeholder(p, 'Ellipsis', span)
    }
    default:
      return p.invalidSyntax()
  }
}

export function parseName(p: Parser): Name {
  if (p.kind !== T.name) p.invalidSyntax()
  const span = p.tokenSpan()
  const id = identifier(p.tokenText)
  p.advance()
  return { kind: 'Name', span, id }
}

/**
 * Names are the same if they are the same under compatibility normalisation. Those in backquotes, which occur in printed
 * trees only, are what stands between these.
 */
export function identifier(text: string): string {
  if (text.charAt(0) === '`') return text.slice(1, -1)
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) >= 128) return text.normalize('NFKC')
  }
  return text
}

function constant(p: Parser, value: LiteralValue): Literal {
  const span = p.tokenSpan()
  p.advance()
  return { kind: 'Literal', span, value }
}

export function startsComprehension(p: Parser): boolean {
  return p.kind === T.kwFor || (p.kind === T.kwAsync && p.kindAt(1) === T.kwFor)
}

/** `*value` or a named expression: an item of a display. */
function parseItem(p: Parser): Expr {
  return p.kind === T.star ? starred(p, p.productions.bitwiseOr) : p.productions.namedExpression(p)
}

/** The rest of the items of a display after its first one, up to the closing bracket. */
function parseFurtherItems(p: Parser, first: Expr, close: number): Expr[] {
  const items = [first]
  while (p.take(T.comma) && p.kind !== close && !startsComprehension(p)) items.push(parseItem(p))
  return items
}

function parseParenthesised(p: Parser): Expr {
  const start = p.start
  const mark = p.refusals.length
  p.advance()
  if (p.take(T.parenClose)) return { kind: 'Tuple', span: p.spanFrom(start), items: [] }
  if (p.kind === T.kwYield) {
    const value = p.productions.yieldOrStarExpressions(p)
    p.expect(T.parenClose)
    return value
  }
  if (p.kind === T.doubleStar) doubleStarredGroup(p)
  const first = parseItem(p)
  if (startsComprehension(p)) {
    if (isStarred(p, first)) p.fail(GRAMMAR.starredInComprehension, first.span.start)
    parseGenerators(p)
    p.expect(T.parenClose)
    return refuseExpression(p, mark, 'GeneratorExp', p.spanFrom(start))
  }
  if (p.kind === T.comma) {
    const items = parseFurtherItems(p, first, T.parenClose)
    p.expect(T.parenClose)
    return { kind: 'Tuple', span: p.spanFrom(start), items }
  }
  if (p.kind === T.parenClose && isStarred(p, first)) p.fail(GRAMMAR.starredHere, first.span.start)
  p.expect(T.parenClose)
  return first
}

function doubleStarredGroup(p: Parser): never {
  const start = p.start
  p.advance()
  p.productions.expression(p)
  if (p.kind === T.parenClose) p.fail(GRAMMAR.doubleStarredHere, start)
  return p.invalidSyntax()
}

function parseList(p: Parser): Expr {
  const start = p.start
  const mark = p.refusals.length
  p.advance()
  if (p.take(T.bracketClose)) return { kind: 'List', span: p.spanFrom(start), items: [] }
  const first = parseItem(p)
  if (startsComprehension(p)) {
    if (isStarred(p, first)) p.fail(GRAMMAR.starredInComprehension, first.span.start)
    const { generators, isAsync } = parseGenerators(p)
    p.expect(T.bracketClose)
    const span = p.spanFrom(start)
    if (isAsync) return refuseExpression(p, mark, 'ListComp', span)
    return { kind: 'ListComp', span, element: first, generators }
  }
  const items = parseFurtherItems(p, first, T.bracketClose)
  explainComprehension(p, first)
  p.expect(T.bracketClose)
  return { kind: 'List', span: p.spanFrom(start), items }
}

/** `[a, b for ...]`: the items were meant as a tuple. */
function explainComprehension(p: Parser, first: Expr): void {
  if (!startsComprehension(p)) return
  parseGenerators(p)
  p.fail(GRAMMAR.comprehensionTarget, first.span.start)
}

function parseDictOrSet(p: Parser): Expr {
  const start = p.start
  p.advance()
  if (p.take(T.braceClose)) return { kind: 'Dict', span: p.spanFrom(start), items: [] }
  if (p.kind === T.doubleStar) return parseDict(p, start, undefined)
  const mark = p.refusals.length
  const first = parseItem(p)
  if (p.kind === T.colon && !isStarred(p, first)) return parseDict(p, start, first)
  if (startsComprehension(p)) {
    if (isStarred(p, first)) p.fail(GRAMMAR.starredInComprehension, first.span.start)
    const { generators, isAsync } = parseGenerators(p)
    p.expect(T.braceClose)
    const span = p.spanFrom(start)
    if (isAsync) return refuseExpression(p, mark, 'SetComp', span)
    return { kind: 'SetComp', span, element: first, generators }
  }
  const items = parseFurtherItems(p, first, T.braceClose)
  explainComprehension(p, first)
  p.expect(T.braceClose)
  return { kind: 'Set', span: p.spanFrom(start), items }
}

/** @param firstKey  the first key if it has been parsed already */
function parseDict(p: Parser, start: Offset, firstKey: Expr | undefined): Expr {
  const mark = p.refusals.length
  const items: KeyValuePair[] = []
  let key = firstKey
  do {
    if (key === undefined && p.kind === T.braceClose) break
    if (key === undefined && p.kind === T.doubleStar) {
      parseDictUnpacking(p)
      continue
    }
    const pair = parsePair(p, key)
    key = undefined
    if (items.length === 0 && startsComprehension(p)) {
      const { generators, isAsync } = parseGenerators(p)
      p.expect(T.braceClose)
      const span = p.spanFrom(start)
      if (isAsync) return refuseExpression(p, mark, 'DictComp', span)
      return { kind: 'DictComp', span, key: pair.key, value: pair.value, generators }
    }
    items.push(pair)
  } while (p.take(T.comma))
  p.expect(T.braceClose)
  return { kind: 'Dict', span: p.spanFrom(start), items }
}

function parsePair(p: Parser, parsedKey: Expr | undefined): KeyValuePair {
  const key = parsedKey ?? p.productions.expression(p)
  if (p.kind !== T.colon) p.fail(GRAMMAR.colonAfterKey, key.span.start)
  const colon = p.start
  p.advance()
  if (p.kind === T.braceClose || p.kind === T.comma) p.fail(GRAMMAR.valueAfterKey, colon)
  if (p.kind === T.star) p.fail(GRAMMAR.starredDictValue)
  const value = p.productions.expression(p)
  return { kind: 'KeyValuePair', span: key.span, key, value }
}

function parseDictUnpacking(p: Parser): void {
  const start = p.start
  p.advance()
  const mark = p.refusals.length
  const value = p.productions.bitwiseOr(p)
  p.refuseFirst(mark, notImplemented('dict unpacking is unsupported.', value.span))
  if (startsComprehension(p)) p.fail(GRAMMAR.unpackingInDictComprehension, start)
}

/** `for ... in ... if ...`, once or more. */
export function parseGenerators(p: Parser): { generators: readonly Comprehension[]; isAsync: boolean } {
  const generators: Comprehension[] = []
  let isAsync = false
  while (startsComprehension(p)) {
    const start = p.start
    if (p.take(T.kwAsync)) isAsync = true
    p.advance()
    const mark = p.refusals.length
    const target = loopTarget(p, p.productions.targetList(p), mark)
    p.expect(T.kwIn)
    const seq = p.nextSeq++
    const iter = p.productions.disjunction(p)
    const conditions: Expr[] = []
    while (p.take(T.kwIf)) conditions.push(p.productions.disjunction(p))
    generators.push({ kind: 'Comprehension', span: p.spanFrom(start), seq, target, iter, conditions })
  }
  return { generators, isAsync }
}
