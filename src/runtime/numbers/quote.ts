/**
 * Text between quotes, as Python's repr writes it: single quotes unless only the double ones need no escape.
 * KEEP IN STEP: quoted-text (runtime-c/src/text/quote.c)
 */

/**
 * Characters that are escaped: controls, formats, separators other than the space, surrogates and private use.
 * Pairs of first and last code point.
 */
export const UNPRINTABLE: readonly number[] = [
  0x0, 0x1f, 0x7f, 0xa0, 0xad, 0xad, 0x600, 0x605, 0x61c, 0x61c, 0x6dd, 0x6dd, 0x70f, 0x70f, 0x890, 0x891, 0x8e2, 0x8e2,
  0x1680, 0x1680, 0x180e, 0x180e, 0x2000, 0x200f, 0x2028, 0x202f, 0x205f, 0x2064, 0x2066, 0x206f, 0x3000, 0x3000,
  0xd800, 0xf8ff, 0xfeff, 0xfeff, 0xfff9, 0xfffb, 0x110bd, 0x110bd, 0x110cd, 0x110cd, 0x13430, 0x1343f, 0x1bca0,
  0x1bca3, 0x1d173, 0x1d17a, 0xe0001, 0xe0001, 0xe0020, 0xe007f, 0xf0000, 0xffffd, 0x100000, 0x10fffd,
]

export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  let out = mark
  for (const character of text) {
    const code = character.codePointAt(0) as number
    if (character === mark || character === '\\') out += `\\${character}`
    else if (character === '\n') out += '\\n'
    else if (character === '\r') out += '\\r'
    else if (character === '\t') out += '\\t'
    else if (isPrintable(code)) out += character
    else if (code < 0x100) out += `\\x${code.toString(16).padStart(2, '0')}`
    else if (code < 0x10000) out += `\\u${code.toString(16).padStart(4, '0')}`
    else out += `\\U${code.toString(16).padStart(8, '0')}`
  }
  return out + mark
}

function isPrintable(code: number): boolean {
  if (code >= 0x20 && code < 0x7f) return true
  for (let i = 0; i < UNPRINTABLE.length; i += 2) {
    if (code < (UNPRINTABLE[i] as number)) return true
    if (code <= (UNPRINTABLE[i + 1] as number)) return false
  }
  return true
}
