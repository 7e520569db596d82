/**
 * `__block__("""...""")`: statements inside an expression. Their text is a string literal, dedented and stripped.
 *
 * Where the literal has no escapes and is a single token, its statements are parsed where they stand, so that their spans
 * are places of the file; otherwise the text stands nowhere, and gets a file of its own.
 */
import { type Offset, SourceFile, type Span } from '../../text/source.ts'
import type { Expr, Stmt, StrLiteral } from '../ast.ts'
import { syntaxError, T, tokenize } from '../lexer.ts'
import { blockIsEmpty, blockNeedsResult, blockNeedsString } from './diagnostics.ts'
import { GrammarStop, Parser } from './parser.ts'
import { placeholder } from './refused.ts'
import { BodySink } from './sinks.ts'

export function blockExpression(p: Parser, call: Span, args: readonly Expr[], mark: number): Expr {
  const [text] = args
  if (args.length !== 1 || text?.kind !== 'StrLiteral') {
    p.refuseFirst(mark, blockNeedsString(call))
    return placeholder(p, 'Call', call)
  }
  const body = parseBlock(p, text)
  const last = body.at(-1)
  if (last === undefined) {
    p.refuse(blockIsEmpty(call))
    return placeholder(p, 'Call', call)
  }
  if (last.kind !== 'StmtExpr') {
    p.refuse(blockNeedsResult(last.span))
    return placeholder(p, 'Call', call)
  }
  return { kind: 'BlockExpr', span: call, body: body.slice(0, -1), value: last.value }
}

/** `__block__(a; b; value)`, as printed trees have it. The callee has been taken. */
export function printedBlock(p: Parser, start: Offset, mark: number): Expr {
  p.expect(T.parenOpen)
  const sink = new BodySink()
  while (p.kind !== T.parenClose && p.kind !== T.end) p.productions.statement(p, sink)
  p.expect(T.parenClose)
  const span = p.spanFrom(start)
  const value = sink.body.pop()
  if (value?.kind === 'StmtExpr') return { kind: 'BlockExpr', span, body: sink.body, value: value.value }
  p.refuseFirst(mark, blockNeedsResult(value?.span ?? span))
  return placeholder(p, 'Call', span)
}

function parseBlock(p: Parser, text: StrLiteral): readonly Stmt[] {
  const { file, base, margin, body } = locate(p, text)
  const { tokens, errors } = tokenize(body, { base, margin })
  const [error] = errors
  if (error !== undefined) throw new GrammarStop(syntaxError(file, error.message, error.at))
  const inner = new Parser(file, tokens, p.productions)
  inner.loopDepth = p.loopDepth
  inner.functionDepth = p.functionDepth
  inner.walrusBans = p.walrusBans
  inner.nextSeq = p.nextSeq
  inner.nextWithSeq = p.nextWithSeq
  const statements = new BodySink()
  while (inner.kind !== T.end) p.productions.statement(inner, statements)
  p.nextSeq = inner.nextSeq
  p.nextWithSeq = inner.nextWithSeq
  p.refusals.push(...inner.refusals)
  return statements.body
}

interface Located {
  readonly file: SourceFile
  readonly base: number
  readonly margin: number
  readonly body: string
}

function locate(p: Parser, text: StrLiteral): Located {
  const written = p.text.slice(text.span.start, text.span.end)
  const quotes = /^[rR]?("""|'''|"|')/.exec(written)
  const bodyStart = text.span.start + (quotes?.[0].length ?? 0)
  const margin = commonMargin(text.value)
  const leading = text.value.length - text.value.trimStart().length
  const body = text.value.trim()
  // Tabs would make the margin a matter of tab sizes.
  const isWhereItStands = quotes !== null && p.text.startsWith(text.value, bodyStart) && !text.value.includes('\t')
  if (isWhereItStands) return { file: p.file, base: bodyStart + leading, margin, body }
  const dedented = text.value.replace(new RegExp(`^[ \\t]{${margin}}`, 'gm'), '').trim()
  const file = new SourceFile(`${p.file.path} (__block__)`, dedented, { isLibrary: p.file.isLibrary })
  return { file, base: 0, margin: 0, body: dedented }
}

/** Number of blanks at the start of every line that is not blank. */
function commonMargin(text: string): number {
  const margins = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length)
  return margins.length === 0 ? 0 : Math.min(...margins)
}
