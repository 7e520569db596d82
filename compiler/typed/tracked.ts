/**
 * Tracked functions: those of the library that can fail. What they raise is told with the place where the program called
 * them, so compiled ones are given that place along with their arguments, and pass it on.
 *
 *     def at(i): ... raise IndexError(...)         tracked: it raises
 *     def get(self, i): ... at(i) ...              tracked: it calls `at`, with the place that it was given
 *     x = items[9]                                 a constant: this line
 */
import { makesBox } from '../objects/boxes.ts'
import { canFail } from '../objects/intrinsics.ts'
import type { LayoutMode } from '../objects/layout.ts'
import { NONE } from '../objects/types.ts'
import type { TypedExpr, TypedFunc, TypedProgram, TypedStmt } from './tree.ts'
import { forEachChild, forEachExpr, forEachStmt } from './walk.ts'

/** FQNs of the functions that take the place of their call. */
export function trackedFunctions(program: TypedProgram): ReadonlySet<string> {
  const tracked = new Set<string>()
  const callers = new Map<string, string[]>()
  const track = (fqn: string): void => {
    if (tracked.has(fqn)) return
    tracked.add(fqn)
    callers.get(fqn)?.forEach(track)
  }
  for (const func of program.functions.values()) {
    if (!func.span.file.isLibrary) continue
    const { fails, calls } = examine(func, program.mode)
    for (const callee of calls) callers.set(callee, [...(callers.get(callee) ?? []), func.fqn.text])
    if (fails || [...calls].some((callee) => tracked.has(callee))) track(func.fqn.text)
  }
  return tracked
}

interface Examined {
  /** Its own code can fail. */
  readonly fails: boolean
  /** Functions of the program that it calls. */
  readonly calls: ReadonlySet<string>
}

function examine(func: TypedFunc, mode: LayoutMode): Examined {
  // Whoever declares a result may reach the end without one.
  let fails = !endsWithReturn(func) && func.type.result !== NONE
  const calls = new Set<string>()
  const visitExpr = (expr: TypedExpr): void => {
    if (expr.kind === 'IndirectCall' || (expr.kind === 'LocalRead' && expr.checked)) fails = true
    if (expr.kind === 'Upcast' && makesBox(expr.value)) fails = true
    if (expr.kind === 'Call') {
      if (expr.func.origin === 'source') calls.add(expr.func.fqn.text)
      else if (canFail(expr.func.intrinsic, mode)) fails = true
    }
    if (expr.kind === 'Block') expr.body.forEach(visitStmt)
    forEachChild(expr, visitExpr)
  }
  const visitStmt = (stmt: TypedStmt): void => {
    if (stmt.kind === 'Assert' || stmt.kind === 'Fail') fails = true
    forEachExpr(stmt, visitExpr)
    forEachStmt(stmt, visitStmt)
  }
  func.body.forEach(visitStmt)
  return { fails, calls }
}

function endsWithReturn({ body }: TypedFunc): boolean {
  return body[body.length - 1]?.kind === 'Return'
}
