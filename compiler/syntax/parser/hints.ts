/**
 * What the user may have meant. These run only when there is an error for certain; they either fail with a better
 * message than `invalid syntax` or return, so that the production around them fails.
 */
import type { Expr } from '../ast.ts'
import { SOFT_KEYWORDS, T } from '../lexer.ts'
import { GRAMMAR } from './diagnostics.ts'
import type { Parser } from './parser.ts'
import { expressionName } from './targets.ts'

/**
 * An expression is followed by another one with nothing between them.
 *
 * @param first  index of the first token of `expr`
 */
export function explainAdjacent(p: Parser, first: number, expr: Expr): void {
  if (p.isLookingAhead || isDeclarationWord(p, first) || isDeclarationWord(p, p.at)) return
  const isOneName = expr.kind === 'Name' && p.at === first + 1
  const firstText = p.textAt(first)
  if (isOneName && (firstText === 'print' || firstText === 'exec')) {
    if (p.lookAhead(p.productions.starExpressions) !== -1)
      p.fail(GRAMMAR.missingParentheses(firstText), expr.span.start)
    return
  }
  const startsWithName = p.kinds[first] === T.name
  if (startsWithName && (p.kinds[first + 1] === T.string || SOFT_KEYWORDS.has(firstText))) return
  const end = p.lookAhead(p.productions.expression)
  if (end === -1 || p.bracketLevel(end - 1) === 0) return
  p.fail(GRAMMAR.forgotComma, p.starts[first])
}

/** `var x` and `const x` where no declaration can be. */
function isDeclarationWord(p: Parser, index: number): boolean {
  if (p.kinds[index] !== T.name || p.kinds[index + 1] !== T.name) return false
  const word = p.textAt(index)
  return word === 'var' || word === 'const'
}

/**
 * An expression is followed by `=` where none can stand.
 *
 * @param first  index of the first token of `expr`
 */
export function explainAssignment(p: Parser, first: number, expr: Expr): void {
  if (p.isLookingAhead) return
  const end = p.lookAhead((ahead) => {
    ahead.advance()
    ahead.productions.bitwiseOr(ahead)
  })
  if (end === -1) return
  const behind = p.kinds[end]
  if (behind === T.assign || behind === T.walrus) return
  if (expr.kind === 'Name' && p.at === first + 1) p.fail(GRAMMAR.meantComparison, expr.span.start)
  if (startsWithDisplay(p, first) || !isOperand(p, first, expr)) return
  p.fail(GRAMMAR.cannotAssignHere(expressionName(p, expr)), expr.span.start)
}

/** Whether a list, tuple, generator or one of the constant names stands at the start, assigned to or not. */
function startsWithDisplay(p: Parser, first: number): boolean {
  switch (p.kinds[first]) {
    case T.bracketOpen:
    case T.kwTrue:
    case T.kwFalse:
    case T.kwNone:
      return true
    case T.parenOpen:
      return hasCommaOrFor(p, first)
    default:
      return false
  }
}

/** Whether the parentheses that open at `open` hold a tuple or a generator. */
function hasCommaOrFor(p: Parser, open: number): boolean {
  if (p.kinds[open + 1] === T.parenClose) return true
  let level = 0
  for (let at = open; at < p.at; at++) {
    const kind = p.kinds[at]
    if (kind === T.parenOpen || kind === T.bracketOpen || kind === T.braceOpen) level++
    else if (kind === T.parenClose || kind === T.bracketClose || kind === T.braceClose) level--
    else if (level === 1 && (kind === T.comma || kind === T.kwFor)) return true
    if (level === 0) return false
  }
  return false
}

/** Whether an expression is an operand: parenthesised, or without comparison, `not`, `and`, `or`, `if` and `lambda`. */
function isOperand(p: Parser, first: number, expr: Expr): boolean {
  const isParenthesised = p.starts[first] !== expr.span.start
  if (isParenthesised) return true
  switch (expr.kind) {
    case 'CmpOp':
    case 'CmpChain':
    case 'And':
    case 'Or':
    case 'IfExp':
      return false
    case 'UnaryOp':
      return expr.op !== 'not'
    case 'Auto':
      return p.refused.get(expr)?.what !== 'Lambda'
    default:
      return true
  }
}
