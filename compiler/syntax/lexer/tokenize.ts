/**
 * Text to tokens: the token grammar of Python 3.12.
 *
 * Two things make it more than a loop over characters. Indentation is measured at the start of each logical line. And an
 * f-string is not one token: its texts, its replacement fields and their format specifications alternate, and a field may
 * contain anything, another f-string with the same quotes included.
 *
 * The lexer always reaches the end of the text. Errors are collected, and the token list is mended so that the parser
 * can look for more of them.
 */
import { LineMap, type Offset } from '../../text/source.ts'
import { badIdentifierCharacter, CH, isAsciiNamePart, isAsciiNameStart, isDigit, isPrintable } from './characters.ts'
import { unknownEncoding } from './coding.ts'
import { type LexicalError, MESSAGES } from './diagnostics.ts'
import { measureIndentation, OpenBlocks } from './indentation.ts'
import { scanNumber } from './numbers.ts'
import { scanOperator } from './operators.ts'
import { layOutBlocks, printedNameEnd } from './printed.ts'
import { isRawPrefix, scanString, stringPrefixLength } from './strings.ts'
import { KEYWORDS, T, TokenBuffer, type Tokens } from './tokens.ts'

export interface LexResult {
  readonly tokens: Tokens
  readonly errors: readonly LexicalError[]
  /** False when the tokens are so wrong that the parser would only report what follows from that. */
  readonly isParsable: boolean
}

/** A piece of a file: where its first character stands, and how far its lines are indented as a whole. */
export interface Region {
  readonly base: Offset
  readonly margin: number
}

/**
 * @param text  with LF line ends and without byte order mark
 * @param region  set if `text` is a piece of a file; tokens then have the offsets of the file
 */
export function tokenize(text: string, region: Region = { base: 0, margin: 0 }): LexResult {
  return new Lexer(text, region, false).run()
}

/** The same for a text in the notation of printed trees. */
export function tokenizePrinted(text: string): LexResult {
  const lexed = new Lexer(text, { base: 0, margin: 0 }, true).run()
  return { ...lexed, tokens: layOutBlocks(lexed.tokens, text) }
}

const MAX_BRACKETS = 200
const MAX_FIELDS = 150

/** An f-string whose end has not been reached. */
interface OpenFString {
  readonly start: Offset
  readonly quote: number
  readonly quoteSize: 1 | 3
  readonly isRaw: boolean
  /** How many brackets were open before it. */
  readonly bracketsBefore: number
  /** Its open replacement fields, outermost first. */
  readonly fields: OpenField[]
}

interface OpenField {
  /** Number of open brackets inside the field, its own brace included, when nothing else is open. */
  readonly brackets: number
  /** Past the colon: text again, in which further fields may stand. */
  inSpec: boolean
}

class Lexer {
  readonly #text: string
  readonly #base: Offset
  /** Names may be in backquotes and have dollars. */
  readonly #isPrinted: boolean
  readonly #out: TokenBuffer
  readonly #errors: LexicalError[] = []
  #isParsable = true
  #at: Offset = 0
  #lines: LineMap | undefined

  readonly #blocks: OpenBlocks
  /** Offsets of the open brackets, innermost last. */
  readonly #brackets: Offset[] = []
  readonly #fstrings: OpenFString[] = []

  constructor(text: string, region: Region, isPrinted: boolean) {
    this.#text = text
    this.#isPrinted = isPrinted
    this.#base = region.base
    this.#blocks = isPrinted ? new OpenBlocks(region.margin, Number.POSITIVE_INFINITY) : new OpenBlocks(region.margin)
    this.#out = new TokenBuffer((text.length >> 2) + 16)
  }

  run(): LexResult {
    this.#checkWholeText()
    // A piece of a file starts behind the indentation of its first line.
    let atLineStart = this.#base === 0
    while (this.#at < this.#text.length) {
      if (atLineStart) {
        atLineStart = false
        if (!this.#indentation()) {
          atLineStart = true
          continue
        }
      }
      const fstring = this.#fstrings.at(-1)
      if (fstring !== undefined && isInText(fstring)) this.#fstringText(fstring)
      else atLineStart = this.#token()
    }
    this.#endOfText(!atLineStart)
    return { tokens: this.#out.finish(), errors: this.#errors, isParsable: this.#isParsable }
  }

  readonly #report = (stage: LexicalError['stage'], message: string, at: Offset): void => {
    this.#errors.push({ stage, message, at: at + this.#base })
  }

  #reportFatal(message: string, at: Offset): void {
    this.#report('tokens', message, at)
    this.#isParsable = false
  }

  #push(kind: number, start: Offset, end: Offset): void {
    this.#out.push(kind, start + this.#base, end + this.#base)
  }

  /** Line of an offset into this text; the lines are counted when the first error asks. */
  #lineAt(offset: Offset): number {
    this.#lines ??= new LineMap(this.#text)
    return this.#lines.lineAt(offset)
  }

  /** The last line that has characters. */
  #lastLine(): number {
    return this.#lineAt(this.#text.length - (this.#text.endsWith('\n') ? 1 : 0))
  }

  #checkWholeText(): void {
    const nul = this.#text.indexOf('\0')
    if (nul !== -1) this.#reportFatal(MESSAGES.nullBytes, nul)
    const encoding = this.#base === 0 ? unknownEncoding(this.#text) : undefined
    if (encoding !== undefined) this.#reportFatal(MESSAGES.unknownEncoding(encoding), 0)
  }

  /**
   * Measure the indentation of a line and open or close blocks.
   *
   * @returns false if the line is blank and has been skipped
   */
  #indentation(): boolean {
    const text = this.#text
    const indentation = measureIndentation(text, this.#at)
    const at = indentation.end
    this.#at = at
    if (indentation.openContinuation !== -1) this.#reportFatal(MESSAGES.unexpectedEof, indentation.openContinuation)
    if (at >= text.length) return false
    const code = text.charCodeAt(at)
    if (code === CH.hash || code === CH.newline) {
      const end = text.indexOf('\n', at)
      this.#at = end === -1 ? text.length : end + 1
      return false
    }
    const { opens, closes, error } = this.#blocks.enterLine(indentation)
    if (error === MESSAGES.tooDeep) this.#reportFatal(error, at)
    else if (error !== undefined) this.#report('tokens', error, at)
    if (opens) this.#push(T.indent, at, at)
    for (let count = 0; count < closes; count++) this.#push(T.dedent, at, at)
    return true
  }

  /** @returns true if a logical line has ended, so that the next line's indentation counts */
  #token(): boolean {
    const text = this.#text
    const start = this.#at
    const code = text.charCodeAt(start)
    if (code === CH.space || code === CH.tab || code === CH.formFeed) {
      this.#at++
      return false
    }
    if (isAsciiNameStart(code)) {
      this.#nameOrString(start)
      return false
    }
    if (isDigit(code) || (code === CH.dot && isDigit(text.charCodeAt(start + 1)))) {
      this.#at = scanNumber(text, start, this.#report)
      this.#push(T.number, start, this.#at)
      return false
    }
    switch (code) {
      case CH.newline:
        this.#at++
        if (this.#brackets.length > 0) return false
        this.#push(T.newline, start, this.#at)
        return true
      case CH.hash: {
        const end = text.indexOf('\n', start)
        this.#at = end === -1 ? text.length : end
        return false
      }
      case CH.singleQuote:
      case CH.doubleQuote:
        this.#string(start, start)
        return false
      case CH.backslash:
        this.#continuation(start)
        return false
      case CH.parenOpen:
      case CH.bracketOpen:
      case CH.braceOpen:
        this.#open(start)
        return false
      case CH.parenClose:
      case CH.bracketClose:
      case CH.braceClose:
        this.#close(start)
        return false
      case CH.colon:
        if (this.#startsSpec()) return false
        break
    }
    if (code < 128) this.#operator(start)
    else this.#name(start)
    return false
  }

  #operator(start: Offset): void {
    const operator = scanOperator(this.#text, start)
    if (operator !== undefined) {
      this.#at = start + operator.length
      this.#push(operator.kind, start, this.#at)
      return
    }
    const nameEnd = this.#isPrinted ? printedNameEnd(this.#text, start) : -1
    if (nameEnd !== -1) {
      this.#at = nameEnd
      this.#push(T.name, start, nameEnd)
      return
    }
    const character = this.#text.charAt(start)
    if (!isPrintable(character)) this.#report('tokens', MESSAGES.notPrintable(character), start)
    this.#at = start + 1
    this.#push(T.unknown, start, this.#at)
  }

  #nameOrString(start: Offset): void {
    const prefix = stringPrefixLength(this.#text, start)
    if (prefix > 0) {
      this.#string(start, start + prefix)
      return
    }
    this.#name(start)
  }

  #name(start: Offset): void {
    const text = this.#text
    let at = start
    while (isAsciiNamePart(text.charCodeAt(at))) at++
    if (text.charCodeAt(at) >= 128) {
      this.#wideName(start, at)
      return
    }
    this.#at = at
    const length = at - start
    const keyword = length >= 2 && length <= 8 ? KEYWORDS.get(text.slice(start, at)) : undefined
    this.#push(keyword ?? T.name, start, at)
  }

  /** A name with characters outside ASCII: any of them is taken first, and looked at afterwards. */
  #wideName(start: Offset, from: Offset): void {
    const text = this.#text
    let at = from
    while (at < text.length && (text.charCodeAt(at) >= 128 || isAsciiNamePart(text.charCodeAt(at)))) at++
    const bad = badIdentifierCharacter(text.slice(start, at))
    if (bad === -1) {
      this.#at = at
      this.#push(T.name, start, at)
      return
    }
    const character = String.fromCodePoint(text.codePointAt(start + bad) ?? 0)
    const message = isPrintable(character) ? MESSAGES.invalidCharacter(character) : MESSAGES.notPrintable(character)
    this.#report('grammar', message, start + bad)
    if (bad > 0) this.#push(T.name, start, start + bad)
    this.#at = start + bad + character.length
  }

  #string(start: Offset, quoteAt: Offset): void {
    const text = this.#text
    const prefix = text.slice(start, quoteAt).toLowerCase()
    const quote = text.charCodeAt(quoteAt)
    const isTriple = text.charCodeAt(quoteAt + 1) === quote && text.charCodeAt(quoteAt + 2) === quote
    if (prefix.includes('f')) {
      const quoteSize = isTriple ? 3 : 1
      this.#at = quoteAt + quoteSize
      this.#push(T.fstringStart, start, this.#at)
      const bracketsBefore = this.#brackets.length
      this.#fstrings.push({ start, quote, quoteSize, isRaw: isRawPrefix(prefix), bracketsBefore, fields: [] })
      return
    }
    const { end, isTerminated } = scanString(text, quoteAt, isTriple)
    this.#at = end
    if (isTerminated) this.#push(T.string, start, end)
    else this.#unterminatedString(start, quoteAt, end, isTriple)
  }

  #unterminatedString(start: Offset, quoteAt: Offset, end: Offset, isTriple: boolean): void {
    const fstring = this.#fstrings.at(-1)
    if (fstring?.quote === this.#text.charCodeAt(quoteAt) && fstring.quoteSize === (isTriple ? 3 : 1)) {
      // What looked like the start of a string was meant to end the f-string around it.
      this.#reportFatal(MESSAGES.fstringExpectingBrace, quoteAt)
      this.#closeFString(fstring, end, end)
      return
    }
    if (isTriple) this.#reportFatal(MESSAGES.unterminatedTripleString(this.#lastLine()), start)
    else this.#report('tokens', MESSAGES.unterminatedString(this.#lineAt(end)), start)
    this.#push(T.string, start, end)
  }

  #continuation(start: Offset): void {
    if (this.#text.charCodeAt(start + 1) === CH.newline && start + 2 < this.#text.length) {
      this.#at = start + 2
      return
    }
    const rest = this.#text.slice(start + 1, start + 3)
    if (rest === '' || rest === '\n') this.#reportFatal(MESSAGES.unexpectedEof, start)
    else this.#reportFatal(MESSAGES.afterContinuation, start)
    this.#at = start + 1
  }

  #open(start: Offset): void {
    // What is short in a source may be long chains of calls when it is printed.
    if (this.#brackets.length >= MAX_BRACKETS && !this.#isPrinted) {
      this.#reportFatal(MESSAGES.tooManyBrackets, start)
      this.#at = this.#text.length
      return
    }
    this.#brackets.push(start)
    this.#at = start + 1
    this.#push(OPENING[this.#text.charAt(start)] ?? T.unknown, start, this.#at)
  }

  #close(start: Offset): void {
    this.#at = start + 1
    const close = this.#text.charAt(start)
    const fstring = this.#fstrings.at(-1)
    const field = fstring?.fields.at(-1)
    const openAt = this.#brackets.at(-1)
    if (openAt === undefined) {
      this.#report('grammar', MESSAGES.unmatched(close), start)
      return
    }
    const open = this.#text.charAt(openAt)
    const closesField = field !== undefined && this.#brackets.length === field.brackets
    if (closesField && close !== '}') {
      this.#report('grammar', `f-string: ${MESSAGES.unmatched(close)}`, start)
      return
    }
    if (CLOSER[open] !== close) {
      const openLine = this.#lineAt(openAt)
      const otherLine = openLine === this.#lineAt(start) ? undefined : openLine
      this.#report('grammar', MESSAGES.mismatched(close, open, otherLine), start)
    }
    this.#brackets.pop()
    if (closesField) fstring?.fields.pop()
    this.#push(CLOSING[CLOSER[open] ?? ''] ?? T.unknown, start, this.#at)
  }

  /** A colon that no bracket of a replacement field encloses starts the field's format specification. */
  #startsSpec(): boolean {
    const field = this.#fstrings.at(-1)?.fields.at(-1)
    if (field === undefined || this.#brackets.length !== field.brackets) return false
    field.inSpec = true
    this.#push(T.colon, this.#at, this.#at + 1)
    this.#at++
    return true
  }

  /** The text of an f-string or of a format specification up to the next field, the end of the field, or the end. */
  #fstringText(fstring: OpenFString): void {
    const text = this.#text
    const start = this.#at
    const inSpec = fstring.fields.length > 0
    for (let at = start; ; at++) {
      const code = text.charCodeAt(at)
      if (at >= text.length || (code === CH.newline && fstring.quoteSize === 1)) {
        const end = Math.min(at, text.length) // a backslash at the end has nothing to escape
        this.#pushText(start, end)
        this.#unterminatedFString(fstring, end)
        return
      }
      if (code === fstring.quote && this.#endsFString(fstring, at)) {
        this.#pushText(start, at)
        this.#closeFString(fstring, at, at + fstring.quoteSize)
        return
      }
      if (code === CH.braceOpen) {
        if (!inSpec && text.charCodeAt(at + 1) === CH.braceOpen) {
          at++
          continue
        }
        this.#pushText(start, at)
        this.#openField(fstring, at)
        return
      }
      if (code === CH.braceClose) {
        if (inSpec) {
          this.#pushText(start, at)
          this.#close(at)
          return
        }
        if (text.charCodeAt(at + 1) !== CH.braceClose) this.#report('tokens', MESSAGES.fstringSingleBrace, at)
        else at++
        continue
      }
      if (code === CH.backslash) at = skipEscape(text, at, fstring.isRaw)
    }
  }

  #pushText(start: Offset, end: Offset): void {
    if (end > start) this.#push(T.fstringMiddle, start, end)
    this.#at = end
  }

  #endsFString(fstring: OpenFString, at: Offset): boolean {
    if (fstring.quoteSize === 1) return true
    return this.#text.charCodeAt(at + 1) === fstring.quote && this.#text.charCodeAt(at + 2) === fstring.quote
  }

  #openField(fstring: OpenFString, at: Offset): void {
    if (fstring.fields.length >= MAX_FIELDS) this.#reportFatal(MESSAGES.fstringTooDeep, at)
    this.#open(at)
    fstring.fields.push({ brackets: this.#brackets.length, inSpec: false })
  }

  #unterminatedFString(fstring: OpenFString, at: Offset): void {
    const message =
      fstring.quoteSize === 3
        ? MESSAGES.unterminatedTripleFString(this.#lastLine())
        : MESSAGES.unterminatedFString(this.#lineAt(at))
    this.#reportFatal(message, fstring.start)
    this.#closeFString(fstring, at, at)
  }

  #closeFString(fstring: OpenFString, start: Offset, end: Offset): void {
    this.#push(T.fstringEnd, start, end)
    this.#at = end
    this.#brackets.length = fstring.bracketsBefore
    this.#fstrings.pop()
  }

  /** @param isLineOpen  tokens of the last line still wait for its end */
  #endOfText(isLineOpen: boolean): void {
    const end = this.#text.length
    const openAt = this.#brackets.at(-1)
    if (openAt !== undefined) this.#reportFatal(MESSAGES.neverClosed(this.#text.charAt(openAt)), openAt)
    const fstring = this.#fstrings.at(-1)
    if (fstring !== undefined && openAt === undefined) this.#unterminatedFString(fstring, end)
    if (isLineOpen && this.#out.count > 0) this.#push(T.newline, end, end)
    for (let depth = this.#blocks.depth; depth > 0; depth--) this.#push(T.dedent, end, end)
    this.#push(T.end, end, end)
  }
}

function isInText(fstring: OpenFString): boolean {
  const field = fstring.fields.at(-1)
  return field === undefined || field.inSpec
}

/**
 * @param at  offset of a backslash in the text of an f-string
 * @returns the offset of the last character that the backslash makes part of the text
 */
function skipEscape(text: string, at: Offset, isRaw: boolean): Offset {
  const next = text.charCodeAt(at + 1)
  // A backslash does not protect a brace: `\{x}` is a backslash and a field.
  if (next === CH.braceOpen || next === CH.braceClose) return at
  if (!isRaw && text.startsWith('N{', at + 1)) {
    const end = text.indexOf('}', at)
    const lineEnd = text.indexOf('\n', at)
    if (end !== -1 && (lineEnd === -1 || end < lineEnd)) return end
  }
  return at + 1
}

const OPENING: Readonly<Record<string, number>> = { '(': T.parenOpen, '[': T.bracketOpen, '{': T.braceOpen }
const CLOSING: Readonly<Record<string, number>> = { ')': T.parenClose, ']': T.bracketClose, '}': T.braceClose }
const CLOSER: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
