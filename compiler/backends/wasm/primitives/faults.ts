/** How primitive operations fail. */
import type { Call } from '../../../typed/tree.ts'
import type { FunctionContext } from '../context.ts'

/** Class of division by zero: `unchecked_*` panic instead of raising. */
export type ZeroDivisor = 'ZeroDivisionError' | 'PanicError'

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
export function failIf(on: FunctionContext, call: Call, etype: string, message: string): void {
  on.code.if()
  on.program.panics.raise(on, etype, message, call.span)
  on.code.end()
}
