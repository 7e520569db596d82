/**
 * Where string tokens start and end. What they mean is the parser's business.
 */
import type { Offset } from '../../text/source.ts'
import { CH } from './characters.ts'

const LETTER_B = 98
const LETTER_F = 102
const LETTER_R = 114
const LETTER_U = 117

/** Length of the string prefix at `at`, or 0 if what starts there is a name. */
export function stringPrefixLength(text: string, at: Offset): number {
  const first = text.charCodeAt(at) | 0x20
  if (first !== LETTER_B && first !== LETTER_F && first !== LETTER_R && first !== LETTER_U) return 0
  if (isQuote(text.charCodeAt(at + 1))) return 1
  if (!isQuote(text.charCodeAt(at + 2))) return 0
  const second = text.charCodeAt(at + 1) | 0x20
  const isPair =
    (first === LETTER_R && (second === LETTER_B || second === LETTER_F)) ||
    (second === LETTER_R && (first === LETTER_B || first === LETTER_F))
  return isPair ? 2 : 0
}

export function isRawPrefix(prefix: string): boolean {
  return prefix.includes('r') || prefix.includes('R')
}

export interface StringEnd {
  /** Behind the closing quotes; if there are none, the end of the line or, for triple quotes, of the text. */
  readonly end: Offset
  readonly isTerminated: boolean
}

/** @param quoteAt  offset of the first opening quote */
export function scanString(text: string, quoteAt: Offset, isTriple: boolean): StringEnd {
  return isTriple ? scanTriple(text, quoteAt) : scanSingle(text, quoteAt)
}

function scanSingle(text: string, quoteAt: Offset): StringEnd {
  const quote = text.charCodeAt(quoteAt)
  for (let at = quoteAt + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) return { end: at + 1, isTerminated: true }
    if (code === CH.backslash) at++
    else if (code === CH.newline) return { end: at, isTerminated: false }
  }
  return { end: text.length, isTerminated: false }
}

function scanTriple(text: string, quoteAt: Offset): StringEnd {
  const quote = text.charCodeAt(quoteAt)
  for (let at = quoteAt + 3; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === CH.backslash) at++
    else if (code === quote && text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) {
      return { end: at + 3, isTerminated: true }
    }
  }
  return { end: text.length, isTerminated: false }
}

function isQuote(code: number): boolean {
  return code === CH.singleQuote || code === CH.doubleQuote
}
