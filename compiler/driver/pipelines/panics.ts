/**
 * Panics of compiled programs, told as the interpreter tells the same errors: the code that is left knows only where it
 * was, so what it was doing there is looked up in the source.
 */
import type { Node } from '../../syntax/ast.ts'
import { walk } from '../../syntax/ast.ts'
import { type Annotation, blame, type Frame, SpyError } from '../../text/diagnostics.ts'
import { endOf, type SourceFile, type Span } from '../../text/source.ts'
import type { OperationErrors } from '../../typed/tree.ts'
import type { Sources } from './front-end.ts'

/** What a program tells its host. Line and column count from 1, the column in code points. */
export interface Panic {
  readonly etype: string
  readonly message: string
  /** Undefined when it happened nowhere in particular. */
  readonly place: { readonly file: string; readonly line: number; readonly column: number } | undefined
}

/**
 * @param frames     what the host could find out about the functions that were running, outermost first
 * @param operations  how errors of operations on boxed values are told
 */
export function panicError(
  panic: Panic,
  frames: readonly Frame[],
  sources: Sources,
  operations: OperationErrors = new Map(),
): SpyError {
  const { etype, message, place } = panic
  const source = place && sources.get(place.file)
  const told = source && frameAt(source.file, place.line, place.column)
  const known = frames.length > 0 || told === undefined ? frames : [told]
  const innermost = known.at(-1)?.span
  const tree = innermost && !innermost.file.isLibrary ? sources.get(innermost.file.path)?.tree : undefined
  if (tree === undefined || innermost === undefined) {
    return new SpyError({ class: etype, message, annotations: [] }, known)
  }
  const operation = isRaise(tree, innermost.start) ? undefined : operations.get(`${etype}: ${message}`)
  const annotations =
    operation?.map(({ level, text, span = innermost }) => ({ level, text, span })) ??
    annotationsAt(tree, etype, message, innermost)
  return new SpyError({ class: etype, message, annotations }, known)
}

/** The program itself says what it wants. */
function isRaise(tree: Node, start: number): boolean {
  for (const node of walk(tree)) if (node.kind === 'Raise' && node.span.start === start) return true
  return false
}

/** The rest of the line, because nobody knows how far the place reaches. */
function frameAt(file: SourceFile, line: number, column: number): Frame {
  const start = file.lines.lineStart(line)
  const text = file.lines.lineText(line)
  const before = [...text].slice(0, Math.max(column - 1, 0)).join('')
  return { kind: 'astframe', fqn: '', span: file.span(start + before.length, start + text.length) }
}

/**
 * Assertions are shown as such, and pointers, names and callees that are wrong, and missing returns. Other errors are
 * told by their frames.
 */
function annotationsAt(tree: Node, etype: string, message: string, { file, start, end }: Span): readonly Annotation[] {
  const isCall = message === 'stack overflow' || message === 'call of an uninitialized function value'
  if (etype === 'PanicError' && isCall) return [blame('', { file, start, end })]
  const isPointer = etype === 'PanicError' && /^ptr_|NULL pointer/.test(message)
  const isUnset = message === 'read from uninitialized local'
  const isEnd = etype === 'TypeError' && message.startsWith('reached the end of the function')
  if (etype !== 'AssertionError' && !isPointer && !isUnset && !isEnd) return []
  for (const node of walk(tree)) {
    if (isEnd && node.kind === 'FuncDef' && node.span.end === start) return [blame('no return', endOf(node.span))]
    if (node.span.start !== start) continue
    if (isUnset && node.kind === 'Name') return [blame('', node.span)]
    if (isUnset && node.kind === 'AugAssign') return [blame('', node.target.span)]
    if (etype === 'AssertionError' && node.kind === 'Assert') return [blame('assertion failed', node.span)]
    const pointer = isPointer ? pointerOf(node) : undefined
    if (pointer !== undefined) return [blame('', pointer)]
  }
  return []
}

/** What stands before the brackets or the dot of an access. */
function pointerOf(node: Node): Span | undefined {
  switch (node.kind) {
    case 'GetItem':
    case 'GetAttr':
      return node.value.span
    case 'SetItem':
    case 'SetAttr':
    case 'AugSetItem':
    case 'AugSetAttr':
      return node.target.span
    default:
      return undefined
  }
}
