/**
 * The error that a SPy program raises, as an app sees it. The compiler has a class of its own with the same surface,
 * which knows the source text; the mark makes `instanceof` true for both, whichever copy of this file asks.
 */

/** Lines and columns count from 1, columns in code points; the end is exclusive. */
export interface SpySpan {
  readonly file: string
  readonly startLine: number
  readonly startCol: number
  readonly endLine: number
  readonly endCol: number
}

export interface SpyAnnotation {
  readonly level: 'error' | 'note' | 'panic'
  readonly message: string
  readonly span: SpySpan
  /** The text that the span covers; empty where the program does not carry its sources. */
  readonly source: string
}

export interface SpyFrame {
  readonly kind: 'astframe' | 'modframe' | 'classframe' | 'dopplerframe'
  /** Empty where the place is known but not what was running there. */
  readonly fqn: string
  readonly span: SpySpan
  readonly source: string
}

/** KEEP IN STEP: error-mark (compiler/text/diagnostics/spy-error) */
const mark = Symbol.for('unplugin-spy.SpyError')

export class SpyError extends Error {
  // The constructor sets all of them; code that declares them would only cost bytes in every app.
  /** Name of the SPy class, such as `ZeroDivisionError`; `name` is the same. */
  declare readonly etype: string
  declare readonly annotations: readonly SpyAnnotation[]
  /** What was running, outermost first. */
  declare readonly frames: readonly SpyFrame[]

  constructor(
    etype: string,
    message: string,
    frames: readonly SpyFrame[] = [],
    annotations: readonly SpyAnnotation[] = [],
  ) {
    super(message)
    this.name = this.etype = etype
    this.frames = frames
    this.annotations = annotations
  }

  get [mark](): boolean {
    return true
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return !!(value as { readonly [mark]?: boolean } | null | undefined)?.[mark]
  }

  /** The text that the command line shows, without the lines that it would quote from the sources. */
  format(_options?: { readonly color?: boolean }): string {
    const places = this.frames.map(({ fqn, span }) => `  * ${fqn && `${fqn} `}at ${span.file}:${span.startLine}\n`)
    return `Traceback (most recent call last):\n${places.join('')}\n${this.etype}: ${this.message}\n`
  }
}
