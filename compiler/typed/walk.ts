/**
 * Generic ways over typed trees: what is directly below a node, and trees rebuilt with their parts changed.
 */
import type { TypedExpr, TypedStmt } from './tree.ts'

/** Expressions directly below an expression, in the order of evaluation. Statements of blocks are not among them. */
export function childExprs(expr: TypedExpr): readonly TypedExpr[] {
  switch (expr.kind) {
    case 'Constant':
    case 'LocalRead':
    case 'CellRead':
      return []
    case 'Call':
      return expr.args
    case 'IndirectCall':
      return [expr.callee, ...expr.args]
    case 'And':
    case 'Or':
      return [expr.left, expr.right]
    case 'IfExp':
      return [expr.test, expr.then, expr.orElse]
    case 'AssignExpr':
    case 'AssignCellExpr':
    case 'Upcast':
    case 'Block':
      return [expr.value]
  }
}

/** Expressions directly below a statement, in order. */
export function stmtExprs(stmt: TypedStmt): readonly TypedExpr[] {
  switch (stmt.kind) {
    case 'Pass':
    case 'Break':
    case 'Continue':
    case 'Fail':
    case 'Deferred':
      return []
    case 'Return':
    case 'AssignLocal':
    case 'AssignCell':
    case 'ExprStmt':
      return [stmt.value]
    case 'Declare':
      return stmt.value === null ? [] : [stmt.value]
    case 'Unpack':
      return [stmt.value, ...stmt.targets.map((target) => target.convert)]
    case 'If':
    case 'While':
      return [stmt.test]
    case 'Assert':
      return stmt.message === null ? [stmt.test] : [stmt.test, stmt.message]
  }
}

/** Statements directly below a statement. */
export function stmtStmts(stmt: TypedStmt): readonly TypedStmt[] {
  switch (stmt.kind) {
    case 'If':
      return [...stmt.then, ...stmt.orElse]
    case 'While':
      return stmt.body
    default:
      return []
  }
}

/** How `rename` changes names; what it leaves alone it returns as it is. */
export type Rename = (name: string) => string

/** The expression with all of its locals renamed. */
export function renameExpr(expr: TypedExpr, rename: Rename): TypedExpr {
  const inner = (part: TypedExpr): TypedExpr => renameExpr(part, rename)
  switch (expr.kind) {
    case 'Constant':
    case 'CellRead':
      return expr
    case 'LocalRead':
      return { ...expr, name: rename(expr.name) }
    case 'Call':
      return { ...expr, args: expr.args.map(inner) }
    case 'IndirectCall':
      return { ...expr, callee: inner(expr.callee), args: expr.args.map(inner) }
    case 'And':
    case 'Or':
      return { ...expr, left: inner(expr.left), right: inner(expr.right) }
    case 'IfExp':
      return { ...expr, test: inner(expr.test), then: inner(expr.then), orElse: inner(expr.orElse) }
    case 'AssignExpr':
      return { ...expr, name: rename(expr.name), value: inner(expr.value) }
    case 'AssignCellExpr':
    case 'Upcast':
      return { ...expr, value: inner(expr.value) }
    case 'Block':
      return { ...expr, body: renameStmts(expr.body, rename), value: inner(expr.value) }
  }
}

/** The statements with all of their locals renamed. */
export function renameStmts(stmts: readonly TypedStmt[], rename: Rename): readonly TypedStmt[] {
  return stmts.map((stmt) => renameStmt(stmt, rename))
}

function renameStmt(stmt: TypedStmt, rename: Rename): TypedStmt {
  const inner = (part: TypedExpr): TypedExpr => renameExpr(part, rename)
  switch (stmt.kind) {
    case 'Pass':
    case 'Break':
    case 'Continue':
    case 'Fail':
    case 'Deferred':
      return stmt
    case 'Return':
    case 'AssignCell':
    case 'ExprStmt':
      return { ...stmt, value: inner(stmt.value) }
    case 'AssignLocal':
      return { ...stmt, name: rename(stmt.name), value: inner(stmt.value) }
    case 'Declare':
      return { ...stmt, name: rename(stmt.name), value: stmt.value === null ? null : inner(stmt.value) }
    case 'Unpack':
      return {
        ...stmt,
        value: inner(stmt.value),
        targets: stmt.targets.map(({ target, item, convert }) => ({
          target: typeof target === 'string' ? rename(target) : target,
          item: rename(item),
          convert: inner(convert),
        })),
      }
    case 'If':
      return {
        ...stmt,
        test: inner(stmt.test),
        then: renameStmts(stmt.then, rename),
        orElse: renameStmts(stmt.orElse, rename),
      }
    case 'While':
      return { ...stmt, test: inner(stmt.test), body: renameStmts(stmt.body, rename) }
    case 'Assert':
      return { ...stmt, test: inner(stmt.test), message: stmt.message === null ? null : inner(stmt.message) }
  }
}
