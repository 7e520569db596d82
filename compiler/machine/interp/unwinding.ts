/**
 * Errors on their way out. A frame is added to the traceback where an error leaves it, so that calls cost nothing while
 * all is well: every node that can fail, and every call, knows at compile time what the frame would be.
 */
import { asFault } from '../../objects/fault.ts'
import { type Diagnostic, type Frame as ErrorFrame, isStackExhausted, SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import { stackOverflow } from '../dispatch/diagnostics.ts'
import { faultAt } from './diagnostics.ts'

/** A node of a function: the frame that the traceback shows while the node is being evaluated. */
export interface Place extends ErrorFrame {
  readonly kind: 'astframe'
}

/** Raise an error of the node at `place` itself. */
export function fail(diagnostic: Diagnostic, place: Place): never {
  throw failure(diagnostic, place)
}

/** Of what fails inside the library, people are shown the call in their program, which the frames tell. */
function failure(diagnostic: Diagnostic, place: Place): SpyError {
  return new SpyError(place.span.file.isLibrary ? { ...diagnostic, annotations: [] } : diagnostic, [place])
}

/**
 * What leaves the function at `place`, after something that its node asked for has thrown `error`: a callee, or the
 * evaluation of a built-in function.
 *
 * @param blamed  what the annotation of an error shows that had no place so far
 */
export function leaving(error: unknown, place: Place, blamed: Span = place.span): unknown {
  if (error instanceof SpyError) {
    error.addOuterFrame(place)
    return error
  }
  if (isStackExhausted(error)) return failure(stackOverflow(blamed), place)
  const fault = asFault(error)
  if (fault !== undefined) return failure(faultAt(fault, blamed), place)
  return error
}

/** As `leaving`, for an error that may know its innermost frame already, because typing the statement raised it. */
export function leavingTyping(error: unknown, place: Place): unknown {
  return error instanceof SpyError && knows(error, place) ? error : leaving(error, place)
}

function knows(error: SpyError, { fqn, span }: Place): boolean {
  const outermost = error.traceback[0]
  return (
    outermost !== undefined &&
    outermost.fqn === fqn &&
    outermost.span.file === span.file &&
    outermost.span.start >= span.start &&
    outermost.span.end <= span.end
  )
}
