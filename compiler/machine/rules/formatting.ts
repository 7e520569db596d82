/**
 * f-strings: their parts are joined in order. What format specifications do is defined in the library module `_format`.
 */
import { primitiveFuncNamed } from '../../objects/builtin-funcs.ts'
import { BOOL, DYNAMIC, type PrimitiveName, type SpyType, STR } from '../../objects/types.ts'
import type { FuncObject } from '../../objects/values.ts'
import type * as ast from '../../syntax/ast.ts'
import { blame, invariant, SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import { typeError } from '../dispatch/diagnostics.ts'
import { dynamicImpl } from '../dispatch/dynamic.ts'
import { asFunc } from '../vm/vm.ts'
import { apply, bind, compute } from './apply.ts'
import { blueOperand, type Operand, redOperand } from './operand.ts'
import { binary, call, callMethod, redOrBlue, stringOf } from './operations.ts'
import type { Typer } from './typer.ts'

type TypeExpr = (t: Typer, node: ast.Expr) => Operand

export function typeJoinedStr(t: Typer, node: ast.JoinedStr, typeExpr: TypeExpr): Operand {
  let joined: Operand | null = null
  for (const part of node.parts) {
    const text = part.kind === 'StrLiteral' ? typeExpr(t, part) : formatField(t, part, typeExpr)
    joined = joined === null ? text : binary(t, '+', joined, text, node.span)
  }
  return joined ?? blueOperand({ type: STR, value: '' }, node.span)
}

/** `{value!r:spec}`: the value comes first, then what is computed in the specification. */
function formatField(t: Typer, field: ast.FormattedValue, typeExpr: TypeExpr): Operand {
  const { span } = field
  const value = converted(t, typeExpr(t, field.value), field.conversion, span)
  const spec = field.spec === null ? null : typeJoinedStr(t, field.spec, typeExpr)
  return formatConverted(t, value, spec, span)
}

/** What a field with this value becomes. */
export function formatValue(
  t: Typer,
  value: Operand,
  conversion: ast.FormattedValue['conversion'],
  spec: Operand | null,
  span: Span,
): Operand {
  return formatConverted(t, converted(t, value, conversion, span), spec, span)
}

/** `{value:spec}` */
export function formatConverted(t: Typer, value: Operand, spec: Operand | null, span: Span): Operand {
  if (spec === null || spec.blue?.value === '') return stringOf(t, value, 'str', span)
  return t.within(span, () => formatWith(t, value, spec, span))
}

function converted(t: Typer, value: Operand, conversion: ast.FormattedValue['conversion'], span: Span): Operand {
  switch (conversion) {
    case null:
      return value
    case 's':
      return stringOf(t, value, 'str', span)
    case 'r':
      return stringOf(t, value, 'repr', span)
    case 'a':
      return callLibrary(t, 'ascii_of', [stringOf(t, value, 'repr', span)], span)
  }
}

/** Which function of the library formats a type; floats need their shortest digits, too. */
const FORMATTERS: Readonly<
  Partial<Record<PrimitiveName, 'format_str' | 'format_signed' | 'format_unsigned' | 'format_float'>>
> = {
  str: 'format_str',
  bool: 'format_signed',
  i8: 'format_signed',
  u8: 'format_signed',
  i32: 'format_signed',
  u32: 'format_signed',
  i64: 'format_signed',
  u64: 'format_unsigned',
  f32: 'format_float',
  f64: 'format_float',
}

function formatWith(t: Typer, value: Operand, spec: Operand, span: Span): Operand {
  const { type } = value
  if (type === DYNAMIC) return apply(t, dynamicImpl({ kind: 'format' }, [value, spec]), [value, spec], span)
  if (t.vm.lookupFunc(type, '__format__') !== undefined) {
    return callMethod(t, value, '__format__', span, [spec], [], span)
  }
  const formatter = type.kind === 'primitive' ? FORMATTERS[type.name] : undefined
  if (type.kind !== 'primitive' || formatter === undefined) throw noFormat(t, type, value.span)
  checkNow(t, spec, type.name)
  const kind = blueOperand({ type: STR, value: type.name }, span)
  switch (formatter) {
    case 'format_str':
      return callLibrary(t, formatter, [value, spec], span)
    case 'format_float': {
      const prelude: Parameters<typeof bind>[2] = []
      const once = value.tree === null ? value : redOperand(bind(t, value.tree, prelude), value.symbol)
      const shown = stringOf(t, { ...once, before: [] }, 'str', span)
      return redOrBlue(callLibrary(t, formatter, [once, shown, spec, kind], span), prelude)
    }
    case 'format_signed':
    case 'format_unsigned': {
      const func = primitiveFuncNamed('bool_to_i64')
      const number =
        type === BOOL ? call(t, blueOperand({ type: func.type, value: func }, span), [value], [], span) : value
      return callLibrary(t, formatter, [number, spec, kind], span)
    }
  }
}

/** A specification that is known now is checked now. */
function checkNow(t: Typer, spec: Operand, kind: string): void {
  if (spec.blue === null) return
  try {
    compute(t, libraryFunc(t, 'check'), [spec.blue, { type: STR, value: kind }], spec.span)
  } catch (error) {
    if (!(error instanceof SpyError)) throw error
    const { class: etype, message } = error.diagnostic
    throw new SpyError({ class: etype, message, annotations: [blame('in this format specification', spec.span)] })
  }
}

function noFormat(t: Typer, type: SpyType, at: Span): SpyError {
  const name = t.vm.human(type)
  return typeError(`unsupported format string passed to \`${name}\``, [blame(`this is \`${name}\``, at)])
}

function libraryFunc(t: Typer, name: string): FuncObject {
  const func = asFunc(t.vm.evaluator.importModule('_format').attributes.get(name))
  invariant(func !== undefined, `module _format has ${name}`)
  return func
}

function callLibrary(t: Typer, name: string, args: readonly Operand[], span: Span): Operand {
  const func = libraryFunc(t, name)
  return call(t, blueOperand({ type: func.type, value: func }, span), args, [], span)
}
