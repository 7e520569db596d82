/**
 * `super().method(args)` in a method of a heap class: the method that the base has, whatever the class of the object.
 */
import { isClass } from '../../objects/types.ts'
import type * as ast from '../../syntax/ast.ts'
import { blame } from '../../text/diagnostics.ts'
import { typeError } from '../dispatch/diagnostics.ts'
import { asFunc } from '../vm/vm.ts'
import { convert } from './apply.ts'
import { typeName } from './names.ts'
import type { Operand } from './operand.ts'
import type { Typer } from './typer.ts'

/**
 * The object as one of the base.
 *
 * @param typeExpr  types the name that is called
 * @returns undefined if the expression is no `super()`
 */
export function superObject(
  t: Typer,
  node: ast.Expr,
  typeExpr: (t: Typer, node: ast.Expr) => Operand,
): Operand | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Name' || node.func.id !== 'super') return undefined
  if (asFunc(typeExpr(t, node.func).blue)?.fqn.text !== 'builtins::super') return undefined
  const { closure, func } = t.frame
  const owner = closure[closure.length - 1]?.struct
  const self = func?.params[0]
  if (!owner || !isClass(owner) || self === undefined) {
    throw typeError('super() stands in a method of a class', [blame('this is no method', node.span)])
  }
  if (node.args.length > 0 || node.keywords.length > 0) {
    throw typeError('super() takes no arguments', [blame('', (node.args[0] ?? node.keywords[0] ?? node).span)])
  }
  if (!isClass(owner.base)) {
    throw typeError(`\`${t.vm.human(owner)}\` has no base class`, [blame('', node.span)])
  }
  return convert(t, { ...typeName(t, self.name, node.span), span: node.span }, owner.base)
}
