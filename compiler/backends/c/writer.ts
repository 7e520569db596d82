/**
 * Lines of C that remember which lines of SPy they come from.
 */
import type { Span } from '../../text/source.ts'
import { type CallSites, withoutMarks } from './call-sites.ts'
import { stringLiteral } from './literals.ts'

const LINE_WIDTH = 120

export class CWriter {
  readonly #lines: string[] = []
  readonly #fileName: (path: string) => string
  readonly #lineDirectives: boolean
  readonly #calls: CallSites
  #indent = ''
  /** Where the C compiler thinks the next line stands. */
  #file = ''
  #line = 0
  /** The last line holds statements of one SPy line, and further ones may join them. */
  #open = false

  /** @param fileName  how the file at a path is called */
  constructor(fileName: (path: string) => string, lineDirectives: boolean, calls: CallSites) {
    this.#fileName = fileName
    this.#lineDirectives = lineDirectives
    this.#calls = calls
  }

  get lines(): readonly string[] {
    return this.#lines
  }

  line(text: string): void {
    this.#lines.push(text === '' ? '' : this.#written(this.#indent + text, this.#line, 0))
    this.#line++
    this.#open = false
  }

  /** Simple statements from one line of SPy share a line of C, as far as it is wide. */
  statement(span: Span, text: string): void {
    const last = this.#lines.length - 1
    const before = `${this.#lines[last]} `
    const isShort = before.length + withoutMarks(text).length <= LINE_WIDTH
    if (this.#open && isShort && this.#isAt(span, this.#line - 1)) {
      this.#lines[last] = before + this.#written(text, this.#line - 1, before.length)
      return
    }
    this.at(span)
    this.line(text)
    this.#open = true
  }

  /** `head {`, the lines that `body` writes, `}`. */
  braces(head: string, body: () => void, tail = '}'): void {
    this.line(head === '' ? '{' : `${head} {`)
    this.indented(body)
    this.line(tail)
  }

  indented(body: () => void): void {
    const outer = this.#indent
    this.#indent += '    '
    body()
    this.#indent = outer
  }

  /** The next line comes from the start of `span`. */
  at(span: Span): void {
    if (!this.#lineDirectives || !span.file.isReadable || this.#isAt(span, this.#line)) return
    this.#file = span.file.path
    this.#line = span.file.lines.lineAt(span.start)
    const name = this.#fileName(this.#file)
    this.#calls.addFile(name, span.file)
    this.#lines.push(`#line ${this.#line} ${stringLiteral(name)}`)
    this.#open = false
  }

  #written(text: string, line: number, before: number): string {
    return this.#calls.written(text, this.#fileName(this.#file), line, before)
  }

  #isAt(span: Span, line: number): boolean {
    return this.#file === span.file.path && line === span.file.lines.lineAt(span.start)
  }
}
