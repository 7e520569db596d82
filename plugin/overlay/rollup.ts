/**
 * Errors for Rollup, Rolldown and Vite.
 */
import { reportError } from './report.ts'

export interface RollupShapedError extends Error {
  id?: string
  loc?: { file: string; line: number; column: number }
  frame?: string
  plugin?: string
}

/**
 * Rollup and Vite print `loc` and `frame` by themselves, Vite shows them in its overlay, and takes the frame out of the
 * message when it finds it there. Rolldown prints the message alone. So the frame is in both.
 */
export function rollupError(error: unknown): unknown {
  const report = reportError(error)
  if (report === undefined) return error
  const { headline, place, frame, details } = report
  const where = place === undefined ? '' : `${place.file}:${place.line}:${place.column + 1}`
  const shaped: RollupShapedError = new Error(
    [headline, where, frame, details].filter((part) => part !== '').join('\n'),
  )
  // A stack would tell where in the plugin the error was made, and hide the message in terminals.
  shaped.stack = ''
  if (place !== undefined) {
    shaped.id = place.file
    shaped.loc = { file: place.file, line: place.line, column: place.column }
  }
  if (frame !== '') shaped.frame = frame
  return shaped
}
