/**
 * Expressions: typed tree → instructions that leave a value on the stack, put it into locals, or jump by it.
 *
 * A value may have several parts. Callers ask for parts [from, to) and get only those; what is not wanted is evaluated for
 * its effects alone. So `p.x` of a struct in locals is one `local.get`, and a field read through a reference one load.
 */
import { unreachable } from '../../text/diagnostics.ts'
import type { AssignCellExpr, IfExp, LocalRead, TypedExpr } from '../../typed/tree.ts'
import { emitUpcast } from './boxes.ts'
import { emitCall, emitIndirectCall } from './calls.ts'
import type { Destination, FunctionContext } from './context.ts'
import { cellPlaceKind } from './effects.ts'
import type { Label } from './encode.ts'
import { expandCall } from './expansion.ts'
import { loadKnownParts, storeSources } from './memory.ts'
import { storeRoots } from './roots.ts'
import { bind, constantOf, push, release, setParts, sourcesOf, storageOf, variableOf } from './sources.ts'

export function emitExpr(on: FunctionContext, expr: TypedExpr, from: number, to: number): void {
  if (to === from && on.program.facts.isInert(expr)) return
  switch (expr.kind) {
    case 'Constant':
      for (const source of on.program.image.parts(expr.type, expr.value, expr.span).slice(from, to)) push(on, source)
      return
    case 'LocalRead':
      return emitLocalRead(on, expr, from, to)
    case 'CellRead': {
      const place = { base: { kind: 'image', offset: on.program.image.cell(expr.cell, expr.span) }, offset: 0 } as const
      return loadKnownParts(on, expr.type, place, cellPlaceKind(expr.cell), from, to)
    }
    case 'Call':
      return emitCall(on, expr, from, to)
    case 'IndirectCall':
      return emitIndirectCall(on, expr, from, to)
    case 'And':
    case 'Or':
      return emitShortCircuit(on, expr.kind, expr.left, expr.right, from, to)
    case 'IfExp':
      return emitIfExp(on, expr, { kind: 'stack', from, to })
    case 'AssignExpr':
      assignVariable(on, expr.name, expr.value)
      for (const source of variableOf(on, expr.name).parts.slice(from, to)) push(on, source)
      return
    case 'AssignCellExpr':
      return emitAssignCellExpr(on, expr, from, to)
    case 'Block':
      on.run(expr.body, false)
      return on.emit(expr.value, from, to)
    case 'Upcast':
      storeRoots(on, expr)
      return emitUpcast(on, expr, to > from)
    default:
      return unreachable(expr)
  }
}

/** Evaluate an expression to where its value is wanted. */
export function deliverExpr(on: FunctionContext, expr: TypedExpr, destination: Destination): void {
  switch (destination.kind) {
    case 'stack':
      return on.emit(expr, destination.from, destination.to)
    case 'locals':
      return emitToLocals(on, expr, destination.targets)
    case 'jump':
      return emitJump(on, expr, destination.label, destination.when)
    default:
      return unreachable(destination)
  }
}

/** Assign a variable of the frame. */
export function assignVariable(on: FunctionContext, name: string, value: TypedExpr): void {
  const { targets, isSet } = storageOf(on, name)
  emitToLocals(on, value, targets)
  if (isSet === undefined) return
  on.code.i32(1)
  on.code.set(isSet)
}

function emitLocalRead(on: FunctionContext, read: LocalRead, from: number, to: number): void {
  const { parts, isSet } = variableOf(on, read.name)
  if (read.checked && isSet !== undefined) {
    on.code.get(isSet)
    on.code.op('i32.eqz')
    on.code.if()
    on.program.panics.raise(on, 'Exception', 'read from uninitialized local', read.span)
    on.code.end()
  }
  for (const source of parts.slice(from, to)) push(on, source)
}

// -------------------------------------------------------------------------------------------------- conditionals

function emitShortCircuit(
  on: FunctionContext,
  kind: 'And' | 'Or',
  left: TypedExpr,
  right: TypedExpr,
  from: number,
  to: number,
): void {
  on.emit(left, 0, 1)
  if (to === from) {
    // Only the effects of the right side are wanted.
    if (kind === 'Or') on.code.op('i32.eqz')
    on.code.if()
    on.emit(right, 0, 0)
    return on.code.end()
  }
  if (isCheap(on, right)) {
    on.emit(right, 0, 1)
    return on.code.op(kind === 'And' ? 'i32.and' : 'i32.or')
  }
  on.code.if(['i32'])
  if (kind === 'And') on.emit(right, 0, 1)
  else on.code.i32(1)
  on.code.else()
  if (kind === 'And') on.code.i32(0)
  else on.emit(right, 0, 1)
  on.code.end()
}

/** Computing it costs less than deciding whether to: a comparison of locals and constants. */
function isCheap(on: FunctionContext, expr: TypedExpr): boolean {
  const isAtom = (e: TypedExpr): boolean => sourcesOf(on, e) !== undefined
  if (isAtom(expr)) return true
  if (expr.kind !== 'Call' || expr.func.origin !== 'builtin') return false
  const { intrinsic } = expr.func
  return intrinsic.kind === 'primitive' && !intrinsic.op.mayPanic && expr.args.every(isAtom)
}

function emitIfExp(on: FunctionContext, expr: IfExp, destination: Destination): void {
  const known = constantOf(on, expr.test)
  if (known !== undefined) return on.deliver(known === 0 ? expr.orElse : expr.then, destination)
  const types =
    destination.kind === 'stack' ? on.program.shapes.wasmTypes(expr.type).slice(destination.from, destination.to) : []
  on.emit(expr.test, 0, 1)
  on.code.if(types)
  on.deliver(expr.then, destination)
  on.code.else()
  on.deliver(expr.orElse, destination)
  on.code.end()
}

/** Jump to `label` if the bool is `when`. */
function emitJump(on: FunctionContext, expr: TypedExpr, label: Label, when: boolean): void {
  const known = constantOf(on, expr)
  if (known !== undefined) {
    if ((known !== 0) === when) on.code.br(label)
    return
  }
  if (expr.kind === 'And' || expr.kind === 'Or') {
    // The left side alone decides if it is false (and), true (or).
    const decisive = expr.kind === 'Or'
    if (decisive === when) {
      emitJump(on, expr.left, label, when)
      return emitJump(on, expr.right, label, when)
    }
    const skip = on.code.block()
    emitJump(on, expr.left, skip, decisive)
    emitJump(on, expr.right, label, when)
    return on.code.end()
  }
  if (expr.kind === 'IfExp') return emitIfExp(on, expr, { kind: 'jump', label, when })
  if (expr.kind === 'Block') {
    on.run(expr.body, false)
    return emitJump(on, expr.value, label, when)
  }
  if (expr.kind === 'Call') {
    if (expr.func.origin === 'builtin') {
      const { intrinsic } = expr.func
      const operand = expr.args[0]
      if (intrinsic.kind === 'primitive' && intrinsic.op.shape.kind === 'boolNot' && operand !== undefined) {
        return emitJump(on, operand, label, !when)
      }
    } else if (expandCall(on, expr, { kind: 'jump', label, when })) {
      return
    }
  }
  on.emit(expr, 0, 1)
  if (when) on.code.brIf(label)
  else on.code.brUnless(label)
}

// --------------------------------------------------------------------------------------------------- assignments

function emitToLocals(on: FunctionContext, expr: TypedExpr, targets: readonly number[]): void {
  switch (expr.kind) {
    case 'IfExp':
      return emitIfExp(on, expr, { kind: 'locals', targets })
    case 'Block':
      on.run(expr.body, false)
      return emitToLocals(on, expr.value, targets)
    case 'Call':
      if (expr.func.origin === 'source' && expandCall(on, expr, { kind: 'locals', targets })) return
      break
    default:
      break
  }
  if (targets.length === 1) {
    on.emit(expr, 0, 1)
    return setParts(on, expr, targets)
  }
  // `x = Point(x.x, x.y + 1)` changes one local.
  const kept = on.program.facts.assigns(expr) ? NONE : new Set(unchangedParts(on, expr, targets))
  const changed = targets.map((_, part) => part).filter((part) => !kept.has(part))
  emitPartsExcept(on, expr, kept)
  if (kept.size === 0) setParts(on, expr, targets)
  else for (const part of changed.reverse()) on.code.set(targets[part] as number)
  noteCopies(on, expr, targets)
}

/** What has been checked of the value has been checked of its copy. */
function noteCopies(on: FunctionContext, expr: TypedExpr, targets: readonly number[]): void {
  if (on.checks === undefined) return
  const sources = sourcesOf(on, expr)
  const isChanged = sources?.some((source) => source.kind === 'local' && targets.includes(source.index))
  if (sources === undefined || isChanged) return
  for (const [part, source] of sources.entries()) {
    if (source.kind === 'local') on.checks.copied(source.index, targets[part] as number)
  }
}

const NONE: ReadonlySet<number> = new Set()

/** Parts of the value that are what their target holds already. */
function* unchangedParts(
  on: FunctionContext,
  expr: TypedExpr,
  targets: readonly number[],
  first = 0,
): Iterable<number> {
  const sources = sourcesOf(on, expr)
  if (sources !== undefined) {
    for (const [part, source] of sources.entries()) {
      if (source.kind === 'local' && source.index === targets[first + part]) yield first + part
    }
  } else if (expr.kind === 'Call' && expr.func.origin === 'builtin' && expr.func.intrinsic.kind === 'structMake') {
    let at = first
    for (const arg of expr.args) {
      yield* unchangedParts(on, arg, targets, at)
      at += on.program.shapes.width(arg.type)
    }
  }
}

/** All parts but those in `kept`, which are sources, on the stack. */
function emitPartsExcept(on: FunctionContext, expr: TypedExpr, kept: ReadonlySet<number>): void {
  const width = on.program.shapes.width(expr.type)
  if (kept.size === 0) return on.emit(expr, 0, width)
  if (expr.kind !== 'Call' || expr.func.origin !== 'builtin' || expr.func.intrinsic.kind !== 'structMake') {
    const sources = sourcesOf(on, expr) ?? []
    sources.forEach((source, part) => {
      if (!kept.has(part)) push(on, source)
    })
    return
  }
  let first = 0
  for (const arg of expr.args) {
    const argWidth = on.program.shapes.width(arg.type)
    const keptHere = new Set([...kept].map((part) => part - first).filter((part) => part >= 0 && part < argWidth))
    emitPartsExcept(on, arg, keptHere)
    first += argWidth
  }
}

function emitAssignCellExpr(on: FunctionContext, expr: AssignCellExpr, from: number, to: number): void {
  const place = { base: { kind: 'image', offset: on.program.image.cell(expr.cell, expr.span) }, offset: 0 } as const
  const taken: number[] = []
  const values = bind(on, expr.value, [], taken)
  storeSources(on, expr.cell.valueType, place, values)
  on.loads?.write(new Set([cellPlaceKind(expr.cell)]))
  for (const value of values.slice(from, to)) push(on, value)
  release(on, taken)
}
