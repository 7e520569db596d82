/**
 * The `match` statement. The language does not have it, so nothing is kept of it; but whether a line that starts with
 * `match` is one must be known, and an error inside it is an error of the file.
 */
import type { Stmt } from '../ast.ts'
import { T } from '../lexer.ts'
import { expectColon, parseBlock } from './blocks.ts'
import { parseSubject } from './compound-statements.ts'
import { GRAMMAR } from './diagnostics.ts'
import { parseNamedExpression } from './expressions.ts'
import type { Parser } from './parser.ts'
import { refuseStatement } from './simple-statements.ts'
import { BodySink } from './sinks.ts'
import { parseStrings } from './strings.ts'

/**
 * Whether the line is a `match` header: it ends with a colon, and an indented `case` follows.
 *
 * A line that cannot be anything else is an error if it is no whole header.
 */
export function isMatch(p: Parser): boolean {
  if (p.kind !== T.name || p.tokenText !== 'match') return false
  if (hasCases(p)) return true
  if (STARTS_SUBJECT[p.kindAt(1)] === 1) explainHeader(p)
  return false
}

function hasCases(p: Parser): boolean {
  let at = p.at + 1
  while (p.kinds[at] !== T.newline && p.kinds[at] !== T.end) at++
  if (p.kinds[at - 1] !== T.colon || at - 1 === p.at + 1) return false
  return p.kinds[at + 1] === T.indent && p.kinds[at + 2] === T.name && p.textAt(at + 2) === 'case'
}

/** Tokens that can follow `match` only if it is a keyword. */
const STARTS_SUBJECT = new Uint8Array(256)
for (const kind of [T.name, T.number, T.string, T.fstringStart, T.braceOpen, T.kwNone, T.kwTrue, T.kwFalse]) {
  STARTS_SUBJECT[kind] = 1
}

/** Say what the header lacks; nothing if its subject is wrong. */
function explainHeader(p: Parser): void {
  const header = p.start
  const end = p.lookAhead((ahead) => {
    ahead.advance()
    parseSubject(ahead)
  })
  if (p.kinds[end] === T.newline) {
    p.rewind(end)
    p.fail(GRAMMAR.expected(':'))
  }
  if (p.kinds[end] !== T.colon || p.kinds[end + 1] !== T.newline) return
  p.rewind(end + 2)
  if (p.kind !== T.indent) p.fail(GRAMMAR.expectedBlock("'match' statement", p.file.lines.lineAt(header)))
  p.advance()
  p.invalidSyntax()
}

export function parseMatch(p: Parser): Stmt {
  const start = p.start
  const mark = p.refusals.length
  p.advance()
  parseSubject(p)
  expectColon(p)
  p.expect(T.newline)
  p.expect(T.indent)
  while (p.kind === T.name && p.tokenText === 'case') parseCase(p)
  if (p.kind !== T.dedent) p.invalidSyntax()
  p.advance()
  return refuseStatement(p, mark, 'Match', { file: p.file, start, end: p.lastEnd })
}

function parseCase(p: Parser): void {
  const header = p.start
  p.advance()
  if (p.kind === T.colon) p.invalidSyntax()
  parseSequence(p, T.colon)
  if (p.take(T.kwIf)) parseNamedExpression(p)
  expectColon(p)
  parseBlock(p, new BodySink(), "'case' statement", header)
}

/** Patterns separated by commas, any of which may be starred; a starred one alone needs square brackets or a comma. */
function parseSequence(p: Parser, close: number): void {
  let count = 0
  let hasStar = false
  do {
    if (p.kind === close || p.kind === T.kwIf) return
    count++
    hasStar = p.take(T.star)
    if (hasStar) p.expect(T.name)
    else parsePattern(p)
  } while (p.take(T.comma))
  if (hasStar && count === 1 && close !== T.bracketClose) p.invalidSyntax()
}

function parsePattern(p: Parser): void {
  do parseClosedPattern(p)
  while (p.take(T.pipe))
  if (!p.take(T.kwAs)) return
  if (p.kind !== T.name) p.fail(GRAMMAR.patternTarget)
  if (p.tokenText === '_') p.fail(GRAMMAR.wildcardTarget)
  p.advance()
}

function parseClosedPattern(p: Parser): void {
  switch (p.kind) {
    case T.minus:
    case T.number:
      parseNumberPattern(p)
      break
    case T.string:
    case T.fstringStart:
      parseStrings(p)
      break
    case T.kwNone:
    case T.kwTrue:
    case T.kwFalse:
      p.advance()
      break
    case T.parenOpen:
      parseBracketed(p, T.parenClose)
      break
    case T.bracketOpen:
      parseBracketed(p, T.bracketClose)
      break
    case T.braceOpen:
      parseMapping(p)
      break
    case T.name:
      parseNamedPattern(p)
      break
    default:
      p.invalidSyntax()
  }
}

/** A signed number, or a complex one written as a sum. */
function parseNumberPattern(p: Parser): void {
  p.take(T.minus)
  p.expect(T.number)
  if (p.take(T.plus) || p.take(T.minus)) p.expect(T.number)
}

function parseBracketed(p: Parser, close: number): void {
  p.advance()
  parseSequence(p, close)
  p.expect(close)
}

function parseMapping(p: Parser): void {
  p.advance()
  while (p.kind !== T.braceClose) {
    if (p.take(T.doubleStar)) {
      p.expect(T.name)
    } else {
      parseKey(p)
      p.expect(T.colon)
      parsePattern(p)
    }
    if (!p.take(T.comma)) break
  }
  p.expect(T.braceClose)
}

/** A literal, or a value with dots: a name alone would capture something. */
function parseKey(p: Parser): void {
  if (p.kind === T.name) {
    p.advance()
    do {
      p.expect(T.dot)
      p.expect(T.name)
    } while (p.kind === T.dot)
    return
  }
  if (p.kind === T.parenOpen || p.kind === T.bracketOpen || p.kind === T.braceOpen) p.invalidSyntax()
  parseClosedPattern(p)
}

/** A capture, a value with dots, or a class with patterns for its parts. */
function parseNamedPattern(p: Parser): void {
  p.advance()
  while (p.take(T.dot)) p.expect(T.name)
  if (!p.take(T.parenOpen)) return
  let hasKeyword = false
  while (p.kind !== T.parenClose) {
    if (p.kind === T.name && p.kindAt(1) === T.assign) {
      p.advance()
      p.advance()
      hasKeyword = true
    } else if (hasKeyword) {
      p.fail(GRAMMAR.positionalAfterKeywordPattern)
    }
    parsePattern(p)
    if (!p.take(T.comma)) break
  }
  p.expect(T.parenClose)
}
