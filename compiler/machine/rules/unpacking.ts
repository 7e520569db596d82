/**
 * Unpacking: `a, b = value`.
 */
import { DYNAMIC, I32, type StructType } from '../../objects/types.ts'
import type { BlueValue, Value } from '../../objects/values.ts'
import type * as ast from '../../syntax/ast.ts'
import { joinSpans, type Span } from '../../text/source.ts'
import type { TypedExpr, TypedStmt, UnpackTarget } from '../../typed/tree.ts'
import { dynamicImpl } from '../dispatch/dynamic.ts'
import { asBlueObject } from '../vm/objects.ts'
import type { Vm } from '../vm/vm.ts'
import { apply, bind } from './apply.ts'
import { noUnpacking, wrongUnpackCount } from './diagnostics.ts'
import { assignName } from './names.ts'
import { blueOperand, exprStmt, type Operand, redOperand, treeOf } from './operand.ts'
import { getItem } from './operations.ts'
import type { Typer } from './typer.ts'

/** `a, b = value`: the tuple once, then its items from left to right. */
export function unpackInto(t: Typer, target: ast.UnpackTarget, value: Operand, span: Span): readonly TypedStmt[] {
  const tuple = asBlueObject(value.blue)
  if (tuple?.what === 'interpTuple') return unpackBlue(t, target, value, tuple.items, span)
  const type = value.type
  if (type === DYNAMIC) return unpackDynamic(t, target, value, span)
  if (type.kind !== 'struct' || !t.vm.isTuple(type)) throw noUnpacking(t.vm, type, value.span)
  checkCount(target, type.fields.length, value)
  const items = type.fields.map((field, i): Operand => {
    const blue = value.blue?.value as { readonly fields: readonly Value[] } | undefined
    if (blue !== undefined) return blueOperand({ type: field.type, value: blue.fields[i] as Value }, value.span)
    const name = t.temporary(field.type)
    return redOperand({ kind: 'LocalRead', name, checked: false, type: field.type, span: value.span })
  })
  if (value.blue !== null) {
    return [...value.before, ...target.targets.flatMap((name, i) => assignItem(t, name, items[i] as Operand, span))]
  }
  const targets: UnpackTarget[] = target.targets.map((name, i) => {
    const item = items[i] as Operand
    const assignment = assignItem(t, name, item, span)
    const last = assignment[assignment.length - 1]
    const itemName = (item.tree as TypedExpr & { readonly kind: 'LocalRead' }).name
    if (last?.kind === 'AssignLocal') return { target: last.name, item: itemName, convert: last.value }
    if (last?.kind === 'AssignCell') return { target: last.cell, item: itemName, convert: last.value }
    return { target: null, item: itemName, convert: item.tree as TypedExpr }
  })
  return [{ kind: 'Unpack', value: treeOf(value), struct: type as StructType, targets, span }]
}

export function assignItem(
  t: Typer,
  target: ast.SingleTarget | ast.StrLiteral,
  item: Operand,
  span: Span,
): readonly TypedStmt[] {
  const name = target.kind === 'SingleTarget' ? target.name : target
  return assignName(t, name.value, name.span, item, span)
}

function unpackBlue(
  t: Typer,
  target: ast.UnpackTarget,
  value: Operand,
  items: readonly BlueValue[],
  span: Span,
): readonly TypedStmt[] {
  checkCount(target, items.length, value)
  return [
    ...value.before,
    ...target.targets.flatMap((name, i) => assignItem(t, name, blueOperand(items[i] as BlueValue, value.span), span)),
  ]
}

/** Whether it is a tuple is found out at run time, and the types of its items, too. */
function unpackDynamic(t: Typer, target: ast.UnpackTarget, value: Operand, span: Span): readonly TypedStmt[] {
  const body: TypedStmt[] = []
  const tuple = { ...redOperand(bind(t, treeOf(value), body)), span: value.span }
  const count = target.targets.length
  const check = dynamicImpl({ kind: 'unpack', count }, [tuple])
  body.push(exprStmt(treeOf(apply(t, check, [tuple], span))))
  const items = target.targets.map((_, i) => {
    const index = blueOperand({ type: I32, value: i }, value.span)
    return { ...redOperand(bind(t, treeOf(getItem(t, [tuple, index], value.span)), body)), span: value.span }
  })
  return [...body, ...target.targets.flatMap((name, i) => assignItem(t, name, items[i] as Operand, span))]
}

/** A value whose type was not known when the program was typed. */
export function checkUnpacking(vm: Vm, value: Operand, count: number): void {
  const { type, span } = value
  const object = asBlueObject(value.blue)
  if (object?.what !== 'interpTuple' && !vm.isTuple(type)) throw noUnpacking(vm, type, span)
  const got = object?.what === 'interpTuple' ? object.items.length : (type as StructType).fields.length
  if (got !== count) throw wrongUnpackCount(span, count, span, got)
}

function checkCount(target: ast.UnpackTarget, got: number, value: Operand): void {
  const { targets } = target
  if (targets.length === got) return
  const first = targets[0]?.span ?? target.span
  const last = targets[targets.length - 1]?.span ?? target.span
  throw wrongUnpackCount(joinSpans(first, last), targets.length, value.span, got)
}
