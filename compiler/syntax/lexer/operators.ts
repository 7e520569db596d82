/**
 * Operator and punctuation tokens; brackets are not among them, because the lexer counts them.
 */
import type { Offset } from '../../text/source.ts'
import { T, type TokenKind } from './tokens.ts'

export interface Operator {
  readonly kind: TokenKind
  readonly length: number
}

/** The binary operators in the order of their token kinds. */
const BINARY = ['+', '-', '*', '/', '//', '%', '**', '<<', '>>', '|', '^', '&', '@']

const SPELLINGS: readonly (readonly [string, TokenKind])[] = [
  [',', T.comma],
  [':', T.colon],
  ['.', T.dot],
  [';', T.semicolon],
  ['=', T.assign],
  ['->', T.arrow],
  [':=', T.walrus],
  ['...', T.ellipsis],
  ['!', T.exclamation],
  ['~', T.tilde],
  ['==', T.equal],
  ['!=', T.notEqual],
  ['<', T.less],
  ['<=', T.lessEqual],
  ['>', T.greater],
  ['>=', T.greaterEqual],
  ...BINARY.map((spelling, index) => [spelling, T.plus + index] as const),
  ...BINARY.map((spelling, index) => [`${spelling}=`, T.augmented + index] as const),
]

/** By the code of the first character; longer spellings first. */
const BY_FIRST: (readonly (Operator & { readonly spelling: string })[] | undefined)[] = []
for (const [spelling, kind] of [...SPELLINGS].sort(([a], [b]) => b.length - a.length)) {
  const first = spelling.charCodeAt(0)
  BY_FIRST[first] = [...(BY_FIRST[first] ?? []), { spelling, kind, length: spelling.length }]
}

/** The longest operator at `at`. */
export function scanOperator(text: string, at: Offset): Operator | undefined {
  const candidates = BY_FIRST[text.charCodeAt(at)]
  if (candidates === undefined) return undefined
  for (const candidate of candidates) {
    if (candidate.length === 1 || text.startsWith(candidate.spelling, at)) return candidate
  }
  return undefined
}
