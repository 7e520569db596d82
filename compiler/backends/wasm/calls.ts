/** Calls: of functions of the program, of the C runtime, of what is built in, and through function values. */

import type { Intrinsic, RuntimeIntrinsic } from '../../objects/intrinsics.ts'
import { INT_TYPES, intInfo, isClass, type SpyType } from '../../objects/types.ts'
import { invariant, unreachable } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { Call, IndirectCall, TypedExpr } from '../../typed/tree.ts'
import { emitTypeOf, emitUnbox } from './boxes.ts'
import type { FunctionContext, Source } from './context.ts'
import { notInRuntime, variadicCall } from './diagnostics.ts'
import type { Op } from './encode.ts'
import { checkArity, expandCall } from './expansion.ts'
import { emitMemory } from './memory.ts'
import { mark } from './places.ts'
import { emitPrimitive } from './primitives.ts'
import { storeRoots } from './roots.ts'
import { runtimeFunction } from './runtime-imports.ts'
import { argument, bindPart, push, release } from './sources.ts'

export function emitCall(on: FunctionContext, call: Call, from: number, to: number): void {
  if (call.func.origin === 'builtin') {
    storeRoots(on, call)
    return emitIntrinsic(on, call, call.func.intrinsic, from, to)
  }
  if (expandCall(on, call, { kind: 'stack', from, to })) return
  const func = on.program.facts.callee(call)
  invariant(func !== undefined, 'what is not built in has a tree')
  checkArity(call, func)
  storeRoots(on, call)
  for (const arg of call.args) on.emit(arg, 0, on.program.shapes.width(arg.type))
  if (on.program.isTracked(func)) on.program.panics.pushPlace(on, call.span)
  mark(on, call.span)
  on.code.call(on.program.functionRef(func))
  on.loads?.write(on.program.effects.writes(func))
  keepParts(on, call.type, from, to)
}

/** The callee comes first, but wasm wants it last. */
export function emitIndirectCall(on: FunctionContext, call: IndirectCall, from: number, to: number): void {
  const { funcType } = call
  if (funcType.params.some((param) => param.kind === 'var_positional')) variadicCall(call.span)
  const taken: number[] = []
  storeRoots(on, call)
  const callee = bindPart(on, call.callee, 0, call.args, taken)
  for (const arg of call.args) on.emit(arg, 0, on.program.shapes.width(arg.type))
  checkCallable(on, callee, call.callee.span)
  mark(on, call.span)
  push(on, callee)
  on.code.callIndirect(
    on.program.shapes.signature(
      funcType.params.map((param) => param.type),
      funcType.result,
    ),
  )
  on.loads?.write('all')
  release(on, taken)
  keepParts(on, call.type, from, to)
}

/** Memory that nobody has written holds zeros, and no function has the number 0. */
function checkCallable(on: FunctionContext, callee: Source, span: Span): void {
  if (callee.kind === 'i32' && callee.value !== 0) return
  push(on, callee)
  on.code.op('i32.eqz')
  on.code.if()
  on.program.panics.raise(on, 'PanicError', 'call of an uninitialized function value', span)
  on.code.end()
}

/** All parts of a value are on the stack: leave [from, to). */
function keepParts(on: FunctionContext, type: SpyType, from: number, to: number): void {
  const types = on.program.shapes.wasmTypes(type)
  for (let i = types.length; i > to; i--) on.code.drop()
  if (from === 0 || to === 0) return
  const kept = types.slice(from, to).map((wasm) => on.code.temporary(wasm))
  for (const local of [...kept].reverse()) on.code.set(local)
  for (let i = 0; i < from; i++) on.code.drop()
  for (const local of kept) on.code.get(local)
  for (const local of kept) on.code.release(local)
}

function emitIntrinsic(on: FunctionContext, call: Call, intrinsic: Intrinsic, from: number, to: number): void {
  switch (intrinsic.kind) {
    case 'primitive':
      if (to === from && !intrinsic.op.mayPanic) {
        for (const arg of call.args) on.emit(arg, 0, 0)
        return
      }
      emitPrimitive(on, call, intrinsic.op.shape)
      return keepParts(on, call.type, from, to)
    case 'runtime':
      return emitRuntimeCall(on, call, intrinsic, from, to)
    case 'structMake':
      return emitStruct(on, call, from, to)
    case 'structGet': {
      const field = on.program.shapes.field(intrinsic.struct, intrinsic.field)
      const [first, last] = to > from ? [field.from + from, field.from + to] : [0, 0]
      return on.emit(argument(call, 0), first, last)
    }
    case 'ptrAlloc':
    case 'ptrGetItem':
    case 'ptrSetItem':
    case 'ptrGetField':
    case 'ptrSetField':
    case 'ptrCompare':
    case 'ptrToBool':
    case 'refDeref':
    case 'fieldIsSet':
    case 'addressOf':
    case 'reinterpret':
    case 'ptrBulk':
      emitMemory(on, call, intrinsic, from, to)
      on.loads?.write(on.program.effects.builtinWrites(call))
      return
    case 'raise':
      return emitRaise(on, call)
    case 'identity':
      return on.emit(argument(call, 0), from, to)
    case 'identical':
      return emitIdentity(on, call, intrinsic.negated, from, to)
    case 'isCompiled':
      if (to > from) on.code.i32(0)
      return
    case 'typeOf':
      if (to > from) emitTypeOf(on, call)
      return
    case 'unbox':
      return emitUnbox(on, call, intrinsic.to, from, to)
    case 'downcast':
    case 'dynamic':
    case 'class':
      return invariant(false, 'redshift has made functions of what depends on dynamic types')
    case 'blue':
      return invariant(false, 'redshift leaves no call of a blue function')
    default:
      return unreachable(intrinsic)
  }
}

/** Objects are the same if their addresses are. Two values that differ in type, or have no identity, never are. */
function emitIdentity(on: FunctionContext, call: Call, negated: boolean, from: number, to: number): void {
  const left = argument(call, 0)
  const right = argument(call, 1)
  const hasAddress = left.type.kind === 'ref' || left.type.kind === 'func'
  const areObjects = left.type.kind === 'opaque' && right.type.kind === 'opaque'
  const areSame = (left.type === right.type && hasAddress) || (isClass(left.type) && isClass(right.type))
  if (to > from && (areSame || areObjects)) {
    on.emit(left, 0, 1)
    on.emit(right, 0, 1)
    return on.code.op(negated ? 'i32.ne' : 'i32.eq')
  }
  on.emit(left, 0, 0)
  on.emit(right, 0, 0)
  const isSame = left.type === right.type && left.type.storage === 'reference'
  if (to > from) on.code.i32(isSame === negated ? 0 : 1)
}

function emitStruct(on: FunctionContext, call: Call, from: number, to: number): void {
  let first = 0
  for (const arg of call.args) {
    const width = on.program.shapes.width(arg.type)
    const low = Math.max(from - first, 0)
    const high = Math.min(to - first, width)
    if (high > low) on.emit(arg, low, high)
    else on.emit(arg, 0, 0)
    first += width
  }
}

// -------------------------------------------------------------------------------------------------------- runtime

/** Functions of one instruction. */
const RUNTIME_OPS: Readonly<Record<string, Op>> = {
  spy_math_fabs: 'f64.abs',
  spy_math_ceil: 'f64.ceil',
  spy_math_floor: 'f64.floor',
  spy_math_trunc: 'f64.trunc',
}

function emitRuntimeCall(
  on: FunctionContext,
  call: Call,
  { name, compareWithZero }: RuntimeIntrinsic,
  from: number,
  to: number,
): void {
  const op = Object.hasOwn(RUNTIME_OPS, name) ? RUNTIME_OPS[name] : undefined
  if (op !== undefined) {
    on.emit(argument(call, 0), 0, 1)
    on.code.op(op)
  } else if (name === 'spy_math_sqrt') {
    emitSquareRoot(on, call)
  } else if (INT_HASH.test(name)) {
    emitIntHash(on, call)
  } else {
    callRuntimeFunction(on, call, name)
  }
  if (compareWithZero !== undefined) {
    on.code.i32(0)
    on.code.op(
      compareWithZero === 'eq' || compareWithZero === 'ne' ? `i32.${compareWithZero}` : `i32.${compareWithZero}_s`,
    )
  }
  keepParts(on, call.type, from, to)
}

/** Leaves all parts of the result on the stack. */
function callRuntimeFunction(on: FunctionContext, call: Call, name: string): void {
  const func = runtimeFunction(name) ?? notInRuntime(name, call.span)
  const parts = on.program.shapes.parts(call.type)
  // Values of several parts come back through memory.
  const isReturnedInMemory = parts.length > 1 && func.results.length === 0
  const out: Source = { kind: 'image', offset: isReturnedInMemory ? on.program.image.returnArea(8 * parts.length) : 0 }
  if (isReturnedInMemory) push(on, out)
  for (const arg of call.args) on.emit(arg, 0, runtimeWidth(on, arg.type))
  if (func.place) on.program.panics.pushPlace(on, call.span)
  mark(on, call.span)
  on.code.call(on.program.runtime.function(func.name))
  if (!isReturnedInMemory) return
  for (const part of parts) {
    push(on, out)
    on.code.load(part.load, part.offset ?? 0)
  }
}

const INT_HASH = /^spy_hash_([iu]\d+|bool)$/

/** Integers are their own hash, cut to 32 bits; -1 means an error to those who call it, so signed types avoid it. */
function emitIntHash(on: FunctionContext, call: Call): void {
  const { bits, signed } = intInfo(argument(call, 0).type) ?? INT_TYPES.u8
  const wasm = bits === 64 ? 'i64' : 'i32'
  const taken: number[] = []
  const value = bindPart(on, argument(call, 0), 0, [], taken)
  if (signed) on.code.i32(2)
  push(on, value)
  if (wasm === 'i64') on.code.op('i32.wrap_i64')
  if (signed) {
    push(on, value)
    push(on, wasm === 'i64' ? { kind: wasm, value: -1n } : { kind: wasm, value: -1 })
    on.code.op(`${wasm}.eq`)
    on.code.op('select')
  }
  release(on, taken)
}

/** The runtime takes pointers as addresses. */
function runtimeWidth(on: FunctionContext, type: SpyType): number {
  return type.kind === 'ptr' || type.kind === 'ref' ? 1 : on.program.shapes.width(type)
}

/** One instruction, except that a negative number is an error, which the runtime words. */
function emitSquareRoot(on: FunctionContext, call: Call): void {
  const taken: number[] = []
  const value = bindPart(on, argument(call, 0), 0, [], taken)
  push(on, value)
  on.code.f64(0)
  on.code.op('f64.lt')
  on.code.if()
  push(on, value)
  on.program.panics.pushPlace(on, call.span)
  on.code.call(on.program.runtime.function('spy_math_sqrt'))
  on.code.drop()
  on.code.end()
  push(on, value)
  on.code.op('f64.sqrt')
  release(on, taken)
}

// ---------------------------------------------------------------------------------------------------------- raise

function emitRaise(on: FunctionContext, call: Call): void {
  const etype = argument(call, 0)
  const message = argument(call, 1)
  mark(on, call.span)
  if (etype.kind === 'Constant' && typeof etype.value === 'string') {
    raiseWith(on, etype.value, message, call)
    return
  }
  on.emit(etype, 0, 1)
  on.emit(message, 0, 1)
  on.program.panics.pushPlace(on, call.span)
  on.code.call(on.program.runtime.function('spy_raise'))
  on.code.op('unreachable')
}

/** Fail with a class that is known; the message is a str. */
export function raiseWith(
  on: FunctionContext,
  etype: string,
  message: TypedExpr,
  at: { readonly span: Call['span'] },
): void {
  if (message.kind === 'Constant' && typeof message.value === 'string') {
    return on.program.panics.raise(on, etype, message.value, at.span)
  }
  push(on, { kind: 'image', offset: on.program.image.string(etype) })
  on.emit(message, 0, 1)
  on.program.panics.pushPlace(on, at.span)
  on.code.call(on.program.runtime.function('spy_raise'))
  on.code.op('unreachable')
}
