/**
 * Texts that are joined one after the other are joined in one go, four at a time, without the texts between:
 *
 *     a + ": " + b + ";"      →      concat4(a, ": ", b, ";")
 *
 * In:  typed functions, with the concatenations that operators and f-strings have become.
 * Out: the same behaviour. Operands stay in their order; only what is allocated between them goes.
 */
import { builtinFunc } from '../objects/builtin-funcs.ts'
import { Fqn } from '../objects/fqn.ts'
import { STR } from '../objects/types.ts'
import type { FuncObject } from '../objects/values.ts'
import type { Call, Constant, TypedExpr, TypedFunc, TypedProgram, TypedStmt } from '../typed/tree.ts'
import { type Change, childExprs, copyStmts, stmtExprs, stmtStmts } from '../typed/walk.ts'

const MOST = 4

const CONCAT4 = builtinFunc(
  Fqn.of('_str', 'concat4'),
  [
    ['a', STR],
    ['b', STR],
    ['c', STR],
    ['d', STR],
  ],
  STR,
  {
    kind: 'runtime',
    name: 'spy_str_concat4',
    effects: false,
    evaluate: (...parts: readonly string[]) => parts.join(''),
  },
)

/** Functions that join no more than two texts are the same as before. */
export function joinTexts(program: TypedProgram): TypedProgram {
  const functions = new Map<string, TypedFunc>()
  for (const [fqn, func] of program.functions) {
    functions.set(fqn, func.body.some(joinsMany) ? { ...func, body: copyStmts(func.body, JOINING) } : func)
  }
  return { ...program, functions }
}

const JOINING: Change = {
  name: (name) => name,
  span: (span) => span,
  expr: (copy) => (copy.kind === 'Call' && isConcat(copy.func) ? joined(copy) : copy),
}

/** Operands have been joined as far as they can be. */
function joined(concat: Call): Call {
  const parts = concat.args.flatMap(partsOf)
  if (parts.length <= 2 || parts.length > MOST) return concat
  const nothing: Constant = { kind: 'Constant', type: STR, value: '', span: concat.span }
  return { ...concat, func: CONCAT4, args: [...parts, ...Array<TypedExpr>(MOST - parts.length).fill(nothing)] }
}

/** What an expression joins; the expression itself if it does something else. */
function partsOf(expr: TypedExpr): readonly TypedExpr[] {
  if (expr.kind !== 'Call') return [expr]
  if (expr.func === CONCAT4) return expr.args.filter((arg) => arg.kind !== 'Constant' || arg.value !== '')
  return isConcat(expr.func) ? expr.args : [expr]
}

function isConcat(func: FuncObject): boolean {
  if (func.origin !== 'builtin' || func.type.result !== STR) return false
  return func.intrinsic.kind === 'runtime' && func.intrinsic.name === 'spy_str_concat'
}

function joinsMany(stmt: TypedStmt): boolean {
  return stmtExprs(stmt).some(holdsChain) || stmtStmts(stmt).some(joinsMany)
}

function holdsChain(expr: TypedExpr): boolean {
  const isChain = (each: TypedExpr): boolean => each.kind === 'Call' && isConcat(each.func)
  if (isChain(expr) && childExprs(expr).some(isChain)) return true
  return childExprs(expr).some(holdsChain) || (expr.kind === 'Block' && expr.body.some(joinsMany))
}
