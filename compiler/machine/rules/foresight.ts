/**
 * What a local will be, asked before the statement that declares it has been typed. The first declaration in the text
 * decides about the type of a name, but it is not always the first that is typed:
 *
 *     while more():                 if ready:              the interpreter, where `ready` is false at first, reaches
 *         if n > 0:                     x = 1              the second assignment before the first
 *             print(last)           else:
 *         last = n                      x = "a"
 *
 * The whole function is then typed once, in the order of the text, for nothing but the declarations. Statements that do
 * not type-check are left out: they are errors when their turn comes.
 */
import type { SourceFunc } from '../../objects/values.ts'
import { type Frame, functionFrame, type LocalVar } from './frames.ts'
import { declareRedParameters } from './parameters.ts'
import { Typer } from './typer.ts'

/** The declaration that `name` will have; undefined if it has none, or another one in each run (blue functions). */
export function foresee(t: Typer, name: string): LocalVar | undefined {
  const { func } = t.frame
  if (func === null || t.isBlueFrame) return undefined
  t.foreseen ??= declarations(t, func)
  return t.foreseen.get(name)
}

function declarations(t: Typer, func: SourceFunc): ReadonlyMap<string, LocalVar> {
  const { node } = func
  const table = node === null ? undefined : t.scopes.tablesOf(t.frame.module.name).tables.get(node)
  if (table === undefined || node?.kind !== 'FuncDef') return new Map()
  const { vm, scopes, typeStmts, result } = t
  const frame = functionFrame(table, t.frame.closure, t.frame.namespace, func)
  const typer = new Typer({ vm, scopes, typeStmts, frame, deferred: false, inliner: null, result }, node.span)
  typer.onError = 'skip'
  // Who looks ahead does not look further ahead.
  typer.foreseen = new Map()
  typer.colors = null
  declareRedParameters(typer, func)
  const before = new Set(vm.globals.keys())
  typeStmts(typer, node.body)
  forgetDefinitions(t, frame, before)
  for (const name of typer.changing) frame.locals.delete(name)
  return frame.locals
}

/** Functions and classes of the function will be made when their statements are reached. */
function forgetDefinitions(t: Typer, frame: Frame, before: ReadonlySet<string>): void {
  const bound = new Set([...frame.locals.values()].map((local) => local.blue?.value))
  for (const [key, entry] of [...t.vm.globals]) {
    if (before.has(key)) continue
    const isOurs =
      (entry.kind === 'func' && entry.func.origin === 'source' && entry.func.closure.includes(frame)) ||
      (entry.kind === 'type' && bound.has(entry.type))
    if (isOurs) t.vm.globals.delete(key)
  }
}
