/**
 * Errors of compiled programs as the compiler itself tells errors: with the text of the sources, and with the SPy frames
 * that the stack of wasm functions shows. An interpreted program raises such errors by itself.
 */
import { type Frame, type SourceFile, type Span, SpyError } from '../../compiler/node.ts'
import { SpyError as RuntimeError } from '../runtime/index.ts'
import { wasmFrames } from './wasm-stack.ts'

/** What is known about a program beside its bytes. */
export interface ProgramSources {
  readonly files: ReadonlyMap<string, SourceFile>
  /** Where code comes from: the name of its function and its offset in the module. Undefined where nobody kept it. */
  placeOf(name: string, offset: number): CodePlace | undefined
}

/** A place in a function, which may have been expanded where it is called. */
export interface CodePlace extends Span {
  readonly fqn: string
  readonly caller: CodePlace | undefined
}

/** Anything that is not raised by SPy code is given back as it is. */
export function explain(error: unknown, sources: ProgramSources): unknown {
  if (!(error instanceof RuntimeError) || error instanceof SpyError) return error
  const diagnostic = { class: error.etype, message: error.message, annotations: [] }
  const frames = framesOf(error.stack ?? '', sources)
  const place = error.frames.at(-1)
  if (frames.length > 0 || place === undefined) return new SpyError(diagnostic, frames)
  const file = sources.files.get(place.span.file)
  if (file === undefined) return error
  const span = pointSpan(file, place.span.startLine, place.span.startCol)
  return new SpyError(diagnostic, [{ kind: 'astframe', fqn: place.fqn, span }])
}

/** Outermost first. Functions without a place are those that the compiler made for itself. */
function framesOf(stack: string, sources: ProgramSources): readonly Frame[] {
  return wasmFrames(stack)
    .flatMap(({ name, offset }) => [...expandedFrames(sources.placeOf(name, offset))])
    .reverse()
}

/** One wasm frame may be several of SPy. Innermost first. */
function* expandedFrames(innermost: CodePlace | undefined): Iterable<Frame> {
  for (let place = innermost; place !== undefined; place = place.caller) {
    const { fqn, file, start, end } = place
    if (file.isReadable) yield { kind: 'astframe', fqn, span: { file, start, end } }
  }
}

/** The rest of the line from a place; line and column count from 1, the column in code points. */
function pointSpan(file: SourceFile, line: number, column: number): Span {
  const start = file.lines.lineStart(line)
  const text = file.lines.lineText(line)
  const before = [...text].slice(0, Math.max(column - 1, 0)).join('')
  return file.span(start + before.length, start + text.length)
}
