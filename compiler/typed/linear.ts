/**
 * The linear tree: a typed tree in which the order of effects is explicit, for targets that do not evaluate operands
 * from left to right.
 *
 * It is a restriction of the typed tree, so whatever reads typed trees reads these too. What is gone: blocks, statements
 * typed on demand, and operands with effects beside each other. In one statement at most one operation has effects,
 * apart from the right sides of `and`, `or` and the branches of `a if c else b`, which every target sequences, and from
 * references that their consumer reads at once.
 */

import type { Fqn } from '../objects/fqn.ts'
import type { Cell } from '../objects/values.ts'
import type {
  And,
  Assert,
  AssignCell,
  AssignCellExpr,
  AssignExpr,
  AssignLocal,
  Break,
  Call,
  CellRead,
  Constant,
  Continue,
  Declare,
  ExprStmt,
  Fail,
  If,
  IfExp,
  IndirectCall,
  LocalRead,
  Or,
  Pass,
  Return,
  TypedFunc,
  TypedProgram,
  Unpack,
  UnpackTarget,
  Upcast,
  While,
} from './tree.ts'

// ---------------------------------------------------------------------------------------------------- expressions

export type LinearExpr =
  | Constant
  | LocalRead
  | CellRead
  | LinearCall
  | LinearIndirectCall
  | LinearAnd
  | LinearOr
  | LinearIfExp
  | LinearAssignExpr
  | LinearAssignCellExpr
  | LinearUpcast

export interface LinearCall extends Call {
  readonly args: readonly LinearExpr[]
}

export interface LinearIndirectCall extends IndirectCall {
  readonly callee: LinearExpr
  readonly args: readonly LinearExpr[]
}

export interface LinearAnd extends And {
  readonly left: LinearExpr
  readonly right: LinearExpr
}

export interface LinearOr extends Or {
  readonly left: LinearExpr
  readonly right: LinearExpr
}

export interface LinearIfExp extends IfExp {
  readonly test: LinearExpr
  readonly then: LinearExpr
  readonly orElse: LinearExpr
}

export interface LinearAssignExpr extends AssignExpr {
  readonly value: LinearExpr
}

export interface LinearAssignCellExpr extends AssignCellExpr {
  readonly value: LinearExpr
}

export interface LinearUpcast extends Upcast {
  readonly value: LinearExpr
}

// ----------------------------------------------------------------------------------------------------- statements

export type LinearStmt =
  | Pass
  | Break
  | Continue
  | LinearReturn
  | LinearDeclare
  | LinearAssignLocal
  | LinearAssignCell
  | LinearUnpack
  | LinearExprStmt
  | LinearIf
  | LinearWhile
  | LinearAssert
  | Fail

export interface LinearReturn extends Return {
  readonly value: LinearExpr
}

export interface LinearDeclare extends Declare {
  readonly value: LinearExpr | null
}

export interface LinearAssignLocal extends AssignLocal {
  readonly value: LinearExpr
}

export interface LinearAssignCell extends AssignCell {
  readonly cell: Cell
  readonly value: LinearExpr
}

export interface LinearUnpack extends Unpack {
  readonly value: LinearExpr
  readonly targets: readonly LinearUnpackTarget[]
}

export interface LinearUnpackTarget extends UnpackTarget {
  readonly convert: LinearExpr
}

export interface LinearExprStmt extends ExprStmt {
  readonly value: LinearExpr
}

export interface LinearIf extends If {
  readonly test: LinearExpr
  readonly then: readonly LinearStmt[]
  readonly orElse: readonly LinearStmt[]
}

/** The test has no hoisted statements: where it had, the loop is `while True` and leaves by `break`. */
export interface LinearWhile extends While {
  readonly test: LinearExpr
  readonly body: readonly LinearStmt[]
}

/** Test and message are evaluated in place: the message only on failure. */
export interface LinearAssert extends Assert {
  readonly test: LinearExpr
  readonly message: LinearExpr | null
}

// ------------------------------------------------------------------------------------------------------ functions

export interface LinearFunc extends TypedFunc {
  readonly fqn: Fqn
  readonly body: readonly LinearStmt[]
}

export interface LinearProgram extends TypedProgram {
  /** By canonical FQN, in table order. */
  readonly functions: ReadonlyMap<string, LinearFunc>
}
