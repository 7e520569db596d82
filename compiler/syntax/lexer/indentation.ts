/**
 * How far lines are indented, and what that does to blocks.
 *
 * Everything is measured twice, with tabs of eight columns and of one: indentation that grows, shrinks or stays the same
 * under one size only means different things to different readers, and is an error.
 */
import type { Offset } from '../../text/source.ts'
import { CH } from './characters.ts'
import { MESSAGES } from './diagnostics.ts'

/** What Python allows. */
const MAX_INDENTS = 100
const TAB_SIZE = 8

export interface Indentation {
  /** With tabs of eight columns. */
  readonly column: number
  /** With tabs of one. */
  readonly altColumn: number
  /** Offset of the first character that is no indentation. */
  readonly end: Offset
  /** Offset of a backslash behind which the text ends, or -1. */
  readonly openContinuation: Offset
}

/** @param start  offset of the first character of a line */
export function measureIndentation(text: string, start: Offset): Indentation {
  let at = start
  let column = 0
  let altColumn = 0
  let openContinuation = -1
  let continued: { column: number; altColumn: number } | undefined
  for (; ; at++) {
    const code = text.charCodeAt(at)
    if (code === CH.space) {
      column++
      altColumn++
    } else if (code === CH.tab) {
      column = (Math.floor(column / TAB_SIZE) + 1) * TAB_SIZE
      altColumn++
    } else if (code === CH.formFeed) {
      column = 0
      altColumn = 0
    } else if (code === CH.backslash && text.charCodeAt(at + 1) === CH.newline) {
      // The first of the joined lines says how far they are indented.
      continued ??= { column, altColumn }
      at++
      if (at + 1 >= text.length) openContinuation = at - 1
    } else break
  }
  return {
    column: continued?.column ?? column,
    altColumn: continued?.altColumn ?? altColumn,
    end: at,
    openContinuation,
  }
}

/** What the indentation of a line does to the blocks around it. */
export interface BlockChange {
  readonly opens: boolean
  readonly closes: number
  readonly error?: string
}

const SAME: BlockChange = { opens: false, closes: 0 }

/** The open blocks, outermost first. */
export class OpenBlocks {
  readonly #columns: number[]
  readonly #altColumns: number[]

  readonly #limit: number

  /**
   * @param margin  column of the outermost block, which never closes
   * @param limit   how many blocks may be in each other: what is printed may be deeper than what people write
   */
  constructor(margin: number, limit = MAX_INDENTS) {
    this.#limit = limit
    this.#columns = [margin]
    this.#altColumns = [margin]
  }

  /** How many blocks are open, the outermost one aside. */
  get depth(): number {
    return this.#columns.length - 1
  }

  enterLine({ column, altColumn }: Indentation): BlockChange {
    const top = this.#columns.at(-1) ?? 0
    const altTop = this.#altColumns.at(-1) ?? 0
    if (column === top) return altColumn === altTop ? SAME : { ...SAME, error: MESSAGES.inconsistentTabs }
    if (column < top) return this.#close(column, altColumn)
    if (this.depth + 1 >= this.#limit) return { ...SAME, error: MESSAGES.tooDeep }
    this.#columns.push(column)
    this.#altColumns.push(altColumn)
    return altColumn > altTop
      ? { opens: true, closes: 0 }
      : { opens: true, closes: 0, error: MESSAGES.inconsistentTabs }
  }

  #close(column: number, altColumn: number): BlockChange {
    let closes = 0
    for (; this.depth > 0 && column < (this.#columns.at(-1) ?? 0); closes++) {
      this.#columns.pop()
      this.#altColumns.pop()
    }
    if (column !== this.#columns.at(-1)) return { opens: false, closes, error: MESSAGES.badDedent }
    if (altColumn !== this.#altColumns.at(-1)) return { opens: false, closes, error: MESSAGES.inconsistentTabs }
    return { opens: false, closes }
  }
}
