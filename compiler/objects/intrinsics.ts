/**
 * What a built-in function is for the engines. Dispatch chooses functions by name and type; an engine only has to know
 * these few shapes. A `switch` over `kind` that forgets one does not compile, so nothing can exist in one engine only.
 */
import { RUNTIME_FUNCTIONS } from '../../src/runtime/abi/functions.ts'
import type { MetaArg, OpSpec } from './dispatch.ts'
import type { LayoutMode } from './layout.ts'
import type { CompareOp, PrimitiveOp } from './primitives.ts'
import type { ClassType, PtrType, RefType, SpyType, StructType } from './types.ts'
import type { BlueValue, FuncObject } from './values.ts'

export type Intrinsic =
  | PrimitiveIntrinsic
  | RuntimeIntrinsic
  | StructIntrinsic
  | MemoryIntrinsic
  | ControlIntrinsic
  | BlueIntrinsic

/** Arithmetic, comparisons and conversions of scalars: the rows of objects/primitives. */
export interface PrimitiveIntrinsic {
  readonly kind: 'primitive'
  readonly op: PrimitiveOp
}

/**
 * A function of the C runtime, by its C name (a key of `RUNTIME_FUNCTIONS` in src/runtime/abi/functions). jit calls the
 * export of libspy.wasm, c calls the C function, interp calls `evaluate`. Strings are addresses for the first two and
 * JavaScript strings for `evaluate`.
 */
export interface RuntimeIntrinsic {
  readonly kind: 'runtime'
  readonly name: string
  /** It can fail with a SPy error, or it has effects: its place among other effects must be kept. */
  readonly effects: boolean
  /** The result of the C function is compared with zero: `spy_str_compare(a, b) < 0`. `evaluate` has done that already. */
  readonly compareWithZero?: CompareOp
  readonly evaluate: (...args: readonly never[]) => unknown
}

/** Making structs and reading their fields. Arguments: one per field; the struct. */
export type StructIntrinsic =
  | { readonly kind: 'structMake'; readonly struct: StructType }
  | { readonly kind: 'structGet'; readonly struct: StructType; readonly field: string }

/**
 * Access to linear memory. Arguments beyond those named here are constants that only the printed form shows: the name
 * and offset of a field, the source location of a checked access.
 */
export type MemoryIntrinsic =
  /** (n: i32) → ptr. Always zeroed. Panics: `negative allocation size`, `out of memory`. */
  | { readonly kind: 'ptrAlloc'; readonly ptr: PtrType }
  /** (p, i: i32) → item, or reference to it when the item is a struct. Debug: bounds and NULL checked. */
  | { readonly kind: 'ptrGetItem'; readonly ptr: PtrType; readonly byRef: boolean }
  /** (p, i: i32, v) → None. Debug: bounds and NULL checked. */
  | { readonly kind: 'ptrSetItem'; readonly ptr: PtrType }
  /** (p or ref, name, offset) → field, or reference to it when `byRef`. Debug: checked as `p[0].f` for pointers. */
  | { readonly kind: 'ptrGetField'; readonly of: PtrType | RefType; readonly field: string; readonly byRef: boolean }
  /** (p or ref, name, offset, v) → None. */
  | { readonly kind: 'ptrSetField'; readonly of: PtrType | RefType; readonly field: string }
  /** (p, q) → bool: addresses only. */
  | { readonly kind: 'ptrCompare'; readonly ptr: PtrType; readonly op: 'eq' | 'ne' }
  /** (p) → bool: not NULL. */
  | { readonly kind: 'ptrToBool'; readonly ptr: PtrType }
  /** (ref) → a copy of what it refers to. */
  | { readonly kind: 'refDeref'; readonly ref: RefType }
  /** (ref) → bool: a field has been given a value. `path` leads from the field to a pointer that is never NULL then. */
  | { readonly kind: 'fieldIsSet'; readonly of: RefType; readonly path: readonly [string, ...string[]] }
  /** (ref) → i32: where the object is. */
  | { readonly kind: 'addressOf' }
  /** (ref) → the same reference as one of type `to`. */
  | { readonly kind: 'reinterpret'; readonly to: RefType }
  /** Bulk operations on items; see `BulkOp`. */
  | {
      readonly kind: 'ptrBulk'
      readonly op: BulkOp
      readonly item: SpyType
      readonly dst: PtrType
      readonly src: PtrType
    }

/**
 * copy/move: (dst, src, n) → None. setbytes: (dst, value: u8, n) → None. cmp: (a, b, n) → i32.
 * The slice forms take bounds instead of n: (dst, d0, d1, src, s0, s1), (dst, d0, d1, value), (a, a0, a1, b, b0, b1).
 */
export type BulkOp = 'copy' | 'move' | 'setbytes' | 'cmp' | 'copySlice' | 'moveSlice' | 'setbytesSlice' | 'cmpSlice'

/** Operands are `dynamic`, names of attributes and methods are constant strings. */
export type DynamicOperation =
  /** (a, b) → dynamic */
  | { readonly kind: 'binary'; readonly op: string }
  /** (item, container) → bool */
  | { readonly kind: 'contains' }
  /** (a, b) → dynamic: what `a op= b` assigns to a */
  | { readonly kind: 'inPlace'; readonly op: string }
  /** (a) → dynamic */
  | { readonly kind: 'unary'; readonly op: string }
  /** (callee, arguments ...) → dynamic; the last arguments have these names */
  | { readonly kind: 'call'; readonly keywords: readonly string[] }
  /** (receiver, name, arguments ...) → dynamic; the last arguments have these names */
  | { readonly kind: 'callMethod'; readonly keywords: readonly string[] }
  /** (value, name) → dynamic */
  | { readonly kind: 'getAttr' }
  /** (value, name, default) → dynamic */
  | { readonly kind: 'getAttrOr' }
  /** (value, name, new) → None */
  | { readonly kind: 'setAttr' }
  /** (value, name) → bool */
  | { readonly kind: 'hasAttr' }
  /** (value, indices ...) → dynamic */
  | { readonly kind: 'getItem' }
  /** (value, indices ..., new) → None */
  | { readonly kind: 'setItem' }
  /** (value) → str, str, i32, i32, bool, bool */
  | { readonly kind: 'str' | 'repr' | 'hash' | 'len' | 'truth' | 'callable' }
  /** (value) → None: raises, unless it is a tuple with so many items */
  | { readonly kind: 'unpack'; readonly count: number }
  /** (value, specification: str) → str */
  | { readonly kind: 'format' }
  /** (value) → bool: its dynamic type is one of these, or below. */
  | { readonly kind: 'isInstance'; readonly types: readonly SpyType[] }

/**
 * What depends on the class that an object really has, which is the static one or one below it. Compiled programs have a
 * function for each, which asks the object.
 */
export type ClassOperation =
  /** (self, arguments ...) → what the method of the object's class returns. `func` is the one that the static class has. */
  | { readonly kind: 'virtual'; readonly func: FuncObject; readonly name: string }
  /** (object) → bool */
  | { readonly kind: 'isInstance'; readonly of: ClassType }
  /** (object) → `to`. Panics with TypeError ``Invalid cast. Expected `T`, got `D` ``. */
  | { readonly kind: 'cast'; readonly to: ClassType }
  /** (object) → object or dynamic, with the class that it really has. */
  | { readonly kind: 'box' }

export type ControlIntrinsic =
  /** (etype: str, message: str, filename: str, lineno: i32) → None, never returns. etype, filename, lineno are constant. */
  | { readonly kind: 'raise' }
  /** (x: T) → the same, but red. */
  | { readonly kind: 'identity' }
  /** () → bool: true in programs made by the c engine. */
  | { readonly kind: 'isCompiled' }
  /** (a, b) → bool: the same object. Operands of any types; values without identity are never the same. */
  | { readonly kind: 'identical'; readonly negated: boolean }
  /** An operation on `dynamic` operands, chosen at run time by their dynamic types. */
  | { readonly kind: 'dynamic'; readonly operation: DynamicOperation }
  /** An operation on an object of class `of`, or one below. */
  | { readonly kind: 'class'; readonly of: ClassType; readonly operation: ClassOperation }
  /** (object or dynamic) → its dynamic type. */
  | { readonly kind: 'typeOf' }
  /** (object or dynamic) → `to`. Panics with TypeError ``Invalid cast. Expected `T`, got `D` ``. */
  | { readonly kind: 'downcast'; readonly to: SpyType }
  /** (object or dynamic, whose dynamic type is known to be `to`) → `to`. */
  | { readonly kind: 'unbox'; readonly to: SpyType }

/** Functions that run at blue time only; dispatch calls them itself and no engine ever sees them. */
export interface BlueIntrinsic {
  readonly kind: 'blue'
  readonly run: BlueBehaviour
}

export type BlueBehaviour =
  /** Chooses what a call does from the static types (and blue values) of its arguments. */
  | {
      readonly kind: 'metafunc'
      readonly resolve: (args: readonly MetaArg[]) => OpSpec
      /** Which arguments have a name, by position; an empty name is none. */
      readonly names?: readonly string[]
    }
  /** A plain or generic blue function. */
  | { readonly kind: 'plain'; readonly call: (args: readonly BlueValue[]) => BlueValue }

/**
 * True if a call may do anything but compute its result: write, allocate, fail, call unknown code. Such calls keep their
 * order; all others may be recomputed or moved.
 */
export function hasEffects(intrinsic: Intrinsic): boolean {
  switch (intrinsic.kind) {
    case 'primitive':
      return intrinsic.op.mayPanic
    case 'runtime':
      return intrinsic.effects
    case 'structMake':
    case 'structGet':
    case 'ptrCompare':
    case 'ptrToBool':
    case 'identity':
    case 'identical':
    case 'isCompiled':
    case 'typeOf':
    case 'unbox':
    case 'addressOf':
    case 'reinterpret':
      return false
    case 'fieldIsSet':
    case 'class':
    case 'ptrAlloc':
    case 'ptrGetItem':
    case 'ptrSetItem':
    case 'ptrGetField':
    case 'ptrSetField':
    case 'refDeref':
    case 'ptrBulk':
    case 'raise':
    case 'dynamic':
    case 'downcast':
    case 'blue':
      return true
  }
}

/** True if a call may raise, so that compiled code has to know where it stands. */
export function canFail(intrinsic: Intrinsic, mode: LayoutMode): boolean {
  switch (intrinsic.kind) {
    case 'runtime':
      return RUNTIME_FUNCTIONS[intrinsic.name as keyof typeof RUNTIME_FUNCTIONS]?.place ?? false
    case 'ptrGetItem':
    case 'ptrSetItem':
    case 'ptrGetField':
    case 'ptrSetField':
      return mode === 'debug' // release does not check
    case 'refDeref':
    case 'fieldIsSet':
      return false
    default:
      return hasEffects(intrinsic)
  }
}

/** True if a call may allocate memory of the collector, which may then collect. */
export function mayAllocate(intrinsic: Intrinsic): boolean {
  switch (intrinsic.kind) {
    case 'runtime': {
      const { name } = intrinsic
      return (
        Object.hasOwn(RUNTIME_FUNCTIONS, name) && RUNTIME_FUNCTIONS[name as keyof typeof RUNTIME_FUNCTIONS].allocates
      )
    }
    case 'ptrAlloc':
      return intrinsic.ptr.memory === 'gc'
    case 'dynamic':
    case 'class':
      return true // unknown code
    case 'primitive':
    case 'structMake':
    case 'structGet':
    case 'ptrGetItem':
    case 'ptrSetItem':
    case 'ptrGetField':
    case 'ptrSetField':
    case 'ptrCompare':
    case 'ptrToBool':
    case 'refDeref':
    case 'ptrBulk':
    case 'raise':
    case 'identity':
    case 'identical':
    case 'isCompiled':
    case 'typeOf':
    case 'downcast':
    case 'unbox':
    case 'blue':
    case 'fieldIsSet':
    case 'addressOf':
    case 'reinterpret':
      return false
  }
}
