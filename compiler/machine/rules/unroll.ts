/**
 * Loops that are unrolled: over tuples, whose items differ in type, and over ranges known at blue time where the body
 * needs to know the number.
 *
 *     for x in (1, "a"):               x: i32 = 1           with `break` or `continue` in the body, each copy is a loop
 *         print(x)               →     print(x)             of one turn inside a loop of one turn, so that there is
 *                                      x$u1: str = "a"      something to leave
 *                                      print(x$u1)
 */
import { BOOL, I32, type SpyType, type StructType } from '../../objects/types.ts'
import type { StructValue, Value } from '../../objects/values.ts'
import type * as ast from '../../syntax/ast.ts'
import { children } from '../../syntax/ast.ts'
import { SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import { asBlueObject } from '../vm/objects.ts'
import { bind, constantCall, makeCall } from './apply.ts'
import { leavesWithoutFailure } from './flow.ts'
import type { LocalVar } from './frames.ts'
import { convertForSlot } from './names.ts'
import { blueOperand, constantTree, type Operand, redOperand, treeOf } from './operand.ts'
import type { Assigned, Typer, View } from './typer.ts'

const MOST_COPIES = 1024

export interface Items {
  /** Run before the loop. */
  readonly before: readonly TypedStmt[]
  readonly items: readonly Operand[]
  /** There is no ordinary loop over it. */
  readonly always: boolean
}

/** Statements, as unrolling needs them. */
export interface Unrolling {
  assignItem(t: Typer, target: ast.For['target'], item: Operand, span: Span): readonly TypedStmt[]
  body(t: Typer, stmts: readonly ast.Stmt[], assigned: Assigned): readonly TypedStmt[]
}

/** The items one by one, if they are known; null for everything else. */
export function itemsToUnroll(t: Typer, iterable: Operand): Items | null {
  const { span } = iterable
  const object = asBlueObject(iterable.blue)
  if (object?.what === 'interpTuple' || object?.what === 'interpList') {
    const items = object.items.map((item) => blueOperand(item, span))
    return { before: iterable.before, items, always: true }
  }
  if (iterable.type.kind === 'struct' && t.vm.isTuple(iterable.type)) return tupleItems(t, iterable, iterable.type)
  const range = constantRange(t, iterable)
  if (range === null) return null
  const items = range.map((i) => blueOperand({ type: I32, value: i }, span))
  return { before: iterable.before, items, always: false }
}

function tupleItems(t: Typer, tuple: Operand, type: StructType): Items {
  const { span } = tuple
  if (tuple.blue !== null) {
    const { fields } = tuple.blue.value as StructValue
    const items = type.fields.map((field, i) => blueOperand({ type: field.type, value: fields[i] as Value }, span))
    return { before: tuple.before, items, always: true }
  }
  const before: TypedStmt[] = []
  const read = bind(t, treeOf(tuple), before)
  const items = type.fields.map((field) =>
    redOperand(makeCall(t, t.vm.structFuncs.reader(type, field.name), [read], span)),
  )
  return { before, items, always: true }
}

/** The numbers of a range that does not depend on anything red. */
function constantRange(t: Typer, iterable: Operand): readonly number[] | null {
  if (iterable.type.fqn.text !== '_range::range') return null
  const value = iterable.blue?.value ?? constantCall(t, iterable.tree)
  if (value === undefined) return null
  const [start, stop, step] = (value as StructValue).fields as readonly [number, number, number]
  const numbers: number[] = []
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) {
    numbers.push(i)
    // One more than can be unrolled: an error, if unrolling is what the loop needs.
    if (numbers.length > MOST_COPIES) break
  }
  return numbers
}

/** The body once for each item. */
export function unroll(t: Typer, stmt: ast.For, items: Items, on: Unrolling): readonly TypedStmt[] {
  const { span } = stmt
  if (items.items.length > MOST_COPIES) {
    throw new SpyError({ class: 'StaticError', message: 'too many iterations to unroll', annotations: [] })
  }
  const jumps = hasJump(stmt.body)
  const isConstant = stmt.target.kind === 'StrLiteral' && !assigns(stmt.body, stmt.target.value)
  const outerNames = new Set(t.frame.locals.keys())
  const outer = t.surroundings
  const left = jumps ? t.temporary(BOOL) : null
  if (left !== null) {
    t.surroundings = { left, contexts: [], outer }
    t.depth++
  }
  let last = t.view
  const copies: (readonly TypedStmt[])[] = []
  for (const [i, item] of items.items.entries()) {
    const assigned = left === null ? t.assigned : new Set(t.assigned)
    if (i > 0) forget(t, outerNames)
    last = t.deferred ? { names: new Map(t.frame.locals) } : t.view
    const copy = t.inView(last, () => typeCopy(t, stmt, item, assigned, isConstant, on))
    copies.push(left === null ? copy : oneTurn(copy, left, span))
    // The copies behind it are dead.
    if (leavesLoop(copy, left)) break
  }
  if (left !== null) t.depth--
  t.surroundings = outer
  const after = release(t, stmt, last, items, on, outerNames)
  if (left === null) return [...items.before, ...copies.flat(), ...after]
  const init: TypedStmt = { kind: 'AssignLocal', name: left, value: bool(false, span), span }
  const body: readonly TypedStmt[] = [...copies.flat(), { kind: 'Break', span }]
  return [...items.before, init, { kind: 'While', test: bool(true, span), body, span }, ...after]
}

function typeCopy(
  t: Typer,
  stmt: ast.For,
  item: Operand,
  assigned: Assigned,
  isConstant: boolean,
  on: Unrolling,
): readonly TypedStmt[] {
  const bindItem = (): readonly TypedStmt[] => {
    const outer = t.assigned
    t.assigned = assigned
    const blue = isConstant ? bindBlueItem(t, stmt.target, item, stmt.span) : undefined
    const result = blue ?? on.assignItem(t, stmt.target, item, stmt.span)
    t.assigned = outer
    return result
  }
  if (!t.deferred) return [...bindItem(), ...on.body(t, stmt.body, assigned)]
  return [deferred(t, stmt.span, bindItem), ...on.body(t, stmt.body, assigned)]
}

/** In each copy the loop variable is a constant if its item is one; code behind the loop reads it as a variable. */
function bindBlueItem(
  t: Typer,
  target: ast.For['target'],
  item: Operand,
  stmt: Span,
): readonly TypedStmt[] | undefined {
  if (target.kind === 'UnpackTarget' || item.blue === null) return undefined
  const { value: name, span } = target
  const known = t.frame.locals.get(name)
  // What is a variable of the function already keeps its type.
  const value = known === undefined ? item : convertForSlot(t, item, known.type, known.typeSpan)
  if (value.blue === null) return undefined
  const slot = known?.slot ?? t.slotFor(name, value.type)
  t.addLocal(slot, value.type)
  const { type, blue } = value
  const typeSpan = known?.typeSpan ?? item.span
  t.frame.locals.set(name, { name, type, blue, cell: null, slot, span, typeSpan })
  t.assigned.add(name)
  return [...value.before, { kind: 'AssignLocal', name: slot, value: treeOf(value), span: stmt }]
}

/** Behind the loop, the names of its last copy are seen, and its variable is one. */
function release(
  t: Typer,
  stmt: ast.For,
  last: View,
  items: Items,
  on: Unrolling,
  outerNames: ReadonlySet<string>,
): readonly TypedStmt[] {
  const { target, span } = stmt
  const { locals } = t.frame
  const item = items.items.at(-1)
  const isVariable = !hasJump(stmt.body)
  const work = (): readonly TypedStmt[] => {
    if (last !== t.view) {
      const isReached = [...last.names.keys()].some((name) => !outerNames.has(name))
      const names = isReached || item === undefined ? last.names : namesBehind(t, stmt, items, on)
      for (const [name, local] of names) if (!locals.has(name)) locals.set(name, local)
    }
    if (target.kind === 'UnpackTarget' || item === undefined) return []
    const { value: name } = target
    const { type } = item
    const local = locals.get(name) ?? { ...NO_LOCAL, name, type, slot: t.slotFor(name, type), span, typeSpan: span }
    locals.set(name, isVariable ? { ...local, blue: null } : local)
    return []
  }
  return t.deferred ? [deferred(t, span, work)] : work()
}

/** The names of the last copy that there would be if all were typed now. The loop ended before it was reached. */
function namesBehind(t: Typer, stmt: ast.For, items: Items, on: Unrolling): ReadonlyMap<string, LocalVar> {
  const trial = t.trial()
  trial.onError = 'skip'
  unroll(trial, stmt, items, on)
  const names = [...trial.frame.locals]
  return new Map(names.map(([name, local]) => [name, { ...local, blue: null, slot: t.slotFor(name, local.type) }]))
}

const NO_LOCAL = { blue: null, cell: null } as const

/** What the copies above have declared is declared anew, because it may have other types now. */
function forget(t: Typer, outerNames: ReadonlySet<string>): void {
  for (const name of [...t.frame.locals.keys()]) {
    if (outerNames.has(name)) continue
    t.frame.locals.delete(name)
    t.changing.add(name)
  }
}

function deferred(t: Typer, span: Span, work: () => readonly TypedStmt[]): TypedStmt {
  const { depth, surroundings, view } = t
  let done: readonly TypedStmt[] | null = null
  const force = (): readonly TypedStmt[] => {
    if (done === null) {
      const outer = { depth: t.depth, surroundings: t.surroundings }
      t.depth = depth
      t.surroundings = surroundings
      done = t.guard('astframe', () => t.inView(view, work))
      t.depth = outer.depth
      t.surroundings = outer.surroundings
    }
    return done
  }
  return { kind: 'Deferred', span, force }
}

/** A copy as a loop of one turn; behind it, the whole loop is left if the copy has asked for it. */
function oneTurn(copy: readonly TypedStmt[], left: string, span: Span): readonly TypedStmt[] {
  const leave: TypedStmt = { kind: 'Break', span }
  const wantsOut: TypedExpr = { kind: 'LocalRead', name: left, checked: false, type: BOOL, span }
  return [
    { kind: 'While', test: bool(true, span), body: [...copy, leave], span },
    { kind: 'If', test: wantsOut, then: [leave], orElse: [], span },
  ]
}

/** `break` in a copy. */
export function leaveUnrolled(left: string, span: Span): readonly TypedStmt[] {
  return [
    { kind: 'AssignLocal', name: left, value: bool(true, span), span },
    { kind: 'Break', span },
  ]
}

function bool(value: boolean, span: Span): TypedExpr {
  return constantTree({ type: BOOL as SpyType, value }, span)
}

/** Control never gets from this copy to the next one. */
function leavesLoop(copy: readonly TypedStmt[], left: string | null): boolean {
  return leavesWithoutFailure(copy) && !continues(copy, left)
}

/** There is a `continue` of the loop itself: a jump to the end of the copy that does not ask to leave the loop. */
function continues(stmts: readonly TypedStmt[], left: string | null): boolean {
  return stmts.some((stmt, i) => {
    if (stmt.kind === 'If') return continues(stmt.then, left) || continues(stmt.orElse, left)
    const before = stmts[i - 1]
    return stmt.kind === 'Break' && !(before?.kind === 'AssignLocal' && before.name === left)
  })
}

/** `break` or `continue` that belongs to this very loop. */
function hasJump(stmts: readonly ast.Stmt[]): boolean {
  return stmts.some((stmt) => {
    switch (stmt.kind) {
      case 'Break':
      case 'Continue':
        return true
      case 'If':
        return hasJump(stmt.thenBody) || hasJump(stmt.elseBody)
      case 'With':
        return hasJump(stmt.body)
      default:
        return false
    }
  })
}

/** The statements may give the name another value. */
function assigns(stmts: readonly ast.Stmt[], name: string): boolean {
  const rest: ast.Node[] = [...stmts]
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    if (assignedBy(node) === name) return true
    for (const child of children(node)) rest.push(child)
  }
  return false
}

function assignedBy(node: ast.Node): string | undefined {
  switch (node.kind) {
    case 'SingleTarget':
      return node.name.value
    case 'AugAssign':
    case 'AssignExpr':
      return node.target.value
    case 'For':
    case 'WithItem':
      return node.target?.kind === 'StrLiteral' ? node.target.value : undefined
    default:
      return undefined
  }
}
