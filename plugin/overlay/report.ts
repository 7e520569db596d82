/**
 * An error of the compiler, or of the world outside, as facts from which each host's kind of error is made.
 */
import { readFileSync } from 'node:fs'
import { codeFrame } from './frame.ts'
import {
  type AnnotationLike,
  type DiagnosticLike,
  type FrameLike,
  isHostError,
  isSpyError,
  type SpyErrorLike,
} from './spy-error.ts'

export interface ErrorReport {
  /** One line: `TypeError: mismatched types`. */
  readonly headline: string
  /** Where the error is; undefined if it has no place. */
  readonly place: ErrorPlace | undefined
  /** Code frame of the file in `place`; empty if there is none. */
  readonly frame: string
  /** What is to be said besides: frames of other files, further errors, what was tried. Empty if there is nothing. */
  readonly details: string
}

export interface ErrorPlace {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 0. */
  readonly column: number
  /** Length on its line, in code points. */
  readonly length: number
  /** What the annotation at the place says; may be empty. */
  readonly text: string
}

/**
 * @param readText  text of a source file, or undefined if it cannot be had
 * @returns undefined for errors that are not the compiler's, which stay as they are
 */
export function reportError(error: unknown, readText = readSource): ErrorReport | undefined {
  if (isSpyError(error)) return reportSpyError(error, readText)
  if (isHostError(error)) {
    const [headline = '', ...details] = error.format().trimEnd().split('\n')
    return { headline, place: undefined, frame: '', details: details.join('\n') }
  }
  return undefined
}

type ReadText = (path: string) => string | undefined

function reportSpyError(error: SpyErrorLike, readText: ReadText): ErrorReport {
  const { frames = [] } = error
  const main = mainAnnotation(error) ?? innermost(frames)
  const annotations = main === undefined || error.annotations.length > 0 ? error.annotations : [main]
  const { etype, message } = error
  const [frame = '', ...others] = framesOf({ etype, message, annotations }, readText)
  const further = (error.further ?? []).map((next) => describe(next, readText))
  return {
    headline: headlineOf(error),
    place: main === undefined ? undefined : placeOf(main),
    frame,
    details: [...others, ...traceback(frames), ...further].join('\n\n'),
  }
}

/** What raises says nothing about its place: that is where it was running. */
function innermost(frames: readonly FrameLike[]): AnnotationLike | undefined {
  const last = frames.at(-1)
  return last && { level: 'error', message: '', span: last.span }
}

const FRAME_PREFIX: Readonly<Record<string, string>> = {
  modframe: '[module] ',
  classframe: '[classdef] ',
  dopplerframe: '[redshift] ',
}

/** How the error came about, in the words of the command line. One frame alone says no more than the place does. */
function traceback(frames: readonly FrameLike[]): readonly string[] {
  if (frames.length < 2) return []
  const lines = frames.map(
    ({ kind, fqn, span }) => `  * ${FRAME_PREFIX[kind] ?? ''}${fqn} at ${span.file}:${span.startLine}`,
  )
  return [['Traceback (most recent call last):', ...lines].join('\n')]
}

function headlineOf({ etype, message }: DiagnosticLike): string {
  return `${etype}: ${message}`
}

/** An error that came with another one, as one text. */
function describe(error: DiagnosticLike, readText: ReadText): string {
  const main = mainAnnotation(error)
  const place = main === undefined ? '' : `${main.span.file}:${main.span.startLine}`
  const [frame = '', ...others] = framesOf(error, readText)
  const first = [headlineOf(error), place, frame].filter((text) => text !== '').join('\n')
  return [first, ...others].join('\n\n')
}

/** Where an error is said to be: at what is wrong, not at what is noted beside it. */
function mainAnnotation({ annotations }: DiagnosticLike): AnnotationLike | undefined {
  return annotations.find(({ level }) => level !== 'note') ?? annotations[0]
}

/** Code frames: that of the file which the error is in, without its name (empty if it has no text); then the others. */
function framesOf(error: DiagnosticLike, readText: ReadText): readonly string[] {
  const main = mainAnnotation(error)
  if (main === undefined) return []
  const files = new Map<string, AnnotationLike[]>([[main.span.file, [main]]])
  const seen = new Set([JSON.stringify(main)])
  for (const annotation of error.annotations) {
    // What several parties have noted at the same place is said once.
    const text = JSON.stringify(annotation)
    if (seen.has(text)) continue
    seen.add(text)
    const { file } = annotation.span
    files.set(file, [...(files.get(file) ?? []), annotation])
  }
  const frames = [...files].map(([file, annotations]) => {
    const text = readText(file)
    const frame = text === undefined ? '' : codeFrame(annotations, text)
    return file === main.span.file || frame === '' ? frame : `${file}:${annotations[0]?.span.startLine}\n${frame}`
  })
  return frames.filter((frame, index) => index === 0 || frame !== '')
}

function placeOf({ message, span }: AnnotationLike): ErrorPlace {
  const { file, startLine, startCol, endLine, endCol } = span
  const length = startLine === endLine ? Math.max(1, endCol - startCol) : 1
  return { file, line: startLine, column: startCol - 1, length, text: message }
}

function readSource(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined // a name in angle brackets, or a file that has gone
  }
}
