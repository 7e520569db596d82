/**
 * Where in the C the functions of a program call each other, and the runtime. A stack of wasm functions tells names and,
 * through the line table of the C compiler, lines and columns of C; here is what stands there in SPy.
 *
 * The text of an expression is put together from those of its parts, so nobody knows its column before the whole line is
 * written. Calls therefore carry a mark with their number in their text, which is taken out again when it is.
 */
import type { SourceFile, Span } from '../../text/source.ts'

/** A place in a function of the program. */
export interface CalledFrom {
  readonly fqn: string
  readonly span: Span
}

interface Call {
  readonly caller: string
  readonly span: Span
}

/** No text of C that we write contains these characters: literals have them escaped. */
const MARK = /\uE000(\d+)\uE001/g

export class CallSites {
  /** FQN by name in C. */
  readonly #functions = new Map<string, string>()
  /** By name as `#line` has it. */
  readonly #files = new Map<string, SourceFile>()
  readonly #calls: Call[] = []
  readonly #sites = new Map<string, Span>()
  /** The same for whoever does not know the function; null where functions share a place, as instances do, and differ. */
  readonly #anywhere = new Map<string, Span | null>()

  addFunction(name: string, fqn: string): void {
    this.#functions.set(name, fqn)
  }

  addFile(name: string, file: SourceFile): void {
    this.#files.set(name, file)
  }

  /** What to put before the text of a call. */
  mark(caller: string, span: Span): string {
    return `\uE000${this.#calls.push({ caller, span }) - 1}\uE001`
  }

  /**
   * The text without its marks.
   *
   * @param line    as `#line` counts
   * @param before  how many characters of the line stand before the text
   */
  written(text: string, file: string, line: number, before: number): string {
    let marks = 0
    for (const { 0: mark, 1: number, index } of text.matchAll(MARK)) {
      const call = this.#calls[Number(number)]
      if (call !== undefined) this.#add(call, `${file}:${line}:${before + index - marks + 1}`)
      marks += mark.length
    }
    return withoutMarks(text)
  }

  /** A call may begin with another one, as that of a method of its result: the inner one comes later, and counts. */
  #add({ caller, span }: Call, place: string): void {
    this.#sites.set(`${caller} ${place}`, span)
    const known = this.#anywhere.get(place)
    const isOther = known !== undefined && known?.start !== span.start
    this.#anywhere.set(place, isOther ? null : span)
  }

  /** What is called at a place of the C, where every function that shares the place calls the same. */
  spanAt(file: string, line: number, column: number): Span | undefined {
    return this.#anywhere.get(`${file}:${line}:${column}`) ?? undefined
  }

  /** @returns undefined for functions that are not of the program */
  find(name: string, file: string | undefined, line: number, column: number): CalledFrom | undefined {
    const fqn = this.#functions.get(name)
    const source = file === undefined ? undefined : this.#files.get(file)
    if (fqn === undefined || source === undefined) return undefined
    return { fqn, span: this.#sites.get(`${name} ${file}:${line}:${column}`) ?? lineSpan(source, line) }
  }
}

/** Text that was never written as part of a function. */
export function withoutMarks(text: string): string {
  return text.replaceAll(MARK, '')
}

/** The text of a line: more is not known of statements. */
function lineSpan(file: SourceFile, line: number): Span {
  const { lines } = file
  const known = Math.max(1, line)
  const indent = /^\s*/.exec(lines.lineText(known))?.[0].length ?? 0
  return file.span(lines.lineStart(known) + indent, lines.lineEnd(known))
}
