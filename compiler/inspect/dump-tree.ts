/** Syntax trees as text. */
import type { Node } from '../syntax/ast.ts'
import { dumpShape, type ShapeDumpOptions } from './dump-shape.ts'
import { type SyntaxShapeOptions, syntaxShape } from './syntax-shape.ts'

export type DumpOptions = ShapeDumpOptions & SyntaxShapeOptions

export function dumpTree(node: Node, options: DumpOptions = {}): string {
  return dumpShape(syntaxShape(node, options), options)
}
