/**
 * What the text between the quotes of a string or bytes literal means.
 */
import { GRAMMAR } from './diagnostics.ts'

/** An escape sequence that is wrong: the message of the error. */
export class BadEscape extends Error {}

export interface DecodedText {
  readonly value: string
  /** An escape named half of a surrogate pair, which no text of SPy may contain. */
  readonly hasSurrogate: boolean
  /** There is an escape by character name, which would need all names of Unicode. */
  readonly hasName: boolean
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }
const HEX_REASON: Readonly<Record<string, string>> = {
  x: 'truncated \\xXX escape',
  u: 'truncated \\uXXXX escape',
  U: 'truncated \\UXXXXXXXX escape',
}

/** @throws BadEscape */
export function decodeText(raw: string): DecodedText {
  let at = raw.indexOf('\\')
  if (at === -1) return { value: raw, hasSurrogate: false, hasName: false }
  let value = ''
  let copied = 0
  let hasSurrogate = false
  let hasName = false
  for (; at !== -1; at = raw.indexOf('\\', copied)) {
    value += raw.slice(copied, at)
    const letter = raw.charAt(at + 1)
    const simple = SIMPLE[letter]
    if (simple !== undefined) {
      value += simple
      copied = at + 2
    } else if (isOctal(letter)) {
      const digits = octalDigits(raw, at + 1)
      value += String.fromCharCode(Number.parseInt(digits, 8))
      copied = at + 1 + digits.length
    } else if (HEX_LENGTH[letter] !== undefined) {
      const code = hexEscape(raw, at, letter)
      hasSurrogate ||= code >= 0xd800 && code < 0xe000
      value += String.fromCodePoint(code)
      copied = at + 2 + (HEX_LENGTH[letter] ?? 0)
    } else if (letter === 'N') {
      const end = raw.indexOf('}', at)
      if (raw.charAt(at + 2) !== '{' || end < 0) throw unicodeError(raw, at, at + 2, 'malformed \\N character escape')
      hasName = true
      copied = end + 1
    } else {
      // An unknown escape means itself, backslash included.
      value += `\\${letter}`
      copied = at + 1 + letter.length
    }
  }
  return { value: value + raw.slice(copied), hasSurrogate, hasName }
}

function isOctal(letter: string): boolean {
  return letter >= '0' && letter <= '7' && letter.length === 1
}

function octalDigits(raw: string, start: number): string {
  let end = start + 1
  while (end < start + 3 && isOctal(raw.charAt(end))) end++
  return raw.slice(start, end)
}

function hexEscape(raw: string, backslash: number, letter: string): number {
  const length = HEX_LENGTH[letter] ?? 0
  const digits = hexDigits(raw, backslash + 2, length)
  const end = backslash + 2 + digits.length
  if (digits.length < length) throw unicodeError(raw, backslash, end, HEX_REASON[letter] ?? '')
  const code = Number.parseInt(digits, 16)
  if (code > 0x10ffff) throw unicodeError(raw, backslash, end, 'illegal Unicode character')
  return code
}

function hexDigits(raw: string, start: number, length: number): string {
  let end = start
  while (end < start + length && /^[0-9a-fA-F]$/.test(raw.charAt(end))) end++
  return raw.slice(start, end)
}

/** Python counts characters outside ASCII as the ten of `\UXXXXXXXX`, into which it has turned them. */
function unicodeError(raw: string, start: number, end: number, reason: string): BadEscape {
  const first = escapedLength(raw.slice(0, start))
  const last = escapedLength(raw.slice(0, end)) - 1
  return new BadEscape(GRAMMAR.unicodeError(first === last ? `${first}` : `${first}-${last}`, reason))
}

function escapedLength(text: string): number {
  let length = 0
  for (const character of text) length += (character.codePointAt(0) ?? 0) < 128 ? 1 : 10
  return length
}

/** @throws BadEscape */
export function decodeBytes(raw: string, isRaw: boolean): Uint8Array {
  const bytes: number[] = []
  for (let at = 0; at < raw.length; ) {
    const code = raw.charCodeAt(at)
    if (code >= 128) throw new BadEscape(GRAMMAR.bytesAscii)
    if (isRaw || code !== 92) {
      bytes.push(code)
      at++
      continue
    }
    const letter = raw.charAt(at + 1)
    const simple = SIMPLE[letter]
    if (simple !== undefined) {
      if (simple !== '') bytes.push(simple.charCodeAt(0))
      at += 2
    } else if (isOctal(letter)) {
      const digits = octalDigits(raw, at + 1)
      bytes.push(Number.parseInt(digits, 8) & 0xff)
      at += 1 + digits.length
    } else if (letter === 'x') {
      const digits = hexDigits(raw, at + 2, 2)
      if (digits.length < 2) throw new BadEscape(GRAMMAR.valueError(at))
      bytes.push(Number.parseInt(digits, 16))
      at += 4
    } else {
      bytes.push(92)
      at++
    }
  }
  return Uint8Array.from(bytes)
}
