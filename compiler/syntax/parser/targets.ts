/**
 * Expressions as targets. What stands left of `=` is parsed as an expression, because only the `=` shows that it is a
 * target; here it is looked at again.
 */
import { unreachable } from '../../text/diagnostics.ts'
import type { Expr, SingleTarget, StrLiteral, UnpackTarget } from '../ast.ts'
import { notImplemented } from './diagnostics.ts'
import type { Parser } from './parser.ts'

/** The word for an expression in messages such as `cannot assign to function call`. */
export function expressionName(p: Parser, expr: Expr): string {
  switch (expr.kind) {
    case 'Name':
      return 'name'
    case 'Auto':
      return REFUSED_NAMES[p.refused.get(expr)?.what ?? ''] ?? 'expression'
    case 'Literal':
      return p.typedLiterals.has(expr) ? 'function call' : literalName(p, expr)
    case 'StrLiteral':
    case 'BytesLiteral':
      return 'literal'
    case 'JoinedStr':
      return 'f-string expression'
    case 'GetItem':
      return 'subscript'
    case 'GetAttr':
      return 'attribute'
    case 'List':
      return 'list'
    case 'Tuple':
      return 'tuple'
    case 'Set':
      return 'set display'
    case 'Dict':
      return 'dict literal'
    case 'ListComp':
      return 'list comprehension'
    case 'SetComp':
      return 'set comprehension'
    case 'DictComp':
      return 'dict comprehension'
    case 'Call':
    case 'CallMethod':
    case 'BlockExpr':
      return 'function call'
    case 'CmpOp':
    case 'CmpChain':
      return 'comparison'
    case 'IfExp':
      return 'conditional expression'
    case 'AssignExpr':
      return 'named expression'
    case 'BinOp':
    case 'And':
    case 'Or':
    case 'UnaryOp':
    case 'Slice':
      return 'expression'
    default:
      return unreachable(expr)
  }
}

const REFUSED_NAMES: Readonly<Record<string, string>> = {
  Starred: 'starred',
  Lambda: 'lambda',
  GeneratorExp: 'generator expression',
  Yield: 'yield expression',
  YieldFrom: 'yield expression',
  Await: 'await expression',
  Ellipsis: 'ellipsis',
  ListComp: 'list comprehension',
  SetComp: 'set comprehension',
  DictComp: 'dict comprehension',
}

function literalName(p: Parser, expr: Extract<Expr, { kind: 'Literal' }>): string {
  if (p.folded.has(expr)) return 'expression'
  switch (expr.value.type) {
    case 'bool':
      return expr.value.value ? 'True' : 'False'
    case 'NoneType':
      return 'None'
    default:
      return 'literal'
  }
}

/** The first part of `expr` that nothing can be assigned to, if any. */
export function invalidTarget(p: Parser, expr: Expr, use: 'assign' | 'for' | 'delete' = 'assign'): Expr | undefined {
  switch (expr.kind) {
    case 'Name':
    case 'GetAttr':
    case 'GetItem':
      return undefined
    case 'List':
    case 'Tuple':
      return firstInvalid(p, expr.items, use)
    case 'CmpOp':
      return use === 'for' && expr.op === 'in' ? invalidTarget(p, expr.left, use) : expr
    case 'Auto': {
      const refused = p.refused.get(expr)
      if (refused?.what === 'Starred' && use === 'delete') return expr
      return refused?.what === 'Starred' ? firstInvalid(p, refused.parts, use) : expr
    }
    default:
      return expr
  }
}

function firstInvalid(p: Parser, items: readonly Expr[], use: 'assign' | 'for' | 'delete'): Expr | undefined {
  for (const item of items) {
    const invalid = invalidTarget(p, item, use)
    if (invalid !== undefined) return invalid
  }
  return undefined
}

export function nameLiteral(name: Extract<Expr, { kind: 'Name' }>): StrLiteral {
  return { kind: 'StrLiteral', span: name.span, value: name.id }
}

/**
 * The target of an unpacking. Items that are no names are refused.
 *
 * @param mark  where refusals inside the target start; those of starred items are replaced
 */
export function unpackTarget(p: Parser, tuple: Extract<Expr, { kind: 'Tuple' }>, mark: number): UnpackTarget {
  p.refusals.length = mark
  const targets: SingleTarget[] = []
  for (const item of tuple.items) {
    if (item.kind === 'Name') targets.push({ kind: 'SingleTarget', span: item.span, name: nameLiteral(item) })
    else p.refuse(notImplemented('assign to complex expressions', item.span))
  }
  return { kind: 'UnpackTarget', span: tuple.span, targets }
}

/** The target of a `for`: a name or a flat tuple of names; anything else is refused. */
export function loopTarget(p: Parser, expr: Expr, mark: number): StrLiteral | UnpackTarget {
  if (expr.kind === 'Name') return nameLiteral(expr)
  if (expr.kind === 'Tuple' && expr.items.every((item) => item.kind === 'Name')) return unpackTarget(p, expr, mark)
  p.refuseWhole(mark, notImplemented('complex for loop targets', expr.span))
  return { kind: 'StrLiteral', span: expr.span, value: '_' }
}
