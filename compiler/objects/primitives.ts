/**
 * The primitive operations: `operator::i32_add` and its like. One row each, with signature and shape; every engine has a
 * table over the shapes, whose type demands all of them. What they compute is defined once, in src/runtime/numbers, and
 * repeated in runtime-c; tests compare the two.
 */
import type { FloatName, IntName, PrimitiveName } from './types.ts'
import { INT_TYPES } from './types.ts'

export const INT_NAMES: readonly IntName[] = ['i8', 'u8', 'i32', 'u32', 'i64', 'u64']
export const FLOAT_NAMES: readonly FloatName[] = ['f64', 'f32']

export type IntBinaryOp =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'floordiv'
  | 'mod'
  | 'pow'
  | 'lshift'
  | 'rshift'
  | 'and'
  | 'or'
  | 'xor'
export type FloatBinaryOp = 'add' | 'sub' | 'mul' | 'div' | 'floordiv' | 'mod' | 'pow'
export type ComplexBinaryOp = 'add' | 'sub' | 'mul' | 'div' | 'pow'
export type ComplexPart = 'real' | 'imag'
export type BoolBinaryOp = 'and' | 'or' | 'xor'
export type CompareOp = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge'
export type EqualityOp = 'eq' | 'ne'
export type UncheckedOp = 'div' | 'floordiv' | 'mod'

/** What a primitive operation does. Integer `div` gives f64. `not` and comparisons give bool. */
export type PrimitiveShape =
  | { readonly kind: 'intBinary'; readonly type: IntName; readonly op: IntBinaryOp }
  | { readonly kind: 'intCompare'; readonly type: IntName; readonly op: CompareOp }
  | { readonly kind: 'intNeg'; readonly type: IntName }
  | { readonly kind: 'intInvert'; readonly type: IntName }
  | { readonly kind: 'floatBinary'; readonly type: FloatName; readonly op: FloatBinaryOp }
  | { readonly kind: 'floatCompare'; readonly type: FloatName; readonly op: CompareOp }
  | { readonly kind: 'floatNeg'; readonly type: FloatName }
  | { readonly kind: 'boolBinary'; readonly op: BoolBinaryOp }
  | { readonly kind: 'boolCompare'; readonly op: CompareOp }
  | { readonly kind: 'boolNot' }
  | { readonly kind: 'complexBinary'; readonly op: ComplexBinaryOp }
  | { readonly kind: 'complexCompare'; readonly op: EqualityOp }
  | { readonly kind: 'complexNeg' }
  | { readonly kind: 'complexConjugate' }
  /** (re, im) */
  | { readonly kind: 'complexMake' }
  | { readonly kind: 'complexPart'; readonly part: ComplexPart }
  | { readonly kind: 'convert'; readonly from: NumberName; readonly to: NumberName }
  /** `unsafe.unchecked_*`: as the checked form, but a zero divisor is a PanicError in debug and undefined in release. */
  | { readonly kind: 'unchecked'; readonly type: IntName | FloatName; readonly op: UncheckedOp }
  /** IEEE division: never fails. */
  | { readonly kind: 'ieeeDiv'; readonly type: FloatName }

/** Types that conversions are defined between. `bool` → number gives 0 or 1; number → `bool` is `x != 0`. */
export type NumberName = IntName | FloatName | 'bool' | 'complex128'

export interface PrimitiveOp {
  /** Symbol in module `operator` (or `unsafe`), e.g. `i32_add`. */
  readonly name: string
  readonly shape: PrimitiveShape
  readonly params: readonly PrimitiveName[]
  readonly result: PrimitiveName
  /** It can fail (division by zero, negative shift, ...): its place among effects must be kept. */
  readonly mayPanic: boolean
}

const COMPARE_OPS: readonly CompareOp[] = ['eq', 'ne', 'lt', 'le', 'gt', 'ge']

const INT_BINARY_PANICS: Readonly<Record<IntBinaryOp, boolean>> = {
  add: false,
  sub: false,
  mul: false,
  div: true,
  floordiv: true,
  mod: true,
  pow: true,
  lshift: true,
  rshift: true,
  and: false,
  or: false,
  xor: false,
}

const FLOAT_BINARY_PANICS: Readonly<Record<FloatBinaryOp, boolean>> = {
  add: false,
  sub: false,
  mul: false,
  div: true,
  floordiv: true,
  mod: true,
  pow: true,
}

const COMPLEX_BINARY_PANICS: Readonly<Record<ComplexBinaryOp, boolean>> = {
  add: false,
  sub: false,
  mul: false,
  div: true,
  pow: true,
}

const NUMBER_NAMES: readonly NumberName[] = [...INT_NAMES, ...FLOAT_NAMES, 'bool', 'complex128']

function* rows(): Iterable<PrimitiveOp> {
  for (const type of INT_NAMES) {
    for (const [op, mayPanic] of entries(INT_BINARY_PANICS)) {
      const result = op === 'div' ? 'f64' : type
      yield { name: `${type}_${op}`, shape: { kind: 'intBinary', type, op }, params: [type, type], result, mayPanic }
    }
    for (const op of COMPARE_OPS) {
      const shape = { kind: 'intCompare', type, op } as const
      yield { name: `${type}_${op}`, shape, params: [type, type], result: 'bool', mayPanic: false }
    }
    const invert = { kind: 'intInvert', type } as const
    yield { name: `${type}_invert`, shape: invert, params: [type], result: type, mayPanic: false }
    if (INT_TYPES[type].signed) {
      yield { name: `${type}_neg`, shape: { kind: 'intNeg', type }, params: [type], result: type, mayPanic: false }
    }
  }
  for (const type of FLOAT_NAMES) {
    for (const [op, mayPanic] of entries(FLOAT_BINARY_PANICS)) {
      yield {
        name: `${type}_${op}`,
        shape: { kind: 'floatBinary', type, op },
        params: [type, type],
        result: type,
        mayPanic,
      }
    }
    for (const op of COMPARE_OPS) {
      const shape = { kind: 'floatCompare', type, op } as const
      yield { name: `${type}_${op}`, shape, params: [type, type], result: 'bool', mayPanic: false }
    }
    yield { name: `${type}_neg`, shape: { kind: 'floatNeg', type }, params: [type], result: type, mayPanic: false }
    const div = { kind: 'ieeeDiv', type } as const
    yield { name: `${type}_ieee754_div`, shape: div, params: [type, type], result: type, mayPanic: false }
  }
  for (const type of [...INT_NAMES, ...FLOAT_NAMES]) {
    for (const op of ['div', 'floordiv', 'mod'] as const) {
      const result = op === 'div' && type in INT_TYPES ? 'f64' : type
      const shape = { kind: 'unchecked', type, op } as const
      yield { name: `${type}_unchecked_${op}`, shape, params: [type, type], result, mayPanic: true }
    }
  }
  for (const op of ['and', 'or', 'xor'] as const) {
    yield {
      name: `bool_${op}`,
      shape: { kind: 'boolBinary', op },
      params: ['bool', 'bool'],
      result: 'bool',
      mayPanic: false,
    }
  }
  for (const op of COMPARE_OPS) {
    yield {
      name: `bool_${op}`,
      shape: { kind: 'boolCompare', op },
      params: ['bool', 'bool'],
      result: 'bool',
      mayPanic: false,
    }
  }
  yield { name: 'bool_not', shape: { kind: 'boolNot' }, params: ['bool'], result: 'bool', mayPanic: false }
  for (const [op, mayPanic] of entries(COMPLEX_BINARY_PANICS)) {
    const shape = { kind: 'complexBinary', op } as const
    yield { name: `complex128_${op}`, shape, params: ['complex128', 'complex128'], result: 'complex128', mayPanic }
  }
  for (const op of ['eq', 'ne'] as const) {
    const shape = { kind: 'complexCompare', op } as const
    yield { name: `complex128_${op}`, shape, params: ['complex128', 'complex128'], result: 'bool', mayPanic: false }
  }
  yield {
    name: 'complex128_neg',
    shape: { kind: 'complexNeg' },
    params: ['complex128'],
    result: 'complex128',
    mayPanic: false,
  }
  yield {
    name: 'complex128_conjugate',
    shape: { kind: 'complexConjugate' },
    params: ['complex128'],
    result: 'complex128',
    mayPanic: false,
  }
  yield {
    name: 'complex128_make',
    shape: { kind: 'complexMake' },
    params: ['f64', 'f64'],
    result: 'complex128',
    mayPanic: false,
  }
  for (const part of ['real', 'imag'] as const) {
    const shape = { kind: 'complexPart', part } as const
    yield { name: `complex128_${part}`, shape, params: ['complex128'], result: 'f64', mayPanic: false }
  }
  for (const from of NUMBER_NAMES) {
    for (const to of NUMBER_NAMES) {
      // A complex number has a truth value, and no other narrower form.
      if (from === to || (from === 'complex128' && to !== 'bool')) continue
      yield {
        name: `${from}_to_${to}`,
        shape: { kind: 'convert', from, to },
        params: [from],
        result: to,
        mayPanic: false,
      }
    }
  }
}

function entries<K extends string, V>(record: Readonly<Record<K, V>>): readonly (readonly [K, V])[] {
  return Object.entries(record) as [K, V][]
}

/** Every primitive operation by name. `unchecked` and `ieeeDiv` rows belong to module `unsafe`, the others to `operator`. */
export const PRIMITIVES: ReadonlyMap<string, PrimitiveOp> = new Map([...rows()].map((op) => [op.name, op]))
