/**
 * The text of a node, as it stands beside the node in a viewer.
 */
import type { NodeColor } from '../machine/vm/vm.ts'
import type { Span } from '../text/source.ts'
import { type ColoredRange, paint, runsOf } from './colors.ts'

/** Without the indentation that all lines share; blank lines have none to share. */
export function dedent(text: string): string {
  const lines = text.split('\n')
  const width = sharedIndent(lines)
  return lines.map((line) => line.slice(width)).join('\n')
}

function sharedIndent(lines: readonly string[]): number {
  const widths = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  return widths.length === 0 ? 0 : Math.min(...widths)
}

const LETTERS: Readonly<Record<NodeColor, string>> = { blue: 'B', red: 'R' }

/**
 * Colours of the characters of a node's text, the last range that covers one deciding: `_4 R1 _3 B2`. Empty if there are
 * none.
 */
export function colorRuns(span: Span, ranges: readonly ColoredRange[]): string {
  if (ranges.length === 0) return ''
  const { file, start, end } = span
  const painted = paint(
    end - start,
    ranges
      .filter((range) => range.start >= start && range.end <= end)
      .map((range) => ({ ...range, start: range.start - start, end: range.end - start })),
  )
  const isOneLine = !file.text.slice(start, end).includes('\n')
  const { lines, colors }: ColoredLines = isOneLine
    ? { lines: [file.text.slice(start, end)], colors: [painted] }
    : wholeLines(span, painted)
  const width = isOneLine ? 0 : sharedIndent(lines)
  const shownText = lines.map((line) => line.slice(width)).join('\n')
  // Between two lines there is a line break, which has no colour.
  const shownColors = colors.flatMap((line, i) => (i === 0 ? line.slice(width) : [undefined, ...line.slice(width)]))
  return runsOf(shownText, shownColors)
    .map(({ text, color }) => `${color === undefined ? '_' : LETTERS[color]}${[...text].length}`)
    .join(' ')
}

interface ColoredLines {
  readonly lines: readonly string[]
  readonly colors: readonly (readonly (NodeColor | undefined)[])[]
}

/** The lines of a text as `spanText` gives them, the first with spaces in place of what stands before it. */
function wholeLines({ file, start, end }: Span, painted: readonly (NodeColor | undefined)[]): ColoredLines {
  const { column } = file.lines.position(start)
  const lines: string[] = []
  const colors: (readonly (NodeColor | undefined)[])[] = []
  let at = start
  for (const line of file.text.slice(start, end).split('\n')) {
    const indent = at === start ? column : 0
    lines.push(' '.repeat(indent) + line)
    colors.push([...new Array<undefined>(indent), ...painted.slice(at - start, at - start + line.length)])
    at += line.length + 1
  }
  return { lines, colors }
}
