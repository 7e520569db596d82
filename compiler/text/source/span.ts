/**
 * Spans: the places that trees, symbols and diagnostics point at.
 */
import type { SourceFile } from './source-file.ts'

/** A place in a source text: UTF-16 code units from 0. Lines and columns exist only in `LineMap`. */
export type Offset = number

/** The text of `file` from `start` up to, not including, `end`. */
export interface Span {
  readonly file: SourceFile
  readonly start: Offset
  readonly end: Offset
}

/** From the start of `first` to the end of `last`, which must be in the same file. */
export function joinSpans(first: Span, last: Span): Span {
  return { file: first.file, start: first.start, end: last.end }
}

/** The empty span behind the last character of `span`. */
export function endOf(span: Span): Span {
  return { file: span.file, start: span.end, end: span.end }
}

/** The line that holds `offset`, from its first column to its end without the line break. */
export function wholeLine(file: SourceFile, offset: Offset): Span {
  const line = file.lines.lineAt(offset)
  return { file, start: file.lines.lineStart(line), end: file.lines.lineEnd(line) }
}

/** From the start of `span` to the end of the line on which it starts. */
export function toEndOfLine(span: Span): Span {
  return { file: span.file, start: span.start, end: wholeLine(span.file, span.start).end }
}

/**
 * The text that a span covers. Over several lines, the part of the first line that is not covered is replaced by as many
 * spaces, so that the lines keep their indentation relative to each other.
 */
export function spanText(span: Span): string {
  const { file, start, end } = span
  const text = file.text.slice(start, end)
  if (!text.includes('\n')) return text
  return ' '.repeat(file.lines.position(start).column) + text
}

/** `<Loc: 'FILE L1:C1 L2:C2'>`, lines from 1, columns from 0; places without a source text show the file alone. */
export function formatLoc(span: Span): string {
  if (!span.file.isReadable) return `<Loc: '${span.file.path}'>`
  const start = span.file.lines.position(span.start)
  const end = span.file.lines.position(span.end)
  return `<Loc: '${span.file.path} ${start.line}:${start.column} ${end.line}:${end.column}'>`
}
