/**
 * Operations on integers. i8 and u8 are held in an i32, sign- and zero-extended, and wrapped after every operation.
 */
import type { CompareOp, IntBinaryOp } from '../../../objects/primitives.ts'
import { INT_TYPES, type IntName } from '../../../objects/types.ts'
import { invariant, unreachable } from '../../../text/diagnostics.ts'
import type { Call } from '../../../typed/tree.ts'
import type { FunctionContext, Source } from '../context.ts'
import type { Op } from '../encode.ts'
import { argument, bind, constantOf, popToTemporary, push, release } from '../sources.ts'
import { failIf, NEGATIVE_SHIFT_TEXT, ZERO_DIVISION_TEXTS, type ZeroDivisor } from './faults.ts'
import { callRuntime, emitOperands, emitScalar } from './operands.ts'

/** Instructions of one integer width. Divisions, shifts and comparisons depend on the sign, too. */
interface IntOps {
  readonly wasm: 'i32' | 'i64'
  readonly signed: boolean
  readonly bits: 8 | 32 | 64
  readonly suffix: 's' | 'u'
}

export function intOps(type: IntName): IntOps {
  const { bits, signed } = INT_TYPES[type]
  return { wasm: bits === 64 ? 'i64' : 'i32', signed, bits, suffix: signed ? 's' : 'u' }
}

export function pushInt(on: FunctionContext, ops: IntOps, value: number): void {
  if (ops.wasm === 'i64') on.code.i64(BigInt(value))
  else on.code.i32(value)
}

/** Reduce to 8 bits what 32-bit instructions have computed. */
export function wrap(on: FunctionContext, type: IntName): void {
  if (type === 'i8') on.code.op('i32.extend8_s')
  if (type !== 'u8') return
  on.code.i32(255)
  on.code.op('i32.and')
}

export function emitIntBinary(on: FunctionContext, call: Call, type: IntName, op: IntBinaryOp): void {
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

export function emitIntCompare(on: FunctionContext, call: Call, type: IntName, op: CompareOp): void {
  const { wasm, suffix } = intOps(type)
  const right = constantOf(on, argument(call, 1))
  if (op === 'eq' && right !== undefined && Number(right) === 0) {
    emitScalar(on, argument(call, 0))
    return on.code.op(`${wasm}.eqz`)
  }
  if (op === 'eq' || op === 'ne') return emitOperands(on, call, `${wasm}.${op}`)
  return emitOperands(on, call, `${wasm}.${op}_${suffix}`)
}

export function emitIntNeg(on: FunctionContext, call: Call, type: IntName): void {
  const ops = intOps(type)
  pushInt(on, ops, 0)
  emitScalar(on, argument(call, 0))
  on.code.op(`${ops.wasm}.sub`)
  wrap(on, type)
}

export function emitIntInvert(on: FunctionContext, call: Call, type: IntName): void {
  const ops = intOps(type)
  emitScalar(on, argument(call, 0))
  pushInt(on, ops, type === 'u8' ? 255 : -1)
  on.code.op(`${ops.wasm}.xor`)
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

export function emitIntDiv(on: FunctionContext, call: Call, type: IntName, etype: ZeroDivisor): void {
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

export function emitIntFloorDiv(on: FunctionContext, call: Call, type: IntName, etype: ZeroDivisor): void {
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

export function emitIntMod(on: FunctionContext, call: Call, type: IntName, etype: ZeroDivisor): void {
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
