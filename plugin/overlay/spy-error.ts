/**
 * What the plugin reads of an error of the compiler. Told by shape, so that an error which crossed a worker, or came
 * from another copy of the compiler, is shown as well as any other.
 */

export type SpyErrorLike = Error &
  DiagnosticLike & {
    /** What was running, outermost first. */
    readonly frames?: readonly FrameLike[]
    /** What the same run found besides. */
    readonly further?: readonly DiagnosticLike[]
    /** The text of the command line. */
    format(options?: { readonly color?: boolean }): string
  }

export interface DiagnosticLike {
  /** Class of the error, such as `TypeError`. */
  readonly etype: string
  readonly message: string
  readonly annotations: readonly AnnotationLike[]
}

export interface FrameLike {
  readonly kind: string
  readonly fqn: string
  readonly span: AnnotationLike['span']
}

/** Lines and columns count from 1, columns in code points; the end is exclusive. */
export interface AnnotationLike {
  readonly level: string
  readonly message: string
  readonly span: {
    readonly file: string
    readonly startLine: number
    readonly startCol: number
    readonly endLine: number
    readonly endCol: number
  }
}

export function isSpyError(error: unknown): error is SpyErrorLike {
  return error instanceof Error && 'etype' in error && 'annotations' in error && Array.isArray(error.annotations)
}

/** An error about the world outside, or a mistake of the compiler: what was tried or where it was, and what to do. */
export interface HostErrorLike extends Error {
  format(): string
}

export function isHostError(error: unknown): error is HostErrorLike {
  if (!(error instanceof Error) || !['HostError', 'InternalError'].includes(error.name)) return false
  return 'format' in error && typeof error.format === 'function'
}
