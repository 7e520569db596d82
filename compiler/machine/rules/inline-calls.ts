/**
 * Calls between `@force_inline` functions, where none of them is inlined: the interpreter only calls them. What could not
 * be inlined elsewhere, because a function would become a part of itself, is an error here, too.
 */
import type { SourceFunc } from '../../objects/values.ts'
import type { Span } from '../../text/source.ts'
import { recursiveInlining } from './diagnostics.ts'
import type { Typer } from './typer.ts'

/** @throws SpyError if the call closes a circle of functions that are to be inlined */
export function checkInlineCall(t: Typer, callee: SourceFunc, span: Span): void {
  const { inlineCalls } = t.vm
  const caller = t.frame.func
  if (caller === null || !caller.forceInline) return
  if (callee === caller || reaches(inlineCalls, callee, caller, new Set())) {
    throw recursiveInlining(t.vm.humanFqn(callee.fqn), span)
  }
  const known = inlineCalls.get(caller)
  if (known === undefined) inlineCalls.set(caller, new Set([callee]))
  else known.add(callee)
}

function reaches(
  calls: ReadonlyMap<SourceFunc, ReadonlySet<SourceFunc>>,
  from: SourceFunc,
  to: SourceFunc,
  seen: Set<SourceFunc>,
): boolean {
  if (seen.has(from)) return false
  seen.add(from)
  for (const callee of calls.get(from) ?? []) if (callee === to || reaches(calls, callee, to, seen)) return true
  return false
}
