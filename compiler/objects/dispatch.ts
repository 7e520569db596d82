/**
 * The words of the dispatch protocol: what an operator is asked with (MetaArg), what it answers (OpSpec), and what comes
 * of the answer once it has been type-checked (OpImpl).
 */
import type { Span } from '../text/source.ts'
import type { SpyType } from './types.ts'
import type { BlueValue, FuncObject } from './values.ts'

export type Color = 'red' | 'blue'

/** An evaluated operand as dispatch sees it. Blue always carries a value; red never does. */
export interface MetaArg {
  readonly color: Color
  /** Static type. */
  readonly type: SpyType
  readonly blue: BlueValue | null
  readonly span: Span
  /** Name and definition of the variable, if the operand is a plain name. */
  readonly symbol: OperandSymbol | null
}

export interface OperandSymbol {
  readonly name: string
  readonly span: Span
}

/** What a metafunction or an operator answers; null: the operation is not supported. */
export type OpSpec = SimpleOpSpec | ComplexOpSpec | ConstOpSpec | null

/** Call `func` with the operation's own arguments. */
export interface SimpleOpSpec {
  readonly kind: 'simple'
  readonly func: FuncObject
  /** The call was written as one: errors of the argument count blame the callee, which is operand 0. */
  readonly direct?: boolean
  readonly exact?: boolean
}

/** Call `func` with these arguments: blue ones, or the operation's own (compared by identity). */
export interface ComplexOpSpec {
  readonly kind: 'complex'
  readonly func: FuncObject
  readonly args: readonly MetaArg[]
  readonly direct?: boolean
  /** This very function, even if it is a method that the class of the object has replaced. */
  readonly exact?: boolean
}

/** The result is this constant. */
export interface ConstOpSpec {
  readonly kind: 'const'
  readonly value: BlueValue
}

/** A type-checked OpSpec. */
export type OpImpl =
  | { readonly kind: 'const'; readonly value: BlueValue }
  | { readonly kind: 'call'; readonly func: FuncObject; readonly args: readonly ArgSpec[] }
  /** Call through a value: operand 0 is the callee. */
  | { readonly kind: 'indirect'; readonly args: readonly ArgSpec[]; readonly result: SpyType }

/** Where an argument of the call comes from. */
export type ArgSpec =
  | { readonly kind: 'operand'; readonly index: number }
  | { readonly kind: 'const'; readonly value: BlueValue; readonly span: Span }
  | { readonly kind: 'convert'; readonly conversion: Conversion; readonly arg: ArgSpec; readonly span: Span }

/** How a value of one static type becomes a value of another. */
export type Conversion =
  /** `func(value)`, or `func(args)` where the value is operand 0. */
  | { readonly kind: 'call'; readonly func: FuncObject; readonly to: SpyType; readonly args?: readonly ArgSpec[] }
  /** To `object` or `dynamic`: free for the program, a box for the engines. */
  | { readonly kind: 'upcast'; readonly to: SpyType }
  /** `func()`, whatever the value is: an empty display becoming a list. */
  | { readonly kind: 'make'; readonly func: FuncObject; readonly to: SpyType }
  /** A constant whatever the value is. */
  | { readonly kind: 'const'; readonly value: BlueValue; readonly to: SpyType }

export function simple(func: FuncObject): SimpleOpSpec {
  return { kind: 'simple', func }
}

export function complex(func: FuncObject, args: readonly MetaArg[]): ComplexOpSpec {
  return { kind: 'complex', func, args }
}

export function constant(value: BlueValue): ConstOpSpec {
  return { kind: 'const', value }
}
