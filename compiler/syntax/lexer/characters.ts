/**
 * Character classes of Python's tokens.
 */

export const CH = {
  nul: 0,
  tab: 9,
  newline: 10,
  formFeed: 12,
  space: 32,
  exclamation: 33,
  doubleQuote: 34,
  hash: 35,
  singleQuote: 39,
  parenOpen: 40,
  parenClose: 41,
  plus: 43,
  minus: 45,
  dot: 46,
  zero: 48,
  one: 49,
  seven: 55,
  nine: 57,
  colon: 58,
  bracketOpen: 91,
  backslash: 92,
  bracketClose: 93,
  underscore: 95,
  braceOpen: 123,
  braceClose: 125,
} as const

const DIGIT = 1
const HEX = 2
const NAME_START = 4

const CLASSES = new Uint8Array(128)
for (const digit of '0123456789') mark(digit, DIGIT | HEX)
for (const letter of 'abcdefABCDEF') mark(letter, HEX)
for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_') mark(letter, NAME_START)

function mark(character: string, bits: number): void {
  const code = character.charCodeAt(0)
  CLASSES[code] = (CLASSES[code] ?? 0) | bits
}

export function isDigit(code: number): boolean {
  return code >= CH.zero && code <= CH.nine
}

export function isHexDigit(code: number): boolean {
  return code < 128 && ((CLASSES[code] ?? 0) & HEX) !== 0
}

export function isAsciiNameStart(code: number): boolean {
  return code < 128 && ((CLASSES[code] ?? 0) & NAME_START) !== 0
}

export function isAsciiNamePart(code: number): boolean {
  return code < 128 && ((CLASSES[code] ?? 0) & (NAME_START | DIGIT)) !== 0
}

const NAME = /^[_\p{XID_Start}]\p{XID_Continue}*$/u
const NAME_START_CHARACTER = /^[_\p{XID_Start}]$/u
const NAME_PART_CHARACTER = /^\p{XID_Continue}$/u
const NOT_PRINTABLE = /^[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]$/u

/**
 * Index of the first UTF-16 unit of `name` that no identifier can have there, or -1 if `name` is an identifier.
 */
export function badIdentifierCharacter(name: string): number {
  if (NAME.test(name)) return -1
  let at = 0
  for (const character of name) {
    const allowed = at === 0 ? NAME_START_CHARACTER : NAME_PART_CHARACTER
    if (!allowed.test(character)) return at
    at += character.length
  }
  return -1
}

export function isPrintable(character: string): boolean {
  return character === ' ' || !NOT_PRINTABLE.test(character)
}
