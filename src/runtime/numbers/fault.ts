/** Arithmetic that has no result raises a fault: what SPy calls it, without a place. Callers know the place. */

export type FaultClass = 'ZeroDivisionError' | 'ValueError' | 'OverflowError'

/** Thrown by this room only. `etype` and `message` are those of the SPy error it becomes. */
export class NumberFault extends Error {
  override readonly name = 'NumberFault'
  readonly etype: FaultClass

  constructor(etype: FaultClass, message: string) {
    super(message)
    this.etype = etype
  }
}

export function zeroDivision(message: string): never {
  throw new NumberFault('ZeroDivisionError', message)
}

export function valueFault(message: string): never {
  throw new NumberFault('ValueError', message)
}

export function overflow(message: string): never {
  throw new NumberFault('OverflowError', message)
}

/**
 * Texts of the faults. KEEP IN STEP: fault-texts (runtime-c/include/spy/numbers.h); test/runtime-c compares them by
 * running both.
 */
export const FAULT_TEXTS = {
  intDiv: 'division by zero',
  intFloorDiv: 'integer division or modulo by zero',
  intMod: 'integer modulo by zero',
  floatDiv: 'float division by zero',
  floatFloorDiv: 'float floor division by zero',
  floatMod: 'float modulo by zero',
  complexDiv: 'complex division by zero',
  complexZeroPow: '0.0 to a negative or complex power',
  negativeShift: 'negative shift count',
  zeroPowNegative: '0 cannot be raised to a negative power',
  floatZeroPowNegative: '0.0 cannot be raised to a negative power',
  negativeExponent: 'integer ** negative exponent',
  mathDomain: 'math domain error',
} as const
