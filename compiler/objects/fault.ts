/**
 * What goes wrong while a value is computed, before anybody has said where: a class and a message, without a place. The
 * engine that asked for the value knows the place and makes a `SpyError` of it.
 */
import { NumberFault } from '../../src/runtime/numbers.ts'
import type { ErrorClass } from '../text/diagnostics.ts'

/** Thrown by code that evaluates built-in functions: primitives, guest memory, functions of built-in modules. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly etype: ErrorClass

  constructor(etype: ErrorClass, message: string) {
    super(message)
    this.etype = etype
  }
}

export function panic(message: string): never {
  throw new Fault('PanicError', message)
}

/** Errors that want a place: those of this file, and those of arithmetic. */
export function isFault(error: unknown): error is Fault | NumberFault {
  return error instanceof Fault || error instanceof NumberFault
}

/** What JavaScript throws for text and arrays that no memory can hold is a fault, too. */
export function asFault(error: unknown): Fault | NumberFault | undefined {
  if (isFault(error)) return error
  const isTooBig =
    error instanceof RangeError && /invalid (string|array|typed array) length|allocation failed/i.test(error.message)
  return isTooBig ? new Fault('PanicError', 'out of memory') : undefined
}
