/**
 * Errors of compiled programs as the compiler itself tells errors: with the text of the sources, and with the SPy frames
 * that the stack of wasm functions shows. An interpreted program raises such errors by itself.
 */
import {
  type Frame,
  type OperationErrors,
  type Panic,
  panicError,
  type Sources,
  type Span,
  SpyError,
} from '../../compiler/node.ts'
import { SpyError as RuntimeError } from '../runtime/index.ts'
import { wasmFrames } from './wasm-stack.ts'

/** What is known about a program beside its bytes. */
export interface ProgramSources {
  readonly sources: Sources
  readonly operations: OperationErrors
  /** Where code comes from: the name of its function and its offset in the module. Undefined where nobody kept it. */
  placeOf(name: string, offset: number): CodePlace | undefined
  /** What stands where a panic says that it happened, if that is known. */
  nodeAt?(panic: Panic): { readonly fqn: string; readonly span: Span } | undefined
}

/** A place in a function, which may have been expanded where it is called. */
export interface CodePlace extends Span {
  readonly fqn: string
  readonly caller: CodePlace | undefined
}

/**
 * Anything that is not raised by SPy code is given back as it is.
 *
 * @param left  what left the program, which the error tells in words of SPy; its stack shows where the program was
 */
export function explain(error: unknown, left: unknown, program: ProgramSources): unknown {
  if (!(error instanceof RuntimeError) || error instanceof SpyError) return error
  const { etype, message } = error
  const span = error.frames.at(-1)?.span
  const place = span && { file: span.file, line: span.startLine, column: span.startCol }
  const panic: Panic = { etype, message, place }
  const { stack = '' } = left instanceof Error ? left : error
  const frames = framesOf(stack, program)
  const node = program.nodeAt?.(panic)
  const known = node === undefined ? frames : endingWith({ kind: 'astframe', ...node }, frames)
  return panicError(panic, known, program.sources, program.operations)
}

/** The panic itself knows better where it happened than the stack, which knows how it came there. */
function endingWith(innermost: Frame, frames: readonly Frame[]): readonly Frame[] {
  const isIt = ({ fqn, span }: Frame): boolean => (innermost.fqn || fqn) === fqn && !span.file.isLibrary
  const at = frames.length - 1 - [...frames].reverse().findIndex(isIt)
  const { fqn } = frames[at] ?? innermost
  return [...frames.slice(0, Math.max(at, 0)), { ...innermost, fqn }]
}

/** Outermost first. Functions without a place are those that the compiler made for itself. */
function framesOf(stack: string, program: ProgramSources): readonly Frame[] {
  return wasmFrames(stack)
    .flatMap(({ name, offset }) => [...expandedFrames(program.placeOf(name, offset))])
    .reverse()
}

/** One wasm frame may be several of SPy. Innermost first. */
function* expandedFrames(innermost: CodePlace | undefined): Iterable<Frame> {
  for (let place = innermost; place !== undefined; place = place.caller) {
    const { fqn, file, start, end } = place
    if (file.isReadable) yield { kind: 'astframe', fqn, span: { file, start, end } }
  }
}
