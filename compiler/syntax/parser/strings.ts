/**
 * String literals: adjacent tokens become one node; an f-string among them makes the whole an f-string.
 */
import type { Span } from '../../text/source.ts'
import type { BytesLiteral, Expr, FormattedValue, JoinedStr, StrLiteral } from '../ast.ts'
import { T } from '../lexer.ts'
import { GRAMMAR, notImplemented, surrogatesInLiteral } from './diagnostics.ts'
import { BadEscape, type DecodedText, decodeBytes, decodeText } from './escapes.ts'
import { GrammarStop, type Parser } from './parser.ts'

export function parseStrings(p: Parser): StrLiteral | BytesLiteral | JoinedStr {
  const start = p.start
  if (p.kind === T.string && p.kindAt(1) !== T.string && p.kindAt(1) !== T.fstringStart) return singleString(p)
  const bytes: Uint8Array[] = []
  const parts = new PartList(p)
  let hasText = false
  while (p.kind === T.string || p.kind === T.fstringStart) {
    if (p.kind === T.fstringStart) {
      hasText = true
      fstring(p, parts)
      continue
    }
    const token = splitToken(p)
    if (token.isBytes) {
      bytes.push(tokenBytes(p, token))
    } else {
      hasText = true
      parts.addText(tokenText(p, token), p.tokenSpan())
    }
    p.advance()
  }
  if (bytes.length > 0 && hasText) p.fail(GRAMMAR.mixedBytes, start)
  const span = p.spanFrom(start)
  if (bytes.length > 0) return { kind: 'BytesLiteral', span, value: concatenate(bytes) }
  checkSurrogates(p, parts.hasSurrogate, span)
  if (parts.isFString) return { kind: 'JoinedStr', span, parts: parts.finish() }
  return { kind: 'StrLiteral', span, value: parts.text }
}

function singleString(p: Parser): StrLiteral | BytesLiteral {
  const span = p.tokenSpan()
  const token = splitToken(p)
  if (token.isBytes) {
    const value = tokenBytes(p, token)
    p.advance()
    return { kind: 'BytesLiteral', span, value }
  }
  const { value, hasSurrogate } = tokenText(p, token)
  p.advance()
  checkSurrogates(p, hasSurrogate, span)
  return { kind: 'StrLiteral', span, value }
}

function checkSurrogates(p: Parser, hasSurrogate: boolean, span: Span): void {
  if (hasSurrogate) p.refuse(surrogatesInLiteral(span))
}

interface StringToken {
  readonly isBytes: boolean
  readonly isRaw: boolean
  /** What stands between the quotes. */
  readonly body: string
}

function splitToken(p: Parser): StringToken {
  const { text, start, end } = p
  let at = start
  let isBytes = false
  let isRaw = false
  for (; ; at++) {
    const letter = text.charCodeAt(at) | 0x20
    if (letter === 98) isBytes = true
    else if (letter === 114) isRaw = true
    else if (letter !== 117) break
  }
  const quote = text.charAt(at)
  const size = end - at >= 6 && text.startsWith(quote.repeat(3), at) ? 3 : 1
  return { isBytes, isRaw, body: text.slice(at + size, end - size) }
}

function tokenText(p: Parser, token: StringToken): DecodedText {
  return token.isRaw ? asIs(token.body) : decode(p, token.body)
}

function asIs(value: string): DecodedText {
  return { value, hasSurrogate: false, hasName: false }
}

function decode(p: Parser, raw: string): DecodedText {
  const decoded = orFail(p, () => decodeText(raw))
  if (decoded.hasName) p.refuse(notImplemented('\\N{...} escapes', p.tokenSpan()))
  return decoded
}

function tokenBytes(p: Parser, token: StringToken): Uint8Array {
  return orFail(p, () => decodeBytes(token.body, token.isRaw))
}

function orFail<R>(p: Parser, decodeIt: () => R): R {
  try {
    return decodeIt()
  } catch (error) {
    if (error instanceof BadEscape) p.fail(error.message)
    throw error
  }
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    out.set(piece, at)
    at += piece.length
  }
  return out
}

/** The parts of an f-string as they arrive; texts that touch each other become one. */
class PartList {
  readonly #p: Parser
  readonly #parts: (StrLiteral | FormattedValue)[] = []
  text = ''
  #textSpan: Span | undefined
  hasSurrogate = false
  isFString = false

  constructor(p: Parser) {
    this.#p = p
  }

  addText(decoded: DecodedText, span: Span): void {
    this.hasSurrogate ||= decoded.hasSurrogate
    this.text += decoded.value
    this.#textSpan = { file: span.file, start: this.#textSpan?.start ?? span.start, end: span.end }
  }

  addField(field: FormattedValue): void {
    this.#flush()
    this.#parts.push(field)
  }

  finish(): readonly (StrLiteral | FormattedValue)[] {
    this.#flush()
    return this.#parts
  }

  #flush(): void {
    const span = this.#textSpan ?? this.#p.tokenSpan()
    if (this.text !== '') this.#parts.push({ kind: 'StrLiteral', span, value: this.text })
    this.text = ''
    this.#textSpan = undefined
  }
}

function fstring(p: Parser, parts: PartList): void {
  const isRaw = /r/i.test(p.tokenText)
  parts.isFString = true
  p.advance()
  fstringBody(p, parts, isRaw, false)
  p.expect(T.fstringEnd)
}

/** Texts and fields up to the end of the string or, in a format specification, of the field. */
function fstringBody(p: Parser, parts: PartList, isRaw: boolean, inSpec: boolean): void {
  for (;;) {
    if (p.kind === T.fstringMiddle) {
      parts.addText(middleText(p, isRaw, inSpec), p.tokenSpan())
      p.advance()
    } else if (p.kind === T.braceOpen) {
      replacementField(p, parts, isRaw)
    } else return
  }
}

function middleText(p: Parser, isRaw: boolean, inSpec: boolean): DecodedText {
  const raw = p.tokenText
  const text = inSpec ? raw : raw.replace(/\{\{|\}\}/g, (braces) => braces.charAt(0))
  return isRaw ? asIs(text) : decode(p, text)
}

function replacementField(p: Parser, parts: PartList, isRaw: boolean): void {
  const start = p.start
  p.advance()
  const exprStart = p.start
  const value = fieldValue(p)
  const isDebug = p.kind === T.assign
  if (isDebug) {
    p.advance()
    // What is shown is the text of the expression as it stands, blanks and equals sign included.
    const shown = p.text.slice(start + 1, p.start)
    parts.addText(asIs(shown), { file: p.file, start: exprStart, end: p.lastEnd })
  }
  const conversion = p.kind === T.exclamation ? fieldConversion(p) : null
  const spec = p.kind === T.colon ? fieldSpec(p, isRaw) : null
  if (p.kind !== T.braceClose) p.fail(fieldEndMessage(isDebug, conversion !== null, spec !== null))
  p.advance()
  const shownAs = isDebug && conversion === null && spec === null ? 'r' : conversion
  parts.addField({ kind: 'FormattedValue', span: p.spanFrom(start), value, conversion: shownAs, spec })
}

function fieldValue(p: Parser): Expr {
  switch (p.kind) {
    case T.assign:
    case T.exclamation:
    case T.colon:
    case T.braceClose:
      return p.fail(GRAMMAR.fieldEmpty(p.tokenText))
    case T.fstringEnd:
    case T.end:
      return p.fail(GRAMMAR.fieldExpression)
  }
  const value = fieldExpression(p)
  switch (p.kind) {
    case T.assign:
    case T.exclamation:
    case T.colon:
    case T.braceClose:
      return value
    default:
      return p.fail(GRAMMAR.fieldAfterExpression)
  }
}

/** An expression; if none is there, or something that follows it makes no sense, that is said of the field. */
function fieldExpression(p: Parser): Expr {
  const start = p.at
  try {
    return p.productions.yieldOrStarExpressions(p)
  } catch (error) {
    if (!(error instanceof GrammarStop) || error.diagnostic.message !== GRAMMAR.invalidSyntax) throw error
    p.rewind(start)
    return p.fail(IS_EXPRESSION[p.kind] === 1 ? GRAMMAR.fieldAfterExpression : GRAMMAR.fieldExpression)
  }
}

/** Tokens that are an expression all by themselves. */
const IS_EXPRESSION = new Uint8Array(256)
for (const kind of [T.name, T.number, T.string, T.fstringStart, T.ellipsis, T.kwFalse, T.kwNone, T.kwTrue, T.kwYield]) {
  IS_EXPRESSION[kind] = 1
}

function fieldEndMessage(isDebug: boolean, hasConversion: boolean, hasSpec: boolean): string {
  if (hasSpec) return GRAMMAR.fieldEnd
  if (hasConversion) return GRAMMAR.fieldAfterConversion
  return isDebug ? GRAMMAR.fieldAfterEqual : GRAMMAR.fieldAfterExpression
}

function fieldConversion(p: Parser): 's' | 'r' | 'a' {
  const mark = p.end
  p.advance()
  if (p.kind === T.colon || p.kind === T.braceClose) p.fail(GRAMMAR.conversionMissing)
  if (p.kind !== T.name) p.fail(GRAMMAR.conversionInvalid)
  if (p.start !== mark) p.fail(GRAMMAR.conversionSpace)
  const name = p.tokenText
  if (name !== 's' && name !== 'r' && name !== 'a') p.fail(GRAMMAR.conversionUnknown(name))
  p.advance()
  return name
}

function fieldSpec(p: Parser, isRaw: boolean): JoinedStr {
  p.advance()
  const start = p.start
  const parts = new PartList(p)
  fstringBody(p, parts, isRaw, true)
  return { kind: 'JoinedStr', span: { file: p.file, start, end: p.start }, parts: parts.finish() }
}
