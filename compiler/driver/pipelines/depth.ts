/**
 * Programs that are nested deeper than the compiler's own stack. The parser refuses what people could write; what is left
 * is made of many such parts, and is an error of the program all the same.
 */
import { isStackExhausted, SpyError } from '../../text/diagnostics.ts'

/** @throws SpyError where `work` would run out of stack */
export function withinStack<R>(work: () => R): R {
  try {
    return work()
  } catch (error) {
    if (!isStackExhausted(error)) throw error
    throw new SpyError({ class: 'ParseError', message: 'too many nested expressions', annotations: [] })
  }
}
