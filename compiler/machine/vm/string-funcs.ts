/**
 * Functions of `str`: what each is called in SPy and in the C runtime, and what it computes on JavaScript strings. A
 * string is a sequence of code points; positions never count UTF-16 units.
 */
import { hashBytes, parseComplex, quote } from '../../../src/runtime/numbers.ts'
import { type BuiltinParams, builtinFunc } from '../../objects/builtin-funcs.ts'
import { Fault } from '../../objects/fault.ts'
import { Fqn } from '../../objects/fqn.ts'
import type { RuntimeIntrinsic } from '../../objects/intrinsics.ts'
import type { CompareOp } from '../../objects/primitives.ts'
import { BOOL, COMPLEX128, I32, type SpyType, STR } from '../../objects/types.ts'
import { type BuiltinFunc, complexValue } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import { countText, findText, findTextFromEnd, replaceText, sliceText } from './string-search.ts'

interface StringFuncOptions {
  /** Calls with blue operands are folded. */
  readonly pure?: boolean
  /** It can fail. */
  readonly effects?: boolean
  readonly compareWithZero?: CompareOp
}

/** Number of code points. */
export function codePointLength(text: string): number {
  let count = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0xd800 && unit < 0xdc00) count--
  }
  return count
}

const isPlain = (text: string): boolean => codePointLength(text) === text.length

function codePointAt(text: string, index: number): string {
  const length = codePointLength(text)
  const at = index < 0 ? index + length : index
  if (at < 0 || at >= length) throw new Fault('IndexError', 'string index out of bound')
  return isPlain(text) ? text.charAt(at) : ([...text][at] as string)
}

/** -1, 0 or 1 by code points, which is the order of UTF-8 bytes and not that of UTF-16 units. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  if (isPlain(a) && isPlain(b)) return a < b ? -1 : 1
  const left = [...a]
  const right = [...b]
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = ((left[i] as string).codePointAt(0) as number) - ((right[i] as string).codePointAt(0) as number)
    if (difference !== 0) return difference < 0 ? -1 : 1
  }
  return left.length < right.length ? -1 : 1
}

function ordinal(text: string): number {
  const length = codePointLength(text)
  if (length !== 1) {
    throw new Fault('TypeError', `ord() expected a character, but string of length ${length} found`)
  }
  return text.codePointAt(0) as number
}

function stringFunc(
  fqn: Fqn,
  runtime: string,
  params: BuiltinParams,
  result: SpyType,
  evaluate: (...args: never[]) => unknown,
  options: StringFuncOptions = {},
): BuiltinFunc {
  const { compareWithZero } = options
  const intrinsic: RuntimeIntrinsic = {
    kind: 'runtime',
    name: runtime,
    effects: options.effects ?? false,
    ...(compareWithZero === undefined ? {} : { compareWithZero }),
    evaluate,
  }
  return builtinFunc(fqn, params, result, intrinsic, { pure: options.pure ?? false })
}

const method = (...names: readonly string[]): Fqn => Fqn.of('_str', 'methods', ...names)
const two: BuiltinParams = [
  ['self', STR],
  ['other', STR],
]

export const STR_ADD: BuiltinFunc = stringFunc(
  method('__add__'),
  'spy_str_concat',
  two,
  STR,
  (a: string, b: string) => a + b,
  { pure: true },
)

const STR_MUL = stringFunc(
  method('__mul__'),
  'spy_str_repeat',
  [
    ['self', STR],
    ['n', I32],
  ],
  STR,
  (text: string, count: number) => (count > 0 ? text.repeat(count) : ''),
  { pure: true },
)

const STR_LEN = stringFunc(method('__len__'), 'spy_str_length', [['self', STR]], I32, codePointLength, { pure: true })

/** `s[i]`; chosen by the metafunction `_str::methods::__getitem__`. */
export const STR_GET_ITEM: BuiltinFunc = stringFunc(
  method('__getitem__', '_getitem_int'),
  'spy_str_getitem',
  [
    ['s', STR],
    ['i', I32],
  ],
  STR,
  codePointAt,
  { effects: true },
)

export const STR_REPR: BuiltinFunc = stringFunc(method('__repr__'), 'spy_str_repr', [['self', STR]], STR, quote, {
  pure: true,
})

const STR_CONTAINS = stringFunc(method('__contains__'), 'spy_str_contains', two, BOOL, (text: string, part: string) =>
  text.includes(part),
)

const STR_IS_ASCII = stringFunc(method('isascii'), 'spy_str_isascii', [['self', STR]], BOOL, (text: string) =>
  /^[\0-\x7f]*$/.test(text),
)

/** `str(s)` is `s`. */
export const STR_STR: BuiltinFunc = builtinFunc(Fqn.of('builtins', 'str', '__str__'), [['self', STR]], STR, {
  kind: 'identity',
})

export const ORD_STR: BuiltinFunc = stringFunc(
  Fqn.of('builtins', '_ord_str'),
  'spy_str_ord',
  [['s', STR]],
  I32,
  ordinal,
  { pure: true, effects: true },
)

export const CHR: BuiltinFunc = stringFunc(
  Fqn.of('builtins', 'chr'),
  'spy_str_chr',
  [['i', I32]],
  STR,
  (code: number) => {
    const isSurrogate = code >= 0xd800 && code < 0xe000
    if (code < 0 || code > 0x10ffff || isSurrogate) throw new Fault('ValueError', 'chr() arg not in range(0x110000)')
    return String.fromCodePoint(code)
  },
  { effects: true },
)

export const HASH_STR: BuiltinFunc = stringFunc(
  Fqn.of('builtins', 'hash_str'),
  'spy_str_hash',
  [['s', STR]],
  I32,
  (text: string) => hashBytes(new TextEncoder().encode(text)),
)

/** `operator::str_to_complex128`: complex numbers are returned through memory. */
export const STR_TO_COMPLEX: BuiltinFunc = stringFunc(
  Fqn.of('operator', 'str_to_complex128'),
  'spy_wasm_str_to_complex128',
  [['s', STR]],
  COMPLEX128,
  (text: string) => {
    const { re, im } = parseComplex(text)
    return complexValue(re, im)
  },
  { pure: true, effects: true },
)

/** Methods of `str` that are plain functions, by name. */
export const STR_METHODS: ReadonlyMap<string, BuiltinFunc> = new Map([
  ['__add__', STR_ADD],
  ['__mul__', STR_MUL],
  ['__len__', STR_LEN],
  ['__contains__', STR_CONTAINS],
  ['__repr__', STR_REPR],
  ['__str__', STR_STR],
  ['isascii', STR_IS_ASCII],
])

// ------------------------------------------------------------------------------------------------- for the library

const search: BuiltinParams = [
  ['s', STR],
  ['sub', STR],
  ['start', I32],
  ['end', I32],
]

const helper = (name: string): Fqn => Fqn.of('__spy__', name)

/** The interpreter's strings are not bytes, and cannot be written to. */
function onlyCompiled(): void {
  invariant(false, 'texts are written where they are compiled')
}

/** Functions of the runtime that module `_str` is written with. */
export const STR_HELPERS: readonly BuiltinFunc[] = [
  stringFunc(helper('_str_find'), 'spy_str_find', search, I32, findText),
  stringFunc(helper('_str_rfind'), 'spy_str_rfind', search, I32, findTextFromEnd),
  stringFunc(helper('_str_count'), 'spy_str_count', search, I32, countText),
  stringFunc(
    helper('_str_replace'),
    'spy_str_replace',
    [
      ['s', STR],
      ['old', STR],
      ['new', STR],
      ['limit', I32],
    ],
    STR,
    replaceText,
  ),
  stringFunc(
    helper('_str_slice'),
    'spy_str_slice',
    [
      ['s', STR],
      ['given', I32],
      ['start', I32],
      ['stop', I32],
      ['step', I32],
    ],
    STR,
    sliceText,
    { effects: true },
  ),
  stringFunc(helper('_text_begin'), 'spy_text_begin', [['size', I32]], STR, onlyCompiled, { effects: true }),
  stringFunc(
    helper('_text_put'),
    'spy_text_put',
    [
      ['text', STR],
      ['at', I32],
      ['part', STR],
    ],
    I32,
    onlyCompiled,
    { effects: true },
  ),
]

// ------------------------------------------------------------------------------------------ operators of strings

interface StringComparison {
  readonly op: CompareOp
  readonly runtime: 'spy_str_eq' | 'spy_str_compare'
  readonly compareWithZero: CompareOp
  readonly test: (order: number) => boolean
}

const COMPARISONS: readonly StringComparison[] = [
  { op: 'eq', runtime: 'spy_str_eq', compareWithZero: 'ne', test: (order) => order === 0 },
  { op: 'ne', runtime: 'spy_str_eq', compareWithZero: 'eq', test: (order) => order !== 0 },
  { op: 'lt', runtime: 'spy_str_compare', compareWithZero: 'lt', test: (order) => order < 0 },
  { op: 'le', runtime: 'spy_str_compare', compareWithZero: 'le', test: (order) => order <= 0 },
  { op: 'gt', runtime: 'spy_str_compare', compareWithZero: 'gt', test: (order) => order > 0 },
  { op: 'ge', runtime: 'spy_str_compare', compareWithZero: 'ge', test: (order) => order >= 0 },
]

/**
 * Operators on strings that are no methods, by `left op right`. Ordering is one call of the runtime whose result is
 * compared with zero; equality has a call of its own, because it can compare lengths first.
 */
export const STRING_OPERATORS: ReadonlyMap<string, BuiltinFunc> = new Map(
  COMPARISONS.map(({ op, runtime, compareWithZero, test }) => [
    `str ${op} str`,
    stringFunc(Fqn.of('operator', `str_${op}`), runtime, two, BOOL, (a: string, b: string) => test(compareText(a, b)), {
      pure: true,
      compareWithZero,
    }),
  ]),
)
