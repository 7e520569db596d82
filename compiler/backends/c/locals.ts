/**
 * What a function does with its locals: which it mentions, and which of them it may read before they are set.
 */
import type { LinearExpr, LinearFunc, LinearStmt } from '../../typed/linear.ts'

export interface LocalUse {
  readonly mentioned: ReadonlySet<string>
  /** They need a flag that says whether they have been set. */
  readonly checked: ReadonlySet<string>
}

export function findLocalUse(func: LinearFunc): LocalUse {
  const mentioned = new Set<string>()
  const checked = new Set<string>()

  const visitExpr = (expr: LinearExpr): void => {
    switch (expr.kind) {
      case 'LocalRead':
        mentioned.add(expr.name)
        if (expr.checked) checked.add(expr.name)
        return
      case 'AssignExpr':
        mentioned.add(expr.name)
        visitExpr(expr.value)
        return
      case 'AssignCellExpr':
      case 'Upcast':
        visitExpr(expr.value)
        return
      case 'Call':
        expr.args.forEach(visitExpr)
        return
      case 'IndirectCall':
        visitExpr(expr.callee)
        expr.args.forEach(visitExpr)
        return
      case 'And':
      case 'Or':
        visitExpr(expr.left)
        visitExpr(expr.right)
        return
      case 'IfExp':
        visitExpr(expr.test)
        visitExpr(expr.then)
        visitExpr(expr.orElse)
        return
      case 'Constant':
      case 'CellRead':
        return
    }
  }

  const visitStmt = (stmt: LinearStmt): void => {
    switch (stmt.kind) {
      case 'AssignLocal':
        mentioned.add(stmt.name)
        visitExpr(stmt.value)
        return
      case 'Declare':
        if (stmt.value === null) return
        mentioned.add(stmt.name)
        visitExpr(stmt.value)
        return
      case 'Return':
      case 'AssignCell':
      case 'ExprStmt':
        visitExpr(stmt.value)
        return
      case 'Unpack':
        visitExpr(stmt.value)
        for (const { target, item, convert } of stmt.targets) {
          if (typeof target === 'string') mentioned.add(target)
          // An item that is not converted goes to its target at once.
          if (target !== null && !(convert.kind === 'LocalRead' && convert.name === item && !convert.checked)) {
            visitExpr(convert)
          }
        }
        return
      case 'If':
        visitExpr(stmt.test)
        stmt.then.forEach(visitStmt)
        stmt.orElse.forEach(visitStmt)
        return
      case 'While':
        visitExpr(stmt.test)
        stmt.body.forEach(visitStmt)
        return
      case 'Assert':
        visitExpr(stmt.test)
        if (stmt.message !== null) visitExpr(stmt.message)
        return
      case 'Pass':
      case 'Break':
      case 'Continue':
      case 'Fail':
        return
    }
  }

  func.body.forEach(visitStmt)
  return { mentioned, checked }
}
