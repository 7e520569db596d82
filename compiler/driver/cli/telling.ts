/** What commands say beside their output, on standard error. */
import { renderWarning, type Warning } from '../../text/diagnostics.ts'
import type { Call } from './command.ts'
import type { Terminal } from './terminal.ts'

/** Static errors that were put off are told only to those who asked for that. */
export function tellWarning(warning: Warning, { options, terminal }: Call): void {
  if (warning.traceback !== undefined && options.text('error-mode') !== 'warn') return
  const label = terminal.colorErr ? '\x1b[33;01m[warning] \x1b[00m' : '[warning] '
  terminal.err(`${label}${renderWarning(warning, { color: terminal.colorErr })}\n`)
}

export function tellTime(milliseconds: number, terminal: Terminal): void {
  terminal.err(`main(): ${(milliseconds / 1000).toFixed(3)} seconds\n`)
}
