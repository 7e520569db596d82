/**
 * What bindings know about a module and its types: plain data, so that it can be printed, cached and compared.
 * compiler/interface/model makes it, marshal interprets it. Sizes and offsets are bytes of the program's layout.
 */

/** What JavaScript can reach of one module. */
export interface ModuleBinding {
  readonly module: string
  readonly functions: readonly FunctionBinding[]
  readonly variables: readonly VariableBinding[]
  readonly constants: readonly ConstantBinding[]
  readonly classes: readonly ClassBinding[]
}

export interface FunctionBinding {
  readonly name: string
  /** What the program exports it as. */
  readonly export: string
  readonly params: readonly ParamBinding[]
  readonly result: TypeDescriptor
}

export interface ParamBinding {
  readonly name: string
  readonly type: TypeDescriptor
  /** Present if it may be left out. */
  readonly default?: PlainValue
}

export interface VariableBinding {
  readonly name: string
  /** The function of the program that gives the address of the variable. */
  readonly export: string
  readonly type: TypeDescriptor
}

export interface ConstantBinding {
  readonly name: string
  readonly type: TypeDescriptor
  readonly value: PlainValue
}

export interface ClassBinding {
  readonly name: string
  readonly type: StructDescriptor
}

/** A module variable as an update sees it. */
export interface HotVariable {
  /** As SPy names it: `topo::speed`. */
  readonly name: string
  /** Its type with all that matters for its bytes; equal texts are equal layouts. Empty: it never keeps its value. */
  readonly type: string
  /** Bytes. */
  readonly size: number
}

/** A value of JavaScript, with spellings for those that JSON does not have. null is None: `undefined`. */
export type PlainValue =
  | null
  | boolean
  | number
  | string
  | readonly PlainValue[]
  | { readonly kind: 'number'; readonly value: 'NaN' | 'Infinity' | '-Infinity' | '-0' }
  | { readonly kind: 'bigint'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: readonly number[] }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [name: string, value: PlainValue])[] }

export type NumberName = 'i8' | 'u8' | 'i32' | 'u32' | 'i64' | 'u64' | 'f32' | 'f64'
export type ScalarName = NumberName | 'bool' | 'complex128' | 'str' | 'bytes' | 'None'

export type TypeDescriptor = ScalarDescriptor | TupleDescriptor | StructDescriptor | ListDescriptor | ArrayDescriptor

interface DescriptorBase {
  /** As SPy shows it: `list[i32]`. */
  readonly text: string
  readonly size: number
}

export interface ScalarDescriptor extends DescriptorBase {
  readonly kind: 'scalar'
  readonly name: ScalarName
}

export interface FieldDescriptor {
  readonly name: string
  readonly type: TypeDescriptor
  readonly offset: number
}

/** Fields are the items, in order. */
export interface TupleDescriptor extends DescriptorBase {
  readonly kind: 'tuple'
  readonly fields: readonly FieldDescriptor[]
}

export interface StructDescriptor extends DescriptorBase {
  readonly kind: 'struct'
  readonly fqn: string
  readonly fields: readonly FieldDescriptor[]
}

/** A pointer to a heap object that says how many items there are and where they stand. */
export interface ListDescriptor extends DescriptorBase {
  readonly kind: 'list'
  readonly item: TypeDescriptor
  /** Pointers carry a length behind the address. */
  readonly checked: boolean
  /** The heap object: its size, and the offsets of its fields (`length`, `capacity`: i32; `items`: pointer). */
  readonly data: { readonly size: number; readonly length: number; readonly capacity: number; readonly items: number }
}

/** A pointer to a heap object with one i32 per dimension and the items in row-major order. */
export interface ArrayDescriptor extends DescriptorBase {
  readonly kind: 'array'
  readonly item: ScalarDescriptor
  readonly checked: boolean
  readonly data: { readonly size: number; readonly shape: readonly number[]; readonly items: number }
}
