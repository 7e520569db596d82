/**
 * The typed tree: what redshift leaves of a program. Every expression has a static type, every call a known callee,
 * nothing blue is left but constants. All engines and the source printer read it; nobody writes on it.
 */

import type { Fqn } from '../objects/fqn.ts'
import type { LayoutMode } from '../objects/layout.ts'
import type { FuncType, SpyType, StructType } from '../objects/types.ts'
import type { Cell, FuncObject, SourceFunc, Value } from '../objects/values.ts'
import type { Annotation, Diagnostic } from '../text/diagnostics.ts'
import type { Span } from '../text/source.ts'

// ---------------------------------------------------------------------------------------------------- expressions

export type TypedExpr =
  | Constant
  | LocalRead
  | CellRead
  | Call
  | IndirectCall
  | And
  | Or
  | IfExp
  | AssignExpr
  | AssignCellExpr
  | Block
  | Upcast

interface ExprBase {
  /** Static type. */
  readonly type: SpyType
  readonly span: Span
}

/**
 * A value known at redshift time; `type` is its dynamic type. Scalars, str, bytes, None, struct values (tuples too),
 * pointers into the import-time heap image (see `HeapImage`), functions. Types, modules, exceptions and source locations
 * occur only where the printed form needs them (`Call` arguments that engines skip) and as arguments of blue parameters.
 */
export interface Constant extends ExprBase {
  readonly kind: 'Constant'
  readonly value: Value
}

export interface LocalRead extends ExprBase {
  readonly kind: 'LocalRead'
  readonly name: string
  /** The local may be unset here: reading it unset is `Exception: read from uninitialized local`. */
  readonly checked: boolean
}

export interface CellRead extends ExprBase {
  readonly kind: 'CellRead'
  readonly cell: Cell
}

/** Call of a function known at compile time. Arguments are evaluated in order, then the call. */
export interface Call extends ExprBase {
  readonly kind: 'Call'
  readonly func: FuncObject
  readonly args: readonly TypedExpr[]
}

/** Call through a function value: `callee` is evaluated first. */
export interface IndirectCall extends ExprBase {
  readonly kind: 'IndirectCall'
  readonly callee: TypedExpr
  readonly funcType: FuncType
  readonly args: readonly TypedExpr[]
}

/** Short-circuit; both sides are bool. */
export interface And extends ExprBase {
  readonly kind: 'And'
  readonly left: TypedExpr
  readonly right: TypedExpr
}

export interface Or extends ExprBase {
  readonly kind: 'Or'
  readonly left: TypedExpr
  readonly right: TypedExpr
}

/** `a if c else b`: only the chosen branch is evaluated. */
export interface IfExp extends ExprBase {
  readonly kind: 'IfExp'
  readonly test: TypedExpr
  readonly then: TypedExpr
  readonly orElse: TypedExpr
}

/** `name := value`; its value is the value assigned. */
export interface AssignExpr extends ExprBase {
  readonly kind: 'AssignExpr'
  readonly name: string
  readonly value: TypedExpr
}

export interface AssignCellExpr extends ExprBase {
  readonly kind: 'AssignCellExpr'
  readonly cell: Cell
  readonly value: TypedExpr
}

/** Statements, then a value: inlined calls, and operands that must be evaluated before others. Gone after linearize. */
export interface Block extends ExprBase {
  readonly kind: 'Block'
  readonly body: readonly TypedStmt[]
  readonly value: TypedExpr
}

/** A value seen as `object` or `dynamic`: engines add the dynamic type. Prints as its operand. */
export interface Upcast extends ExprBase {
  readonly kind: 'Upcast'
  readonly value: TypedExpr
}

// ----------------------------------------------------------------------------------------------------- statements

export type TypedStmt =
  | Pass
  | Break
  | Continue
  | Return
  | Declare
  | AssignLocal
  | AssignCell
  | Unpack
  | ExprStmt
  | If
  | While
  | Assert
  | Fail
  | Deferred

interface StmtBase {
  readonly span: Span
}

export interface Pass extends StmtBase {
  readonly kind: 'Pass'
}
export interface Break extends StmtBase {
  readonly kind: 'Break'
}
export interface Continue extends StmtBase {
  readonly kind: 'Continue'
}

/** `value` has the return type of the function; the None constant for functions that return None. */
export interface Return extends StmtBase {
  readonly kind: 'Return'
  readonly value: TypedExpr
}

/** `name: T` or `name: T = value`. Executed again (in a loop) it is an assignment, and nothing without a value. */
export interface Declare extends StmtBase {
  readonly kind: 'Declare'
  readonly name: string
  readonly type: SpyType
  readonly value: TypedExpr | null
}

export interface AssignLocal extends StmtBase {
  readonly kind: 'AssignLocal'
  readonly name: string
  readonly value: TypedExpr
}

export interface AssignCell extends StmtBase {
  readonly kind: 'AssignCell'
  readonly cell: Cell
  readonly value: TypedExpr
}

/**
 * `a, b = value`: the tuple is evaluated once, then its items are assigned left to right. A target's `convert` turns its
 * item (already of the type of field i) into the type of the target; it reads the item as a local named `item`.
 */
export interface Unpack extends StmtBase {
  readonly kind: 'Unpack'
  readonly value: TypedExpr
  readonly struct: StructType
  readonly targets: readonly UnpackTarget[]
}

export interface UnpackTarget {
  /** Local name or module variable; null drops the item (the target is blue). */
  readonly target: string | Cell | null
  /** Local name under which `convert` reads the item; it is among the function's locals. */
  readonly item: string
  readonly convert: TypedExpr
}

export interface ExprStmt extends StmtBase {
  readonly kind: 'ExprStmt'
  readonly value: TypedExpr
}

/** `test` is bool. A constant test means that the other side was dead and has been dropped. */
export interface If extends StmtBase {
  readonly kind: 'If'
  readonly test: TypedExpr
  readonly then: readonly TypedStmt[]
  readonly orElse: readonly TypedStmt[]
}

export interface While extends StmtBase {
  readonly kind: 'While'
  readonly test: TypedExpr
  readonly body: readonly TypedStmt[]
}

/** `message` is str and evaluated only on failure; without one the message is `assertion failed`. */
export interface Assert extends StmtBase {
  readonly kind: 'Assert'
  readonly test: TypedExpr
  readonly message: TypedExpr | null
}

/** A statement that does not type-check, kept in lazy mode: raises this error when it is reached. */
export interface Fail extends StmtBase {
  readonly kind: 'Fail'
  readonly error: Diagnostic
}

/**
 * A statement that is typed when it is first reached. Only in trees made for interp; `force` does the work once and
 * remembers it.
 */
export interface Deferred extends StmtBase {
  readonly kind: 'Deferred'
  readonly force: () => readonly TypedStmt[]
}

// ------------------------------------------------------------------------------------------------------ functions

export interface TypedLocal {
  readonly name: string
  readonly type: SpyType
}

export interface TypedFunc {
  readonly fqn: Fqn
  readonly type: FuncType
  /** In order. A `*args` parameter has a tuple type with one field per argument only after specialisation; see `Call`. */
  readonly params: readonly TypedLocal[]
  /** Everything but the parameters, in order of declaration; temporaries of later passes come last. */
  readonly locals: readonly TypedLocal[]
  readonly body: readonly TypedStmt[]
  /** The whole `def`, for line numbers. */
  readonly span: Span
  /** What it was made from; null for functions that the compiler wrote itself, as `T::__eq__` of structs. */
  readonly source: SourceFunc | null
}

/** An object of the program by FQN, in the order in which it was made: the order of printing and of emission. */
export interface TypedModule {
  readonly name: string
  readonly file: string
  /** Of the standard library: where its functions fail, the place to show is that of the call in the program. */
  readonly isLibrary: boolean
  /** Attributes in order: name → what it is bound to, as far as printing and exporting need it. */
  readonly attributes: ReadonlyMap<string, ModuleAttribute>
}

export type ModuleAttribute =
  | { readonly kind: 'func'; readonly func: FuncObject }
  | { readonly kind: 'cell'; readonly cell: Cell }
  | { readonly kind: 'const'; readonly type: SpyType; readonly value: Value }

export interface TypedProgram {
  readonly mode: LayoutMode
  readonly modules: readonly TypedModule[]
  /** By canonical FQN, in table order. */
  readonly functions: ReadonlyMap<string, TypedFunc>
  /** By canonical FQN, in table order. */
  readonly cells: ReadonlyMap<string, Cell>
  readonly image: HeapImage
  /** Errors that operations on boxed values may raise; where they happen is found out while the program runs. */
  readonly operationErrors?: OperationErrors
  /** Names as people read them (aliases applied). */
  readonly humanName: (fqn: Fqn) => string
}

/** By `CLASS: message`: what is shown, at the operation where there is no place. */
export type OperationErrors = ReadonlyMap<string, readonly OperationNote[]>

export interface OperationNote extends Pick<Annotation, 'level' | 'text'> {
  readonly span?: Span
}

/**
 * Memory allocated at import time. Pointers in constants and in cells point into it. An engine copies the blocks that
 * its program can reach and moves every pointer in them.
 */
export interface HeapImage {
  /** The block that `address` lies in. Addresses are those of import time. */
  blockAt(address: number): HeapBlock | undefined
  /** Read a value of `type` at an address of import time. Strings come out as text, pointers with import-time addresses. */
  read(type: SpyType, address: number): Value
}

export interface HeapBlock {
  readonly address: number
  readonly item: SpyType
  /** Number of items. */
  readonly count: number
  /** `count * sizeof(item)`, little-endian; pointers and strings in it are import-time addresses. */
  readonly bytes: Uint8Array
  /** No byte is set: nothing needs to be stored for it. */
  readonly zero: boolean
}
