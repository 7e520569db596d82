/** Errors of dispatch: operations that do not exist, arguments that do not fit. */
import type { MetaArg } from '../../objects/dispatch.ts'
import type { FuncType, SpyType } from '../../objects/types.ts'
import type { FuncObject } from '../../objects/values.ts'
import { type Annotation, blame, type Diagnostic, note, SpyError } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN, joinSpans, type Span } from '../../text/source.ts'
import type { Vm } from '../vm/vm.ts'

export function typeError(message: string, annotations: readonly Annotation[], code?: string): SpyError {
  const diagnostic: Diagnostic = { class: 'TypeError', message, annotations }
  return new SpyError(code === undefined ? diagnostic : { ...diagnostic, code })
}

/** The same error with further annotations behind its own, and the same frames. */
export function withAnnotations(error: SpyError, annotations: readonly Annotation[]): SpyError {
  const { diagnostic } = error
  return new SpyError(
    { ...diagnostic, annotations: [...diagnostic.annotations, ...annotations] },
    error.traceback,
    error.more,
  )
}

/** The value does not fit the slot. */
export function mismatchedTypes(vm: Vm, expected: SpyType, got: SpyType, at: Span): SpyError {
  const text = `expected \`${vm.human(expected)}\`, got \`${vm.human(got)}\``
  return typeError('mismatched types', [blame(text, at)], 'mismatched-types')
}

/** Why a mismatch matters: the declaration that asked for the type. */
export function becauseOf(vm: Vm, expected: SpyType, what: 'type declaration' | 'return type', at: Span): Annotation {
  return note(`expected \`${vm.human(expected)}\` because of ${what}`, at)
}

/** Who is blamed when an operation does not exist: operand 0, or all operands. */
export type Blame = 'single' | 'multi'

/** `template` has `{0}`, `{1}` ... where the operands' types go. */
export function noSuchOperation(vm: Vm, template: string, args: readonly MetaArg[], who: Blame): SpyError {
  const message = template.replace(/\{(\d)\}/g, (_, index: string) => vm.human((args[Number(index)] as MetaArg).type))
  const annotations: Annotation[] = []
  for (const arg of who === 'single' ? args.slice(0, 1) : args) {
    annotations.push(blame(`this is \`${vm.human(arg.type)}\``, arg.span))
  }
  const symbol = who === 'single' ? args[0]?.symbol : null
  if (symbol !== null && symbol !== undefined) annotations.push(definedHere(symbol.name, symbol.span))
  return typeError(message, annotations)
}

export function definedHere(name: string, at: Span): Annotation {
  return note(`\`${name}\` defined here`, at)
}

/** Where a function was defined; what is built in stands at no place of a file. */
export function definitionOf(func: FuncObject): Span {
  return func.origin === 'source' ? func.prototype : BUILTINS_SPAN
}

export function functionDefinedHere(func: FuncObject): Annotation {
  return note('function defined here', definitionOf(func))
}

/** `from`..`to` parameters are accepted, counting `*args` as one. */
export function wrongArgumentCount(
  func: FuncObject,
  expected: { readonly min: number; readonly max: number },
  supplied: readonly MetaArg[],
  callee: Span | null,
): SpyError {
  const { min, max } = expected
  const takes = min === max ? `${max} ${plural('argument', max)}` : `from ${min} to ${max} arguments`
  const given = supplied.length
  const gave = `${given} ${plural('argument', given)} ${given === 1 ? 'was' : 'were'} supplied`
  const annotations: Annotation[] = []
  if (callee !== null) {
    if (given < min) {
      const missing = min - given
      annotations.push(blame(`${missing} ${plural('argument', missing)} missing`, callee))
    } else {
      const extra = supplied.slice(max)
      const first = extra[0] as MetaArg
      const last = extra[extra.length - 1] as MetaArg
      annotations.push(
        blame(`${extra.length} extra ${plural('argument', extra.length)}`, joinSpans(first.span, last.span)),
      )
    }
  }
  annotations.push(functionDefinedHere(func))
  return typeError(`this function takes ${takes} but ${gave}`, annotations)
}

function plural(word: string, count: number): string {
  return count === 1 ? word : `${word}s`
}

export function redArgument(func: FuncObject, argument: MetaArg, callee: Span | null): SpyError {
  const annotations: Annotation[] = []
  if (callee !== null) annotations.push(blame('this is blue', callee))
  annotations.push(blame('this is red', argument.span), functionDefinedHere(func))
  return typeError('cannot call blue function with red arguments', annotations)
}

export function genericCalledWithParens(vm: Vm, callee: MetaArg, type: FuncType): SpyError {
  const annotations = [blame(`this is \`${vm.human(type)}\``, callee.span)]
  if (callee.symbol !== null) annotations.push(definedHere(callee.symbol.name, callee.symbol.span))
  return typeError('generic functions must be called via `[...]`', annotations)
}

export function wrongMetafuncResult(vm: Vm, callee: Span, func: FuncObject, got: SpyType): SpyError {
  return typeError(`wrong metafunc return type: expected \`operator::OpSpec\`, got \`${vm.human(got)}\``, [
    blame('this is a metafunc', callee),
    note('metafunc defined here', definitionOf(func)),
  ])
}

export function unexpectedKeyword(name: string, at: Span, func: FuncObject): SpyError {
  return typeError(`unexpected keyword argument \`${name}\``, [blame('', at), functionDefinedHere(func)])
}

export function multipleValues(name: string, at: Span, func: FuncObject): SpyError {
  return typeError(`multiple values for argument \`${name}\``, [blame('', at), functionDefinedHere(func)])
}

export function missingArgument(name: string, callee: Span, func: FuncObject): SpyError {
  return typeError(`missing argument \`${name}\``, [blame('1 argument missing', callee), functionDefinedHere(func)])
}

/** Calls without end, while the program runs or while it is compiled. */
export function stackOverflow(at: Span): Diagnostic {
  return { class: 'PanicError', message: 'stack overflow', annotations: [blame('', at)] }
}
