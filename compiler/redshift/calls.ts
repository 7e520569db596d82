/**
 * Which functions a typed body refers to.
 */
import type { FuncObject } from '../objects/values.ts'
import type { TypedExpr, TypedStmt } from '../typed/tree.ts'
import { childExprs, stmtExprs, stmtStmts } from '../typed/walk.ts'

/** Every function that is called, and every function constant, in order of appearance; repeated ones too. */
export function* calledFunctions(body: readonly TypedStmt[]): Iterable<FuncObject> {
  for (const stmt of body) {
    for (const expr of stmtExprs(stmt)) yield* functionsIn(expr)
    yield* calledFunctions(stmtStmts(stmt))
  }
}

function* functionsIn(expr: TypedExpr): Iterable<FuncObject> {
  if (expr.kind === 'Call') yield expr.func
  if (expr.kind === 'Constant' && expr.type.kind === 'func') yield expr.value as FuncObject
  if (expr.kind === 'Block') yield* calledFunctions(expr.body)
  for (const child of childExprs(expr)) yield* functionsIn(child)
}
