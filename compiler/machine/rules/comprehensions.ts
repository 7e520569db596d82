/**
 * Comprehensions: loops inside of an expression that fill a container.
 *
 *     [f(x) for x in e if c]     →     __block__($t0 = list[T]::new()
 *                                               $t1 = e.__fastiter__()
 *                                               while $t1.__continue_iteration__():
 *                                                   x = $t1.__item__(); $t1 = $t1.__next__()
 *                                                   if c: list[T]::_push($t0, f(x))
 *                                               $t0)
 *
 * T is the static type of the element, so the loop is typed before the container is. The loop variables live in a scope
 * of their own; names around it are seen, and a walrus assigns them. Over a container of blue code, what stands in the
 * loop is there once for each item, which is known.
 */
import { type SpyType, unionType } from '../../objects/types.ts'
import type * as ast from '../../syntax/ast.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import { asBlueObject, EMPTY_DICT, EMPTY_DICT_TYPE, EMPTY_LIST, EMPTY_LIST_TYPE, NONE_VALUE } from '../vm/objects.ts'
import { bind, convert, makeCall } from './apply.ts'
import { condition } from './conditions.ts'
import { notImplementedYet } from './diagnostics.ts'
import { displayType } from './displays.ts'
import type { LocalVar } from './frames.ts'
import { assignName } from './names.ts'
import { block, blueOperand, constantTree, effectsOf, type Operand, redOperand, treeOf } from './operand.ts'
import { callMethod } from './operations.ts'
import type { Typer } from './typer.ts'
import { unpackInto } from './unpacking.ts'

export type ComprehensionNode = ast.ListComp | ast.SetComp | ast.DictComp

type TypeExpr = (t: Typer, node: ast.Expr) => Operand

export function typeComprehension(t: Typer, node: ComprehensionNode, typeExpr: TypeExpr): Operand {
  const [first] = node.generators
  invariant(first !== undefined, 'a comprehension has a loop')
  const iterable = typeExpr(t, first.iter)
  return inScopeOf(t, node, () => {
    const rows: Row[] = []
    const fill = (): readonly TypedStmt[] => {
      const elements = elementsOf(node).map((element) => typeExpr(t, element))
      const push = { kind: 'ExprStmt', value: constantTree(NONE_VALUE, node.span), span: node.span } as const
      rows.push({ elements, push })
      return [push]
    }
    const loops = typeLoops(t, node, 0, iterable, typeExpr, fill)
    const [first] = rows
    // Nothing is in it, and of no type.
    if (first === undefined) return { ...emptyDisplay(node), before: loops }
    const columns = first.elements.map((_, i) => rows.map(({ elements }) => (elements[i] as Operand).type))
    const types = columns.map((column) => column.reduce(unionType))
    const [module, generic] = CONTAINERS[node.kind]
    const type = displayType(t, module, generic, types, node.span)
    const name = t.temporary(type)
    const make = t.vm.lookupFunc(type, '_empty')
    const push = t.vm.lookupFunc(type, '_push')
    if (make === undefined || push === undefined) {
      throw notImplementedYet(`comprehensions of \`${t.vm.human(type)}\``, node.span)
    }
    const read: TypedExpr = { kind: 'LocalRead', name, checked: false, type, span: node.span }
    for (const row of rows) {
      const values = row.elements.map((element, i) => treeOf(convert(t, element, types[i] as SpyType)))
      row.push.value = makeCall(t, push, [read, ...values], node.span)
    }
    const init: TypedStmt = { kind: 'AssignLocal', name, value: makeCall(t, make, [], node.span), span: node.span }
    const result: TypedExpr = { kind: 'LocalRead', name, checked: false, type, span: node.span }
    return redOperand(block([init, ...loops], result))
  })
}

/** What one copy of the innermost loop puts into the container. */
interface Row {
  readonly elements: readonly Operand[]
  /** Completed when the container is known. */
  readonly push: { readonly kind: 'ExprStmt'; value: TypedExpr; readonly span: Span }
}

function emptyDisplay(node: ComprehensionNode): Operand {
  if (node.kind === 'ListComp') return blueOperand({ type: EMPTY_LIST_TYPE, value: EMPTY_LIST }, node.span)
  if (node.kind === 'DictComp') return blueOperand({ type: EMPTY_DICT_TYPE, value: EMPTY_DICT }, node.span)
  throw notImplementedYet('sets without items whose type is known', node.span)
}

function elementsOf(node: ComprehensionNode): readonly ast.Expr[] {
  return node.kind === 'DictComp' ? [node.key, node.value] : [node.element]
}

const CONTAINERS: Readonly<Record<ComprehensionNode['kind'], readonly [module: string, generic: string]>> = {
  ListComp: ['_list', 'list'],
  SetComp: ['_set', 'set'],
  DictComp: ['_dict', 'dict'],
}

/** The loops from number `index` inwards. */
function typeLoops(
  t: Typer,
  node: ComprehensionNode,
  index: number,
  iterable: Operand,
  typeExpr: TypeExpr,
  fill: () => readonly TypedStmt[],
): readonly TypedStmt[] {
  const generator = node.generators[index] as ast.Comprehension
  const { span } = generator
  const rest = (): readonly TypedStmt[] =>
    filtered(t, generator.conditions, typeExpr, () => {
      const next = node.generators[index + 1]
      return next === undefined ? fill() : typeLoops(t, node, index + 1, typeExpr(t, next.iter), typeExpr, fill)
    })
  const known = knownItems(iterable)
  if (known !== undefined) {
    const copies = known.map((item) => [...bindItem(t, generator.target, item, span), ...rest()])
    return [...effectsOf(iterable), ...copies.flat()]
  }
  const prelude: TypedStmt[] = []
  const iterator = redOperand(bind(t, treeOf(callMethod(t, iterable, '__fastiter__', span, [], [], span)), prelude))
  const { tree } = iterator
  invariant(tree?.kind === 'LocalRead', 'what is bound is read')
  const step = (method: string): Operand => callMethod(t, iterator, method, span, [], [], span)
  const test = condition(t, step('__continue_iteration__'))
  const outer = t.assigned
  t.assigned = new Set(outer)
  t.depth++
  const item = { ...step('__item__'), span: generator.iter.span }
  const assign = assignTarget(t, generator.target, item, span)
  const advance: TypedStmt = { kind: 'AssignLocal', name: tree.name, value: treeOf(step('__next__')), span }
  const inner = rest()
  t.depth--
  t.assigned = outer
  return [...prelude, { kind: 'While', test: treeOf(test), body: [...assign, advance, ...inner], span }]
}

/** The items of a container that only blue code can look into. */
function knownItems({ blue, span }: Operand): readonly Operand[] | undefined {
  const object = asBlueObject(blue)
  if (object?.what !== 'interpTuple' && object?.what !== 'interpList') return undefined
  return object.items.map((item) => blueOperand(item, span))
}

/** The loop variable is a constant in each copy. */
function bindItem(t: Typer, target: ast.Comprehension['target'], item: Operand, span: Span): readonly TypedStmt[] {
  if (target.kind === 'UnpackTarget') return unpackInto(t, target, item, span)
  const { value: name } = target
  const { type, blue } = item
  const slot = t.slotFor(name, type)
  t.frame.locals.set(name, { name, type, blue, cell: null, slot, span: target.span, typeSpan: item.span })
  t.assigned.add(name)
  return []
}

function assignTarget(t: Typer, target: ast.Comprehension['target'], item: Operand, span: Span): readonly TypedStmt[] {
  return target.kind === 'UnpackTarget'
    ? unpackInto(t, target, item, span)
    : assignName(t, target.value, target.span, item, span)
}

/** What is left to do when all conditions hold. */
function filtered(
  t: Typer,
  conditions: readonly ast.Expr[],
  typeExpr: TypeExpr,
  inner: () => readonly TypedStmt[],
): readonly TypedStmt[] {
  const [first, ...rest] = conditions
  if (first === undefined) return inner()
  const test = condition(t, typeExpr(t, first))
  const then = filtered(t, rest, typeExpr, inner)
  if (test.blue !== null && test.blue.value === true) return [...effectsOf(test), ...then]
  return [{ kind: 'If', test: treeOf(test), then, orElse: [], span: first.span }]
}

/** Run `work` with the names of the comprehension: its own variables hide those around it, and are gone afterwards. */
function inScopeOf(t: Typer, node: ComprehensionNode, work: () => Operand): Operand {
  const table = t.scopes.tablesOf(t.frame.module.name).tables.get(node)
  invariant(table !== undefined, 'a comprehension has a symbol table')
  const { frame } = t
  const outerTable = frame.table
  const own = [...table.symbols.values()].filter((symbol) => symbol.definedIn === table).map(({ name }) => name)
  const hidden = own.map((name): [string, LocalVar | undefined] => [name, frame.locals.get(name)])
  const assigned = own.filter((name) => t.assigned.has(name))
  for (const name of own) {
    frame.locals.delete(name)
    t.assigned.delete(name)
  }
  frame.table = table
  t.comprehensions++
  try {
    return work()
  } finally {
    frame.table = outerTable
    for (const [name, local] of hidden) {
      if (local === undefined) frame.locals.delete(name)
      else frame.locals.set(name, local)
    }
    for (const name of own) t.assigned.delete(name)
    for (const name of assigned) t.assigned.add(name)
  }
}
