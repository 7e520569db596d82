/**
 * Operations on operands, apart from how they are written: what expressions, loops, printing and dynamic values share.
 */
import { primitiveFuncNamed } from '../../objects/builtin-funcs.ts'
import { BOOL, isSubtype, STR, TYPE } from '../../objects/types.ts'
import type { BlueValue, FuncObject } from '../../objects/values.ts'
import { joinSpans, type Span } from '../../text/source.ts'
import type { TypedStmt } from '../../typed/tree.ts'
import { dispatchGetAttr } from '../dispatch/attributes.ts'
import { dispatchCall, dispatchCallMethod } from '../dispatch/calls.ts'
import { dispatchGetItem } from '../dispatch/items.ts'
import type { KeywordArg } from '../dispatch/keywords.ts'
import { type BinaryToken, dispatchBinary } from '../dispatch/operators.ts'
import { interpTuple } from '../vm/blue-containers.ts'
import { objectMaker } from '../vm/classes.ts'
import { asType } from '../vm/vm.ts'
import { apply, bind, constantCall, makeCall } from './apply.ts'
import { notImplementedYet } from './diagnostics.ts'
import { displayType } from './displays.ts'
import { readCell } from './names.ts'
import { block, blueOperand, effectsOf, exprStmt, type Operand, redOperand, treeOf } from './operand.ts'
import type { Typer } from './typer.ts'

export function binary(t: Typer, op: BinaryToken, left: Operand, right: Operand, span: Span): Operand {
  return apply(t, dispatchBinary(t.vm, op, left, right, span), [left, right], span)
}
export function withBefore(operand: Operand, before: readonly TypedStmt[]): Operand {
  return before.length === 0 ? operand : { ...operand, before: [...before, ...operand.before] }
}
export function redOrBlue(operand: Operand, before: readonly TypedStmt[]): Operand {
  return operand.tree === null ? withBefore(operand, before) : redOperand(block(before, operand.tree))
}
export function negate(t: Typer, value: Operand, span: Span): Operand {
  if (value.blue !== null)
    return blueOperand({ type: BOOL, value: value.blue.value !== true }, span, { before: value.before })
  return redOperand(makeCall(t, primitiveFuncNamed('bool_not'), [treeOf(value)], span))
}
export interface TypedKeyword extends KeywordArg {
  readonly value: Operand
}
export function call(
  t: Typer,
  callee: Operand,
  args: readonly Operand[],
  keywords: readonly TypedKeyword[],
  span: Span,
): Operand {
  const type = asType(callee.blue)
  const maker = type === undefined ? undefined : objectMaker(type)
  if (maker !== undefined) return initialised(t, maker, callee, args, keywords, span)
  const impl = dispatchCall(t.vm, callee, args, keywords, span)
  return apply(t, impl, [callee, ...args, ...keywords.map((keyword) => keyword.value)], span)
}

/** A new object, whose `__init__` is called like any method. */
function initialised(
  t: Typer,
  maker: FuncObject,
  callee: Operand,
  args: readonly Operand[],
  keywords: readonly TypedKeyword[],
  span: Span,
): Operand {
  const body: TypedStmt[] = [...effectsOf(callee)]
  const object = bind(t, makeCall(t, maker, [], span), body)
  const target = { ...redOperand(object), span: callee.span }
  const init = callMethod(t, target, '__init__', callee.span, args, keywords, span, { exact: true })
  body.push(exprStmt(treeOf(init)))
  return redOperand(block(body, object))
}

export function callMethod(
  t: Typer,
  target: Operand,
  method: string,
  methodSpan: Span,
  args: readonly Operand[],
  keywords: readonly TypedKeyword[],
  span: Span,
  options: { readonly exact?: boolean } = {},
): Operand {
  const name = blueOperand({ type: STR, value: method }, methodSpan)
  const found = dispatchCallMethod(t.vm, target, name, args, keywords, span, options)
  if (found.kind === 'viaAttribute') {
    return call(t, getAttrNamed(t, target, name, methodSpan), args, keywords, span)
  }
  const operands = [target, name, ...args, ...keywords.map((keyword) => keyword.value)]
  return apply(t, found.impl, operands, span)
}
export function getAttrNamed(t: Typer, value: Operand, name: Operand, span: Span): Operand {
  const read = dispatchGetAttr(t.vm, value, name, span)
  if (read.kind === 'cell') return readCell(t, read.cell, span)
  return apply(t, read.impl, [value, name], span)
}
/**
 * `d[i, j]` of a type that takes one index is `d[(i, j)]`. `operands` are the value, `count` indices, and what follows.
 */
export function gatherIndices(
  t: Typer,
  operands: readonly Operand[],
  method: '__getitem__' | '__setitem__',
  count: number,
): readonly Operand[] {
  const [value] = operands
  if (count === 1 || value === undefined) return operands
  const func = t.vm.lookupFunc(value.type, method)
  const params = func?.type.funcKind === 'plain' ? func.params : []
  const takesOne = params.length === operands.length - count + 1 && params.every((param) => param.kind === 'simple')
  if (!takesOne) return operands
  const indices = operands.slice(1, 1 + count)
  const span = indices
    .map((index) => index.span)
    .reduce((all, index) => joinSpans(all, index), indices[0]?.span ?? value.span)
  return [value, makeTuple(t, indices, span), ...operands.slice(1 + count)]
}
export function getItem(t: Typer, operands: readonly Operand[], span: Span): Operand {
  const given = gatherIndices(t, operands, '__getitem__', operands.length - 1).map((operand, i) =>
    i > 0 && operands[0] !== undefined && t.vm.isTuple(operands[0].type) ? knownSlice(t, operand) : operand,
  )
  return apply(t, dispatchGetItem(t.vm, given, span), given, span)
}

/** Part of a tuple has a type of its own, for which the bounds have to be known: `1:3` is the constant that it makes. */
function knownSlice(t: Typer, index: Operand): Operand {
  if (index.type.fqn.text !== '_slice::Slice' || index.tree === null) return index
  const value = constantCall(t, index.tree)
  return value === undefined ? index : blueOperand({ type: index.type, value }, index.span)
}

export function makeTuple(t: Typer, items: readonly Operand[], span: Span): Operand {
  if (items.some((item) => isSubtype(item.type, TYPE))) {
    return blueOperand(interpTuple(items.map(blueItem)), span, { before: items.flatMap(effectsOf) })
  }
  const type = displayType(
    t,
    '_tuple',
    'tuple',
    items.map((item) => item.type),
    span,
  )
  const callee = blueOperand({ type: TYPE, value: type }, span)
  return call(t, callee, items, [], span)
}
export function blueItem(item: Operand): BlueValue {
  if (item.blue === null) throw notImplementedYet('displays of values that have no common type', item.span)
  return item.blue
}
/** `str(value)` or `repr(value)` */
export function stringOf(t: Typer, value: Operand, how: 'str' | 'repr', span: Span): Operand {
  const callee = how === 'str' ? blueOperand({ type: TYPE, value: STR }, span) : blueOperand(t.vm.builtin('repr'), span)
  return call(t, callee, [value], [], span)
}
