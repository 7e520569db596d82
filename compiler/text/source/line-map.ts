/**
 * Lines and columns of a text, computed from UTF-16 offsets only where a person or a dump asks for them.
 */
import type { Offset } from './span.ts'

/** A place for people: `line` counts from 1, `column` counts code points from 0. */
export interface Position {
  readonly line: number
  readonly column: number
}

export class LineMap {
  readonly #text: string
  /** Offset of the first character of each line; lines end with LF (sources are normalised when they are read). */
  readonly #starts: readonly Offset[]

  constructor(text: string) {
    this.#text = text
    const starts = [0]
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    this.#starts = starts
  }

  /** How many lines there are; a text that ends with LF has an empty last line. */
  get lineCount(): number {
    return this.#starts.length
  }

  /** Line number, from 1, of the character at `offset`; the end of the text belongs to the last line. */
  lineAt(offset: Offset): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }

  position(offset: Offset): Position {
    const line = this.lineAt(offset)
    return { line, column: countCodePoints(this.#text, this.lineStart(line), offset) }
  }

  /** Offset of the first character of a line, counted from 1; the end of the text for lines after the last. */
  lineStart(line: number): Offset {
    return this.#starts[line - 1] ?? this.#text.length
  }

  /** Offset behind the last character of a line, its LF excluded. */
  lineEnd(line: number): Offset {
    const next = this.#starts[line]
    return next === undefined ? this.#text.length : next - 1
  }

  /** The text of a line without its LF, or '' when there is no such line. */
  lineText(line: number): string {
    return this.#text.slice(this.lineStart(line), this.lineEnd(line))
  }
}

/** Number of code points in `text` between two offsets; half of a surrogate pair at the end counts as one. */
export function countCodePoints(text: string, start: Offset, end: Offset): number {
  let count = 0
  for (let at = start; at < end; at++, count++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0xd800 && unit < 0xdc00 && at + 1 < end) at++
  }
  return count
}
