/**
 * Functions of `bytes`. An object of bytes has the header of a `str`, so what looks at bytes only is shared with it.
 */
import { hashBytes } from '../../../src/runtime/numbers.ts'
import { type BuiltinParams, builtinFunc } from '../../objects/builtin-funcs.ts'
import { Fault } from '../../objects/fault.ts'
import { Fqn } from '../../objects/fqn.ts'
import type { RuntimeIntrinsic } from '../../objects/intrinsics.ts'
import type { CompareOp } from '../../objects/primitives.ts'
import { BOOL, BYTES, I32, type SpyType, STR, U8 } from '../../objects/types.ts'
import { type BuiltinFunc, type BytesValue, bytesValue } from '../../objects/values.ts'

function bytesFunc(
  fqn: Fqn,
  runtime: string,
  params: BuiltinParams,
  result: SpyType,
  evaluate: (...args: never[]) => unknown,
  options: { readonly effects?: boolean; readonly compareWithZero?: CompareOp } = {},
): BuiltinFunc {
  const intrinsic: RuntimeIntrinsic = {
    kind: 'runtime',
    name: runtime,
    effects: options.effects ?? false,
    ...(options.compareWithZero === undefined ? {} : { compareWithZero: options.compareWithZero }),
    evaluate,
  }
  return builtinFunc(fqn, params, result, intrinsic)
}

const method = (name: string): Fqn => Fqn.of('_bytes', 'methods', name)
const two: BuiltinParams = [
  ['self', BYTES],
  ['other', BYTES],
]

/** -1, 0 or 1, byte by byte. */
function compareBytes(a: BytesValue, b: BytesValue): number {
  const length = Math.min(a.data.length, b.data.length)
  for (let i = 0; i < length; i++) {
    const difference = (a.data[i] as number) - (b.data[i] as number)
    if (difference !== 0) return Math.sign(difference)
  }
  return Math.sign(a.data.length - b.data.length)
}

function concat(parts: readonly Uint8Array[]): BytesValue {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return bytesValue(result)
}

function byteAt({ data }: BytesValue, index: number): number {
  const found = data[index < 0 ? index + data.length : index]
  if (found === undefined) throw new Fault('IndexError', 'index out of range')
  return found
}

function containsBytes({ data }: BytesValue, { data: part }: BytesValue): boolean {
  for (let i = 0; i + part.length <= data.length; i++) {
    if (part.every((byte, k) => data[i + k] === byte)) return true
  }
  return false
}

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [9, '\\t'],
  [10, '\\n'],
  [13, '\\r'],
  [39, "\\'"],
  [92, '\\\\'],
])

function reprBytes({ data }: BytesValue): string {
  const shown = [...data].map((byte) => {
    const isPrintable = byte >= 32 && byte < 127
    return ESCAPES.get(byte) ?? (isPrintable ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`)
  })
  return `b'${shown.join('')}'`
}

export const BYTES_REPR: BuiltinFunc = bytesFunc(
  method('__repr__'),
  'spy_bytes_repr',
  [['self', BYTES]],
  STR,
  reprBytes,
)

/** `b[i]`; slices are made by the library. */
export const BYTES_GET_ITEM: BuiltinFunc = bytesFunc(
  method('_getitem_int'),
  'spy_bytes_getitem',
  [
    ['b', BYTES],
    ['i', I32],
  ],
  U8,
  byteAt,
  { effects: true },
)

export const HASH_BYTES: BuiltinFunc = bytesFunc(
  BYTES.fqn.join('__hash__'),
  'spy_str_hash',
  [['self', BYTES]],
  I32,
  ({ data }: BytesValue) => hashBytes(data),
)

/** Methods of `bytes` that are plain functions, by name. */
export const BYTES_METHODS: ReadonlyMap<string, BuiltinFunc> = new Map([
  [
    '__len__',
    bytesFunc(method('__len__'), 'spy_bytes_length', [['self', BYTES]], I32, ({ data }: BytesValue) => data.length),
  ],
  [
    '__add__',
    bytesFunc(method('__add__'), 'spy_str_concat', two, BYTES, (a: BytesValue, b: BytesValue) =>
      concat([a.data, b.data]),
    ),
  ],
  [
    '__mul__',
    bytesFunc(
      method('__mul__'),
      'spy_str_repeat',
      [
        ['self', BYTES],
        ['n', I32],
      ],
      BYTES,
      ({ data }: BytesValue, count: number) => bytesValue(repeated(data, Math.max(count, 0))),
    ),
  ],
  ['__hash__', HASH_BYTES],
  ['__repr__', BYTES_REPR],
])

const COMPARISONS: readonly (readonly [CompareOp, string, CompareOp, (order: number) => boolean])[] = [
  ['eq', 'spy_str_eq', 'ne', (order) => order === 0],
  ['ne', 'spy_str_eq', 'eq', (order) => order !== 0],
  ['lt', 'spy_str_compare', 'lt', (order) => order < 0],
  ['le', 'spy_str_compare', 'le', (order) => order <= 0],
  ['gt', 'spy_str_compare', 'gt', (order) => order > 0],
  ['ge', 'spy_str_compare', 'ge', (order) => order >= 0],
]

/** As for strings: the result of the runtime is compared with zero. */
export const BYTES_OPERATORS: ReadonlyMap<string, BuiltinFunc> = new Map(
  COMPARISONS.map(([op, runtime, compareWithZero, test]) => [
    `bytes ${op} bytes`,
    bytesFunc(
      Fqn.of('operator', `bytes_${op}`),
      runtime,
      two,
      BOOL,
      (a: BytesValue, b: BytesValue) => test(compareBytes(a, b)),
      { compareWithZero },
    ),
  ]),
)

/** For module `_bytes`: every `step`th byte from `start` on, `count` of them, all inside. */
export const BYTES_HELPERS: readonly BuiltinFunc[] = [
  bytesFunc(Fqn.of('__spy__', '_bytes_contains'), 'spy_str_contains', two, BOOL, containsBytes),
  bytesFunc(
    Fqn.of('__spy__', '_bytes_slice'),
    'spy_bytes_slice',
    [
      ['b', BYTES],
      ['start', I32],
      ['count', I32],
      ['step', I32],
    ],
    BYTES,
    ({ data }: BytesValue, start: number, count: number, step: number) =>
      bytesValue(Uint8Array.from({ length: count }, (_, i) => data[start + i * step] as number)),
  ),
]

/** Text from bytes, and bytes from text, where it is known that they are what the other can hold. */
export const BYTES_AND_TEXT: readonly BuiltinFunc[] = [
  // Each byte is a character.
  bytesFunc(Fqn.of('__spy__', '_bytes_to_latin'), 'spy_bytes_to_latin', [['b', BYTES]], STR, latinOfBytes),
  bytesFunc(Fqn.of('__spy__', '_latin_to_bytes'), 'spy_latin_to_bytes', [['s', STR]], BYTES, (text: string) =>
    bytesValue(Uint8Array.from(text, (character) => character.charCodeAt(0))),
  ),
  // The bytes are UTF-8.
  bytesFunc(Fqn.of('__spy__', '_bytes_to_str'), 'spy_bytes_to_str', [['b', BYTES]], STR, ({ data }: BytesValue) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(data),
  ),
]

function latinOfBytes({ data }: BytesValue): string {
  return Array.from(data, (byte) => String.fromCharCode(byte)).join('')
}

/** `text.encode()`: the UTF-8 bytes of the text. */
export const STR_ENCODE: BuiltinFunc = bytesFunc(
  Fqn.of('__spy__', '_str_utf8'),
  'spy_str_encode',
  [['s', STR]],
  BYTES,
  (text: string) => bytesValue(new TextEncoder().encode(text)),
)

/** @throws RangeError if that is more than memory can hold */
function repeated(data: Uint8Array, count: number): Uint8Array {
  const all = new Uint8Array(data.length * count)
  for (let at = 0; at < all.length; at += data.length) all.set(data, at)
  return all
}
