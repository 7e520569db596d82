/**
 * What a function does with its locals: which it mentions, and which of them it may read before they are set.
 */
import type { LinearFunc } from '../../typed/linear.ts'
import type { TypedExpr, TypedStmt, Unpack } from '../../typed/tree.ts'
import { childExprs, stmtExprs, stmtStmts } from '../../typed/walk.ts'

export interface LocalUse {
  readonly mentioned: ReadonlySet<string>
  /** They need a flag that says whether they have been set. */
  readonly checked: ReadonlySet<string>
}

export function findLocalUse(func: LinearFunc): LocalUse {
  const mentioned = new Set<string>()
  const checked = new Set<string>()

  const visitExpr = (expr: TypedExpr): void => {
    if (expr.kind === 'LocalRead' || expr.kind === 'AssignExpr') mentioned.add(expr.name)
    if (expr.kind === 'LocalRead' && expr.checked) checked.add(expr.name)
    childExprs(expr).forEach(visitExpr)
  }

  const visitStmt = (stmt: TypedStmt): void => {
    if (stmt.kind === 'AssignLocal' || (stmt.kind === 'Declare' && stmt.value !== null)) mentioned.add(stmt.name)
    if (stmt.kind === 'Unpack') visitUnpack(stmt)
    else stmtExprs(stmt).forEach(visitExpr)
    stmtStmts(stmt).forEach(visitStmt)
  }

  const visitUnpack = ({ value, targets }: Unpack): void => {
    visitExpr(value)
    for (const { target, item, convert } of targets) {
      if (typeof target === 'string') mentioned.add(target)
      // An item that is not converted goes to its target at once.
      const isPlain = convert.kind === 'LocalRead' && convert.name === item && !convert.checked
      if (target !== null && !isPlain) visitExpr(convert)
    }
  }

  func.body.forEach(visitStmt)
  return { mentioned, checked }
}
