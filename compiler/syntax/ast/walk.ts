/**
 * Generic ways over a tree. A pass that treats kinds differently is a `switch` of its own; these are for searching.
 */
import { spanText } from '../../text/source.ts'
import { fieldsOf, isNode } from './fields.ts'
import type { Node, NodeKind, NodeOf } from './nodes.ts'

/** The nodes directly below `node`, in the order of its fields. */
export function* children(node: Node): Generator<Node> {
  for (const [, value] of fieldsOf(node)) {
    if (Array.isArray(value)) yield* value.filter(isNode)
    else if (isNode(value)) yield value
  }
}

/** `node` and everything below it, parents before children. */
export function* walk(node: Node): Generator<Node> {
  yield node
  for (const child of children(node)) yield* walk(child)
}

/** `node` and everything below it, children before parents. */
export function* walkPostOrder(node: Node): Generator<Node> {
  for (const child of children(node)) yield* walkPostOrder(child)
  yield node
}

/** The first node of a kind, parents before children, whose source text is `source`. */
export function find<K extends NodeKind>(root: Node, kind: K, source: string): NodeOf<K> | undefined {
  for (const node of walk(root)) {
    if (isOfKind(node, kind) && spanText(node.span) === source) return node
  }
  return undefined
}

function isOfKind<K extends NodeKind>(node: Node, kind: K): node is NodeOf<K> {
  return node.kind === kind
}
