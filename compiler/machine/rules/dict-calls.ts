/**
 * `dict(a=1, b=2)` and `dict(pairs, a=1)`: the names are keys. Every argument is evaluated before the dict is made.
 */
import { type SpyType, STR, unionType } from '../../objects/types.ts'
import type { Span } from '../../text/source.ts'
import type { TypedStmt } from '../../typed/tree.ts'
import { blueType } from '../dispatch/types.ts'
import { asFunc, asType } from '../vm/vm.ts'
import { bind } from './apply.ts'
import { displayType } from './displays.ts'
import { block, blueOperand, exprStmt, type Operand, redOperand, treeOf } from './operand.ts'
import { call, callMethod, type TypedKeyword } from './operations.ts'
import type { Typer } from './typer.ts'

/** Undefined if nothing is given by name, or something else is called. */
export function callDict(
  t: Typer,
  callee: Operand,
  args: readonly Operand[],
  keywords: readonly TypedKeyword[],
  span: Span,
): Operand | undefined {
  if (keywords.length === 0 || !isDict(callee)) return undefined
  const body: TypedStmt[] = []
  const generic = held(t, callee, body)
  const positional = args.map((arg) => held(t, arg, body))
  const named = keywords.map(({ name, value }) => ({ name, value: held(t, value, body) }))
  const type = args.length === 0 && asType(callee.blue) === undefined ? dictOf(t, keywords, span) : generic
  const dict = { ...redOperand(bind(t, treeOf(call(t, type, positional, [], span)), body)), span }
  for (const { name, value } of named) {
    const item = [blueOperand({ type: STR, value: name }, value.span), value]
    body.push(exprStmt(treeOf(callMethod(t, dict, '__setitem__', span, item, [], span))))
  }
  return redOperand(block(body, treeOf(dict)))
}

/** The operand, evaluated before what is added to `body` behind it. */
function held(t: Typer, operand: Operand, body: TypedStmt[]): Operand {
  if (operand.tree !== null) return { ...operand, tree: bind(t, operand.tree, body) }
  body.push(...operand.before)
  return { ...operand, before: [] }
}

/** The generic, or a type that it has made. */
function isDict(callee: Operand): boolean {
  const generic: { readonly fqn: SpyType['fqn'] } | null | undefined =
    asFunc(callee.blue) ?? asType(callee.blue)?.origin
  return generic?.fqn.text === '_dict::dict'
}

function dictOf(t: Typer, keywords: readonly TypedKeyword[], span: Span): Operand {
  const values = keywords.map(({ value }) => value.type).reduce(unionType)
  return blueOperand(blueType(displayType(t, '_dict', 'dict', [STR, values], span)), span)
}
