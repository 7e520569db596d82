/** Operations on floats: IEEE 754, except that dividing by zero is an error. */
import type { FloatBinaryOp } from '../../../objects/primitives.ts'
import type { FloatName } from '../../../objects/types.ts'
import { invariant, unreachable } from '../../../text/diagnostics.ts'
import type { Call } from '../../../typed/tree.ts'
import type { FunctionContext, Source } from '../context.ts'
import { argument, bind, push, release } from '../sources.ts'
import { failIf, ZERO_DIVISION_TEXTS, type ZeroDivisor } from './faults.ts'
import { callRuntime, emitOperands, emitScalar } from './operands.ts'

export function emitFloatBinary(on: FunctionContext, call: Call, type: FloatName, op: FloatBinaryOp): void {
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

export function emitFloatDiv(on: FunctionContext, call: Call, type: FloatName, etype: ZeroDivisor): void {
  const taken: number[] = []
  emitScalar(on, argument(call, 0))
  const divisor = bindFloatDivisor(on, call, type, etype, ZERO_DIVISION_TEXTS.floatDiv, taken)
  push(on, divisor)
  on.code.op(`${type}.div`)
  release(on, taken)
}

export function bindFloatDivisor(
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

export function pushFloat(on: FunctionContext, type: FloatName, value: number): void {
  if (type === 'f32') on.code.f32(value)
  else on.code.f64(value)
}
