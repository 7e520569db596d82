/** What is in a piece of code, at whatever depth. */
import type { LinearExpr, LinearStmt } from '../../typed/linear.ts'
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import { forEachChild, forEachExpr, forEachStmt } from '../../typed/walk.ts'

/** Every expression. */
export function visitExprsIn(stmts: readonly LinearStmt[], visit: (expr: LinearExpr) => void): void {
  visitIn(stmts, () => {}, visit)
}

/** Names of the locals that may be assigned. */
export function assignedIn(stmts: readonly LinearStmt[]): ReadonlySet<string> {
  const assigned = new Set<string>()
  visitIn(
    stmts,
    (stmt) => {
      if (stmt.kind === 'AssignLocal' || (stmt.kind === 'Declare' && stmt.value !== null)) assigned.add(stmt.name)
      if (stmt.kind !== 'Unpack') return
      for (const { target, item } of stmt.targets) {
        assigned.add(item)
        if (typeof target === 'string') assigned.add(target)
      }
    },
    (expr) => {
      if (expr.kind === 'AssignExpr') assigned.add(expr.name)
    },
  )
  return assigned
}

function visitIn(
  stmts: readonly LinearStmt[],
  visitStmt: (stmt: LinearStmt) => void,
  visitExpr: (expr: LinearExpr) => void,
): void {
  // What is below a linear node is linear.
  const exprs = (expr: TypedExpr): void => {
    visitExpr(expr as LinearExpr)
    forEachChild(expr, exprs)
  }
  const all = (stmt: TypedStmt): void => {
    visitStmt(stmt as LinearStmt)
    forEachExpr(stmt, exprs)
    forEachStmt(stmt, all)
  }
  for (const stmt of stmts) all(stmt)
}
