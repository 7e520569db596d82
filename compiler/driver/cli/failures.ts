/** What is printed about an error, whoever raised it. */
import { HostError, internalError, SpyError } from '../../text/diagnostics.ts'

/** What nobody expected is a bug of ours; the place helps whoever has to find it. */
export function errorText(error: unknown, options: { readonly color: boolean }): string {
  if (error instanceof SpyError || isRuntimeError(error)) return `${error.format(options)}\n`
  if (error instanceof HostError) return error.format()
  return internalError(error).format()
}

/** Errors of compiled programs that have no sources have a class of their own. */
function isRuntimeError(error: unknown): error is { format(options: { readonly color: boolean }): string } {
  return error instanceof Error && 'etype' in error && 'format' in error && typeof error.format === 'function'
}
