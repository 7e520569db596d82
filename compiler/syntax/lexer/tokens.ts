/**
 * Token kinds, and the packed list in which the lexer hands tokens to the parser.
 *
 * Kinds are small numbers and positions lie in typed arrays: a hundred thousand lines are about a million tokens, and an
 * object for each would cost more than everything else the lexer does.
 */
import type { Offset } from '../../text/source.ts'

const KINDS = {
  end: 0,
  newline: 1,
  indent: 2,
  dedent: 3,
  name: 4,
  number: 5,
  string: 6,
  /** The prefix and opening quotes of an f-string. */
  fstringStart: 7,
  /** Literal text inside an f-string or one of its format specifications. */
  fstringMiddle: 8,
  fstringEnd: 9,
  /** A character that starts no token, such as `$`. */
  unknown: 10,

  parenOpen: 16,
  parenClose: 17,
  bracketOpen: 18,
  bracketClose: 19,
  braceOpen: 20,
  braceClose: 21,
  comma: 22,
  colon: 23,
  dot: 24,
  semicolon: 25,
  assign: 26,
  arrow: 27,
  walrus: 28,
  ellipsis: 29,
  exclamation: 30,
  tilde: 31,

  plus: 32,
  minus: 33,
  star: 34,
  slash: 35,
  doubleSlash: 36,
  percent: 37,
  doubleStar: 38,
  shiftLeft: 39,
  shiftRight: 40,
  pipe: 41,
  caret: 42,
  ampersand: 43,
  at: 44,

  equal: 48,
  notEqual: 49,
  less: 50,
  lessEqual: 51,
  greater: 52,
  greaterEqual: 53,

  // Augmented assignments: `augmented` plus the distance of the operator from `plus`.
  augmented: 56,
  augmentedEnd: 69,

  kwFalse: 72,
  kwNone: 73,
  kwTrue: 74,
  kwAnd: 75,
  kwAs: 76,
  kwAssert: 77,
  kwAsync: 78,
  kwAwait: 79,
  kwBreak: 80,
  kwClass: 81,
  kwContinue: 82,
  kwDef: 83,
  kwDel: 84,
  kwElif: 85,
  kwElse: 86,
  kwExcept: 87,
  kwFinally: 88,
  kwFor: 89,
  kwFrom: 90,
  kwGlobal: 91,
  kwIf: 92,
  kwImport: 93,
  kwIn: 94,
  kwIs: 95,
  kwLambda: 96,
  kwNonlocal: 97,
  kwNot: 98,
  kwOr: 99,
  kwPass: 100,
  kwRaise: 101,
  kwReturn: 102,
  kwTry: 103,
  kwWhile: 104,
  kwWith: 105,
  kwYield: 106,
} as const

export type TokenKind = number

/** Typed as numbers, because the kind of the next token changes under a parser's hands. */
export const T: { readonly [K in keyof typeof KINDS]: TokenKind } = KINDS

export const KEYWORDS: ReadonlyMap<string, TokenKind> = new Map([
  ['False', T.kwFalse],
  ['None', T.kwNone],
  ['True', T.kwTrue],
  ['and', T.kwAnd],
  ['as', T.kwAs],
  ['assert', T.kwAssert],
  ['async', T.kwAsync],
  ['await', T.kwAwait],
  ['break', T.kwBreak],
  ['class', T.kwClass],
  ['continue', T.kwContinue],
  ['def', T.kwDef],
  ['del', T.kwDel],
  ['elif', T.kwElif],
  ['else', T.kwElse],
  ['except', T.kwExcept],
  ['finally', T.kwFinally],
  ['for', T.kwFor],
  ['from', T.kwFrom],
  ['global', T.kwGlobal],
  ['if', T.kwIf],
  ['import', T.kwImport],
  ['in', T.kwIn],
  ['is', T.kwIs],
  ['lambda', T.kwLambda],
  ['nonlocal', T.kwNonlocal],
  ['not', T.kwNot],
  ['or', T.kwOr],
  ['pass', T.kwPass],
  ['raise', T.kwRaise],
  ['return', T.kwReturn],
  ['try', T.kwTry],
  ['while', T.kwWhile],
  ['with', T.kwWith],
  ['yield', T.kwYield],
])

/** Names that are keywords in some positions only. */
export const SOFT_KEYWORDS: ReadonlySet<string> = new Set(['match', 'case', 'type', '_'])

/** Tokens of one text in order; the last one is `T.end`. `starts` and `ends` are offsets into the text. */
export interface Tokens {
  readonly kinds: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly count: number
}

/** A growing token list. */
export class TokenBuffer {
  #kinds: Uint8Array
  #starts: Int32Array
  #ends: Int32Array
  #count = 0

  constructor(capacity: number) {
    this.#kinds = new Uint8Array(capacity)
    this.#starts = new Int32Array(capacity)
    this.#ends = new Int32Array(capacity)
  }

  get count(): number {
    return this.#count
  }

  push(kind: TokenKind, start: Offset, end: Offset): void {
    if (this.#count === this.#kinds.length) this.#grow()
    const at = this.#count++
    this.#kinds[at] = kind
    this.#starts[at] = start
    this.#ends[at] = end
  }

  finish(): Tokens {
    return { kinds: this.#kinds, starts: this.#starts, ends: this.#ends, count: this.#count }
  }

  #grow(): void {
    const capacity = this.#kinds.length * 2
    const kinds = new Uint8Array(capacity)
    const starts = new Int32Array(capacity)
    const ends = new Int32Array(capacity)
    kinds.set(this.#kinds)
    starts.set(this.#starts)
    ends.set(this.#ends)
    this.#kinds = kinds
    this.#starts = starts
    this.#ends = ends
  }
}
