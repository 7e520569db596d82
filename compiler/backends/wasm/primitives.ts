/**
 * Primitive operations as instructions. What they compute is defined in src/runtime/numbers; what is more than a few
 * instructions is a function of the C runtime, which also knows how it fails.
 *
 * i8 and u8 are held in an i32, sign- and zero-extended, and wrapped after every operation.
 */
import type { RuntimeFunctionName } from '../../../src/runtime/abi/functions.ts'
import type {
  CompareOp,
  ComplexBinaryOp,
  FloatBinaryOp,
  IntBinaryOp,
  NumberName,
  PrimitiveShape,
} from '../../objects/primitives.ts'
import { type FloatName, INT_TYPES, type IntName } from '../../objects/types.ts'
import { invariant, unreachable } from '../../text/diagnostics.ts'
import type { Call, TypedExpr } from '../../typed/tree.ts'
import type { FunctionContext, Source } from './context.ts'
import type { Op } from './encode.ts'
import { argument, bind, constantOf, popToTemporary, push, release } from './sources.ts'

/** Leave the result of the operation on the stack; complex results as (re, im). */
export function emitPrimitive(on: FunctionContext, call: Call, shape: PrimitiveShape): void {
  switch (shape.kind) {
    case 'intBinary':
      return emitIntBinary(on, call, shape.type, shape.op)
    case 'intCompare':
      return emitIntCompare(on, call, shape.type, shape.op)
    case 'intNeg':
      return emitIntNeg(on, call, shape.type)
    case 'intInvert':
      return emitIntInvert(on, call, shape.type)
    case 'floatBinary':
      return emitFloatBinary(on, call, shape.type, shape.op)
    case 'floatCompare':
      return emitOperands(on, call, `${shape.type}.${shape.op}`)
    case 'floatNeg':
      return emitOperands(on, call, `${shape.type}.neg`)
    case 'ieeeDiv':
      return emitOperands(on, call, `${shape.type}.div`)
    case 'boolBinary':
      return emitOperands(on, call, `i32.${shape.op}`)
    case 'boolCompare':
      return emitIntCompare(on, call, 'u8', shape.op)
    case 'boolNot':
      return emitOperands(on, call, 'i32.eqz')
    case 'complexBinary':
      return emitComplexBinary(on, call, shape.op)
    case 'complexCompare':
      return emitComplexCompare(on, call, shape.op)
    case 'complexNeg':
      return emitComplexParts(on, call, ['f64.neg', 'f64.neg'])
    case 'complexConjugate':
      return emitComplexParts(on, call, [null, 'f64.neg'])
    case 'complexMake':
      emitScalar(on, argument(call, 0))
      return emitScalar(on, argument(call, 1))
    case 'complexPart': {
      const index = shape.part === 'real' ? 0 : 1
      return on.emit(argument(call, 0), index, index + 1)
    }
    case 'convert':
      return emitConvert(on, call, shape.from, shape.to)
    case 'unchecked':
      return emitUnchecked(on, call, shape.type, shape.op)
    default:
      return unreachable(shape)
  }
}

/** One value of an operand. */
function emitScalar(on: FunctionContext, expr: TypedExpr): void {
  on.emit(expr, 0, 1)
}

function emitOperands(on: FunctionContext, call: Call, op: Op): void {
  for (const arg of call.args) emitScalar(on, arg)
  on.code.op(op)
}

// ------------------------------------------------------------------------------------------------------- integers

/** Instructions of one integer width. Divisions, shifts and comparisons depend on the sign, too. */
interface IntOps {
  readonly wasm: 'i32' | 'i64'
  readonly signed: boolean
  readonly bits: 8 | 32 | 64
  readonly suffix: 's' | 'u'
}

function intOps(type: IntName): IntOps {
  const { bits, signed } = INT_TYPES[type]
  return { wasm: bits === 64 ? 'i64' : 'i32', signed, bits, suffix: signed ? 's' : 'u' }
}

function pushInt(on: FunctionContext, ops: IntOps, value: number): void {
  if (ops.wasm === 'i64') on.code.i64(BigInt(value))
  else on.code.i32(value)
}

/** Reduce to 8 bits what 32-bit instructions have computed. */
function wrap(on: FunctionContext, type: IntName): void {
  if (type === 'i8') on.code.op('i32.extend8_s')
  if (type !== 'u8') return
  on.code.i32(255)
  on.code.op('i32.and')
}

function emitIntBinary(on: FunctionContext, call: Call, type: IntName, op: IntBinaryOp): void {
  const ops = intOps(type)
  switch (op) {
    case 'add':
    case 'sub':
    case 'mul':
      emitOperands(on, call, `${ops.wasm}.${op}`)
      return wrap(on, type)
    case 'and':
    case 'or':
    case 'xor':
      return emitOperands(on, call, `${ops.wasm}.${op}`)
    case 'div':
      return emitIntDiv(on, call, type, 'ZeroDivisionError')
    case 'floordiv':
      return emitIntFloorDiv(on, call, type, 'ZeroDivisionError')
    case 'mod':
      return emitIntMod(on, call, type, 'ZeroDivisionError')
    case 'lshift':
    case 'rshift':
      return emitShift(on, call, type, op)
    case 'pow':
      return emitIntPow(on, call, type)
    default:
      return unreachable(op)
  }
}

function emitIntCompare(on: FunctionContext, call: Call, type: IntName, op: CompareOp): void {
  const { wasm, suffix } = intOps(type)
  const right = constantOf(on, argument(call, 1))
  if (op === 'eq' && right !== undefined && Number(right) === 0) {
    emitScalar(on, argument(call, 0))
    return on.code.op(`${wasm}.eqz`)
  }
  if (op === 'eq' || op === 'ne') return emitOperands(on, call, `${wasm}.${op}`)
  return emitOperands(on, call, `${wasm}.${op}_${suffix}`)
}

function emitIntNeg(on: FunctionContext, call: Call, type: IntName): void {
  const ops = intOps(type)
  pushInt(on, ops, 0)
  emitScalar(on, argument(call, 0))
  on.code.op(`${ops.wasm}.sub`)
  wrap(on, type)
}

function emitIntInvert(on: FunctionContext, call: Call, type: IntName): void {
  const ops = intOps(type)
  emitScalar(on, argument(call, 0))
  pushInt(on, ops, type === 'u8' ? 255 : -1)
  on.code.op(`${ops.wasm}.xor`)
}

/** Class of division by zero: `unchecked_*` panic instead of raising. */
type ZeroDivisor = 'ZeroDivisionError' | 'PanicError'

/** Texts of failures. KEEP IN STEP: fault-texts (src/runtime/numbers/fault.ts); test/backends/wasm compares them. */
export const ZERO_DIVISION_TEXTS = {
  intDiv: 'division by zero',
  intFloorDiv: 'integer division or modulo by zero',
  intMod: 'integer modulo by zero',
  floatDiv: 'float division by zero',
  floatFloorDiv: 'float floor division by zero',
  floatMod: 'float modulo by zero',
} as const

export const NEGATIVE_SHIFT_TEXT = 'negative shift count'

/** With a condition on the stack: fail if it holds. */
function failIf(on: FunctionContext, call: Call, etype: string, message: string): void {
  on.code.if()
  on.program.panics.raise(on, etype, message, call.span)
  on.code.end()
}

/** The divisor as a source, once it is known not to be zero; undefined if it always is, and code has failed. */
function bindDivisor(
  on: FunctionContext,
  call: Call,
  ops: IntOps,
  etype: ZeroDivisor,
  message: string,
  taken: number[],
): Source | undefined {
  const [divisor] = bind(on, argument(call, 1), [], taken)
  invariant(divisor !== undefined, 'an integer has one part')
  if (divisor.kind === 'local') {
    on.code.get(divisor.index)
    on.code.op(`${ops.wasm}.eqz`)
    failIf(on, call, etype, message)
    return divisor
  }
  if (divisor.kind !== 'image' && Number(divisor.value) !== 0) return divisor
  on.program.panics.raise(on, etype, message, call.span)
  return undefined
}

function emitIntDiv(on: FunctionContext, call: Call, type: IntName, etype: ZeroDivisor): void {
  const ops = intOps(type)
  const taken: number[] = []
  emitScalar(on, argument(call, 0))
  on.code.op(`f64.convert_${ops.wasm}_${ops.suffix}`)
  const divisor = bindDivisor(on, call, ops, etype, ZERO_DIVISION_TEXTS.intDiv, taken)
  if (divisor !== undefined) {
    push(on, divisor)
    on.code.op(`f64.convert_${ops.wasm}_${ops.suffix}`)
    on.code.op('f64.div')
  }
  release(on, taken)
}

function emitIntFloorDiv(on: FunctionContext, call: Call, type: IntName, etype: ZeroDivisor): void {
  const ops = intOps(type)
  if (!ops.signed) return emitUnsignedDivision(on, call, ops, 'div', etype, ZERO_DIVISION_TEXTS.intFloorDiv)
  const constant = constantOf(on, argument(call, 1))
  const shift = constant === undefined ? undefined : exponentOfTwo(constant)
  if (shift !== undefined) {
    // Shifting rounds towards minus infinity already.
    emitScalar(on, argument(call, 0))
    pushInt(on, ops, shift)
    return on.code.op(`${ops.wasm}.shr_s`)
  }
  const taken: number[] = []
  const [dividend] = bind(on, argument(call, 0), call.args.slice(1), taken)
  invariant(dividend !== undefined, 'an integer has one part')
  const divisor = bindDivisor(on, call, ops, etype, ZERO_DIVISION_TEXTS.intFloorDiv, taken)
  if (divisor === undefined) return release(on, taken)
  // MIN / -1 traps, and is MIN here. Narrow types do not reach it.
  const mayBeMinusOne = ops.bits !== 8 && (constant === undefined || Number(constant) === -1)
  if (mayBeMinusOne) {
    push(on, divisor)
    pushInt(on, ops, -1)
    on.code.op(`${ops.wasm}.eq`)
    on.code.if([ops.wasm])
    pushInt(on, ops, 0)
    push(on, dividend)
    on.code.op(`${ops.wasm}.sub`)
    on.code.else()
  }
  push(on, dividend)
  push(on, divisor)
  on.code.op(`${ops.wasm}.div_s`)
  const quotient = popToTemporary(on, ops.wasm, taken)
  push(on, dividend)
  push(on, quotient)
  push(on, divisor)
  on.code.op(`${ops.wasm}.mul`)
  on.code.op(`${ops.wasm}.sub`)
  const remainder = popToTemporary(on, ops.wasm, taken)
  push(on, quotient)
  pushSignsDiffer(on, ops, remainder, divisor, constant)
  if (ops.wasm === 'i64') on.code.op('i64.extend_i32_u')
  on.code.op(`${ops.wasm}.sub`)
  if (mayBeMinusOne) on.code.end()
  wrap(on, type)
  release(on, taken)
}

function emitIntMod(on: FunctionContext, call: Call, type: IntName, etype: ZeroDivisor): void {
  const ops = intOps(type)
  if (!ops.signed) return emitUnsignedDivision(on, call, ops, 'rem', etype, ZERO_DIVISION_TEXTS.intMod)
  const constant = constantOf(on, argument(call, 1))
  if (constant !== undefined && exponentOfTwo(constant) !== undefined) {
    emitScalar(on, argument(call, 0))
    pushInt(on, ops, Number(constant) - 1)
    return on.code.op(`${ops.wasm}.and`)
  }
  const taken: number[] = []
  emitScalar(on, argument(call, 0))
  const divisor = bindDivisor(on, call, ops, etype, ZERO_DIVISION_TEXTS.intMod, taken)
  if (divisor === undefined) return release(on, taken)
  push(on, divisor)
  on.code.op(`${ops.wasm}.rem_s`)
  const remainder = popToTemporary(on, ops.wasm, taken)
  push(on, remainder)
  push(on, divisor)
  on.code.op(`${ops.wasm}.add`)
  push(on, remainder)
  pushSignsDiffer(on, ops, remainder, divisor, constant)
  on.code.op('select')
  release(on, taken)
}

/** 1 if the remainder of a truncating division is not zero and has another sign than the divisor, else 0. */
function pushSignsDiffer(
  on: FunctionContext,
  ops: IntOps,
  remainder: Source,
  divisor: Source,
  constant: number | bigint | undefined,
): void {
  if (constant !== undefined) {
    push(on, remainder)
    pushInt(on, ops, 0)
    return on.code.op(Number(constant) > 0 ? `${ops.wasm}.lt_s` : `${ops.wasm}.gt_s`)
  }
  push(on, remainder)
  push(on, divisor)
  on.code.op(`${ops.wasm}.xor`)
  pushInt(on, ops, 0)
  on.code.op(`${ops.wasm}.lt_s`)
  push(on, remainder)
  pushInt(on, ops, 0)
  on.code.op(`${ops.wasm}.ne`)
  on.code.op('i32.and')
}

function emitUnsignedDivision(
  on: FunctionContext,
  call: Call,
  ops: IntOps,
  op: 'div' | 'rem',
  etype: ZeroDivisor,
  message: string,
): void {
  const taken: number[] = []
  emitScalar(on, argument(call, 0))
  const divisor = bindDivisor(on, call, ops, etype, message, taken)
  if (divisor !== undefined) {
    push(on, divisor)
    on.code.op(`${ops.wasm}.${op}_u`)
  }
  release(on, taken)
}

/** n, if the number is 2^n and positive in its signed type. */
function exponentOfTwo(value: number | bigint): number | undefined {
  const wide = BigInt(value)
  if (wide <= 0n || (wide & (wide - 1n)) !== 0n) return undefined
  // Powers above 2^52 would not survive `Number(value) - 1`.
  return wide > 2n ** 52n ? undefined : wide.toString(2).length - 1
}

function emitShift(on: FunctionContext, call: Call, type: IntName, op: 'lshift' | 'rshift'): void {
  const ops = intOps(type)
  const instruction: Op = op === 'lshift' ? `${ops.wasm}.shl` : `${ops.wasm}.shr_${ops.suffix}`
  const count = constantOf(on, argument(call, 1))
  const wide = Number(count)
  if (count !== undefined && wide >= 0 && wide < ops.bits) {
    emitScalar(on, argument(call, 0))
    pushInt(on, ops, wide)
    on.code.op(instruction)
    return op === 'lshift' ? wrap(on, type) : undefined
  }
  const taken: number[] = []
  const [value] = bind(on, argument(call, 0), call.args.slice(1), taken)
  const [by] = bind(on, argument(call, 1), [], taken)
  invariant(value !== undefined && by !== undefined, 'an integer has one part')
  push(on, by)
  pushInt(on, ops, ops.bits)
  on.code.op(`${ops.wasm}.lt_u`)
  on.code.if([ops.wasm])
  push(on, value)
  push(on, by)
  on.code.op(instruction)
  on.code.else()
  if (ops.signed) {
    push(on, by)
    pushInt(on, ops, 0)
    on.code.op(`${ops.wasm}.lt_s`)
    failIf(on, call, 'ValueError', NEGATIVE_SHIFT_TEXT)
  }
  if (op === 'rshift' && ops.signed) {
    push(on, value)
    pushInt(on, ops, ops.bits - 1)
    on.code.op(`${ops.wasm}.shr_s`)
  } else {
    pushInt(on, ops, 0)
  }
  on.code.end()
  if (op === 'lshift') wrap(on, type)
  release(on, taken)
}

function emitIntPow(on: FunctionContext, call: Call, type: IntName): void {
  const ops = intOps(type)
  const exponent = constantOf(on, argument(call, 1))
  // Squares and cubes are what programs write.
  if (exponent === undefined || Number(exponent) < 1 || Number(exponent) > 3) {
    return callRuntime(on, call, `spy_${type}_pow`)
  }
  const taken: number[] = []
  const [base] = bind(on, argument(call, 0), [], taken)
  invariant(base !== undefined, 'an integer has one part')
  push(on, base)
  for (let i = 1; i < Number(exponent); i++) {
    push(on, base)
    on.code.op(`${ops.wasm}.mul`)
  }
  wrap(on, type)
  release(on, taken)
}

function callRuntime(on: FunctionContext, call: Call, name: RuntimeFunctionName): void {
  for (const arg of call.args) on.emit(arg, 0, on.program.shapes.width(arg.type))
  on.program.panics.pushPlace(on, call.span)
  on.code.call(on.program.runtime.function(name))
}

// --------------------------------------------------------------------------------------------------------- floats

function emitFloatBinary(on: FunctionContext, call: Call, type: FloatName, op: FloatBinaryOp): void {
  switch (op) {
    case 'add':
    case 'sub':
    case 'mul':
      return emitOperands(on, call, `${type}.${op}`)
    case 'div':
      return emitFloatDiv(on, call, type, 'ZeroDivisionError')
    case 'floordiv':
    case 'mod':
    case 'pow':
      return callRuntime(on, call, `spy_${type}_${op}`)
    default:
      return unreachable(op)
  }
}

function emitFloatDiv(on: FunctionContext, call: Call, type: FloatName, etype: ZeroDivisor): void {
  const taken: number[] = []
  emitScalar(on, argument(call, 0))
  const divisor = bindFloatDivisor(on, call, type, etype, ZERO_DIVISION_TEXTS.floatDiv, taken)
  push(on, divisor)
  on.code.op(`${type}.div`)
  release(on, taken)
}

function bindFloatDivisor(
  on: FunctionContext,
  call: Call,
  type: FloatName,
  etype: ZeroDivisor,
  message: string,
  taken: number[],
): Source {
  const [divisor] = bind(on, argument(call, 1), [], taken)
  invariant(divisor !== undefined, 'a float has one part')
  if (divisor.kind === type && divisor.value !== 0) return divisor // nan divides
  push(on, divisor)
  pushFloat(on, type, 0)
  on.code.op(`${type}.eq`)
  failIf(on, call, etype, message)
  return divisor
}

function pushFloat(on: FunctionContext, type: FloatName, value: number): void {
  if (type === 'f32') on.code.f32(value)
  else on.code.f64(value)
}

/** The checked operation, but a zero divisor is a panic in debug and anything in release. */
function emitUnchecked(
  on: FunctionContext,
  call: Call,
  type: IntName | FloatName,
  op: 'div' | 'floordiv' | 'mod',
): void {
  if (type === 'f32' || type === 'f64') {
    if (op === 'div') return emitFloatDiv(on, call, type, 'PanicError')
    const taken: number[] = []
    const message = op === 'mod' ? ZERO_DIVISION_TEXTS.floatMod : ZERO_DIVISION_TEXTS.floatFloorDiv
    emitScalar(on, argument(call, 0))
    push(on, bindFloatDivisor(on, call, type, 'PanicError', message, taken))
    on.program.panics.pushPlace(on, call.span)
    on.code.call(on.program.runtime.function(`spy_${type}_${op}`))
    return release(on, taken)
  }
  switch (op) {
    case 'div':
      return emitIntDiv(on, call, type, 'PanicError')
    case 'floordiv':
      return emitIntFloorDiv(on, call, type, 'PanicError')
    case 'mod':
      return emitIntMod(on, call, type, 'PanicError')
    default:
      return unreachable(op)
  }
}

// -------------------------------------------------------------------------------------------------------- complex

/** Both operands, part by part: (re, im) and (re, im). */
function bindComplex(on: FunctionContext, call: Call, taken: number[]): readonly [Source, Source, Source, Source] {
  const [a, b] = bind(on, argument(call, 0), call.args.slice(1), taken)
  const [c, d] = bind(on, argument(call, 1), [], taken)
  invariant(a && b && c && d, 'a complex number has two parts')
  return [a, b, c, d]
}

function emitComplexBinary(on: FunctionContext, call: Call, op: ComplexBinaryOp): void {
  const taken: number[] = []
  switch (op) {
    case 'add':
    case 'sub': {
      const [a, b, c, d] = bindComplex(on, call, taken)
      pushBinary(on, a, c, `f64.${op}`)
      pushBinary(on, b, d, `f64.${op}`)
      return release(on, taken)
    }
    case 'mul': {
      const [a, b, c, d] = bindComplex(on, call, taken)
      pushBinary(on, a, c, 'f64.mul')
      pushBinary(on, b, d, 'f64.mul')
      on.code.op('f64.sub')
      pushBinary(on, a, d, 'f64.mul')
      pushBinary(on, b, c, 'f64.mul')
      on.code.op('f64.add')
      return release(on, taken)
    }
    case 'div':
    case 'pow': {
      const out: Source = { kind: 'image', offset: on.program.image.returnArea(16) }
      push(on, out)
      callRuntime(on, call, `spy_wasm_complex128_${op}`)
      push(on, out)
      on.code.load('f64.load', 0)
      push(on, out)
      return on.code.load('f64.load', 8)
    }
    default:
      return unreachable(op)
  }
}

function emitComplexCompare(on: FunctionContext, call: Call, op: 'eq' | 'ne'): void {
  const taken: number[] = []
  const [a, b, c, d] = bindComplex(on, call, taken)
  pushBinary(on, a, c, `f64.${op}`)
  pushBinary(on, b, d, `f64.${op}`)
  on.code.op(op === 'eq' ? 'i32.and' : 'i32.or')
  release(on, taken)
}

/** Each part changed by its operation, or as it is. */
function emitComplexParts(on: FunctionContext, call: Call, ops: readonly (Op | null)[]): void {
  const taken: number[] = []
  bind(on, argument(call, 0), [], taken).forEach((part, i) => {
    push(on, part)
    const op = ops[i] ?? null
    if (op !== null) on.code.op(op)
  })
  release(on, taken)
}

function pushBinary(on: FunctionContext, left: Source, right: Source, op: Op): void {
  push(on, left)
  push(on, right)
  on.code.op(op)
}

// ---------------------------------------------------------------------------------------------------- conversions

function emitConvert(on: FunctionContext, call: Call, from: NumberName, to: NumberName): void {
  const value = argument(call, 0)
  if (from === 'complex128') {
    const taken: number[] = []
    for (const part of bind(on, value, [], taken)) {
      push(on, part)
      on.code.f64(0)
      on.code.op('f64.ne')
    }
    on.code.op('i32.or')
    return release(on, taken)
  }
  emitScalar(on, value)
  convertScalar(on, from, to)
}

/** Convert the value on the stack. A bool is an integer of one bit. */
function convertScalar(on: FunctionContext, from: Exclude<NumberName, 'complex128'>, to: NumberName): void {
  const { code } = on
  if (to === 'complex128') {
    convertScalar(on, from, 'f64')
    return code.f64(0)
  }
  if (from === to) return
  if (from === 'f32' || from === 'f64') return convertFloat(on, from, to)
  const source = intOps(from === 'bool' ? 'u8' : from)
  if (to === 'f32' || to === 'f64') return code.op(`${to}.convert_${source.wasm}_${source.suffix}`)
  if (to === 'bool') {
    pushInt(on, source, 0)
    return code.op(`${source.wasm}.ne`)
  }
  const target = intOps(to)
  if (source.wasm === 'i64' && target.wasm === 'i32') code.op('i32.wrap_i64')
  if (source.wasm === 'i32' && target.wasm === 'i64') return code.op(`i64.extend_i32_${source.suffix}`)
  if (from !== 'bool') wrap(on, to)
}

/** To integers: truncate and saturate; nan gives 0. */
function convertFloat(on: FunctionContext, from: FloatName, to: Exclude<NumberName, 'complex128'>): void {
  const { code } = on
  switch (to) {
    case 'f32':
      return code.op('f32.demote_f64')
    case 'f64':
      return code.op('f64.promote_f32')
    case 'bool':
      pushFloat(on, from, 0)
      return code.op(`${from}.ne`)
    case 'i32':
    case 'u32':
    case 'i64':
    case 'u64': {
      const { wasm, suffix } = intOps(to)
      return code.saturate(`${wasm}.trunc_sat_${from}_${suffix}`)
    }
    case 'i8':
    case 'u8':
      code.saturate(`i32.trunc_sat_${from}_s`)
      clamp(on, to === 'i8' ? -128 : 0, to === 'i8' ? 127 : 255)
      return
    default:
      return unreachable(to)
  }
}

/** Move the i32 on the stack into [min, max]. */
function clamp(on: FunctionContext, min: number, max: number): void {
  const { code } = on
  const value = code.temporary('i32')
  code.tee(value)
  code.i32(min)
  code.get(value)
  code.i32(min)
  code.op('i32.gt_s')
  code.op('select')
  code.tee(value)
  code.i32(max)
  code.get(value)
  code.i32(max)
  code.op('i32.lt_s')
  code.op('select')
  code.release(value)
}
