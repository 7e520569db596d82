/**
 * Typing statements. A statement may become several, or none when all of it was blue.
 */
import { BOOL, STR } from '../../objects/types.ts'
import type * as ast from '../../syntax/ast.ts'
import { SpyError } from '../../text/diagnostics.ts'
import { joinSpans, type Span } from '../../text/source.ts'
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import { dispatchSetAttr } from '../dispatch/attributes.ts'
import { becauseOf, withAnnotations } from '../dispatch/diagnostics.ts'
import { dynamicImpl, isDynamic } from '../dispatch/dynamic.ts'
import { dispatchSetItem } from '../dispatch/items.ts'
import { isStaticErrorClass } from '../vm/objects.ts'
import { evalType } from './annotations.ts'
import { apply, bind, convert } from './apply.ts'
import { condition } from './conditions.ts'
import { leaveFunction, leaveLoop, typeWith } from './contexts.ts'
import { typeClassDef, typeFuncDef, typeGenericDef } from './definitions.ts'
import { alreadyDeclared } from './diagnostics.ts'
import { getAttr, typeExpr } from './expressions.ts'
import { isConstantTrue, leaves, leavesWithoutFailure } from './flow.ts'
import { assignInInit } from './module-init.ts'
import { assignCell, assignName, assignPlace, convertForSlot, declareLocal } from './names.ts'
import { blueOperand, constantTree, effectsOf, exprStmt, type Operand, redOperand, treeOf } from './operand.ts'
import { binary, callMethod, gatherIndices, getItem } from './operations.ts'
import { typeAssert, typeRaise } from './raising.ts'
import type { Assigned, Typer } from './typer.ts'
import { assignItem, unpackInto } from './unpacking.ts'
import { itemsToUnroll, leaveUnrolled, type Unrolling, unroll } from './unroll.ts'

/**
 * The statements of one block, in order. What stands behind a blue condition whose taken side leaves is its other side,
 * and as dead as an `else`:
 *
 *     if T is i32:
 *         return x + 1
 *     return len(x)        not typed when T is i32
 */
export function typeStmts(t: Typer, stmts: readonly ast.Stmt[]): readonly TypedStmt[] {
  const typed: TypedStmt[] = []
  for (const stmt of stmts) {
    const own = typeStmt(t, stmt)
    typed.push(...own)
    if (stmt.kind === 'If' && takenSideLeaves(own)) break
  }
  return typed
}

/** The last statement is the taken side of a blue condition, and control does not get past it. */
function takenSideLeaves(typed: readonly TypedStmt[]): boolean {
  const last = typed.at(-1)
  if (last?.kind !== 'If' || !isConstantTrue(last.test)) return false
  return leavesWithoutFailure(last.then)
}

/**
 * A body: of a function, a branch, a loop. In deferred mode its statements are typed one by one when they are reached.
 * `assigned` is what is certainly assigned at its start; typing the body adds to it.
 */
function typeBody(t: Typer, stmts: readonly ast.Stmt[], assigned: Assigned): readonly TypedStmt[] {
  if (!t.deferred) {
    const outer = t.assigned
    t.assigned = assigned
    const result = typeStmts(t, stmts)
    t.assigned = outer
    return result
  }
  return deferStmts(t, stmts, assigned)
}

/** Each statement as something that is typed when it is first reached. */
export function deferStmts(t: Typer, stmts: readonly ast.Stmt[], assigned: Assigned): readonly TypedStmt[] {
  const { depth, surroundings, view } = t
  return stmts.map((stmt): TypedStmt => {
    let done: readonly TypedStmt[] | null = null
    const force = (): readonly TypedStmt[] => {
      if (done !== null) return done
      const { assigned: outer, depth: outerDepth, surroundings: outerSurroundings } = t
      t.assigned = assigned
      t.depth = depth
      t.surroundings = surroundings
      try {
        done = t.guard('astframe', () => t.inView(view, () => typeStmt(t, stmt)))
      } finally {
        t.assigned = outer
        t.depth = outerDepth
        t.surroundings = outerSurroundings
      }
      return done
    }
    return { kind: 'Deferred', span: stmt.span, force }
  })
}

function typeStmt(t: Typer, stmt: ast.Stmt): readonly TypedStmt[] {
  if (t.onError === 'throw') return typeStmtNow(t, stmt)
  const back = t.snapshot()
  try {
    return typeStmtNow(t, stmt)
  } catch (error) {
    if (!(error instanceof SpyError)) throw error
    if (t.onError === 'fail' && !isStaticErrorClass(error.etype)) throw error
    const told = t.told(error)
    back()
    return t.onError === 'fail' ? [keepFailure(t, stmt, told)] : []
  }
}

/** The statement as a raise. What it should have declared is in error from here on, and says so only once. */
function keepFailure(t: Typer, stmt: ast.Stmt, told: SpyError): TypedStmt {
  const error = told.diagnostic
  const isNew = t.frame.failures.every((failure) => failure.error !== error)
  if (isNew) t.vm.options.onPutOff(told)
  t.frame.failures.push({ span: stmt.span, error })
  return { kind: 'Fail', span: stmt.span, error }
}

function typeStmtNow(t: Typer, stmt: ast.Stmt): readonly TypedStmt[] {
  const { span } = stmt
  switch (stmt.kind) {
    case 'Pass':
      return [{ kind: 'Pass', span }]
    case 'Break':
      return [...leaveLoop(t.surroundings), ...typeBreak(t, span)]
    case 'Continue':
      // A copy of an unrolled loop is a loop of one turn: its end is where it is left.
      return [...leaveLoop(t.surroundings), { kind: t.surroundings.left === null ? 'Continue' : 'Break', span }]
    case 'Return':
      return typeReturn(t, stmt)
    case 'StmtExpr':
      return typeExprStmt(t, stmt)
    case 'VarDef':
      return typeVarDef(t, stmt)
    case 'Assign':
      return typeAssign(t, stmt)
    case 'AugAssign':
      return typeAugAssign(t, stmt)
    case 'AugSetAttr':
      return typeAugSetAttr(t, stmt)
    case 'AugSetItem':
      return typeAugSetItem(t, stmt)
    case 'SetAttr': {
      const target = typeExpr(t, stmt.target)
      return setAttr(t, target, stmt.attr, typeExpr(t, stmt.value), span)
    }
    case 'SetItem': {
      const operands = [stmt.target, ...stmt.args, stmt.value].map((part) => typeExpr(t, part))
      return setItemOf(t, operands, span)
    }
    case 'If':
      return typeIf(t, stmt)
    case 'While':
      return typeWhile(t, stmt)
    case 'For':
      return typeFor(t, stmt)
    case 'Raise':
      return typeRaise(t, stmt)
    case 'Assert':
      return typeAssert(t, stmt)
    case 'FuncDef':
      return typeFuncDef(t, stmt)
    case 'GenericFuncDef':
    case 'GenericClassDef':
      return typeGenericDef(t, stmt)
    case 'ClassDef':
      return typeClassDef(t, stmt)
    case 'With':
      return typeWith(t, stmt, (body) => (t.deferred ? deferStmts(t, body, t.assigned) : typeStmts(t, body)))
  }
}

// ------------------------------------------------------------------------------------------------- simple statements

function typeBreak(t: Typer, span: Span): readonly TypedStmt[] {
  const { left } = t.surroundings
  return left === null ? [{ kind: 'Break', span }] : leaveUnrolled(left, span)
}

function typeReturn(t: Typer, stmt: ast.Return): readonly TypedStmt[] {
  const value = typeExpr(t, stmt.value)
  const { result } = t
  if (result === null) throw new Error('return stands in a function')
  try {
    return leaveFunction(t, treeOf(convert(t, value, result.type)), stmt.span)
  } catch (error) {
    if (error instanceof SpyError && error.diagnostic.code === 'mismatched-types') {
      throw withAnnotations(error, [becauseOf(t.vm, result.type, 'return type', result.span)])
    }
    throw error
  }
}

/** A block whose value nobody wants is its statements. */
function typeExprStmt(t: Typer, stmt: ast.StmtExpr): readonly TypedStmt[] {
  const value = typeExpr(t, stmt.value)
  if (value.tree === null && value.before.length > 0) return value.before
  return [{ kind: 'ExprStmt', value: treeOf(value), span: stmt.span }]
}

function typeVarDef(t: Typer, stmt: ast.VarDef): readonly TypedStmt[] {
  const { name } = stmt
  const { span } = stmt
  const known = t.frame.locals.get(name.value)
  if (known !== undefined && known.span !== span) throw alreadyDeclared(name.value, span, known.span)
  const type = stmt.type.kind === 'Auto' ? null : evalType(t, stmt.type)
  if (stmt.value === null) {
    if (type === null) throw new Error('a declaration without type has a value')
    const slot = t.slotFor(name.value, type)
    t.frame.locals.set(name.value, {
      name: name.value,
      type,
      blue: null,
      cell: null,
      slot,
      span,
      typeSpan: stmt.type.span,
    })
    t.addLocal(slot, type)
    return [{ kind: 'Declare', name: slot, type, value: null, span }]
  }
  const typeSpan = stmt.type.kind === 'Auto' ? span : stmt.type.span
  const value = typeExpr(t, stmt.value)
  const converted = type === null ? value : convertForSlot(t, value, type, typeSpan)
  return declareLocal(t, name.value, type ?? value.type, converted, {
    span,
    typeSpan,
    stmt: span,
    form: 'declare',
  })
}

function typeAssign(t: Typer, stmt: ast.Assign): readonly TypedStmt[] {
  const { target } = stmt
  if (target.kind === 'UnpackTarget') return unpackInto(t, target, typeExpr(t, stmt.value), stmt.span)
  const { value: name, span: nameSpan } = target.name
  const typed = assignName(t, name, nameSpan, typeExpr(t, stmt.value), stmt.span)
  const local = t.frame.locals.get(name)
  if (local !== undefined && local.cell === null) t.colors?.set(stmt, local.blue === null ? 'red' : 'blue')
  return typed
}

function typeAugAssign(t: Typer, stmt: ast.AugAssign): readonly TypedStmt[] {
  const { value: name, span: nameSpan } = stmt.target
  // Says first that a constant cannot be assigned, before the operation is looked at.
  assignPlace(t, name, nameSpan)
  const current = typeExpr(t, { kind: 'Name', id: name, span: nameSpan })
  const result = inPlace(t, stmt.op, current, typeExpr(t, stmt.value), stmt.span)
  return assignName(t, name, nameSpan, result, stmt.span)
}

const IN_PLACE: Readonly<Record<ast.BinaryOp, string>> = {
  '+': '__iadd__',
  '-': '__isub__',
  '*': '__imul__',
  '/': '__itruediv__',
  '//': '__ifloordiv__',
  '%': '__imod__',
  '**': '__ipow__',
  '<<': '__ilshift__',
  '>>': '__irshift__',
  '&': '__iand__',
  '|': '__ior__',
  '^': '__ixor__',
  '@': '__imatmul__',
}

/** `target op= value`: the in-place method of the target's type if there is one, else the plain operation. */
export function inPlace(t: Typer, op: ast.BinaryOp, target: Operand, value: Operand, span: Span): Operand {
  if (isDynamic(target)) return apply(t, dynamicImpl({ kind: 'inPlace', op }, [target, value]), [target, value], span)
  const method = IN_PLACE[op]
  if (t.vm.lookupFunc(target.type, method) !== undefined) {
    return callMethod(t, target, method, span, [value], [], span)
  }
  return binary(t, op, target, value, span)
}

function setAttr(t: Typer, target: Operand, attr: ast.StrLiteral, value: Operand, span: Span): readonly TypedStmt[] {
  t.colors?.set(attr, 'blue')
  return setAttrNamed(t, target, blueOperand({ type: STR, value: attr.value }, attr.span), value, span)
}

/** `target.name = value` */
export function setAttrNamed(
  t: Typer,
  target: Operand,
  name: Operand,
  value: Operand,
  span: Span,
): readonly TypedStmt[] {
  return t.within(span, () => {
    const init = name.blue?.type === STR ? assignInInit(t, target, name.blue.value as string, value) : undefined
    if (init !== undefined) return init
    const write = dispatchSetAttr(t.vm, target, name, value, span)
    if (write.kind === 'cell') {
      return [...effectsOf(target), assignCell(t, write.cell, value, joinSpans(target.span, name.span), span)]
    }
    return [exprStmt(treeOf(apply(t, write.impl, [target, name, value], span)))]
  })
}

/** `operands[0][...] = operands[n]` */
export function setItemOf(t: Typer, operands: readonly Operand[], span: Span): readonly TypedStmt[] {
  return t.within(span, () => {
    const given = gatherIndices(t, operands, '__setitem__', operands.length - 2)
    const impl = dispatchSetItem(t.vm, given, span)
    return [exprStmt(treeOf(apply(t, impl, given, span)))]
  })
}

function typeAugSetAttr(t: Typer, stmt: ast.AugSetAttr): readonly TypedStmt[] {
  const body: TypedStmt[] = []
  const target = once(t, typeExpr(t, stmt.target), body)
  const current = getAttr(t, target, stmt.attr, stmt.attr.span)
  const before = once(t, current, body)
  const result = inPlace(t, stmt.op, before, typeExpr(t, stmt.value), stmt.span)
  return [...body, ...setAttr(t, target, stmt.attr, result, stmt.span)]
}

function typeAugSetItem(t: Typer, stmt: ast.AugSetItem): readonly TypedStmt[] {
  const body: TypedStmt[] = []
  const operands = [stmt.target, ...stmt.args].map((part) => once(t, typeExpr(t, part), body))
  const current = once(t, getItem(t, operands, stmt.targetSpan), body)
  const result = inPlace(t, stmt.op, current, typeExpr(t, stmt.value), stmt.span)
  return [...body, ...setItemOf(t, [...operands, result], stmt.span)]
}

/** The operand as one that can be used again: evaluated into a temporary, unless reading it twice makes no difference. */
function once(t: Typer, operand: Operand, body: TypedStmt[]): Operand {
  if (operand.tree === null) {
    body.push(...operand.before)
    return { ...operand, before: [] }
  }
  if (operand.tree.kind === 'LocalRead') return operand
  return { ...redOperand(bind(t, operand.tree, body), operand.symbol), span: operand.span }
}

// ------------------------------------------------------------------------------------------------- compound statements

function typeIf(t: Typer, stmt: ast.If): readonly TypedStmt[] {
  const test = condition(t, typeExpr(t, stmt.test))
  const { span } = stmt
  if (test.blue !== null) {
    const taken = test.blue.value === true ? stmt.thenBody : stmt.elseBody
    const before = effectsOf(test)
    if (taken.length === 0) return before
    // The taken side runs whenever the statement does: it is typed as what follows.
    const body = t.deferred ? deferStmts(t, taken, t.assigned) : typeStmts(t, taken)
    const always: TypedExpr = constantTree({ type: BOOL, value: true }, test.span)
    return [...before, { kind: 'If', test: always, then: body, orElse: [], span }]
  }
  const tree = treeOf(test)
  const thenAssigned = new Set(t.assigned)
  const elseAssigned = new Set(t.assigned)
  t.depth++
  const then = typeBody(t, stmt.thenBody, thenAssigned)
  const orElse = typeBody(t, stmt.elseBody, elseAssigned)
  t.depth--
  if (!t.deferred)
    t.assigned = joinWays(t.assigned, [
      [then, thenAssigned],
      [orElse, elseAssigned],
    ])
  return [{ kind: 'If', test: tree, then, orElse, span }]
}

/** What is assigned on every way that gets past the statement. */
function joinWays(before: Assigned, ways: readonly (readonly [readonly TypedStmt[], Assigned])[]): Assigned {
  const passing = ways.filter(([body]) => !leaves(body)).map(([, assigned]) => assigned)
  const [first, ...rest] = passing
  if (first === undefined) return before
  return new Set([...first].filter((name) => rest.every((assigned) => assigned.has(name))))
}

function typeWhile(t: Typer, stmt: ast.While): readonly TypedStmt[] {
  const test = condition(t, typeExpr(t, stmt.test))
  if (test.blue !== null && test.blue.value === false) return effectsOf(test)
  const body = loopBody(t, stmt.body)
  return [{ kind: 'While', test: treeOf(test), body, span: stmt.span }]
}

function loopBody(t: Typer, stmts: readonly ast.Stmt[]): readonly TypedStmt[] {
  const outer = t.surroundings
  t.surroundings = { left: null, contexts: [], outer }
  t.depth++
  const body = typeBody(t, stmts, new Set(t.assigned))
  t.depth--
  t.surroundings = outer
  return body
}

/**
 * `for x in e` is a loop over `e.__fastiter__()`. The iterator advances before the body, so that `continue` needs no
 * special care.
 */
function typeFor(t: Typer, stmt: ast.For): readonly TypedStmt[] {
  const iterable = typeExpr(t, stmt.iter)
  const items = itemsToUnroll(t, iterable)
  if (items === null) return iterate(t, stmt, iterable)
  if (items.always) return unroll(t, stmt, items, UNROLLING)
  // An ordinary loop, unless its body needs to know the item.
  if (t.deferred) {
    if (!isWrong(() => iterate(t.trial(), stmt, iterable))) return iterate(t, stmt, iterable)
    // As below.
    const isHopeless = t.vm.options.errors === 'lazy' && isWrong(() => unroll(t.trial(), stmt, items, UNROLLING))
    return isHopeless ? iterate(t, stmt, iterable) : unroll(t, stmt, items, UNROLLING)
  }
  const asLoop = (): readonly TypedStmt[] => iterate(t, stmt, iterable)
  const asCopies = (): readonly TypedStmt[] => unroll(t, stmt, items, UNROLLING)
  if (t.onError === 'throw') return tryTyping(t, asLoop) ?? asCopies()
  // If neither is right, what is wrong is said of the loop: once.
  return tryTyping(t, asLoop) ?? tryTyping(t, asCopies) ?? asLoop()
}

/** The typed statements, or null and no trace if they do not type-check, whatever becomes of such statements elsewhere. */
function tryTyping(t: Typer, work: () => readonly TypedStmt[]): readonly TypedStmt[] | null {
  const { onError } = t
  const back = t.snapshot()
  t.onError = 'throw'
  try {
    return work()
  } catch (error) {
    if (!(error instanceof SpyError) || !isStaticErrorClass(error.etype)) throw error
    back()
    return null
  } finally {
    t.onError = onError
  }
}

/** What unrolling needs of statements. */
const UNROLLING: Unrolling = {
  assignItem: (t, target, item, span) => assignTarget(t, target, item, span),
  body: typeBody,
}

function assignTarget(t: Typer, target: ast.For['target'], item: Operand, span: Span): readonly TypedStmt[] {
  return target.kind === 'UnpackTarget' ? unpackInto(t, target, item, span) : assignItem(t, target, item, span)
}

/** There is a static error in it. Other errors are for when their statement is reached. */
function isWrong(attempt: () => unknown): boolean {
  try {
    attempt()
    return false
  } catch (error) {
    if (!(error instanceof SpyError)) throw error
    return isStaticErrorClass(error.etype)
  }
}

function iterate(t: Typer, stmt: ast.For, iterable: Operand): readonly TypedStmt[] {
  const { span } = stmt
  const iterName = `_$iter${stmt.seq}`
  const iterator = callMethod(t, iterable, '__fastiter__', span, [], [], span)
  const init = assignName(t, iterName, span, iterator, span)
  const read = (): Operand => typeExpr(t, { kind: 'Name', id: iterName, span })
  const method = (name: string): Operand => callMethod(t, read(), name, span, [], [], span)
  const test = condition(t, method('__continue_iteration__'))
  const assigned = new Set(t.assigned)
  const { assigned: outer, surroundings } = t
  t.assigned = assigned
  t.surroundings = { left: null, contexts: [], outer: surroundings }
  t.depth++
  const item = { ...method('__item__'), span: stmt.target.span }
  const target = stmt.target.kind === 'UnpackTarget' ? item : { ...item, span: stmt.iter.span }
  const first = assignTarget(t, stmt.target, target, span)
  const advance = assignName(t, iterName, span, method('__next__'), span)
  t.assigned = outer
  const body = typeBody(t, stmt.body, assigned)
  t.depth--
  t.surroundings = surroundings
  return [...init, { kind: 'While', test: treeOf(test), body: [...first, ...advance, ...body], span }]
}
