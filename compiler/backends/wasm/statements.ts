/** Statements: structured control flow of SPy is structured control flow of wasm. */
import { InternalError, invariant, unreachable } from '../../text/diagnostics.ts'
import type { Assert, Fail, If, Return, TypedExpr, TypedStmt, Unpack, While } from '../../typed/tree.ts'
import { assignedNames } from './aliases.ts'
import { raiseWith } from './calls.ts'
import type { FunctionContext, Outcome } from './context.ts'
import { cellPlaceKind } from './effects.ts'
import { leaveFrame } from './expansion.ts'
import { assignVariable } from './expressions.ts'
import { storeValue } from './memory.ts'
import { mark } from './places.ts'
import { storeRoots } from './roots.ts'
import { constantOf, sourcesOf, storageOf, variableOf } from './sources.ts'

/** What follows a statement that control never leaves is not emitted. */
export function runStatements(on: FunctionContext, body: readonly TypedStmt[], tail: boolean): Outcome {
  const last = body.length - 1
  for (const [index, stmt] of body.entries()) {
    const outcome = emitStmt(on, stmt, tail && index === last)
    if (outcome !== 'open') return outcome
  }
  return 'open'
}

function emitStmt(on: FunctionContext, stmt: TypedStmt, tail: boolean): Outcome {
  mark(on, stmt.span)
  switch (stmt.kind) {
    case 'Pass':
      return 'open'
    case 'Break':
      return emitBreak(on)
    case 'Continue':
      return emitContinue(on)
    case 'Return':
      return emitReturn(on, stmt, tail)
    case 'Declare':
      if (stmt.value !== null && !nameAlias(on, stmt, stmt.name, stmt.value)) assignVariable(on, stmt.name, stmt.value)
      return 'open'
    case 'AssignLocal':
      if (!nameAlias(on, stmt, stmt.name, stmt.value)) assignVariable(on, stmt.name, stmt.value)
      return 'open'
    case 'AssignCell': {
      const place = { base: { kind: 'image', offset: on.program.image.cell(stmt.cell, stmt.span) }, offset: 0 } as const
      storeValue(on, stmt.cell.valueType, place, stmt.value)
      on.loads?.write(new Set([cellPlaceKind(stmt.cell)]))
      return 'open'
    }
    case 'Unpack':
      emitUnpack(on, stmt)
      return 'open'
    case 'ExprStmt':
      on.emit(stmt.value, 0, 0)
      return neverReturns(stmt.value) ? 'closed' : 'open'
    case 'If':
      return emitIf(on, stmt, tail)
    case 'While':
      return emitWhile(on, stmt)
    case 'Assert':
      return emitAssert(on, stmt)
    case 'Fail':
      return emitFail(on, stmt)
    case 'Deferred':
      throw new InternalError('only interp gets trees that are not typed yet')
    default:
      return unreachable(stmt)
  }
}

/** @returns false if the assignment needs code */
function nameAlias(on: FunctionContext, stmt: TypedStmt, name: string, value: TypedExpr): boolean {
  if (!on.frame.aliases.has(stmt)) return false
  const parts = sourcesOf(on, value)
  if (parts === undefined) return false
  on.frame.variables.set(name, { type: value.type, parts, isSet: undefined })
  return true
}

function neverReturns(expr: TypedExpr): boolean {
  return expr.kind === 'Call' && expr.func.origin === 'builtin' && expr.func.intrinsic.kind === 'raise'
}

function emitBreak(on: FunctionContext): Outcome {
  const { loop } = on.frame
  invariant(loop !== undefined, 'break stands in a loop')
  loop.breaks++
  on.code.br(loop.onBreak)
  return 'closed'
}

function emitContinue(on: FunctionContext): Outcome {
  const { loop } = on.frame
  invariant(loop !== undefined, 'continue stands in a loop')
  on.code.br(loop.onContinue)
  return 'closed'
}

function emitReturn(on: FunctionContext, { value }: Return, tail: boolean): Outcome {
  const { destination, end } = on.frame
  on.deliver(value, destination)
  if (tail) return 'delivered'
  if (end === undefined) {
    leaveFrame(on)
    on.code.op('return')
  } else {
    on.code.br(end)
  }
  return 'closed'
}

/** The value is complete before the first target changes: `a, b = b, a`. */
function emitUnpack(on: FunctionContext, { value, struct, targets }: Unpack): void {
  on.emit(value, 0, on.program.shapes.width(struct))
  for (const { item } of [...targets].reverse()) {
    const { targets: locals, isSet } = storageOf(on, item)
    for (const local of [...locals].reverse()) on.code.set(local)
    if (isSet === undefined) continue
    on.code.i32(1)
    on.code.set(isSet)
  }
  for (const { target, convert } of targets) {
    if (target === null) continue
    if (typeof target === 'string') {
      assignVariable(on, target, convert)
    } else {
      const place = { base: { kind: 'image', offset: on.program.image.cell(target, convert.span) }, offset: 0 } as const
      storeValue(on, target.valueType, place, convert)
      on.loads?.write(new Set([cellPlaceKind(target)]))
    }
  }
}

function emitIf(on: FunctionContext, { test, then, orElse }: If, tail: boolean): Outcome {
  const known = constantOf(on, test)
  if (known !== undefined) return on.run(known === 0 ? orElse : then, tail)
  if (test.kind === 'And' || test.kind === 'Or') return emitJumpingIf(on, test, then, orElse)
  on.emit(test, 0, 1)
  on.code.if()
  const taken = on.run(then, false)
  if (orElse.length > 0) on.code.else()
  const skipped = on.run(orElse, false)
  on.code.end()
  return taken === 'open' || skipped === 'open' ? 'open' : 'closed'
}

/** `if a and b`: each side jumps on its own, no truth value is put together. */
function emitJumpingIf(
  on: FunctionContext,
  test: TypedExpr,
  then: readonly TypedStmt[],
  orElse: readonly TypedStmt[],
): Outcome {
  const end = orElse.length > 0 ? on.code.block() : undefined
  const otherwise = on.code.block()
  on.deliver(test, { kind: 'jump', label: otherwise, when: false })
  const taken = on.run(then, false)
  if (end !== undefined && taken === 'open') on.code.br(end)
  on.code.end()
  if (end === undefined) return 'open'
  const skipped = on.run(orElse, false)
  on.code.end()
  return taken === 'open' || skipped === 'open' ? 'open' : 'closed'
}

function emitWhile(on: FunctionContext, stmt: While): Outcome {
  const { test, body } = stmt
  const outer = on.frame.loop
  const known = constantOf(on, test)
  // The plan counts on it, even if no turn is taken.
  storeRoots(on, stmt)
  if (known === 0) return 'open'
  const onBreak = on.code.block()
  on.checks?.enterLoop(localsAssignedIn(on, stmt))
  on.loads?.enterLoop()
  const onContinue = on.code.loop()
  const loop = { onBreak, onContinue, breaks: 0 }
  on.frame.loop = loop
  if (known === undefined) on.deliver(test, { kind: 'jump', label: onBreak, when: false })
  if (on.run(body, false) === 'open') on.code.br(onContinue)
  on.code.end()
  on.loads?.leaveLoop()
  on.code.end()
  on.frame.loop = outer
  return known !== undefined && loop.breaks === 0 ? 'closed' : 'open'
}

/** Only the wasm function itself has loops: what loops is never expanded. */
function localsAssignedIn(on: FunctionContext, loop: While): ReadonlySet<number> {
  invariant(on.frame.caller === undefined, 'functions with loops are not expanded')
  const locals = new Set<number>()
  for (const name of assignedNames(loop)) {
    for (const source of variableOf(on, name).parts) if (source.kind === 'local') locals.add(source.index)
  }
  return locals
}

function emitAssert(on: FunctionContext, stmt: Assert): Outcome {
  const known = constantOf(on, stmt.test)
  if (known !== undefined && known !== 0) return 'open'
  const holds = on.code.block()
  on.deliver(stmt.test, { kind: 'jump', label: holds, when: true })
  if (stmt.message === null) on.program.panics.raise(on, 'AssertionError', 'assertion failed', stmt.span)
  else raiseWith(on, 'AssertionError', stmt.message, stmt)
  on.code.end()
  return known === 0 ? 'closed' : 'open'
}

function emitFail(on: FunctionContext, { error, span }: Fail): Outcome {
  on.program.panics.raise(on, error.class, error.message, error.annotations[0]?.span ?? span)
  return 'closed'
}
