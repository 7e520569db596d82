/**
 * `raise` and `assert`.
 */
import { isSubtype, STR } from '../../objects/types.ts'
import type * as ast from '../../syntax/ast.ts'
import { note, SpyError } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN, type Span } from '../../text/source.ts'
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import { mismatchedTypes, withAnnotations } from '../dispatch/diagnostics.ts'
import { dispatchRaise, isExceptionType, RAISE, raiseArguments } from '../dispatch/raise.ts'
import { operate } from '../dispatch/typecheck.ts'
import { asType } from '../vm/vm.ts'
import { apply, convert } from './apply.ts'
import { condition } from './conditions.ts'
import { typeExpr } from './expressions.ts'
import { exprStmt, type Operand, treeOf } from './operand.ts'
import type { Typer } from './typer.ts'

export function typeRaise(t: Typer, stmt: ast.Raise): readonly TypedStmt[] {
  const { span } = stmt
  const computed = raiseWithMessage(t, stmt)
  if (computed !== undefined) return [exprStmt(treeOf(computed))]
  const exc = typeExpr(t, stmt.exc)
  return t.within(span, () => {
    const impl = operate('RAISE', span, () => dispatchRaise(t.vm, exc))
    return [exprStmt(treeOf(apply(t, impl, [exc], span)))]
  })
}

/** `raise E(message)` with a message that is computed at run time; undefined for anything else. */
function raiseWithMessage(t: Typer, { exc, span }: ast.Raise): Operand | undefined {
  if (exc.kind !== 'Call') return undefined
  const given = messageGiven(exc)
  if (given === undefined) return undefined
  const callee = typeExpr(t, exc.func)
  const type = asType(callee.blue)
  if (type === undefined || !isExceptionType(type)) return undefined
  const message = exceptionMessage(t, typeExpr(t, given), exc.span)
  t.colors?.set(exc, message.color)
  const args = raiseArguments(type, { kind: 'operand', index: 1 }, exc.span)
  return apply(t, { kind: 'call', func: RAISE, args }, [callee, message], span)
}

/** The argument, if there is only the message. */
function messageGiven({ args, keywords }: ast.Call): ast.Expr | undefined {
  const [only, ...more] = [...args, ...keywords]
  if (only === undefined || more.length > 0) return undefined
  if (only.kind !== 'Keyword') return only
  return only.name.value === 'message' ? only.value : undefined
}

/** Errors say, as for any call, that a function wanted something else. */
function exceptionMessage(t: Typer, message: Operand, call: Span): Operand {
  try {
    return convert(t, message, STR)
  } catch (error) {
    if (!(error instanceof SpyError)) throw error
    throw withAnnotations(error, [
      note('function defined here', BUILTINS_SPAN),
      note('operator::CALL called here', call),
    ])
  }
}

export function typeAssert(t: Typer, stmt: ast.Assert): readonly TypedStmt[] {
  const test = treeOf(condition(t, typeExpr(t, stmt.test)))
  let message: TypedExpr | null = null
  const { msg } = stmt
  if (msg !== null) {
    // Evaluated only on failure.
    const operand = t.perhaps(() => typeExpr(t, msg))
    if (!isSubtype(operand.type, STR)) throw mismatchedTypes(t.vm, STR, operand.type, operand.span)
    message = treeOf(operand)
  }
  return [{ kind: 'Assert', test, message, span: stmt.span }]
}
