/**
 * Where in the C the functions of a program call each other. A stack of wasm functions tells names and, through the line
 * table of the C compiler, lines and columns of C; here is what stands there in SPy.
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

/** No text of C that we write contains these characters: literals have them escaped. */
const MARK = /\uE000(\d+)\uE001/

export class CallSites {
  /** FQN by name in C. */
  readonly #functions = new Map<string, string>()
  /** By name as `#line` has it. */
  readonly #files = new Map<string, SourceFile>()
  readonly #calls: { readonly caller: string; readonly span: Span }[] = []
  readonly #sites = new Map<string, Span>()

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
    let plain = text
    for (let found = MARK.exec(plain); found !== null; found = MARK.exec(plain)) {
      const call = this.#calls[Number(found[1])]
      const column = before + found.index + 1
      if (call !== undefined) this.#sites.set(`${call.caller} ${file}:${line}:${column}`, call.span)
      plain = plain.slice(0, found.index) + plain.slice(found.index + found[0].length)
    }
    return plain
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
  return text.replaceAll(/\uE000\d+\uE001/g, '')
}

/** The text of a line: more is not known of statements. */
function lineSpan(file: SourceFile, line: number): Span {
  const { lines } = file
  const known = Math.max(1, line)
  const indent = /^\s*/.exec(lines.lineText(known))?.[0].length ?? 0
  return file.span(lines.lineStart(known) + indent, lines.lineEnd(known))
}
