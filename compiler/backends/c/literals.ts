/**
 * Literals of C: numbers and string literals.
 */
import { formatF32, formatF64 } from '../../../src/runtime/numbers.ts'
import type { FloatName, IntName } from '../../objects/types.ts'
import { atom, C_PRECEDENCE, type CExpr } from './expr.ts'

const INT_SUFFIX: Readonly<Record<IntName, string>> = { i8: '', u8: '', i32: '', u32: 'u', i64: 'll', u64: 'ull' }

export function intLiteral(type: IntName, value: number | bigint): CExpr {
  const suffix = INT_SUFFIX[type]
  // C has no negative literals, and the size of the smallest number does not fit.
  if (type === 'i32' && value === -2147483648) return atom('(-2147483647 - 1)')
  if (type === 'i64' && value === -9223372036854775808n) return atom('(-9223372036854775807ll - 1)')
  return signed(`${value}${suffix}`)
}

export function floatLiteral(type: FloatName, value: number): CExpr {
  const single = type === 'f32'
  if (Number.isNaN(value)) return atom(single ? '__builtin_nanf("")' : '__builtin_nan("")')
  const size = Math.abs(value)
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  if (size === Number.POSITIVE_INFINITY) return signed(`${sign}${single ? '__builtin_inff()' : '__builtin_inf()'}`)
  return signed(`${sign}${single ? `${formatF32(size)}f` : formatF64(size)}`)
}

function signed(text: string): CExpr {
  return { text, precedence: text.startsWith('-') ? C_PRECEDENCE.unary : C_PRECEDENCE.atom }
}

/** `"text"`: printable ASCII as it is, everything else as `\xNN`. */
export function stringLiteral(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  let out = '"'
  let afterEscape = false
  for (const byte of bytes) {
    const character = String.fromCharCode(byte)
    if (byte < 0x20 || byte > 0x7e) {
      out += `\\x${byte.toString(16).padStart(2, '0')}`
      afterEscape = true
      continue
    }
    // A hexadecimal escape takes all digits it can get, so a digit that follows it begins a new literal.
    if (afterEscape && /[0-9a-fA-F]/.test(character)) out += '""'
    // `??` begins a trigraph.
    out +=
      character === '\\' || character === '"' || (character === '?' && out.endsWith('?')) ? `\\${character}` : character
    afterEscape = false
  }
  return `${out}"`
}

/** For the inside of a comment. */
export function commentText(text: string): string {
  return text.replaceAll('*/', '*\\/').replaceAll('/*', '/\\*')
}
