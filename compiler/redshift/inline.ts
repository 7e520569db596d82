/**
 * `@force_inline`: a call becomes the body of the function.
 *
 *     clamp(p, 1)      →      __block__(a$0: i32 = p; b$0: i32 = 1; r$0: i32 = a$0 + b$0; if r$0 > 9: r$0 = 9; r$0)
 *
 * In:  a call whose function has one `return` at most, as its last statement.
 * Out: a block. Arguments are evaluated once, in order, before the body; every local of the callee gets the number of
 *      this inlining as a suffix. Body nodes keep the spans of the callee, unless it
 *      is of the library.
 */

import { recursiveInlining } from '../machine/rules/diagnostics.ts'
import type { Inliner, Typer } from '../machine/rules/typer.ts'
import { NONE } from '../objects/types.ts'
import type { SourceFunc } from '../objects/values.ts'
import type { Span } from '../text/source.ts'
import type { TypedExpr, TypedFunc, TypedStmt } from '../typed/tree.ts'
import { type Change, copyExpr, copyStmts } from '../typed/walk.ts'

/** What inlining asks of redshift. */
export interface Callees {
  /** The typed form, made now if there is none yet. */
  typed(func: SourceFunc): TypedFunc | undefined
  isInProgress(func: SourceFunc): boolean
  humanName(func: SourceFunc): string
}

export class Inlining implements Inliner {
  readonly #callees: Callees

  constructor(callees: Callees) {
    this.#callees = callees
  }

  inline(typer: Typer, func: SourceFunc, args: readonly TypedExpr[], span: Span): TypedExpr {
    if (this.#callees.isInProgress(func)) {
      throw recursiveInlining(this.#callees.humanName(func), span)
    }
    const callee = this.#callees.typed(func)
    if (callee === undefined) return { kind: 'Call', type: func.type.result, span, func, args }
    const n = typer.inlined++
    // What the library does is done, for those who read of errors, where it is asked for.
    const isLibrary = callee.span.file.isLibrary
    const change: Change = { name: (name) => `${name}$${n}`, span: (inner) => (isLibrary ? span : inner) }
    for (const local of [...callee.params, ...callee.locals]) typer.addLocal(change.name(local.name), local.type)
    const body: TypedStmt[] = callee.params.map(
      (param, i): TypedStmt => ({
        kind: 'AssignLocal',
        name: change.name(param.name),
        value: args[i] as TypedExpr,
        span,
      }),
    )
    const last = callee.body[callee.body.length - 1]
    const returns = last?.kind === 'Return'
    body.push(...copyStmts(returns ? callee.body.slice(0, -1) : callee.body, change))
    const none: TypedExpr = { kind: 'Constant', type: NONE, value: null, span }
    const value = returns ? copyExpr(last.value, change) : none
    return { kind: 'Block', type: func.type.result, span, body, value }
  }
}
