/** What the jit engine cannot do yet. */
import { wip } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'

/** A constant whose type exists at blue time only, or memory that the import-time heap does not know. */
export function notInImage(span: Span): never {
  return wip('this value cannot be part of the program image', span)
}

/** A value of this type has no place in memory. */
export function noMemoryForm(type: string, span: Span): never {
  return wip(`type \`${type}\` has no memory representation`, span)
}

/** `*args` that no specialisation has turned into a tuple. */
export function variadicCall(span: Span): never {
  return wip('calls of functions with `*args` are not implemented in the jit engine yet', span)
}

/** A built-in function that only the interpreter has. */
export function notInRuntime(name: string, span: Span): never {
  return wip(`\`${name}\` is not implemented in the jit engine yet`, span)
}
