/**
 * Mutants: programs that differ from good ones in a few tokens or lines, as those do that people are writing. Made from a
 * number, so that each can be made again.
 */

/** Numbers from 0 to below `limit`, always the same ones for one seed. */
export type Random = (limit: number) => number

/** mulberry32, by Tommy Ettinger (public domain). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}

type Change = (parts: string[], at: number, random: Random, others: readonly string[]) => void

const CHANGES: readonly Change[] = [
  (parts, at) => void parts.splice(at, 1),
  (parts, at) => void parts.splice(at, 0, parts[at] as string),
  (parts, at, random) => {
    const other = random(parts.length)
    ;[parts[at], parts[other]] = [parts[other] as string, parts[at] as string]
  },
  (parts, at, random, others) => {
    parts[at] = others[random(others.length)] as string
  },
]

/** Something else of the same kind: most of what comes out is a program still. */
function likeness(parts: string[], at: number, random: Random, others: readonly string[]): void {
  const alike = others.filter((part) => kindOf(part) === kindOf(parts[at] as string))
  if (alike.length > 0) parts[at] = alike[random(alike.length)] as string
}

const KEYWORDS =
  /^(def|class|if|elif|else|while|for|in|is|not|and|or|return|raise|assert|from|import|as|var|const|pass|break|continue|with)$/

const KINDS = [/^\s*$/, KEYWORDS, /^[A-Za-z_]\w*$/, /^\d/, /^["']/]

/** Names, numbers and texts; the rest is grammar, of which not much is left that a program still has. */
function isOperand(part: string): boolean {
  return kindOf(part) > 1
}

function kindOf(part: string): number {
  return KINDS.findIndex((kind) => kind.test(part))
}

/** What stands in programs now and then. */
const SPICE = [
  ...[
    'None',
    'True',
    '0',
    '1',
    '2147483648',
    '1e400',
    '9999999999999999999',
    '""',
    '"é\\n"',
    'x',
    'self',
    '*',
    ':',
    '=',
  ],
  ...['[]', '{}', '()', '-', '**', '//', '<<', '@', '->', '.', ',', '(', ')', 'b"x"', 'f"{1}"', '...'],
  ...[
    'i8',
    'u8',
    'i32',
    'u64',
    'f64',
    'str',
    'bool',
    'bytes',
    'dynamic',
    'object',
    'type',
    'list',
    'dict',
    'tuple',
    'set',
  ],
  ...[
    'var',
    'const',
    'global',
    'return',
    'yield',
    'raise',
    'assert',
    'not',
    'in',
    'is',
    'await',
    'lambda',
    'blue',
    'struct',
  ],
  ...[
    'len',
    'str',
    'repr',
    'range',
    'print',
    'hash',
    'int',
    'float',
    'sorted',
    'getattr',
    'super',
    'isinstance',
    'STATIC_TYPE',
  ],
]

/** Names, numbers, texts, blanks, operators, and single characters for the rest. */
export function tokens(text: string): string[] {
  return text.match(/\w+|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\n[ ]*|[^\S\n]+|[-+*/<>=!]+|[\s\S]/g) ?? []
}

export function mutantOf(seed: number, programs: readonly string[]): string {
  const random = randomOf(seed)
  const pick = (): string => programs[random(programs.length)] as string
  let text = pick()
  for (let left = 1 + random(3); left > 0; left--) {
    const byLine = random(4) === 0
    const parts = byLine ? text.split('\n') : tokens(text)
    const others = byLine ? pick().split('\n') : [...tokens(pick()), ...SPICE]
    const isMeant = random(8) > 0 && !byLine ? isOperand : (part: string) => /\S/.test(part)
    const places = [...parts.keys()].filter((at) => isMeant(parts[at] as string))
    const change = !byLine && random(4) > 0 ? likeness : (CHANGES[random(CHANGES.length)] as Change)
    const at = places[random(places.length)]
    if (at !== undefined) change(parts, at, random, others)
    text = parts.join(byLine ? '\n' : '')
  }
  return text
}
