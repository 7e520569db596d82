/**
 * Lines of C that remember which lines of SPy they come from.
 */
import type { Span } from '../../text/source.ts'
import { stringLiteral } from './literals.ts'

const LINE_WIDTH = 120

export class CWriter {
  readonly #lines: string[] = []
  readonly #fileName: (path: string) => string
  readonly #lineDirectives: boolean
  #indent = ''
  /** Where the C compiler thinks the next line stands. */
  #file = ''
  #line = 0
  /** The last line holds statements of one SPy line, and further ones may join them. */
  #open = false

  /** @param fileName  how the file at a path is called */
  constructor(fileName: (path: string) => string, lineDirectives: boolean) {
    this.#fileName = fileName
    this.#lineDirectives = lineDirectives
  }

  get lines(): readonly string[] {
    return this.#lines
  }

  line(text: string): void {
    this.#lines.push(text === '' ? '' : this.#indent + text)
    this.#line++
    this.#open = false
  }

  /** Simple statements from one line of SPy share a line of C, as far as it is wide. */
  statement(span: Span, text: string): void {
    const last = this.#lines.length - 1
    const joined = `${this.#lines[last]} ${text}`
    if (this.#open && joined.length <= LINE_WIDTH && this.#isAt(span, this.#line - 1)) {
      this.#lines[last] = joined
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
    this.#lines.push(`#line ${this.#line} ${stringLiteral(this.#fileName(this.#file))}`)
    this.#open = false
  }

  #isAt(span: Span, line: number): boolean {
    return this.#file === span.file.path && line === span.file.lines.lineAt(span.start)
  }
}
