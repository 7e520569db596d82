/**
 * Where control goes: whether it gets past the end of statements.
 */
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import { RAISE } from '../dispatch/raise.ts'

/** Control never gets past the end of these statements. */
export function leaves(body: readonly TypedStmt[]): boolean {
  return neverPasses(body, true)
}

/**
 * The same, by what the program says: a statement with an error that was put off does not count, because errors behind
 * it are to be told, too.
 */
export function leavesWithoutFailure(body: readonly TypedStmt[]): boolean {
  return neverPasses(body, false)
}

/** @param failuresCount  statements with an error that was put off leave */
function neverPasses(body: readonly TypedStmt[], failuresCount: boolean): boolean {
  return body.some((stmt) => {
    switch (stmt.kind) {
      case 'Return':
      case 'Break':
      case 'Continue':
        return true
      case 'Fail':
        return failuresCount
      case 'ExprStmt':
        return stmt.value.kind === 'Call' && stmt.value.func === RAISE
      case 'If':
        if (isConstantTrue(stmt.test)) return neverPasses(stmt.then, failuresCount)
        return neverPasses(stmt.then, failuresCount) && neverPasses(stmt.orElse, failuresCount)
      default:
        return false
    }
  })
}

/** The test of an `if` whose side is known. */
export function isConstantTrue(tree: TypedExpr): boolean {
  return tree.kind === 'Constant' && tree.value === true
}
