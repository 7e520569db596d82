/**
 * The error that a program of the user causes, at whatever stage.
 */
import { type Span, spanText } from '../source.ts'
import { blame, type Diagnostic, type Frame, type FrameKind, type Level } from './diagnostic.ts'
import { type RenderOptions, renderError } from './render.ts'

/** A span for tools: lines and columns count from 1, columns in code points, the end is exclusive. */
export interface PlacedSpan {
  readonly file: string
  readonly startLine: number
  readonly startCol: number
  readonly endLine: number
  readonly endCol: number
}

export interface PlacedAnnotation {
  readonly level: Level
  readonly message: string
  readonly span: PlacedSpan
  /** The text that the span covers. */
  readonly source: string
}

export interface PlacedFrame {
  readonly kind: FrameKind
  readonly fqn: string
  readonly span: PlacedSpan
  readonly source: string
}

/** An error for tools that came with another one. */
export interface PlacedError {
  readonly etype: string
  readonly message: string
  readonly annotations: readonly PlacedAnnotation[]
}

/** KEEP IN STEP: error-mark (src/runtime/errors): whoever has the class of the app runtime knows these errors, too. */
const mark = Symbol.for('unplugin-spy.SpyError')

export class SpyError extends Error {
  /** Class name without module, such as `TypeError`; `name` is the same, so that an uncaught error prints well. */
  readonly etype: string
  readonly diagnostic: Diagnostic
  /** Further errors that the same run found, in order of importance; only the front end finds several. */
  readonly more: readonly Diagnostic[]
  /** Innermost first, because they are collected while frames are left. */
  readonly #unwound: Frame[] = []

  /**
   * @param frames  what was running, outermost first
   */
  constructor(diagnostic: Diagnostic, frames: readonly Frame[] = [], more: readonly Diagnostic[] = []) {
    super(diagnostic.message)
    this.name = diagnostic.class
    this.etype = diagnostic.class
    this.diagnostic = diagnostic
    this.more = more
    for (const frame of [...frames].reverse()) this.addOuterFrame(frame)
  }

  get [mark](): boolean {
    return true
  }

  /**
   * Called by whoever leaves a frame because of this error: frames arrive innermost first. Functions of the library
   * count as built in: their frames are kept only as long as there is none of the program.
   */
  addOuterFrame(frame: Frame): void {
    const [innermost] = this.#unwound
    const isFirstOwn = innermost === undefined || isInsideLibrary(innermost)
    if (isInsideLibrary(frame)) {
      if (!isFirstOwn) return
    } else if (isFirstOwn) {
      this.#unwound.length = 0
    }
    this.#unwound.push(frame)
  }

  /** What was running, outermost first, with spans. */
  get traceback(): readonly Frame[] {
    return [...this.#unwound].reverse()
  }

  get annotations(): readonly PlacedAnnotation[] {
    return placeAnnotations(this.diagnostic)
  }

  /** What the same run found besides: an editor marks all of it. */
  get further(): readonly PlacedError[] {
    return this.more.map((next) => ({
      etype: next.class,
      message: next.message,
      annotations: placeAnnotations(next),
    }))
  }

  get frames(): readonly PlacedFrame[] {
    return this.traceback.map(({ kind, fqn, span }) => ({ kind, fqn, span: placeSpan(span), source: spanText(span) }))
  }

  /** The text that the command line and the overlay show; ends with a line break. */
  format(options: RenderOptions = {}): string {
    return renderError(this.diagnostic, this.traceback, this.more, options)
  }

  toJSON(): object {
    const { etype, message, annotations, frames, further } = this
    return further.length === 0
      ? { etype, message, annotations, frames }
      : { etype, message, annotations, frames, further }
  }
}

function placeAnnotations({ annotations }: Diagnostic): readonly PlacedAnnotation[] {
  return annotations.map(({ level, text, span }) => ({
    level,
    message: text,
    span: placeSpan(span),
    source: spanText(span),
  }))
}

function isInsideLibrary({ kind, span }: Frame): boolean {
  return kind === 'astframe' && span.file.isLibrary
}

export function placeSpan(span: Span): PlacedSpan {
  const start = span.file.lines.position(span.start)
  const end = span.file.lines.position(span.end)
  return {
    file: span.file.path,
    startLine: start.line,
    startCol: start.column + 1,
    endLine: end.line,
    endCol: end.column + 1,
  }
}

/** Stop with class `WIP`: the program is right, but we cannot do that yet. */
export function wip(message: string, span: Span): never {
  throw new SpyError({ class: 'WIP', message, annotations: [blame('this is not supported', span)] })
}
