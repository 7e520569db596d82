/**
 * Errors for Vite's dev server: its overlay, and its terminal, which both put file and frame under the message.
 */
import { reportError } from './report.ts'
import type { RollupShapedError } from './rollup.ts'

export function viteError(error: unknown): unknown {
  const report = reportError(error)
  if (report === undefined) return error
  const { headline, place, frame, details } = report
  const shaped: RollupShapedError = new Error(place === undefined ? [headline, details].join('\n').trimEnd() : headline)
  // A stack would tell where in the plugin the error was made.
  shaped.stack = ''
  shaped.plugin = 'unplugin-spy'
  if (place !== undefined) {
    shaped.id = place.file
    // A click on the place opens the editor there. Vite counts columns from 0.
    shaped.loc = { file: place.file, line: place.line, column: place.column }
  }
  // Frames of other files come behind that of the place, which is what the file name above them refers to.
  const frames = place === undefined ? [] : [frame, details].filter((part) => part !== '')
  if (frames.length > 0) shaped.frame = frames.join('\n\n')
  return shaped
}

/** The message that makes a page show the overlay. */
export interface OverlayPayload {
  readonly type: 'error'
  readonly err: {
    readonly message: string
    readonly stack: string
    readonly id?: string
    readonly frame?: string
    readonly plugin?: string
    readonly loc?: { readonly file: string; readonly line: number; readonly column: number }
  }
}

export function overlayPayload(error: Error): OverlayPayload {
  const { message, stack = '', id, frame, plugin, loc } = viteError(error) as RollupShapedError
  return {
    type: 'error',
    err: {
      message,
      stack,
      ...(id !== undefined && { id }),
      ...(frame !== undefined && { frame }),
      ...(plugin !== undefined && { plugin }),
      ...(loc !== undefined && { loc }),
    },
  }
}

/** What the overlay shows, for the terminal. */
export function overlayText(error: Error): string {
  const { err } = overlayPayload(error)
  const place = err.loc === undefined ? '' : `  File: ${err.loc.file}:${err.loc.line}:${err.loc.column + 1}`
  return [err.message, place, err.frame ?? ''].filter((part) => part !== '').join('\n')
}
