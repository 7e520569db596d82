/**
 * Number tokens. Which characters belong to a number is decided as CPython's tokeniser does it, so that the errors are
 * the same: `0b12` breaks the token, while `1a` and `0777` are numbers that only the grammar refuses.
 */
import type { Offset } from '../../text/source.ts'
import { CH, isAsciiNamePart, isDigit, isHexDigit } from './characters.ts'
import { type LexicalError, MESSAGES } from './diagnostics.ts'

export type Report = (stage: LexicalError['stage'], message: string, at: Offset) => void

/**
 * @param at  offset of a digit, or of a dot that a digit follows
 * @returns the offset behind the number; after an error, behind everything that looks like part of it
 */
export function scanNumber(text: string, at: Offset, report: Report): Offset {
  if (text.charCodeAt(at) === CH.zero) {
    switch (text.charCodeAt(at + 1) | 0x20) {
      case LETTER_X:
        return scanRadix(text, at, HEXADECIMAL, report)
      case LETTER_O:
        return scanRadix(text, at, OCTAL, report)
      case LETTER_B:
        return scanRadix(text, at, BINARY, report)
    }
  }
  return scanDecimal(text, at, report)
}

const LETTER_B = 98
const LETTER_E = 101
const LETTER_J = 106
const LETTER_O = 111
const LETTER_X = 120

interface Radix {
  readonly name: string
  readonly isDigit: (code: number) => boolean
}

const HEXADECIMAL: Radix = { name: 'hexadecimal', isDigit: isHexDigit }
const OCTAL: Radix = { name: 'octal', isDigit: (code) => code >= CH.zero && code <= CH.seven }
const BINARY: Radix = { name: 'binary', isDigit: (code) => code === CH.zero || code === CH.one }

function scanRadix(text: string, start: Offset, radix: Radix, report: Report): Offset {
  let at = start + 2
  do {
    if (text.charCodeAt(at) === CH.underscore) at++
    if (!radix.isDigit(text.charCodeAt(at))) return badDigit(text, at, radix, report)
    while (radix.isDigit(text.charCodeAt(at))) at++
  } while (text.charCodeAt(at) === CH.underscore)
  if (isDigit(text.charCodeAt(at))) return badDigit(text, at, radix, report)
  return endOfNumber(text, at, radix.name, report)
}

function badDigit(text: string, at: Offset, radix: Radix, report: Report): Offset {
  const code = text.charCodeAt(at)
  const message = isDigit(code)
    ? MESSAGES.invalidDigit(String.fromCharCode(code), radix.name)
    : MESSAGES.invalidLiteral(radix.name)
  report('tokens', message, at)
  return skipNameParts(text, at)
}

function scanDecimal(text: string, start: Offset, report: Report): Offset {
  let at = start
  if (text.charCodeAt(at) !== CH.dot) {
    at = scanDigits(text, at)
    if (text.charCodeAt(at) === CH.underscore) return badUnderscore(text, at, report)
  }
  const integerEnd = at
  if (text.charCodeAt(at) === CH.dot) {
    at++
    if (isDigit(text.charCodeAt(at))) {
      at = scanDigits(text, at)
      if (text.charCodeAt(at) === CH.underscore) return badUnderscore(text, at, report)
    }
  }
  if ((text.charCodeAt(at) | 0x20) === LETTER_E) {
    const sign = text.charCodeAt(at + 1)
    const digits = sign === CH.plus || sign === CH.minus ? at + 2 : at + 1
    if (isDigit(text.charCodeAt(digits))) {
      at = scanDigits(text, digits)
      if (text.charCodeAt(at) === CH.underscore) return badUnderscore(text, at, report)
    } else if (digits === at + 2) {
      report('tokens', MESSAGES.invalidLiteral('decimal'), digits)
      return skipNameParts(text, digits)
    } else {
      return endOfNumber(text, at, 'decimal', report)
    }
  }
  if ((text.charCodeAt(at) | 0x20) === LETTER_J) return endOfNumber(text, at + 1, 'imaginary', report)
  if (at === integerEnd && hasLeadingZero(text, start, integerEnd)) {
    report('grammar', MESSAGES.leadingZeros, start)
    return skipNameParts(text, at)
  }
  return endOfNumber(text, at, 'decimal', report)
}

/** Digits with single underscores between them; stops at an underscore that no digit follows. */
function scanDigits(text: string, start: Offset): Offset {
  let at = start
  for (;;) {
    while (isDigit(text.charCodeAt(at))) at++
    if (text.charCodeAt(at) !== CH.underscore || !isDigit(text.charCodeAt(at + 1))) return at
    at++
  }
}

function badUnderscore(text: string, at: Offset, report: Report): Offset {
  report('tokens', MESSAGES.invalidLiteral('decimal'), at)
  return skipNameParts(text, at)
}

function hasLeadingZero(text: string, start: Offset, end: Offset): boolean {
  if (text.charCodeAt(start) !== CH.zero) return false
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code !== CH.zero && code !== CH.underscore) return true
  }
  return false
}

/** Keywords that may stand directly behind a number, as in `1if x else 2`. */
const KEYWORD_BEHIND = /^(?:and|else|for|if|in|is|or|not)/

function endOfNumber(text: string, at: Offset, kind: string, report: Report): Offset {
  if (!isAsciiNamePart(text.charCodeAt(at))) return at
  if (KEYWORD_BEHIND.test(text.slice(at, at + 4))) return at
  report('grammar', MESSAGES.invalidLiteral(kind), at)
  return skipNameParts(text, at)
}

function skipNameParts(text: string, start: Offset): Offset {
  let at = start
  while (isAsciiNamePart(text.charCodeAt(at))) at++
  return at
}
