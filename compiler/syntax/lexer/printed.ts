/**
 * The notation of printed trees, where it is more than source text: names that no source could have, and statements
 * inside of expressions.
 *
 *     `m::f[i32]`(r$0)        names in backquotes, and names with dollars
 *     __block__(r: i32 = a; if r > 9:;     r = 9; r)
 *
 * In a block `; ` stands where a line ends, and the blanks behind it are the indentation of the next.
 */
import type { Offset } from '../../text/source.ts'
import { isAsciiNamePart } from './characters.ts'
import { T, TokenBuffer, type Tokens } from './tokens.ts'

/** Where a name ends that starts with a backquote or a dollar; -1 if there is none. */
export function printedNameEnd(text: string, start: Offset): Offset {
  if (text.charAt(start) === '`') return text.indexOf('`', start + 1) + 1 || -1
  if (text.charAt(start) !== '$') return -1
  let at = start + 1
  while (isAsciiNamePart(text.charCodeAt(at)) || text.charAt(at) === '$') at++
  return at
}

/** A block whose end has not been reached. */
interface OpenBlock {
  /** How many brackets are open inside of it. */
  readonly brackets: number
  /** Indentation of its open suites, outermost first. */
  readonly indents: number[]
}

/** Names put together, and blocks with the tokens for lines and indentation that they would have in a file. */
export function layOutBlocks({ kinds, starts, ends, count }: Tokens, text: string): Tokens {
  const out = new TokenBuffer(count + 16)
  const blocks: OpenBlock[] = []
  let brackets = 0
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] ?? T.end
    const start = starts[at] ?? 0
    let end = ends[at] ?? 0
    const block = blocks.at(-1)
    if (kind === T.name) {
      while (kinds[at + 1] === T.name && starts[at + 1] === end) end = ends[++at] ?? end
    }
    if (kind === T.semicolon && block !== undefined && block.brackets === brackets) {
      out.push(T.newline, start, end)
      indentTo(block, (starts[at + 1] ?? end) - end - 1, end, out)
      continue
    }
    if (kind === T.parenClose && block !== undefined && block.brackets === brackets) {
      out.push(T.newline, start, start)
      indentTo(block, 0, start, out)
      blocks.pop()
    }
    if (kind === T.parenClose || kind === T.bracketClose || kind === T.braceClose) brackets--
    out.push(kind, start, end)
    if (kind === T.parenOpen || kind === T.bracketOpen || kind === T.braceOpen) brackets++
    if (kind === T.parenOpen && text.slice(starts[at - 1], ends[at - 1]) === '__block__') {
      blocks.push({ brackets, indents: [0] })
    }
  }
  return out.finish()
}

function indentTo({ indents }: OpenBlock, column: number, at: Offset, out: TokenBuffer): void {
  if (column > (indents.at(-1) ?? 0)) {
    indents.push(column)
    out.push(T.indent, at, at)
  }
  while (column < (indents.at(-1) ?? 0)) {
    indents.pop()
    out.push(T.dedent, at, at)
  }
}
