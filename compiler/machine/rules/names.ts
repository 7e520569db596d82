/**
 * What a name means where it is read, and what assigning to it does.
 */
import type { OperandSymbol } from '../../objects/dispatch.ts'
import type { SpyType } from '../../objects/types.ts'
import type { BlueValue, Cell } from '../../objects/values.ts'
import type { SpySymbol } from '../../syntax/scope.ts'
import { invariant, SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { TypedStmt } from '../../typed/tree.ts'
import { becauseOf, withAnnotations } from '../dispatch/diagnostics.ts'
import { asBlueObject } from '../vm/objects.ts'
import { convert } from './apply.ts'
import {
  cellAtBlueTime,
  invalidAssignmentTarget,
  nameNotDefined,
  notLocal,
  redCapture,
  uninitializedLocal,
  usedBeforeDefinition,
} from './diagnostics.ts'
import { foresee } from './foresight.ts'
import type { Frame, LocalVar } from './frames.ts'
import { blueOperand, effectsOf, type Operand, redOperand, treeOf } from './operand.ts'
import type { Typer } from './typer.ts'

export function symbolOf(t: Typer, name: string): SpySymbol {
  const symbol = t.frame.table.symbols.get(name)
  invariant(symbol !== undefined, `scope analysis has an entry for \`${name}\` in ${t.frame.table.name}`)
  return symbol
}

/** The frame that a symbol of this frame's table is defined in. */
function frameAt(t: Typer, level: number): Frame {
  const { closure } = t.frame
  const frame = level === 0 ? t.frame : closure[closure.length - level]
  invariant(frame !== undefined, 'the closure has as many frames as the scope has tables')
  return frame
}

export function typeName(t: Typer, id: string, span: Span): Operand {
  const symbol = symbolOf(t, id)
  if (symbol.storage === 'NameError') throw nameNotDefined(id, span)
  const seen: OperandSymbol | null = symbol.span === undefined ? null : { name: id, span: symbol.span }
  const frame = symbol.impref !== undefined && isBuiltinLevel(t, symbol) ? null : frameAt(t, symbol.level)
  if (frame === null) return importedName(t, symbol, span, seen)
  if (frame === t.frame) return ownName(t, id, symbol, span, seen)
  return outerName(t, frame, id, symbol, span, seen)
}

/** Names of the builtins stand one level outside of the module. */
function isBuiltinLevel(t: Typer, symbol: SpySymbol): boolean {
  return symbol.level > t.frame.closure.length
}

function importedName(t: Typer, symbol: SpySymbol, span: Span, seen: OperandSymbol | null): Operand {
  const ref = symbol.impref
  invariant(ref !== undefined && ref.attr !== null, 'a builtin name refers to an attribute of a module')
  const module = t.vm.modules.get(ref.module) ?? t.vm.evaluator.importModule(ref.module)
  const value = module.attributes.get(ref.attr)
  if (value === undefined) throw nameNotDefined(symbol.name, span)
  return blueOperand(value, span, { symbol: seen })
}

function ownName(t: Typer, id: string, symbol: SpySymbol, span: Span, seen: OperandSymbol | null): Operand {
  const local = t.frame.locals.get(id)
  if (local === undefined) return undeclared(t, id, symbol, span, seen)
  if (local.cell !== null) return readCell(t, local.cell, span, seen)
  if (local.blue !== null && (t.assigned.has(id) || t.frame.kind !== 'function' || isSetNow(t, local))) {
    return importedCell(t, local.blue, span, seen) ?? blueOperand(local.blue, span, { type: local.type, symbol: seen })
  }
  if (local.blue !== null) {
    // Not on every way to this point: the assignment has been kept, and is read as a variable.
    t.keptReads.add(local.slot)
    t.addLocal(local.slot, local.type)
  }
  const checked = !t.assigned.has(id)
  return redOperand({ kind: 'LocalRead', name: local.slot, checked, type: local.type, span }, seen)
}

/** A blue function is typed while it runs: a constant that has been assigned stays so for the rest of the call. */
function isSetNow(t: Typer, { slot }: LocalVar): boolean {
  return t.isBlueFrame && t.frame.running?.readLocal(slot) !== undefined
}

/** A name of this frame whose declaration has not been typed: it comes later in the text, or not at all. */
function undeclared(t: Typer, id: string, symbol: SpySymbol, span: Span, seen: OperandSymbol | null): Operand {
  refuseFailed(t.frame, symbol)
  const later = foresee(t, id)
  if (later !== undefined && t.frame.table.kind === 'function') {
    const slot = t.slotFor(id, later.type)
    t.addLocal(slot, later.type)
    t.keptReads.add(slot)
    return redOperand({ kind: 'LocalRead', name: slot, checked: true, type: later.type, span }, seen)
  }
  throw t.frame.kind === 'function' || symbol.origin === 'class-field'
    ? uninitializedLocal(span)
    : usedBeforeDefinition(id, span)
}

/** Names that a statement in error should have declared are in error themselves. */
function refuseFailed(frame: Frame, symbol: SpySymbol): void {
  const at = symbol.span
  if (at === undefined) return
  const failure = frame.failures.find(
    ({ span }) => span.file === at.file && span.start <= at.start && at.end <= span.end,
  )
  if (failure !== undefined) throw new SpyError(failure.error)
}

function outerName(
  t: Typer,
  frame: Frame,
  id: string,
  symbol: SpySymbol,
  span: Span,
  seen: OperandSymbol | null,
): Operand {
  const local = frame.locals.get(id)
  if (local?.cell) return readCell(t, local.cell, span, seen)
  if (local?.blue) return importedCell(t, local.blue, span, seen) ?? blueOperand(local.blue, span, { symbol: seen })
  if (frame.kind !== 'function') throw usedBeforeDefinition(id, span)
  refuseFailed(frame, symbol)
  if (frame.func?.type.color === 'red') throw redCapture(span, symbol.span ?? span)
  const current = frame.running?.readLocal(id)
  if (current === undefined) throw uninitializedLocal(span)
  return blueOperand(current, span, { symbol: seen })
}

/** An imported name can stand for a variable of another module. */
function importedCell(t: Typer, blue: BlueValue, span: Span, seen: OperandSymbol | null): Operand | undefined {
  const object = asBlueObject(blue)
  return object?.what === 'cell' ? readCell(t, object, span, seen) : undefined
}

/** A module variable, read. */
export function readCell(t: Typer, cell: Cell, span: Span, seen: OperandSymbol | null = null): Operand {
  checkCellUse(t, 'read', span)
  return redOperand({ kind: 'CellRead', cell, type: cell.valueType, span }, seen)
}

/**
 * A module variable, assigned.
 *
 * @param target  what stands left of the `=`
 */
export function assignCell(t: Typer, cell: Cell, value: Operand, target: Span, span: Span): TypedStmt {
  checkCellUse(t, 'assign', target)
  const converted = convertForSlot(t, value, cell.valueType, cell.typeSpan)
  return { kind: 'AssignCell', cell, value: treeOf(converted), span }
}

/**
 * Blue functions may use module variables at import time only: afterwards a variable changes while the program runs.
 * What it holds while the program is compiled would be no answer, and what is put into it then would be lost or not,
 * depending on the engine.
 */
function checkCellUse(t: Typer, use: 'read' | 'assign', span: Span): void {
  const inBlueFunction = t.frame.kind === 'function' && t.isBlueFrame
  if (inBlueFunction && t.vm.importing === 0) throw cellAtBlueTime(use, span)
}

// ------------------------------------------------------------------------------------------------------ assignment

/** Where an assignment to a name goes. */
export type AssignPlace =
  | { readonly kind: 'local'; readonly local: LocalVar | undefined; readonly symbol: SpySymbol }
  | { readonly kind: 'cell'; readonly cell: Cell }

/** @throws SpyError `invalid assignment target` for constants and names that are not ours to assign */
export function assignPlace(t: Typer, id: string, target: Span): AssignPlace {
  const symbol = symbolOf(t, id)
  if (symbol.storage === 'NameError') throw nameNotDefined(id, target)
  if (symbol.varkind === 'const' && symbol.origin !== 'auto') {
    // The first assignment to an explicit const is its declaration, which does not come here.
    throw invalidAssignmentTarget({
      name: id,
      target,
      origin: symbol.origin,
      definition: symbol.span ?? target,
    })
  }
  if (symbol.impref !== undefined) {
    throw invalidAssignmentTarget({ name: id, target, origin: 'import', definition: symbol.span ?? target })
  }
  if (symbol.level === 0 && symbol.storage === 'direct') {
    return { kind: 'local', local: t.frame.locals.get(id), symbol }
  }
  const local = frameAt(t, symbol.level).locals.get(id)
  if (local?.cell) return { kind: 'cell', cell: local.cell }
  if (symbol.storage === 'cell') throw usedBeforeDefinition(id, target)
  throw notLocal(id, target)
}

/** The operand as the type of the variable; errors say which declaration asked for it. */
export function convertForSlot(t: Typer, operand: Operand, type: SpyType, typeSpan: Span): Operand {
  try {
    return convert(t, operand, type)
  } catch (error) {
    if (error instanceof SpyError && error.diagnostic.code === 'mismatched-types') {
      throw withAnnotations(error, [becauseOf(t.vm, type, 'type declaration', typeSpan)])
    }
    throw error
  }
}

/** `id = value`: declares the name the first time, converts to its type afterwards. */
export function assignName(t: Typer, id: string, target: Span, value: Operand, span: Span): readonly TypedStmt[] {
  const place = assignPlace(t, id, target)
  if (place.kind === 'cell') return [assignCell(t, place.cell, value, target, span)]
  const known = place.local ?? firstInText(t, id, target, place.symbol)
  if (known === undefined) {
    return declareLocal(t, id, value.type, value, { span: target, typeSpan: value.span, stmt: span, form: 'assign' })
  }
  const converted = convertForSlot(t, value, known.type, known.typeSpan)
  const { slot, type } = known
  t.assigned.add(id)
  t.addLocal(slot, type)
  return [{ kind: 'AssignLocal', name: slot, value: treeOf(converted), span }]
}

/** The first assignment in the text declares a variable, even if another one is reached before it. */
function firstInText(t: Typer, id: string, target: Span, symbol: SpySymbol): LocalVar | undefined {
  if (symbol.span === undefined || symbol.span === target) return undefined
  refuseFailed(t.frame, symbol)
  if (!t.deferred) return undefined
  const first = foresee(t, id)
  if (first === undefined) return undefined
  const local: LocalVar = { ...first, blue: null, slot: t.slotFor(id, first.type) }
  t.frame.locals.set(id, local)
  return local
}

export interface Declaration {
  /** Where the name is declared. */
  readonly span: Span
  /** Where its type comes from. */
  readonly typeSpan: Span
  /** The whole statement. */
  readonly stmt: Span
  /** How the declaration is kept if it is not blue. */
  readonly form: 'assign' | 'declare'
}

/** Bind a new local. It is blue if it is a constant with a value known now; then nothing may be left to do. */
export function declareLocal(
  t: Typer,
  id: string,
  type: SpyType,
  value: Operand,
  declaration: Declaration,
): readonly TypedStmt[] {
  const symbol = symbolOf(t, id)
  const { span, typeSpan, stmt, form } = declaration
  const isBlue = symbol.varkind === 'const' && value.blue !== null
  const slot = t.slotFor(id, type)
  t.frame.locals.set(id, { name: id, type, blue: isBlue ? value.blue : null, cell: null, slot, span, typeSpan })
  t.assigned.add(id)
  const kept: TypedStmt =
    form === 'declare'
      ? { kind: 'Declare', name: slot, type, value: treeOf(value), span: stmt }
      : { kind: 'AssignLocal', name: slot, value: treeOf(value), span: stmt }
  if (!isBlue) {
    t.addLocal(slot, type)
    return [kept]
  }
  return keepBlue(t, value, slot, kept)
}

/**
 * Under a red condition later reads may find a blue local unset: its assignment is kept. Whether there are such reads is
 * known at the end.
 */
export function keepBlue(t: Typer, value: Operand, slot: string, kept: TypedStmt): readonly TypedStmt[] {
  if (t.depth === 0 || !(t.isBlueFrame || hasMemory(value.type))) return effectsOf(value)
  t.kept.set(kept, slot)
  if (t.deferred) t.addLocal(slot, value.type)
  return [kept]
}

/** Types, blue functions and the like exist at blue time only: no compiled program has a slot for them. */
function hasMemory(type: SpyType): boolean {
  return type.kind === 'func' ? type.color === 'red' : type.kind !== 'opaque'
}
