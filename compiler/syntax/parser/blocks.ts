/**
 * Bodies of compound statements, and how parsing goes on after a grammar error.
 */
import type { Offset } from '../../text/source.ts'
import { T } from '../lexer.ts'
import { GRAMMAR } from './diagnostics.ts'
import { GrammarStop, type Parser, type StatementSink } from './parser.ts'
import { parseSimpleStatements } from './simple-statements.ts'
import { BodySink } from './sinks.ts'

/** What an error says about a header, such as `'if' statement`. */
export type Construct = string

/**
 * The body behind the colon of a header: an indented block, or statements on the same line.
 *
 * @param header  offset of the header, whose line an error names
 * @returns the offset behind its last statement
 */
export function parseBlock(p: Parser, sink: StatementSink, construct: Construct, header: Offset): Offset {
  if (p.kind !== T.newline) {
    parseSimpleStatements(p, sink)
    return p.lastEnd
  }
  p.advance()
  // Nothing may be left of what a source had here.
  if (p.isPrinted && p.kind !== T.indent) return p.lastEnd
  if (p.kind !== T.indent) p.fail(GRAMMAR.expectedBlock(construct, p.file.lines.lineAt(header)))
  p.advance()
  parseStatements(p, sink)
  p.take(T.dedent)
  return p.lastEnd
}

/** A header's colon. It is missed by name only where the line ends without it. */
export function expectColon(p: Parser): void {
  if (p.kind === T.newline) p.fail(GRAMMAR.expected(':'))
  p.expect(T.colon)
}

/** Statements up to the end of the block or of the file. */
export function parseStatements(p: Parser, sink: StatementSink): void {
  while (p.kind !== T.dedent && p.kind !== T.end) {
    const { at, statementStart, loopDepth, functionDepth, walrusBans, isInClass, depth } = p
    p.statementStart = at
    try {
      p.productions.statement(p, sink)
    } catch (error) {
      if (!(error instanceof GrammarStop)) throw error
      p.errors.push(error.diagnostic)
      p.loopDepth = loopDepth
      p.functionDepth = functionDepth
      p.walrusBans = walrusBans
      p.isInClass = isInClass
      p.depth = depth
      p.isLookingAhead = false
      recover(p, at)
    }
    p.statementStart = statementStart
  }
}

/** Go to the next line that can be understood, on the same level as the broken statement. */
function recover(p: Parser, brokenAt: number): void {
  const before = p.kinds[p.at - 1]
  const isAtLineStart = p.at > brokenAt && (before === T.newline || before === T.dedent)
  if (!isAtLineStart) skipLine(p)
  skipBlock(p)
  while (isClause(p.kind)) {
    skipLine(p)
    skipBlock(p)
  }
}

function skipLine(p: Parser): void {
  while (p.kind !== T.newline && p.kind !== T.end && p.kind !== T.indent && p.kind !== T.dedent) p.advance()
  p.take(T.newline)
}

/** The block below a broken header is parsed only to find errors in it. */
function skipBlock(p: Parser): void {
  if (p.kind !== T.indent) return
  p.advance()
  p.loopDepth++
  parseStatements(p, new BodySink())
  p.loopDepth--
  p.take(T.dedent)
}

/** Whether a line starts like this only because of a header that is broken. */
function isClause(kind: number): boolean {
  return kind === T.kwElif || kind === T.kwElse || kind === T.kwExcept || kind === T.kwFinally
}
