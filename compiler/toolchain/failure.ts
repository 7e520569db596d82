/** A compiler that was found and did not do what it was asked. */
import { HostError } from '../text/diagnostics.ts'

/** Enough to see what is wrong; a mistake in a header is repeated hundreds of times. */
const MOST_LINES = 40

/**
 * Generated C is expected to compile, so this is a broken installation or a mistake of ours; both are found by the
 * compiler's own words.
 */
export function toolchainFailed(toolchain: string, command: string, messages: string): HostError {
  const all = messages.trim().split('\n')
  const first = all.findIndex((line) => /\berror:/.test(line)) // before it, where files were included from, and warnings
  const lines = all.slice(Math.max(first, 0))
  const shown = lines.slice(0, MOST_LINES).map((line) => `  ${line}`)
  if (lines.length > MOST_LINES) shown.push(`  ... and ${lines.length - MOST_LINES} more lines`)
  return new HostError(`the C toolchain "${toolchain}" failed: ${command} said\n${shown.join('\n')}`, {
    tried: [command],
    fix:
      'if the messages are about generated code, report them with the program that shows it; ' +
      'else repair the installation, or choose the other toolchain (emscripten or clang)',
  })
}
