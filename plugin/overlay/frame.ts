/**
 * Code frames, in the form that Vite's overlay and terminal output recognise: lines that begin with a number and a bar,
 * and lines that begin with a bar and hold a caret.
 *
 *     10 | def half(x: i32) -> str:
 *        |                     ^^^ expected `str` because of return type
 *     11 |     return x
 *        |            ^ expected `str`, got `i32`
 *
 * Tabs are written as blanks: an underline cannot know how wide they will be.
 */
import type { AnnotationLike } from './spy-error.ts'

const TAB = '    '
/** Lines of context before the place of the error. */
const BEFORE = 2

/**
 * @param annotations  all in the same file
 * @param text         of that file
 * @returns lines without a line break at the end
 */
export function codeFrame(annotations: readonly AnnotationLike[], text: string): string {
  const lines = text.split(/\r\n|\r|\n/)
  const first = annotations[0]?.span.startLine ?? 1
  const shown = new Set(annotations.map(({ span }) => span.startLine))
  for (let line = Math.max(1, first - BEFORE); line <= first; line++) shown.add(line)

  const numbers = [...shown].filter((line) => line <= lines.length).sort((a, b) => a - b)
  const margin = String(numbers.at(-1) ?? 1).length
  const out: string[] = []
  for (const number of numbers) {
    const line = lines[number - 1] ?? ''
    out.push(`${String(number).padStart(margin)} | ${spread(line)}`.trimEnd())
    for (const annotation of annotations) {
      if (annotation.span.startLine === number) out.push(`${' '.repeat(margin)} | ${underline(annotation, line)}`)
    }
  }
  return out.join('\n')
}

function underline({ level, message, span }: AnnotationLike, line: string): string {
  const points = [...line]
  const end = span.endLine === span.startLine ? span.endCol : points.length + 1
  const before = points.slice(0, span.startCol - 1).join('')
  const marked = points.slice(span.startCol - 1, Math.max(span.startCol, end) - 1).join('')
  const label = level === 'note' && message !== '' ? `note: ${message}` : message
  return `${' '.repeat(displayWidth(before))}${'^'.repeat(Math.max(1, displayWidth(marked)))} ${label}`.trimEnd()
}

function spread(line: string): string {
  return line.replaceAll('\t', TAB)
}

/** Columns of a terminal: wide characters take two, combining marks none. */
function displayWidth(text: string): number {
  let width = 0
  for (const point of spread(text)) {
    if (/\p{Mark}/u.test(point)) continue
    width += WIDE.test(point) ? 2 : 1
  }
  return width
}

/** East Asian wide and fullwidth characters, and emoji. */
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u
