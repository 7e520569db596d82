/**
 * `print(a, b, ...)`: blue arguments become text at blue time, red ones are printed by a function of their type.
 */
import { NONE, type SpyType, STR } from '../../objects/types.ts'
import type { FuncObject } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import type { KeywordArg } from '../dispatch/calls.ts'
import { unexpectedKeyword } from '../dispatch/diagnostics.ts'
import { blueType } from '../dispatch/types.ts'
import { asFunc } from '../vm/vm.ts'
import { compute, makeCall } from './apply.ts'
import { block, blueOperand, constantTree, effectsOf, type Operand, redOperand, treeOf } from './operand.ts'
import { stringOf } from './operations.ts'
import type { Typer } from './typer.ts'

export function isPrint(callee: Operand): boolean {
  return asFunc(callee.blue)?.fqn.text === 'builtins::print'
}

export function callPrint(
  t: Typer,
  callee: Operand,
  args: readonly Operand[],
  keywords: readonly KeywordArg[],
  span: Span,
): Operand {
  const keyword = keywords[0]
  if (keyword !== undefined) throw unexpectedKeyword(keyword.name, keyword.span, asFunc(callee.blue) as FuncObject)
  const texts = args.map((arg) => printable(t, arg))
  if (texts.length === 0) texts.push(blueOperand({ type: STR, value: '' }, span))
  const [only] = texts
  if (texts.length === 1 && only !== undefined) return redOperand(printOne(t, 'println', treeOf(only), span))
  // All arguments are evaluated before anything is written.
  const n = t.inlined++
  const body: TypedStmt[] = []
  const reads = texts.map((text, i): TypedExpr => {
    const tree = treeOf(text)
    const name = `arg${i}$${n}`
    t.addLocal(name, tree.type)
    body.push({ kind: 'AssignLocal', name, value: tree, span })
    return { kind: 'LocalRead', name, checked: false, type: tree.type, span }
  })
  reads.forEach((read, i) => {
    const value = printOne(t, i === reads.length - 1 ? 'println' : 'print1', read, span)
    body.push({ kind: 'ExprStmt', value, span })
  })
  return redOperand(block(body, constantTree({ type: NONE, value: null }, span)))
}

/** A blue argument as its text. */
function printable(t: Typer, arg: Operand): Operand {
  if (arg.blue === null) return arg
  return blueOperand({ type: STR, value: blueText(t, arg) }, arg.span, { before: effectsOf(arg) })
}

function blueText(t: Typer, arg: Operand): string {
  if (arg.type === STR) return arg.blue?.value as string
  const text = stringOf(t, { ...arg, before: [] }, 'str', arg.span)
  if (text.blue !== null) return text.blue.value as string
  return t.vm.evaluator.run(treeOf(text)) as string
}

/** `_print::println[T](value)` */
function printOne(t: Typer, name: 'println' | 'print1', value: TypedExpr, span: Span): TypedExpr {
  const generic = asFunc(t.vm.evaluator.importModule('_print').attributes.get(name))
  invariant(generic !== undefined, `module _print has ${name}`)
  const func = asFunc(compute(t, generic, [blueType(value.type as SpyType)], span))
  invariant(func !== undefined, 'a generic print function is a function')
  return makeCall(t, func, [value], span)
}
