/**
 * Values in the form of Python's `repr`, as tree dumps show them.
 */
import { formatComplex, formatF64 } from '../../src/runtime/numbers.ts'
import type { LiteralValue } from '../syntax/ast.ts'
import { unreachable } from '../text/diagnostics.ts'

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

export function reprBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'"
  let out = `b${quote}`
  for (const byte of bytes) {
    const character = String.fromCharCode(byte)
    if (character === quote) out += `\\${quote}`
    else if (ESCAPES[character] !== undefined) out += ESCAPES[character]
    else out += byte >= 32 && byte < 127 ? character : `\\x${byte.toString(16).padStart(2, '0')}`
  }
  return out + quote
}

const TYPE_NAMES = { i8: 'Int8', u8: 'UInt8', i32: 'Int32', u32: 'UInt32', i64: 'Int64', u64: 'UInt64' } as const

/** A typed literal shows its type; `f32` as the C number that it is, with the digits of a double. */
export function reprLiteral(literal: LiteralValue): string {
  switch (literal.type) {
    case 'int':
      return String(literal.value)
    case 'i8':
    case 'u8':
    case 'i32':
    case 'u32':
    case 'i64':
    case 'u64':
      return `${TYPE_NAMES[literal.type]}(${literal.value})`
    case 'f64':
      return formatF64(literal.value)
    case 'f32':
      return `c_float(${formatF64(literal.value)})`
    case 'complex128':
      return formatComplex(0, literal.imag)
    case 'bool':
      return literal.value ? 'True' : 'False'
    case 'NoneType':
      return 'None'
    default:
      return unreachable(literal)
  }
}
