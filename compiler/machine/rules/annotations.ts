/**
 * Expressions that are evaluated where they stand, at blue time: annotations, defaults, decorators, module variables.
 */
import { isBoxed, NONE, type SpyType } from '../../objects/types.ts'
import type { BlueValue } from '../../objects/values.ts'
import type * as ast from '../../syntax/ast.ts'
import { blame } from '../../text/diagnostics.ts'
import { typeError } from '../dispatch/diagnostics.ts'
import { asType } from '../vm/vm.ts'
import { expectedType } from './diagnostics.ts'
import { typeExpr } from './expressions.ts'
import { type Operand, treeOf } from './operand.ts'
import type { Typer } from './typer.ts'

/** The value of an operand, computed now if it is left to do. */
export function valueNow(t: Typer, operand: Operand): BlueValue {
  if (operand.blue !== null && operand.before.length === 0) return operand.blue
  if (t.frame.kind === 'function') {
    if (operand.blue !== null) return operand.blue
    throw typeError('this must be known at blue time', [blame('this is red', operand.span)])
  }
  const tree = treeOf(operand)
  const value = t.within(operand.span, () =>
    t.vm.evaluator.run(tree, (span) => {
      t.at = span
    }),
  )
  return isBoxed(tree.type) ? (value as BlueValue) : { type: tree.type, value }
}

export function evalNow(t: Typer, node: ast.Expr): BlueValue {
  return valueNow(t, typeExpr(t, node))
}

/** The type that an annotation means; `None` means its type. */
export function evalType(t: Typer, node: ast.Expr): SpyType {
  const value = evalNow(t, node)
  if (value.type === NONE) return NONE
  const type = asType(value)
  if (type === undefined) throw expectedType(t.vm, value.type, node.span)
  return type
}
