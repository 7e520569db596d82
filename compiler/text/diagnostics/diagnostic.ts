/**
 * What we say about a program, as data. Rooms that find errors have a `diagnostics.ts` with one named function per
 * error; only `render.ts` turns them into text.
 */
import type { Span } from '../source.ts'

/** The classes the compiler itself raises; programs may raise others. */
export type ErrorClass =
  | 'AssertionError'
  | 'Exception'
  | 'ImportError'
  | 'IndexError'
  | 'KeyError'
  | 'StopIteration'
  | 'UnicodeDecodeError'
  | 'UnicodeEncodeError'
  | 'NameError'
  | 'NotImplementedError'
  | 'OSError'
  | 'OverflowError'
  | 'PanicError'
  | 'ParseError'
  | 'ScopeError'
  | 'StaticError'
  | 'TypeError'
  | 'ValueError'
  | 'WIP'
  | 'ZeroDivisionError'

export type Level = 'error' | 'note' | 'panic'

export interface Annotation {
  readonly level: Level
  /** Printed behind the underline; may be empty. */
  readonly text: string
  readonly span: Span
}

export interface Diagnostic {
  /** Stable name for tools, such as `mismatched-types`. */
  readonly code?: string
  readonly class: ErrorClass | (string & {})
  readonly message: string
  /** In the order in which they are printed. */
  readonly annotations: readonly Annotation[]
}

/** A running function, module body or class body, or a function that is being redshifted. */
export type FrameKind = 'astframe' | 'modframe' | 'classframe' | 'dopplerframe'

export interface Frame {
  readonly kind: FrameKind
  /** Empty where the place is known but not what was running there. */
  readonly fqn: string
  /** What was being evaluated in the frame when the error was raised. */
  readonly span: Span
}

/** Something to tell that stops nothing. */
export interface Warning {
  readonly diagnostic: Diagnostic
  /** Of an error that was put off, outermost first. */
  readonly traceback?: readonly Frame[]
}

/** An annotation of level `error`, the usual case. */
export function blame(text: string, span: Span): Annotation {
  return { level: 'error', text, span }
}

/** An annotation of level `note`. */
export function note(text: string, span: Span): Annotation {
  return { level: 'note', text, span }
}
