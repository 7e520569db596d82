/**
 * Errors for webpack and Rspack.
 */
import { reportError } from './report.ts'

/** Of an error in a loader they keep the message and the stack, so place and frame have to be in the message. */
export function webpackError(error: unknown): unknown {
  const report = reportError(error)
  if (report === undefined) return error
  const { headline, place, frame, details } = report
  const where = place === undefined ? '' : `${place.file}:${place.line}:${place.column + 1}`
  const shaped = new Error([headline, where, frame, details].filter((part) => part !== '').join('\n'))
  shaped.stack = ''
  return shaped
}
