/** Errors that running code raises by itself. */
import type { Fault } from '../../objects/fault.ts'
import { blame, type Diagnostic } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'

/** A fault, now that its place is known. Of a pointer that is wrong, the pointer is shown; else the frames say enough. */
export function faultAt(fault: Pick<Fault, 'etype' | 'message'>, span: Span): Diagnostic {
  const annotations = fault.etype === 'PanicError' ? [blame('', span)] : []
  return { class: fault.etype, message: fault.message, annotations }
}

export function uninitializedLocal(name: Span): Diagnostic {
  return { class: 'Exception', message: 'read from uninitialized local', annotations: [blame('', name)] }
}

/** `end` is the empty span at the end of the function. */
export function reachedEnd(end: Span): Diagnostic {
  const message = 'reached the end of the function without a `return`'
  return { class: 'TypeError', message, annotations: [blame('no return', end)] }
}

export function invalidCast(expected: string, got: string): Diagnostic {
  const message = `Invalid cast. Expected \`${expected}\`, got \`${got}\``
  return { class: 'TypeError', message, annotations: [] }
}

export function assertionFailed(message: string, assertion: Span): Diagnostic {
  return { class: 'AssertionError', message, annotations: [blame('assertion failed', assertion)] }
}

/** `raise`: the place is in the traceback. */
export function raised(etype: string, message: string): Diagnostic {
  return { class: etype, message, annotations: [] }
}

export function outOfFuel(limit: number): Diagnostic {
  return { class: 'Exception', message: `blue code ran for too long (limit: ${limit} steps)`, annotations: [] }
}

/** A function value that was read from memory nobody had written. */
export function callOfNothing(callee: Span): Diagnostic {
  return { class: 'PanicError', message: 'call of an uninitialized function value', annotations: [blame('', callee)] }
}
