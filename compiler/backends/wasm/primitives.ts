/**
 * Primitive operations as instructions: which file writes what. What they compute is defined in src/runtime/numbers; what
 * is more than a few instructions is a function of the C runtime.
 */
import type { PrimitiveShape } from '../../objects/primitives.ts'
import type { FloatName, IntName } from '../../objects/types.ts'
import { unreachable } from '../../text/diagnostics.ts'
import type { Call } from '../../typed/tree.ts'
import type { FunctionContext } from './context.ts'
import { emitComplexBinary, emitComplexCompare, emitComplexParts } from './primitives/complex.ts'
import { emitConvert } from './primitives/conversions.ts'
import { ZERO_DIVISION_TEXTS } from './primitives/faults.ts'
import { bindFloatDivisor, emitFloatBinary, emitFloatDiv } from './primitives/floats.ts'
import {
  emitIntBinary,
  emitIntCompare,
  emitIntDiv,
  emitIntFloorDiv,
  emitIntInvert,
  emitIntMod,
  emitIntNeg,
} from './primitives/integers.ts'
import { emitOperands, emitScalar } from './primitives/operands.ts'
import { argument, push, release } from './sources.ts'

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
