/**
 * `var x` and `const x` for tools that only know Python: the two words become one identifier of the same width.
 *
 *     var   total: i32 = 0        →        var···total: i32 = 0
 *
 * Our own parser needs none of this; formatters do.
 */

import { tokenize } from './tokenize.ts'
import { T } from './tokens.ts'

const MIDDLE_DOT = '\u00b7'

/** Put a middle dot for each column between `var` or `const` and the name that follows. */
export function fuseDeclarations(text: string): string {
  const { kinds, starts, ends, count } = tokenize(text).tokens
  let out = ''
  let copied = 0
  for (let at = 0; at + 1 < count; at++) {
    if (kinds[at] !== T.name || kinds[at + 1] !== T.name) continue
    const end = ends[at] ?? 0
    const next = starts[at + 1] ?? 0
    const word = text.slice(starts[at], end)
    if ((word !== 'var' && word !== 'const') || text.slice(end, next).includes('\n')) continue
    out += text.slice(copied, end) + MIDDLE_DOT.repeat(next - end)
    copied = next
    at++
  }
  return out + text.slice(copied)
}

/** The inverse of `fuseDeclarations`, except that one space is left between the words. */
export function splitDeclarations(text: string): string {
  return text.replace(/\b(var|const)\u00b7+([_\p{XID_Start}]\p{XID_Continue}*)/gu, '$1 $2')
}
