/**
 * Values as the evaluator holds them, and the functions among them.
 *
 * A raw `Value` means something only together with its static type: an `i32` and an `f64` are both JavaScript numbers.
 * Where the static type is `object` or `dynamic` the raw value is a `BlueValue`, a value with its dynamic type.
 */
import type { FuncDef, GenericClassDef, GenericFuncDef } from '../syntax/ast.ts'
import type { Span } from '../text/source.ts'
import type { Fqn } from './fqn.ts'
import type { Intrinsic } from './intrinsics.ts'
import type { FuncType, OpaqueType, SpyType, StructType } from './types.ts'

export type Value =
  | number // i8 u8 i32 u32 f32 f64
  | bigint // i64 u64
  | boolean
  | string // str: the text itself; it gets an address only when it is stored into memory
  | null // None
  | ComplexValue
  | BytesValue
  | StructValue
  | PtrValue
  | FuncObject
  | SpyType
  | BlueValue // a value of static type object or dynamic
  | BlueObject

/** A value with its dynamic type: a constant of blue time, or a red value seen through `object` or `dynamic`. */
export interface BlueValue {
  readonly type: SpyType
  readonly value: Value
}

export interface ComplexValue {
  readonly kind: 'complex'
  readonly re: number
  readonly im: number
}

export interface BytesValue {
  readonly kind: 'bytes'
  readonly data: Uint8Array
}

/** Fields in declaration order, each as its field type represents it. Immutable. */
export interface StructValue {
  readonly kind: 'struct'
  readonly type: StructType
  readonly fields: readonly Value[]
}

/** Pointers and references: byte address in guest memory and length in items (1 for references). Address 0 is NULL. */
export interface PtrValue {
  readonly kind: 'ptr'
  readonly address: number
  readonly length: number
}

export const NULL_PTR: PtrValue = { kind: 'ptr', address: 0, length: 0 }

/** Objects that only blue code can hold; each room that makes one extends this. */
export interface BlueObject {
  readonly kind: 'object'
  readonly type: OpaqueType
}

/** A module-level `var`: storage with a name. */
export interface Cell extends BlueObject {
  readonly what: 'cell'
  readonly fqn: Fqn
  readonly valueType: SpyType
  /** Where its type comes from: what does not fit is told so. */
  readonly typeSpan: Span
  /** Raw, as `valueType` represents it. What it holds at the end of import time is its initial value when compiled. */
  current: Value
}

/** Where a name declared in SPy stands; absent for what is built in. */
export interface Definition {
  readonly span: Span
}

export interface ParamInfo {
  readonly name: string
  readonly type: SpyType
  readonly kind: 'simple' | 'var_positional'
}

/** Functions: written in SPy, or built in. */
export type FuncObject = SourceFunc | BuiltinFunc

/** A function made by `def`. */
export interface SourceFunc {
  readonly kind: 'func'
  readonly origin: 'source'
  readonly fqn: Fqn
  readonly type: FuncType
  readonly params: readonly ParamInfo[]
  /** Defaults of the last `defaults.length` simple parameters, with the span of the default expression. */
  readonly defaults: readonly DefaultValue[]
  /** null for functions that the compiler wrote itself, such as `T::__eq__` of structs. */
  readonly node: FuncDef | GenericFuncDef | GenericClassDef | null
  /** Frames of the enclosing scopes, module first. Opaque here; machine/rules defines it. */
  readonly closure: readonly unknown[]
  readonly prototype: Span
  readonly docstring: string | null
  /** `@force_inline`: calls are replaced by the body during redshift. */
  forceInline: boolean
  /** `@_rarely_called`, in the library: better small than quick, and never expanded where it is called. */
  rarelyCalled?: true
  /** `@_pure`, in the library: with blue arguments it is called at blue time. */
  pure?: true
  /** The `@blue.generic` function that made it (`f.__origin__`). */
  genericOrigin: FuncObject | null
}

export interface DefaultValue extends BlueValue {
  readonly span: Span
}

/** A function implemented here: engines find its meaning by `intrinsic`. */
export interface BuiltinFunc {
  readonly kind: 'func'
  readonly origin: 'builtin'
  readonly fqn: Fqn
  readonly type: FuncType
  readonly params: readonly ParamInfo[]
  /** Calls with blue operands only are folded. */
  readonly pure: boolean
  readonly intrinsic: Intrinsic
  genericOrigin: FuncObject | null
}

export function ptrValue(address: number, length: number): PtrValue {
  return { kind: 'ptr', address, length }
}

export function structValue(type: StructType, fields: readonly Value[]): StructValue {
  return { kind: 'struct', type, fields }
}

export function complexValue(re: number, im: number): ComplexValue {
  return { kind: 'complex', re, im }
}

export function bytesValue(data: Uint8Array): BytesValue {
  return { kind: 'bytes', data }
}
