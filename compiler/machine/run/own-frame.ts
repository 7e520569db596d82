/**
 * Expressions that we run on behalf of a module or of typing are wrapped in a function, whose frame no traceback shows.
 */
import { Fqn } from '../../objects/fqn.ts'
import { SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'

/** Name of the wrapping function; no program can have it. */
export const NO_FRAME: Fqn = Fqn.of('')

/** The same error without the frame of the wrapping function, which is the outermost; `reached` learns its place. */
export function withoutOwnFrame(error: unknown, reached?: (span: Span) => void): unknown {
  if (!(error instanceof SpyError)) return error
  const [outermost, ...rest] = error.traceback
  if (outermost === undefined || outermost.fqn !== NO_FRAME.text) return error
  reached?.(outermost.span)
  return new SpyError(error.diagnostic, rest, error.more)
}
