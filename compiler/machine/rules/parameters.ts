/**
 * Parameters, as the first names of a function's frame.
 */
import type { BlueValue, SourceFunc } from '../../objects/values.ts'
import type { Span } from '../../text/source.ts'
import { interpTuple } from '../vm/blue-containers.ts'
import type { Typer } from './typer.ts'

/** Parameters of a blue function are constants. `*args` is an untyped tuple of what is left. */
export function bindBlueParameters(t: Typer, func: SourceFunc, args: readonly BlueValue[]): void {
  func.params.forEach((param, i) => {
    const blue = param.kind === 'simple' ? (args[i] as BlueValue) : interpTuple(args.slice(i))
    const type = param.kind === 'simple' && param.type.kind !== 'dynamic' ? param.type : blue.type
    const span = paramSpan(func, i)
    t.frame.locals.set(param.name, { name: param.name, type, blue, cell: null, slot: param.name, span, typeSpan: span })
    t.assigned.add(param.name)
  })
}

/** Parameters of a red function are variables. */
export function declareRedParameters(t: Typer, func: SourceFunc): void {
  func.params.forEach((param, i) => {
    const span = paramSpan(func, i)
    const arg = func.node?.args[i]
    t.frame.locals.set(param.name, {
      name: param.name,
      type: param.type,
      blue: null,
      cell: null,
      slot: param.name,
      span,
      typeSpan: arg?.type.span ?? span,
    })
    t.assigned.add(param.name)
  })
}

function paramSpan(func: SourceFunc, index: number): Span {
  return func.node?.args[index]?.span ?? func.prototype
}
