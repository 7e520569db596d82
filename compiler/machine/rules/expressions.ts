/**
 * Typing expressions: operands first, in source order; then dispatch decides; then `apply` computes or leaves a call.
 */
import { primitiveFuncNamed } from '../../objects/builtin-funcs.ts'
import type { OpImpl } from '../../objects/dispatch.ts'
import {
  BOOL,
  BYTES,
  COMPLEX128,
  F32,
  F64,
  I32,
  NONE,
  PRIMITIVE_TYPES,
  type SpyType,
  STR,
  unionType,
} from '../../objects/types.ts'
import { type BlueValue, bytesValue, complexValue } from '../../objects/values.ts'
import type * as ast from '../../syntax/ast.ts'
import { invariant, SpyError, unreachable } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import { functionDefinedHere, withAnnotations } from '../dispatch/diagnostics.ts'
import { dispatchBinary, dispatchIn, dispatchIs, dispatchUnary } from '../dispatch/operators.ts'
import { interpList, interpListType } from '../vm/blue-containers.ts'
import { EMPTY_DICT, EMPTY_DICT_TYPE, EMPTY_LIST, EMPTY_LIST_TYPE } from '../vm/objects.ts'
import { asType } from '../vm/vm.ts'
import { apply, bind, compute, convert, makeCall } from './apply.ts'
import { typeComprehension } from './comprehensions.ts'
import { condition } from './conditions.ts'
import { intOutOfRange, notImplementedYet } from './diagnostics.ts'
import { callDict } from './dict-calls.ts'
import { displayType } from './displays.ts'
import { typeJoinedStr } from './formatting.ts'
import { accessModule } from './named-access.ts'
import { assignName, assignPlace, typeName } from './names.ts'
import { assignsLocals, block, blueOperand, effectsOf, type Operand, redOperand, treeOf } from './operand.ts'
import {
  binary,
  blueItem,
  call,
  callMethod,
  getAttrNamed,
  getItem,
  makeTuple,
  negate,
  redOrBlue,
  type TypedKeyword,
  withBefore,
} from './operations.ts'
import { callPrint, isPrint } from './print.ts'
import { callStrFormat } from './str-format.ts'
import { superObject } from './super.ts'
import type { Typer } from './typer.ts'

export function typeExpr(t: Typer, node: ast.Expr): Operand {
  // As `t.within` does, without a function for each expression of a program.
  const before = t.at
  t.at = node.span
  const operand = typeNode(t, node)
  t.at = before
  if (t.colors !== null) t.colors.set(node, operand.color)
  return operand
}

function typeNode(t: Typer, node: ast.Expr): Operand {
  switch (node.kind) {
    case 'Name':
      return typeName(t, node.id, node.span)
    case 'Literal':
      return blueOperand(literalValue(node), node.span)
    case 'StrLiteral':
      return blueOperand({ type: STR, value: node.value }, node.span)
    case 'BytesLiteral':
      return blueOperand({ type: BYTES, value: bytesValue(node.value) }, node.span)
    case 'BinOp':
      return binary(t, node.op, typeExpr(t, node.left), typeExpr(t, node.right), node.span)
    case 'CmpOp':
      return compareFully(t, node.op, typeExpr(t, node.left), typeExpr(t, node.right), node.span)
    case 'CmpChain':
      return typeChain(t, node)
    case 'UnaryOp':
      return typeUnary(t, node)
    case 'And':
    case 'Or':
      return typeLogical(t, node)
    case 'IfExp':
      return typeIfExp(t, node)
    case 'Call':
      return typeCall(t, node)
    case 'CallMethod':
      return typeCallMethod(t, node)
    case 'GetAttr':
      return getAttr(t, typeExpr(t, node.value), node.attr, node.span)
    case 'GetItem':
      return getItem(
        t,
        [node.value, ...node.args].map((arg) => typeExpr(t, arg)),
        node.span,
      )
    case 'List':
      return typeList(t, node)
    case 'Dict':
      return typeDict(t, node)
    case 'Tuple':
      return typeTuple(t, node)
    case 'Slice':
      return typeSlice(t, node)
    case 'AssignExpr':
      return typeAssignExpr(t, node)
    case 'BlockExpr':
      return typeBlockExpr(t, node)
    case 'JoinedStr':
      return typeJoinedStr(t, node, typeExpr)
    case 'Set':
      return typeSet(t, node)
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
      return typeComprehension(t, node, typeExpr)
    case 'Auto':
      throw new Error('a type that was left out is never evaluated')
    default:
      return unreachable(node)
  }
}

// -------------------------------------------------------------------------------------------------------- literals

const I32_MIN = -(2n ** 31n)
const I32_MAX = 2n ** 31n - 1n

function literalValue(node: ast.Literal): BlueValue {
  const { value } = node
  switch (value.type) {
    case 'int':
      if (value.value < I32_MIN || value.value > I32_MAX) throw intOutOfRange(value.value, node.span)
      return { type: I32, value: Number(value.value) }
    case 'i8':
    case 'u8':
    case 'i32':
    case 'u32':
      return { type: PRIMITIVE_TYPES[value.type], value: Number(value.value) }
    case 'i64':
    case 'u64':
      return { type: PRIMITIVE_TYPES[value.type], value: value.value }
    case 'f64':
      return { type: F64, value: value.value }
    case 'f32':
      return { type: F32, value: Math.fround(value.value) }
    case 'complex128':
      return { type: COMPLEX128, value: complexValue(0, value.imag) }
    case 'bool':
      return { type: BOOL, value: value.value }
    case 'NoneType':
      return { type: NONE, value: null }
  }
}

// ------------------------------------------------------------------------------------------------------- operators

/** `a < b < c`: every operand once, and nothing behind the first comparison that fails. */
function typeChain(t: Typer, node: ast.CmpChain): Operand {
  const link = (left: Operand, i: number): Operand => {
    const op = node.ops[i] as ast.ComparisonOp
    const right = typeExpr(t, node.comparators[i] as ast.Expr)
    if (i === node.ops.length - 1) return condition(t, compareFully(t, op, left, right, node.span))
    const prelude: TypedStmt[] = []
    // The right operand is read twice, so it is evaluated into a temporary, and the left one before it.
    const before = shareable(t, left, prelude)
    const shared = shareable(t, right, prelude)
    const first = condition(t, compareFully(t, op, before, shared, node.span))
    if (first.blue !== null && first.blue.value === false) return withBefore(first, prelude)
    if (first.blue !== null) return redOrBlue(link(shared, i + 1), [...prelude, ...effectsOf(first)])
    const rest = t.perhaps(() => link(shared, i + 1))
    const tree: TypedExpr = { kind: 'And', type: BOOL, span: node.span, left: treeOf(first), right: treeOf(rest) }
    return redOperand(block(prelude, tree))
  }
  return link(typeExpr(t, node.left), 0)
}

/** The operand as one that can be read again: evaluated into a temporary, unless it is a constant. */
function shareable(t: Typer, operand: Operand, prelude: TypedStmt[]): Operand {
  if (operand.tree !== null) return redOperand(bind(t, operand.tree, prelude), operand.symbol)
  prelude.push(...operand.before)
  return { ...operand, before: [] }
}

function typeUnary(t: Typer, node: ast.UnaryOp): Operand {
  const value = typeExpr(t, node.value)
  if (node.op === 'not') return negate(t, negated(t, value), node.span)
  const impl = dispatchUnary(t.vm, node.op, value, node.span)
  return impl === null ? { ...value, span: node.span } : apply(t, impl, [value], node.span)
}

/** The operand of `not`, which is a function that wants a bool. */
function negated(t: Typer, value: Operand): Operand {
  try {
    return condition(t, value)
  } catch (error) {
    if (error instanceof SpyError && error.diagnostic.code === 'mismatched-types') {
      throw withAnnotations(error, [functionDefinedHere(primitiveFuncNamed('bool_not'))])
    }
    throw error
  }
}

/**
 * `and`, `or`: a blue left operand that decides leaves the right one untyped; one that does not decide leaves the right
 * one alone.
 */
function typeLogical(t: Typer, node: ast.And | ast.Or): Operand {
  const left = condition(t, typeExpr(t, node.left))
  const decides = node.kind === 'Or'
  if (left.blue !== null) {
    if (left.blue.value === decides) return { ...left, span: node.span }
    const right = condition(t, typeExpr(t, node.right))
    return { ...redOrBlue(right, effectsOf(left)), span: node.span }
  }
  const right = t.perhaps(() => condition(t, typeExpr(t, node.right)))
  return redOperand({ kind: node.kind, type: BOOL, span: node.span, left: treeOf(left), right: treeOf(right) })
}

function typeIfExp(t: Typer, node: ast.IfExp): Operand {
  const test = condition(t, typeExpr(t, node.test))
  if (test.blue !== null) {
    const chosen = typeExpr(t, test.blue.value === true ? node.body : node.orelse)
    return { ...redOrBlue(chosen, effectsOf(test)), span: node.span }
  }
  const then = t.perhaps(() => typeExpr(t, node.body))
  const orElse = t.perhaps(() => typeExpr(t, node.orelse))
  const type = branchType(then.type, orElse.type)
  return redOperand({
    kind: 'IfExp',
    type,
    span: node.span,
    test: treeOf(test),
    then: treeOf(convertBranch(t, then, type)),
    orElse: treeOf(convertBranch(t, orElse, type)),
  })
}

/** An int branch becomes the float type of the other; otherwise the union decides. */
function branchType(a: SpyType, b: SpyType): SpyType {
  const isFloat = (type: SpyType): boolean => type === F64 || type === F32
  if (isFloat(a) && b === I32) return a
  if (isFloat(b) && a === I32) return b
  return unionType(a, b)
}

// ----------------------------------------------------------------------------------------------------------- calls

function typeCall(t: Typer, node: ast.Call): Operand {
  const callee = typeExpr(t, node.func)
  const args = node.args.map((arg) => typeExpr(t, arg))
  const keywords = typeKeywords(t, node.keywords)
  if (isPrint(callee)) return callPrint(t, callee, args, keywords, node.span)
  const accessed = keywords.length === 0 ? accessModule(t, callee, args, node.span) : undefined
  if (accessed !== undefined) return accessed
  const dict = callDict(t, callee, args, keywords, node.span)
  if (dict !== undefined) return dict
  const [arg] = args
  // What has a truth value converts to bool when it is told to.
  if (asType(callee.blue) === BOOL && arg !== undefined && args.length === 1 && keywords.length === 0) {
    return { ...condition(t, arg), span: node.span }
  }
  return call(t, callee, args, keywords, node.span)
}

function typeKeywords(t: Typer, keywords: readonly ast.Keyword[]): readonly TypedKeyword[] {
  for (const { name } of keywords) t.colors?.set(name, 'blue')
  return keywords.map((keyword) => ({
    name: keyword.name.value,
    value: typeExpr(t, keyword.value),
    span: keyword.span,
  }))
}

function typeCallMethod(t: Typer, node: ast.CallMethod): Operand {
  const base = superObject(t, node.target, typeExpr)
  const target = base ?? typeExpr(t, node.target)
  t.colors?.set(node.method, 'blue')
  const args = node.args.map((arg) => typeExpr(t, arg))
  const keywords = typeKeywords(t, node.keywords)
  const { value: name, span } = node.method
  if (name === 'format' && target.type === STR && target.blue !== null) {
    return redOrBlue(callStrFormat(t, target.blue.value as string, args, keywords, node.span), target.before)
  }
  return callMethod(t, target, name, span, args, keywords, node.span, { exact: base !== undefined })
}

// ------------------------------------------------------------------------------------------------ attributes, items

export function getAttr(t: Typer, value: Operand, attr: ast.StrLiteral, span: Span): Operand {
  t.colors?.set(attr, 'blue')
  return getAttrNamed(t, value, blueOperand({ type: STR, value: attr.value }, attr.span), span)
}

// -------------------------------------------------------------------------------------------------------- displays

function typeList(t: Typer, node: ast.List): Operand {
  if (node.items.length === 0) return blueOperand({ type: EMPTY_LIST_TYPE, value: EMPTY_LIST }, node.span)
  const items = node.items.map((item) => typeExpr(t, item))
  const itemType = items.map((item) => item.type).reduce(unionType)
  // Lists of blue time hold what has no common type, as arguments of metafunctions do.
  const isKnown = itemType.kind === 'object' && items.every((item) => item.blue !== null)
  if (itemType.kind === 'opaque' || isKnown) {
    return blueOperand(interpList(interpListType(t.vm, itemType), items.map(blueItem)), node.span, {
      before: items.flatMap(effectsOf),
    })
  }
  const list = displayType(t, '_list', 'list', [itemType], node.span)
  return pushAll(
    t,
    list,
    items.map((item) => [item]),
    node.span,
  )
}

/** `{a, b}`: the item type is found as for lists. */
function typeSet(t: Typer, node: ast.SetDisplay): Operand {
  const items = node.items.map((item) => typeExpr(t, item))
  const itemType = items.map((item) => item.type).reduce(unionType)
  const set = displayType(t, '_set', 'set', [itemType], node.span)
  return pushAll(
    t,
    set,
    items.map((item) => [item]),
    node.span,
  )
}

function typeDict(t: Typer, node: ast.Dict): Operand {
  if (node.items.length === 0) return blueOperand({ type: EMPTY_DICT_TYPE, value: EMPTY_DICT }, node.span)
  const pairs = node.items.map((item) => [typeExpr(t, item.key), typeExpr(t, item.value)] as const)
  const keyType = pairs.map(([key]) => key.type).reduce(unionType)
  const valueType = pairs.map(([, value]) => value.type).reduce(unionType)
  const dict = displayType(t, '_dict', 'dict', [keyType, valueType], node.span)
  return pushAll(t, dict, pairs, node.span)
}

/**
 * `T._push(... T._push(T._empty(), a) ..., z)`. The items are evaluated before the container is made, as they stand
 * in the source. Long displays are copies of something prebuilt where all is known, and else filled in several steps:
 * deep trees end our stack, and take C compilers for ever.
 */
function pushAll(t: Typer, type: SpyType, rows: readonly (readonly Operand[])[], span: Span): Operand {
  const make = t.vm.lookupFunc(type, '_empty')
  const push = t.vm.lookupFunc(type, '_push')
  if (make === undefined || push === undefined) throw notImplementedYet(`displays of \`${t.vm.human(type)}\``, span)
  const prelude: TypedStmt[] = []
  const items = rows.map((row) => row.map((item, i) => convertBranch(t, item, push.params[i + 1]?.type as SpyType)))
  if (rows.length > ROWS_OF_STEP && items.every((row) => row.every(isKnown))) {
    let known = compute(t, make, [], span)
    for (const row of items) known = compute(t, push, [known, ...row.map((item) => item.blue as BlueValue)], span)
    return callMethod(t, blueOperand(known, span), 'copy', span, [], [], span)
  }
  const assigns = items.some((row) => row.some((item) => item.tree !== null && assignsLocals(item.tree)))
  const trees = items.map((row) => row.map((item) => stable(t, item, assigns, prelude)))
  let tree = makeCall(t, make, [], span)
  for (const [i, row] of trees.entries()) {
    if (i > 0 && i % ROWS_OF_STEP === 0) tree = bind(t, tree, prelude)
    tree = makeCall(t, push, [tree, ...row], span)
  }
  return redOperand(block(prelude, tree))
}

const ROWS_OF_STEP = 64

function isKnown(item: Operand): boolean {
  return item.blue !== null && effectsOf(item).length === 0
}

/**
 * An expression that may stand behind the making of the container: plain ones do, others are bound before.
 *
 * @param assigns  an item assigns locals: those are read before, too
 */
function stable(t: Typer, item: Operand, assigns: boolean, prelude: TypedStmt[]): TypedExpr {
  const tree = treeOf(item)
  const stays = tree.kind === 'Constant' || (tree.kind === 'LocalRead' && !tree.checked && !assigns)
  return stays ? tree : bind(t, tree, prelude)
}

function typeTuple(t: Typer, node: ast.Tuple): Operand {
  const items = node.items.map((item) => typeExpr(t, item))
  return makeTuple(t, items, node.span)
}

function typeSlice(t: Typer, node: ast.Slice): Operand {
  const parts = [node.start, node.stop, node.step].map((part) => typeExpr(t, part))
  const module = t.vm.evaluator.importModule('_slice')
  const slice = module.attributes.get('Slice')
  invariant(slice !== undefined, 'module _slice has the type Slice')
  return call(t, blueOperand(slice, node.span), parts, [], node.span)
}

// ------------------------------------------------------------------------------------------------- walrus and blocks

function typeAssignExpr(t: Typer, node: ast.AssignExpr): Operand {
  const value = typeExpr(t, node.value)
  const { value: name, span: target } = node.target
  const place = assignPlace(t, name, target)
  const stmts = assignName(t, name, target, value, node.span)
  const last = stmts[stmts.length - 1]
  if (place.kind === 'cell') {
    invariant(last?.kind === 'AssignCell', 'a module variable is assigned by one statement')
    const { cell, value: tree } = last
    return redOperand({ kind: 'AssignCellExpr', type: cell.valueType, span: node.span, cell, value: tree })
  }
  const local = t.frame.locals.get(name)
  if (local?.blue) return redOrBlue(blueOperand(local.blue, node.span, { type: local.type }), stmts)
  invariant(last?.kind === 'AssignLocal', 'a red local is assigned by one statement')
  return redOperand({ kind: 'AssignExpr', type: last.value.type, span: node.span, name, value: last.value })
}

function typeBlockExpr(t: Typer, node: ast.BlockExpr): Operand {
  const body = t.typeStmts(t, node.body)
  const value = typeExpr(t, node.value)
  return redOperand(block(body, treeOf(value)))
}

/** Parts in order; fields as `str` or `repr` make them. */

// --------------------------------------------------------------------------------------------------------- helpers

function convertBranch(t: Typer, operand: Operand, type: SpyType): Operand {
  return operand.type === type ? operand : convert(t, operand, type)
}

function compare(t: Typer, op: ast.ComparisonOp, left: Operand, right: Operand, span: Span): Operand {
  return apply(t, comparisonImpl(t, op, left, right, span), [left, right], span)
}

function comparisonImpl(t: Typer, op: ast.ComparisonOp, left: Operand, right: Operand, span: Span): OpImpl {
  switch (op) {
    case 'is':
    case 'is not':
      return dispatchIs(t.vm, op === 'is not', left, right, span)
    case 'in':
    case 'not in':
      return dispatchIn(t.vm, left, right, span)
    default:
      return dispatchBinary(t.vm, op, left, right, span)
  }
}

function compareFully(t: Typer, op: ast.ComparisonOp, left: Operand, right: Operand, span: Span): Operand {
  const result = compare(t, op, left, right, span)
  return op === 'not in' ? negate(t, condition(t, result), span) : result
}
