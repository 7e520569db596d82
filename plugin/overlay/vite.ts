/**
 * Errors for Vite's dev server: its overlay, and its terminal, which both put file and frame under the message.
 */
import { reportError } from './report.ts'
import type { RollupShapedError } from './rollup.ts'

export function viteError(error: unknown): unknown {
  const report = reportError(error)
  if (report === undefined) return error
  const { headline, place, frame, details } = report
  const shaped: RollupShapedError = new Error(details === '' ? headline : `${headline}\n${details}`)
  shaped.stack = ''
  shaped.plugin = 'unplugin-spy'
  if (place !== undefined) {
    shaped.id = place.file
    // The overlay counts columns from 0 and opens the editor at this place on a click.
    shaped.loc = { file: place.file, line: place.line, column: place.column }
  }
  if (frame !== '') shaped.frame = frame
  return shaped
}
