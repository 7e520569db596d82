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

/** Of the messages with which JavaScript refuses text and arrays that no memory can hold. */
const TOO_BIG = ['Invalid string length', 'Invalid array length', 'Invalid typed array length', 'allocation failed']

/** As a fault, also what is none by name: memory that there is not. */
export function asFault(error: unknown): Fault | NumberFault | undefined {
  if (isFault(error)) return error
  if (!(error instanceof RangeError)) return undefined
  const { message } = error
  return TOO_BIG.some((words) => message.includes(words)) ? new Fault('PanicError', 'out of memory') : undefined
}
