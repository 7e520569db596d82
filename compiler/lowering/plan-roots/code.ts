/** What is in a piece of code, at whatever depth. */
import type { LinearExpr, LinearStmt } from '../../typed/linear.ts'
import { childExprs, stmtExprs, stmtStmts } from '../../typed/walk.ts'

/** Every expression. */
export function* exprsIn(stmts: readonly LinearStmt[]): Iterable<LinearExpr> {
  for (const stmt of stmts) {
    for (const expr of stmtExprs(stmt)) yield* exprsBelow(expr as LinearExpr)
    yield* exprsIn(stmtStmts(stmt) as readonly LinearStmt[])
  }
}

function* exprsBelow(expr: LinearExpr): Iterable<LinearExpr> {
  yield expr
  for (const child of childExprs(expr)) yield* exprsBelow(child as LinearExpr)
}

/** Names of the locals that may be assigned. */
export function assignedIn(stmts: readonly LinearStmt[]): ReadonlySet<string> {
  const assigned = new Set<string>()
  for (const expr of exprsIn(stmts)) if (expr.kind === 'AssignExpr') assigned.add(expr.name)
  for (const stmt of stmtsIn(stmts)) {
    if (stmt.kind === 'AssignLocal' || (stmt.kind === 'Declare' && stmt.value !== null)) assigned.add(stmt.name)
    if (stmt.kind !== 'Unpack') continue
    for (const { target, item } of stmt.targets) {
      assigned.add(item)
      if (typeof target === 'string') assigned.add(target)
    }
  }
  return assigned
}

function* stmtsIn(stmts: readonly LinearStmt[]): Iterable<LinearStmt> {
  for (const stmt of stmts) {
    yield stmt
    yield* stmtsIn(stmtStmts(stmt) as readonly LinearStmt[])
  }
}
