/**
 * Sources: wasm values that can be had again without evaluating anything. Most operands are sources already (locals,
 * constants, fields of structs in locals), others are put into temporaries once.
 */
import { evaluatePrimitive } from '../../objects/primitive-meaning.ts'
import { isBoxed, type SpyType } from '../../objects/types.ts'
import type { Value } from '../../objects/values.ts'
import { invariant, unreachable } from '../../text/diagnostics.ts'
import type { Call, TypedExpr } from '../../typed/tree.ts'
import type { FunctionContext, LocalSource, Source, Variable } from './context.ts'

export function push(on: FunctionContext, source: Source): void {
  switch (source.kind) {
    case 'local':
      return on.code.get(source.index)
    case 'i32':
      return on.code.i32(source.value)
    case 'i64':
      return on.code.i64(source.value)
    case 'f32':
      return on.code.f32(source.value)
    case 'f64':
      return on.code.f64(source.value)
    case 'image':
      on.code.globalGet(on.program.image.global)
      if (source.offset === 0) return
      on.code.i32(source.offset)
      return on.code.op('i32.add')
    default:
      return unreachable(source)
  }
}

export function variableOf(on: FunctionContext, name: string): Variable {
  const found = on.frame.variables.get(name)
  invariant(found !== undefined, 'locals that are used are among the locals of the function')
  return found
}

/** Locals that a variable is stored in; undefined for parameters that stand for arguments of an inlined call. */
export function storageOf(
  on: FunctionContext,
  name: string,
): { targets: readonly number[]; isSet: number | undefined } {
  const { parts, isSet } = variableOf(on, name)
  const targets = parts.map((part) => {
    invariant(part.kind === 'local', 'a variable that is assigned has locals of its own')
    return part.index
  })
  return { targets, isSet }
}

/**
 * The sources of an expression's parts, if it takes no evaluation to have them. Locals among them are good until they
 * are assigned.
 */
export function sourcesOf(on: FunctionContext, expr: TypedExpr): readonly Source[] | undefined {
  switch (expr.kind) {
    case 'Constant':
      return on.program.image.parts(expr.type, expr.value, expr.span)
    case 'LocalRead':
      return expr.checked ? undefined : variableOf(on, expr.name).parts
    case 'Call': {
      if (expr.func.origin === 'source') return sourcesOfCall(on, expr)
      const { intrinsic } = expr.func
      if (intrinsic.kind === 'identity' || intrinsic.kind === 'reinterpret')
        return sourcesOf(on, expr.args[0] as TypedExpr)
      if (intrinsic.kind === 'structGet') {
        const { from, to } = on.program.shapes.field(intrinsic.struct, intrinsic.field)
        return sourcesOf(on, expr.args[0] as TypedExpr)?.slice(from, to)
      }
      if (intrinsic.kind === 'structMake') {
        const fields = expr.args.map((arg) => sourcesOf(on, arg))
        return fields.every((field) => field !== undefined) ? fields.flat() : undefined
      }
      return undefined
    }
    case 'Upcast': {
      const { value } = expr
      if (isBoxed(value.type)) return sourcesOf(on, value)
      if (value.kind !== 'Constant') return undefined
      return [on.program.image.box({ type: value.type, value: value.value }, value.span)]
    }
    default:
      return undefined
  }
}

/** Of a call that only puts its arguments together: `range(n)` is made of 0, n and 1. */
function sourcesOfCall(on: FunctionContext, call: Call): readonly Source[] | undefined {
  const func = on.program.facts.callee(call)
  if (func === undefined || func.params.length !== call.args.length) return undefined
  const { onlyReturn } = on.program.facts.func(func)
  if (onlyReturn?.kind !== 'Call' || onlyReturn.func.origin === 'source') return undefined
  if (onlyReturn.func.intrinsic.kind !== 'structMake') return undefined
  const variables = new Map<string, Variable>()
  for (const [index, { name, type }] of func.params.entries()) {
    const parts = sourcesOf(on, call.args[index] as TypedExpr)
    if (parts === undefined) return undefined
    variables.set(name, { type, parts, isSet: undefined })
  }
  const { frame } = on
  on.frame = { ...frame, func, variables }
  const sources = sourcesOf(on, onlyReturn)
  on.frame = frame
  return sources
}

export function argument(call: Call, index: number): TypedExpr {
  const arg = call.args[index]
  invariant(arg !== undefined, 'calls have the arguments of their functions')
  return arg
}

/** The value of a scalar expression, if it is known here. */
export function constantOf(on: FunctionContext, expr: TypedExpr): number | bigint | undefined {
  const sources = sourcesOf(on, expr)
  if (sources === undefined) return knownComparison(on, expr)
  const [only] = sources
  if (only === undefined || sources.length > 1 || only.kind === 'local' || only.kind === 'image') return undefined
  return only.value
}

/** `step == 1` of a range is known where the library is expanded. */
function knownComparison(on: FunctionContext, expr: TypedExpr): number | undefined {
  if (expr.kind !== 'Call' || expr.func.origin === 'source' || expr.func.intrinsic.kind !== 'primitive')
    return undefined
  const { op } = expr.func.intrinsic
  if (op.shape.kind !== 'intCompare' || op.shape.type !== 'i32') return undefined
  const operands: Value[] = []
  for (const arg of expr.args) {
    const value = constantOf(on, arg)
    if (value === undefined) return undefined
    operands.push(value)
  }
  return evaluatePrimitive(op, operands) === true ? 1 : 0
}

/**
 * Evaluate an operand now, to be used while and after `later` are evaluated. Temporaries that it takes are added to
 * `taken`; whoever asks releases them.
 *
 * @param name  of the temporaries, for people who debug
 */
export function bind(
  on: FunctionContext,
  expr: TypedExpr,
  later: readonly TypedExpr[],
  taken: number[],
  name?: string,
): readonly Source[] {
  const sources = sourcesOf(on, expr)
  if (sources !== undefined && !changes(on, sources, later)) return sources
  on.emit(expr, 0, on.program.shapes.width(expr.type))
  const locals = takeLocals(on, expr.type, taken, name)
  setParts(
    on,
    expr,
    locals.map(({ index }) => index),
  )
  return locals
}

/** Take all parts of the expression, which has just been evaluated, into locals. */
export function setParts(on: FunctionContext, expr: TypedExpr, locals: readonly number[]): void {
  const reads = on.loads !== undefined && isRead(expr) ? on.loads.latest : undefined
  for (let part = locals.length - 1; part >= 0; part--) on.code.set(locals[part] as number)
  if (reads?.length !== locals.length) return
  locals.forEach((local, part) => {
    const load = reads[part]
    if (load !== undefined) on.loads?.hold(local, load)
  })
}

/** Evaluating it ends with reading all of its parts. */
function isRead(expr: TypedExpr): boolean {
  if (expr.kind === 'CellRead') return true
  if (expr.kind !== 'Call' || expr.func.origin === 'source') return false
  const { intrinsic } = expr.func
  if (intrinsic.kind === 'ptrGetField') return !intrinsic.byRef
  const [operand] = expr.args
  return (intrinsic.kind === 'structGet' || intrinsic.kind === 'identity') && operand !== undefined && isRead(operand)
}

/** Temporaries for a value of this type, added to `taken`. */
export function takeLocals(on: FunctionContext, type: SpyType, taken: number[], name?: string): readonly LocalSource[] {
  return on.program.shapes.parts(type).map(({ wasm, suffix }) => {
    const index = on.code.temporary(wasm, name && name + suffix)
    taken.push(index)
    return { kind: 'local', index }
  })
}

/** As `bind`, for one part of the value. */
export function bindPart(
  on: FunctionContext,
  expr: TypedExpr,
  part: number,
  later: readonly TypedExpr[],
  taken: number[],
): Source {
  const source = sourcesOf(on, expr)?.[part]
  if (source !== undefined && !changes(on, [source], later)) return source
  on.emit(expr, part, part + 1)
  const index = on.code.temporary(on.program.shapes.parts(expr.type)[part]?.wasm ?? 'i32')
  taken.push(index)
  setParts(on, expr, [index])
  return { kind: 'local', index }
}

/** Take the value on the stack into a temporary. */
export function popToTemporary(
  on: FunctionContext,
  type: 'i32' | 'i64' | 'f32' | 'f64',
  taken: number[],
): { readonly kind: 'local'; readonly index: number } {
  const index = on.code.temporary(type)
  taken.push(index)
  on.code.set(index)
  return { kind: 'local', index }
}

export function release(on: FunctionContext, taken: readonly number[]): void {
  for (const local of taken) on.code.release(local)
}

function changes(on: FunctionContext, sources: readonly Source[], later: readonly TypedExpr[]): boolean {
  return sources.some((source) => source.kind === 'local') && later.some((expr) => on.program.facts.assigns(expr))
}
