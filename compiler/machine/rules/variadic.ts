/**
 * Calls of red functions with `*args`: the extra arguments become one tuple, and the function an instance for it.
 *
 *     f(a, 1, 2)     →     f#1(a, (1, 2))
 *
 * Blue functions receive their extra arguments as an untyped tuple.
 */
import type { SourceFunc } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { Call, TypedExpr } from '../../typed/tree.ts'
import { blueType } from '../dispatch/types.ts'
import { asFunc, asType } from '../vm/vm.ts'
import type { Typer } from './typer.ts'

export function isVariadic(func: SourceFunc): boolean {
  return func.type.color === 'red' && func.params[func.params.length - 1]?.kind === 'var_positional'
}

/** @param args  converted to the types of the parameters; the extra ones stand behind the others */
export function variadicCall(t: Typer, func: SourceFunc, args: readonly TypedExpr[], span: Span): Call {
  const simple = func.params.length - 1
  const tuple = tupleOf(t, args.slice(simple), span)
  const instance = t.vm.variadicInstance(func, tuple.type)
  return { kind: 'Call', type: func.type.result, span, func: instance, args: [...args.slice(0, simple), tuple] }
}

function tupleOf(t: Typer, items: readonly TypedExpr[], span: Span): Call {
  const { evaluator, structFuncs } = t.vm
  const generic = asFunc(evaluator.importModule('_tuple').attributes.get('tuple'))
  invariant(generic !== undefined, 'module _tuple has the generic tuple')
  const types = items.map((item) => blueType(item.type))
  const type = asType(evaluator.call(generic, types))
  invariant(type?.kind === 'struct', 'a tuple type is a struct')
  return { kind: 'Call', type, span, func: structFuncs.maker(type), args: items }
}
