/**
 * `raise` and `assert`.
 */
import { I32, isSubtype, type SpyType, STR } from '../../objects/types.ts'
import type * as ast from '../../syntax/ast.ts'
import { blame, note, SpyError } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN, type Span } from '../../text/source.ts'
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import { mismatchedTypes, typeError, withAnnotations } from '../dispatch/diagnostics.ts'
import { isExceptionType, RAISE } from '../dispatch/raise.ts'
import { operate } from '../dispatch/typecheck.ts'
import { asBlueObject } from '../vm/objects.ts'
import { asType } from '../vm/vm.ts'
import { convert, makeCall } from './apply.ts'
import { condition } from './conditions.ts'
import { typeExpr } from './expressions.ts'
import { constantTree, exprStmt, type Operand, treeOf } from './operand.ts'
import type { Typer } from './typer.ts'

export function typeRaise(t: Typer, stmt: ast.Raise): readonly TypedStmt[] {
  const { span } = stmt
  const computed = raiseWithMessage(t, stmt)
  if (computed !== undefined) return computed
  const exc = typeExpr(t, stmt.exc)
  return t.within(span, () => {
    if (exc.blue === null) {
      operate('RAISE', span, () => {
        throw typeError('`raise` only accepts blue values for now', [blame('this is red', exc.span)])
      })
    }
    const type = asType(exc.blue)
    const object = asBlueObject(exc.blue)
    if (type !== undefined && isExceptionType(type)) return raiseCall(t, type, blueText('', exc.span), exc.span, span)
    if (object?.what === 'exception')
      return raiseCall(t, object.type, blueText(object.message, exc.span), exc.span, span)
    operate('RAISE', span, () => {
      throw typeError(`cannot raise \`${t.vm.human(exc.type)}\``, [
        blame(`this is \`${t.vm.human(exc.type)}\``, exc.span),
      ])
    })
    return []
  })
}

function blueText(text: string, span: Span): TypedExpr {
  return constantTree({ type: STR, value: text }, span)
}

/** `raise E(message)` with a message that is computed at run time. */
function raiseWithMessage(t: Typer, stmt: ast.Raise): readonly TypedStmt[] | undefined {
  const { exc } = stmt
  if (exc.kind !== 'Call' || exc.args.length !== 1 || exc.keywords.length > 0 || exc.func.kind !== 'Name')
    return undefined
  const type = asType(typeExpr(t, exc.func).blue)
  if (type === undefined || !isExceptionType(type)) return undefined
  const message = exceptionMessage(t, typeExpr(t, exc.args[0] as ast.Expr), exc.span)
  return raiseCall(t, type, treeOf(message), exc.span, stmt.span)
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

function raiseCall(t: Typer, type: SpyType, message: TypedExpr, exc: Span, span: Span): readonly TypedStmt[] {
  const line = exc.file.lines.lineAt(exc.start)
  const args = [
    blueText(type.fqn.last.name, exc),
    message,
    blueText(exc.file.path, exc),
    constantTree({ type: I32, value: line }, exc),
  ]
  return [exprStmt(makeCall(t, RAISE, args, span))]
}

export function typeAssert(t: Typer, stmt: ast.Assert): readonly TypedStmt[] {
  const test = treeOf(condition(t, typeExpr(t, stmt.test)))
  let message: TypedExpr | null = null
  if (stmt.msg !== null) {
    // Evaluated only on failure, so nothing that it assigns is assigned behind the statement.
    const assigned = new Set(t.assigned)
    const operand = typeExpr(t, stmt.msg)
    if (!isSubtype(operand.type, STR)) throw mismatchedTypes(t.vm, STR, operand.type, operand.span)
    message = treeOf(operand)
    t.assigned = assigned
  }
  return [{ kind: 'Assert', test, message, span: stmt.span }]
}
