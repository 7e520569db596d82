/**
 * The one renderer of errors: terminal, overlay and `SpyError.format()` show this text.
 *
 *     Traceback (most recent call last):
 *       * demo::main at /p/demo.spy:2
 *       |     x: int = "hello"
 *       |              |_____|
 *
 *     TypeError: mismatched types
 *       | /p/demo.spy:2
 *       |     x: int = "hello"
 *       |              |_____| expected `i32`, got `str`
 *
 * Columns are drawn at display width, so that the underline stands under what it means whatever script the line is in.
 */
import type { Span } from '../source.ts'
import { type Paint, painter } from './ansi.ts'
import type { Annotation, Diagnostic, Frame, FrameKind, Level, Warning } from './diagnostic.ts'
import { displayWidth } from './display-width.ts'

export interface RenderOptions {
  /** Terminal colours; off by default. */
  readonly color?: boolean
}

/**
 * @param more  further errors of the same run, printed after the first without a traceback of their own
 * @returns lines, each ended by LF; an annotation is followed by an empty line
 */
export function renderError(
  diagnostic: Diagnostic,
  traceback: readonly Frame[],
  more: readonly Diagnostic[],
  options: RenderOptions = {},
): string {
  const paint = painter(options.color ?? false)
  let out = ''
  if (traceback[0]?.kind === 'dopplerframe') out += `${paint('red', 'Static error during redshift:')}\n`
  out += 'Traceback (most recent call last):\n'
  out += renderTraceback(traceback, paint)
  out += '\n'
  out += renderDiagnostic(diagnostic, options)
  for (const next of more) out += renderDiagnostic(next, options)
  return out
}

/** As `renderError`; what is no error has no traceback. */
export function renderWarning({ diagnostic, traceback }: Warning, options: RenderOptions = {}): string {
  if (traceback === undefined) return renderDiagnostic(diagnostic, options)
  return renderError(diagnostic, traceback, [], options)
}

/** The part of `renderError` that follows the traceback. */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions = {}): string {
  const paint = painter(options.color ?? false)
  let out = `${paint('red', diagnostic.class)}: ${diagnostic.message}\n`
  for (const annotation of diagnostic.annotations) out += renderAnnotation(annotation, paint)
  return out
}

/** How often the same frame is shown when it follows itself. */
const SHOWN_REPEATS = 3

/** One block for each frame. A function that calls itself at one place again and again is counted, not listed. */
function renderTraceback(traceback: readonly Frame[], paint: Paint): string {
  let out = ''
  let at = 0
  for (let frame = traceback[at]; frame !== undefined; frame = traceback[at]) {
    let end = at + 1
    while (isRepeated(frame, traceback[end])) end++
    const shown = renderFrame(frame, paint)
    const repeats = end - at
    out += shown.repeat(Math.min(repeats, SHOWN_REPEATS))
    if (repeats > SHOWN_REPEATS) out += `  * [the frame above repeated ${repeats - SHOWN_REPEATS} more times]\n`
    at = end
  }
  return out
}

function isRepeated(frame: Frame, next: Frame | undefined): boolean {
  return next !== undefined && next.fqn === frame.fqn && next.kind === frame.kind && sameSpan(next.span, frame.span)
}

function sameSpan(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end
}

const FRAME_PREFIX: Record<FrameKind, string> = {
  astframe: '',
  modframe: '[module] ',
  classframe: '[classdef] ',
  dopplerframe: '[redshift] ',
}

function renderFrame(frame: Frame, paint: Paint): string {
  const where = FRAME_PREFIX[frame.kind] + frame.fqn
  const at = `${frame.span.file.path}:${frame.span.file.lines.lineAt(frame.span.start)}`
  const head = where === '' ? `  * at ${at}\n` : `  * ${paint('purple', where)} at ${at}\n`
  return `${head}  | ${firstLine(frame.span)}\n  | ${paint('red', underline(frame.span))}\n`
}

const LEVEL_COLOR: Record<Level, 'red' | 'green'> = { error: 'red', note: 'green', panic: 'red' }

function renderAnnotation({ level, text, span }: Annotation, paint: Paint): string {
  // A place inside the compiler would only confuse: there is no text to show, and nothing there is the user's fault.
  if (!span.file.isReadable) return ''
  const mark = text === '' ? underline(span) : `${underline(span)} ${text}`
  const at = `${span.file.path}:${span.file.lines.lineAt(span.start)}`
  return `  | ${at}\n  | ${firstLine(span)}\n  | ${paint(LEVEL_COLOR[level], mark)}\n\n`
}

function firstLine(span: Span): string {
  return span.file.lines.lineText(span.file.lines.lineAt(span.start))
}

/** The mark under the first line of a span. A span over several lines is marked up to the end of its first line. */
function underline(span: Span): string {
  const { lines, text } = span.file
  const line = lines.lineAt(span.start)
  const before = text.slice(lines.lineStart(line), span.start)
  const marked = text.slice(span.start, Math.max(span.start, Math.min(span.end, lines.lineEnd(line))))
  return indentLike(before) + drawMark(displayWidth(marked))
}

/** Blanks as wide as `text`. Tabs stay tabs: only then do they have the same width in the line above. */
function indentLike(text: string): string {
  return text
    .split('\t')
    .map((part) => ' '.repeat(displayWidth(part)))
    .join('\t')
}

function drawMark(width: number): string {
  if (width <= 2) return '^'.repeat(Math.max(width, 1))
  return `|${'_'.repeat(width - 2)}|`
}
