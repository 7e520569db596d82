/**
 * `with`: what is entered is left again on every way out of the block.
 *
 *     with make() as x:             _$with0 = make()
 *         if done(x):               x = _$with0.__enter__()
 *             return x         →    if done(x):
 *         work(x)                       $t0 = x; _$with0.__exit__(); return $t0
 *                                   work(x)
 *                                   _$with0.__exit__()
 *
 * An error ends the program, or the call that the host has made: it leaves nothing.
 */
import type * as ast from '../../syntax/ast.ts'
import type { Span } from '../../text/source.ts'
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import { bind } from './apply.ts'
import { typeExpr } from './expressions.ts'
import { leaves } from './flow.ts'
import { assignName } from './names.ts'
import { exprStmt, type Operand, treeOf } from './operand.ts'
import { callMethod } from './operations.ts'
import type { Surroundings, Typer } from './typer.ts'

/** The hidden variable that keeps what has been entered. */
function contextName(item: ast.WithItem): string {
  return `_$with${item.seq}`
}

/** @param typeBody  types the statements of the block where they stand */
export function typeWith(
  t: Typer,
  stmt: ast.With,
  typeBody: (stmts: readonly ast.Stmt[]) => readonly TypedStmt[],
): readonly TypedStmt[] {
  const outer = t.surroundings
  const entered = stmt.items.flatMap((item) => {
    const statements = enter(t, item)
    const exit = (): TypedStmt => leave(t, item)
    t.surroundings = { ...t.surroundings, contexts: [exit, ...t.surroundings.contexts] }
    return statements
  })
  const body = typeBody(stmt.body)
  const exits = leaves(body) ? [] : t.surroundings.contexts.slice(0, stmt.items.length).map((exit) => exit())
  t.surroundings = outer
  return [...entered, ...body, ...exits]
}

function enter(t: Typer, item: ast.WithItem): readonly TypedStmt[] {
  const { context, target, span } = item
  const name = contextName(item)
  const keep = assignName(t, name, context.span, typeExpr(t, context), span)
  const value = onContext(t, item, '__enter__')
  if (target === null) return [...keep, exprStmt(treeOf(value))]
  return [...keep, ...assignName(t, target.value, target.span, value, span)]
}

function leave(t: Typer, item: ast.WithItem): TypedStmt {
  return exprStmt(treeOf(onContext(t, item, '__exit__')))
}

function onContext(t: Typer, item: ast.WithItem, method: '__enter__' | '__exit__'): Operand {
  const { span } = item.context
  const kept = typeExpr(t, { kind: 'Name', id: contextName(item), span })
  // Errors do not name the hidden variable.
  return callMethod(t, { ...kept, symbol: null }, method, span, [], [], span)
}

/** What has to run before `break` and `continue`. */
export function leaveLoop({ contexts }: Surroundings): readonly TypedStmt[] {
  return contexts.map((exit) => exit())
}

/** What has to run before `return`, and the value that it has then. */
export function leaveFunction(t: Typer, value: TypedExpr, span: Span): readonly TypedStmt[] {
  const exits: TypedStmt[] = []
  for (let at: Surroundings | null = t.surroundings; at !== null; at = at.outer) exits.push(...leaveLoop(at))
  if (exits.length === 0 || value.kind === 'Constant') return [...exits, { kind: 'Return', value, span }]
  const before: TypedStmt[] = []
  const kept = bind(t, value, before)
  return [...before, ...exits, { kind: 'Return', value: kept, span }]
}
