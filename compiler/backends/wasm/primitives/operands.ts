/** What all primitive operations do with their operands. */
import type { RuntimeFunctionName } from '../../../../src/runtime/abi/functions.ts'
import type { Call, TypedExpr } from '../../../typed/tree.ts'
import type { FunctionContext } from '../context.ts'
import type { Op } from '../encode.ts'

/** One value of an operand. */
export function emitScalar(on: FunctionContext, expr: TypedExpr): void {
  on.emit(expr, 0, 1)
}

export function emitOperands(on: FunctionContext, call: Call, op: Op): void {
  for (const arg of call.args) emitScalar(on, arg)
  on.code.op(op)
}

/** Operations of more than a few instructions: the runtime also knows how they fail. */
export function callRuntime(on: FunctionContext, call: Call, name: RuntimeFunctionName): void {
  for (const arg of call.args) on.emit(arg, 0, on.program.shapes.width(arg.type))
  on.program.panics.pushPlace(on, call.span)
  on.code.call(on.program.runtime.function(name))
}
