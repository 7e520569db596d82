/**
 * Typed functions as something that runs.
 */
import { NONE, type SpyType } from '../../objects/types.ts'
import type { BlueValue, Value } from '../../objects/values.ts'
import { endOf } from '../../text/source.ts'
import type { TypedFunc } from '../../typed/tree.ts'
import { type Eval, RESULT, RETURN, Slots, type Unit } from './code.ts'
import { reachedEnd } from './diagnostics.ts'
import { compileExpr } from './expressions.ts'
import type { Link } from './link.ts'
import { Routine } from './routine.ts'
import { compileBlock } from './statements.ts'
import { fail, type Place } from './unwinding.ts'

/**
 * Prepare a function for running. Nothing happens before its first call: then its closures are made. The tree may be
 * lazy (`Deferred`) and name locals that `func.locals` does not have yet.
 *
 * Errors of the running program are `SpyError`s with one frame for each function that they have left.
 */
export function compileFunction(func: TypedFunc, link: Link): Routine {
  const slots = new Slots()
  for (const { name, type } of func.params) slots.declare(name, type)
  for (const { name, type } of func.locals) slots.declare(name, type)
  const fqn = func.fqn.text
  const unit: Unit = {
    link,
    slots,
    place: (span) => ({ kind: 'astframe', fqn, span }),
    expr: (node) => compileExpr(unit, node),
    block: (body) => compileBlock(unit, body),
  }
  return new Routine(func, slots, () => compileBody(unit, func))
}

function compileBody(unit: Unit, func: TypedFunc): Eval {
  const [only] = func.body
  if (only?.kind === 'Return' && func.body.length === 1) return unit.expr(only.value)
  const body = unit.block(func.body)
  const end = fallOff(func.type.result, unit.place(endOf(func.span)))
  return (frame) => (body(frame) === RETURN ? (frame[RESULT] as Value) : end())
}

const DYNAMIC_NONE: BlueValue = { type: NONE, value: null }

/** What happens at the end of a body that did not return. */
function fallOff(result: SpyType, end: Place): () => Value {
  if (result === NONE) return () => null
  if (result.kind === 'dynamic') return () => DYNAMIC_NONE
  return () => fail(reachedEnd(end.span), end)
}
