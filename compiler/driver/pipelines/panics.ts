/**
 * Panics of compiled programs, told as the interpreter tells the same errors: the code that is left knows only where it
 * was, so what it was doing there is looked up in the source.
 */
import type { Node } from '../../syntax/ast.ts'
import { walk } from '../../syntax/ast.ts'
import { type Annotation, blame, type Frame, SpyError } from '../../text/diagnostics.ts'
import type { SourceFile, Span } from '../../text/source.ts'
import type { Sources } from './front-end.ts'

/** What a program tells its host. Line and column count from 1, the column in code points. */
export interface Panic {
  readonly etype: string
  readonly message: string
  /** Undefined when it happened nowhere in particular. */
  readonly place: { readonly file: string; readonly line: number; readonly column: number } | undefined
}

/**
 * @param frames  what the host could find out about the functions that were running, outermost first
 */
export function panicError(panic: Panic, frames: readonly Frame[], sources: Sources): SpyError {
  const { etype, message, place } = panic
  const source = place && sources.get(place.file)
  const innermost = frames.at(-1)?.span ?? (source && restOfLine(source.file, place.line, place.column))
  if (innermost === undefined) return new SpyError({ class: etype, message, annotations: [] }, frames)
  const tree = sources.get(innermost.file.path)?.tree
  const annotations = tree === undefined ? [] : annotationsAt(tree, etype, message, innermost.start)
  const known: readonly Frame[] = frames.length > 0 ? frames : [{ kind: 'astframe', fqn: '', span: innermost }]
  return new SpyError({ class: etype, message, annotations }, known)
}

function restOfLine(file: SourceFile, line: number, column: number): Span {
  const start = file.lines.lineStart(line)
  const text = file.lines.lineText(line)
  const before = [...text].slice(0, Math.max(column - 1, 0)).join('')
  return file.span(start + before.length, start + text.length)
}

/** Assertions are shown as such, and pointers that are wrong. Other errors are told by their frames. */
function annotationsAt(tree: Node, etype: string, message: string, start: number): readonly Annotation[] {
  const isPointer = etype === 'PanicError' && /^ptr_|NULL pointer/.test(message)
  if (etype !== 'AssertionError' && !isPointer) return []
  for (const node of walk(tree)) {
    if (node.span.start !== start) continue
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
