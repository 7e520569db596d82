/**
 * What an operation does when the types of its operands are known: it is typed like any other.
 */

import { OBJECT_IS } from '../../machine/dispatch/identity.ts'
import { convert } from '../../machine/rules/apply.ts'
import { type Operand, treeOf } from '../../machine/rules/operand.ts'
import type { Typer } from '../../machine/rules/typer.ts'
import { isUniversal, typeOperation, typeSetting, withoutCalledHere } from '../../machine/run/dynamic.ts'
import { BOOL, isClass, isSubtype, NONE, type SpyType } from '../../objects/types.ts'
import { type Diagnostic, SpyError } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN } from '../../text/source.ts'
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import type { BoxedOperation } from './sites.ts'

export type Leaf =
  /** Statements that end with `return`. */
  | { readonly kind: 'code'; readonly body: readonly TypedStmt[] }
  /** The annotations stand nowhere. */
  | { readonly kind: 'error'; readonly error: Diagnostic }
  /** As if nothing was known about the types. */
  | { readonly kind: 'default' }

const DEFAULT: Leaf = { kind: 'default' }

/** @param result  what the function returns */
export function typeLeaf(t: Typer, operation: BoxedOperation, operands: readonly Operand[], result: SpyType): Leaf {
  switch (operation.kind) {
    case 'cast':
      return castLeaf(t, operation.to, operands[0] as Operand)
    case 'identical':
      return identityLeaf(operation.negated, operands[0] as Operand, operands[1] as Operand)
    default:
      break
  }
  const restore = t.snapshot()
  try {
    if (operation.kind === 'setAttr' || operation.kind === 'setItem') {
      const body = typeSetting(t, operation, operands, BUILTINS_SPAN)
      return { kind: 'code', body: [...body, giveBack(NOTHING)] }
    }
    const value = typeOperation(t, operation, operands, BUILTINS_SPAN)
    return { kind: 'code', body: [giveBack(treeOf(convert(t, value, result)))] }
  } catch (error) {
    restore()
    if (!(error instanceof SpyError)) throw error
    if (operation.kind === 'binary' && isUniversal(operation.op) && error.etype === 'TypeError') return DEFAULT
    return { kind: 'error', error: withoutCalledHere(error).diagnostic }
  }
}

function castLeaf(t: Typer, to: SpyType, operand: Operand): Leaf {
  if (isSubtype(operand.type, to) && isClass(to)) {
    return { kind: 'code', body: [giveBack(treeOf(convert(t, operand, to)))] }
  }
  if (isSubtype(operand.type, to)) return { kind: 'code', body: [giveBack({ ...treeOf(operand), type: to })] }
  const message = `Invalid cast. Expected \`${t.vm.human(to)}\`, got \`${t.vm.human(operand.type)}\``
  return { kind: 'error', error: { class: 'TypeError', message, annotations: [] } }
}

/** Objects of different types are never the same, and values have no identity. */
function identityLeaf(negated: boolean, left: Operand, right: Operand): Leaf {
  if (left.type !== right.type || left.type.storage === 'value') return DEFAULT
  if (left.type === NONE) return { kind: 'code', body: [giveBack(boolConstant(!negated))] }
  const same: TypedExpr = {
    kind: 'Call',
    func: { ...OBJECT_IS, intrinsic: { kind: 'identical', negated } as const },
    args: [treeOf(left), treeOf(right)],
    type: BOOL,
    span: BUILTINS_SPAN,
  }
  return { kind: 'code', body: [giveBack(same)] }
}

export function giveBack(value: TypedExpr): TypedStmt {
  return { kind: 'Return', value, span: BUILTINS_SPAN }
}

export function boolConstant(value: boolean): TypedExpr {
  return { kind: 'Constant', type: BOOL, value, span: BUILTINS_SPAN }
}

const NOTHING: TypedExpr = { kind: 'Constant', type: NONE, value: null, span: BUILTINS_SPAN }
