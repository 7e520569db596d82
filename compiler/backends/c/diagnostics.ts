/** What a program cannot contain yet when it is compiled to C. */
import { blame, type Diagnostic, SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'

function notImplemented(what: string, label: string, at: Span): Diagnostic {
  return { class: 'WIP', message: `not implemented yet by the C backend: ${what}`, annotations: [blame(label, at)] }
}

/** @throws always */
export function refuse(what: string, at: Span): never {
  throw new SpyError(notImplemented(what, 'this is not supported', at))
}

/** A constant points to something that is not in memory allocated by the program. @throws always */
export function refusePointer(at: Span): never {
  throw new SpyError({
    class: 'WIP',
    message: 'this value cannot be part of the program image',
    annotations: [blame('this points to memory that is not part of the program', at)],
  })
}
