/**
 * Generic ways over a tree. A pass that treats kinds differently is a `switch` of its own; these are for searching.
 */
import { unreachable } from '../../text/diagnostics.ts'
import { spanText } from '../../text/source.ts'
import type { Comprehension, Expr, Keyword } from './expressions.ts'
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

/**
 * Call `visit` for each expression directly below `expr`, in the order of their evaluation. The statements of a
 * `BlockExpr` and the generators of a comprehension are not visited: what they mean depends on who asks.
 */
export function forEachOperand(expr: Expr, visit: (operand: Expr) => void): void {
  switch (expr.kind) {
    case 'Name':
    case 'Auto':
    case 'Literal':
    case 'StrLiteral':
    case 'BytesLiteral':
      return
    case 'JoinedStr':
      for (const part of expr.parts) {
        if (part.kind !== 'FormattedValue') continue
        visit(part.value)
        if (part.spec !== null) visit(part.spec)
      }
      return
    case 'GetItem':
      visit(expr.value)
      for (const arg of expr.args) visit(arg)
      return
    case 'List':
    case 'Tuple':
    case 'Set':
      for (const item of expr.items) visit(item)
      return
    case 'Dict':
      for (const { key, value } of expr.items) {
        visit(key)
        visit(value)
      }
      return
    case 'ListComp':
    case 'SetComp':
      visit(expr.element)
      return
    case 'DictComp':
      visit(expr.key)
      visit(expr.value)
      return
    case 'Call':
      visit(expr.func)
      visitArguments(expr.args, expr.keywords, visit)
      return
    case 'CallMethod':
      visit(expr.target)
      visitArguments(expr.args, expr.keywords, visit)
      return
    case 'GetAttr':
      visit(expr.value)
      return
    case 'Slice':
      visit(expr.start)
      visit(expr.stop)
      visit(expr.step)
      return
    case 'BinOp':
    case 'CmpOp':
    case 'And':
    case 'Or':
      visit(expr.left)
      visit(expr.right)
      return
    case 'CmpChain':
      visit(expr.left)
      for (const comparator of expr.comparators) visit(comparator)
      return
    case 'UnaryOp':
    case 'AssignExpr':
    case 'BlockExpr':
      visit(expr.value)
      return
    case 'IfExp':
      visit(expr.test)
      visit(expr.body)
      visit(expr.orelse)
      return
    default:
      unreachable(expr)
  }
}

function visitArguments(args: readonly Expr[], keywords: readonly Keyword[], visit: (operand: Expr) => void): void {
  for (const arg of args) visit(arg)
  for (const keyword of keywords) visit(keyword.value)
}

/** The names that a `for` or one loop of a comprehension assigns to. */
export function loopNames({ target }: Pick<Comprehension, 'target'>): readonly Extract<Node, { kind: 'StrLiteral' }>[] {
  return target.kind === 'StrLiteral' ? [target] : target.targets.map(({ name }) => name)
}

/** What stands between the operators of a chain, in order. It nests to the left, as deep as a sum is long: no recursion. */
export function forEachInChain(expr: Expr, visit: (operand: Expr) => void): void {
  const rights: Expr[] = []
  let left = expr
  while (left.kind === 'BinOp' || left.kind === 'And' || left.kind === 'Or') {
    rights.push(left.right)
    left = left.left
  }
  visit(left)
  for (const right of rights.reverse()) visit(right)
}
