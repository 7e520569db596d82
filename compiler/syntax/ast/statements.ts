/**
 * Statements as they are written, and the shapes that later trees share. A shape has its expressions and nested
 * statements as type parameters, so that a typed tree can have the same `If` over other expressions.
 */
import type { Span } from '../../text/source.ts'
import type { Expr, StrLiteral } from './expressions.ts'
import type { ClassDef, FuncDef, GenericClassDef, GenericFuncDef } from './nodes.ts'
import type { BinaryOp } from './operators.ts'

export type Stmt =
  | Pass
  | Break
  | Continue
  | Return
  | VarDef
  | StmtExpr
  | Assign
  | AugAssign
  | AugSetAttr
  | AugSetItem
  | SetAttr
  | SetItem
  | If
  | While
  | For
  | With
  | Raise
  | Assert
  | FuncDef
  | GenericFuncDef
  | ClassDef
  | GenericClassDef

export interface Pass {
  readonly kind: 'Pass'
  readonly span: Span
}

export interface Break {
  readonly kind: 'Break'
  readonly span: Span
}

export interface Continue {
  readonly kind: 'Continue'
  readonly span: Span
}

/** `return` alone returns a `None` literal with the span of the statement. */
export interface Return<E = Expr> {
  readonly kind: 'Return'
  readonly span: Span
  readonly value: E
}

export type VarKind = 'var' | 'const'

/** `[var|const] name [: type] [= value]`. The span of `name` is the name alone; `type` is `Auto` if it is left out. */
export interface VarDef {
  readonly kind: 'VarDef'
  readonly span: Span
  /** null: neither `var` nor `const` was written. */
  readonly varKind: VarKind | null
  readonly name: StrLiteral
  readonly type: Expr
  readonly value: Expr | null
}

/** An expression whose value is dropped; the span includes enclosing parentheses. */
export interface StmtExpr<E = Expr> {
  readonly kind: 'StmtExpr'
  readonly span: Span
  readonly value: E
}

export interface Assign {
  readonly kind: 'Assign'
  readonly span: Span
  readonly target: AssignTarget
  readonly value: Expr
}

export type AssignTarget = SingleTarget | UnpackTarget

export interface SingleTarget {
  readonly kind: 'SingleTarget'
  readonly span: Span
  readonly name: StrLiteral
}

/** `a, b`, parentheses included in the span; `()` has no target. */
export interface UnpackTarget {
  readonly kind: 'UnpackTarget'
  readonly span: Span
  readonly targets: readonly SingleTarget[]
}

/** `target op= value` for a name. `op` is the operator without `=`. */
export interface AugAssign {
  readonly kind: 'AugAssign'
  readonly span: Span
  readonly op: BinaryOp
  readonly target: StrLiteral
  readonly value: Expr
}

/** `target.attr op= value`. The span of `attr` is that of `target.attr`. */
export interface AugSetAttr {
  readonly kind: 'AugSetAttr'
  readonly span: Span
  readonly op: BinaryOp
  readonly target: Expr
  readonly attr: StrLiteral
  readonly value: Expr
}

/** `target[args] op= value`; `targetSpan` covers `target[args]`. */
export interface AugSetItem {
  readonly kind: 'AugSetItem'
  readonly span: Span
  readonly targetSpan: Span
  readonly op: BinaryOp
  readonly target: Expr
  readonly args: readonly Expr[]
  readonly value: Expr
}

/** `target.attr = value`. The span of `attr` is that of `target.attr`. */
export interface SetAttr {
  readonly kind: 'SetAttr'
  readonly span: Span
  readonly target: Expr
  readonly attr: StrLiteral
  readonly value: Expr
}

/** `target[args] = value`; `targetSpan` covers `target[args]`. */
export interface SetItem {
  readonly kind: 'SetItem'
  readonly span: Span
  readonly targetSpan: Span
  readonly target: Expr
  readonly args: readonly Expr[]
  readonly value: Expr
}

/** An `elif` is an `If` alone in `elseBody`. */
export interface If<E = Expr, S = Stmt> {
  readonly kind: 'If'
  readonly span: Span
  readonly test: E
  readonly thenBody: readonly S[]
  readonly elseBody: readonly S[]
}

export interface While<E = Expr, S = Stmt> {
  readonly kind: 'While'
  readonly span: Span
  readonly test: E
  readonly body: readonly S[]
}

export interface For {
  readonly kind: 'For'
  readonly span: Span
  /** Number of the loop: its hidden iterator is the variable `_$iter<seq>`. */
  readonly seq: number
  readonly target: StrLiteral | UnpackTarget
  readonly iter: Expr
  readonly body: readonly Stmt[]
}

export interface With {
  readonly kind: 'With'
  readonly span: Span
  readonly items: readonly WithItem[]
  readonly body: readonly Stmt[]
}

/** `context [as target]`; `seq` numbers the hidden variable `_$with<seq>` that keeps the context for its exit. */
export interface WithItem {
  readonly kind: 'WithItem'
  readonly span: Span
  readonly seq: number
  readonly context: Expr
  readonly target: StrLiteral | null
}

export interface Raise<E = Expr> {
  readonly kind: 'Raise'
  readonly span: Span
  readonly exc: E
}

export interface Assert<E = Expr> {
  readonly kind: 'Assert'
  readonly span: Span
  readonly test: E
  readonly msg: E | null
}
