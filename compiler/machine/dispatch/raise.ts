/**
 * `raise`: which exception is raised, with which message.
 */
import { builtinFunc } from '../../objects/builtin-funcs.ts'
import type { ArgSpec, MetaArg, OpImpl } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import { I32, isSubtype, NONE, type SpyType, STR } from '../../objects/types.ts'
import type { BlueValue, BuiltinFunc } from '../../objects/values.ts'
import { blame } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import { asBlueObject, EXCEPTION_TYPES } from '../vm/objects.ts'
import { asType, type Vm } from '../vm/vm.ts'
import { typeError } from './diagnostics.ts'

/** `operator::raise(etype, message, filename, lineno)`: never returns. */
export const RAISE: BuiltinFunc = builtinFunc(
  Fqn.of('operator', 'raise'),
  [
    ['etype', STR],
    ['message', STR],
    ['filename', STR],
    ['lineno', I32],
  ],
  NONE,
  { kind: 'raise' },
)

/** The type is `Exception` or below it. */
export function isExceptionType(type: SpyType): boolean {
  return isSubtype(type, EXCEPTION_TYPES.get('Exception') as SpyType)
}

/** `raise exc`: the exception is known, or its class is. */
export function dispatchRaise(vm: Vm, exc: MetaArg): OpImpl {
  if (exc.blue === null) throw typeError('`raise` only accepts blue values for now', [blame('this is red', exc.span)])
  const object = asBlueObject(exc.blue)
  const type = asType(exc.blue) ?? exc.blue.type
  if (!isExceptionType(type)) {
    const name = vm.human(exc.type)
    throw typeError(`cannot raise \`${name}\``, [blame(`this is \`${name}\``, exc.span)])
  }
  const message = object?.what === 'exception' ? object.message : ''
  return {
    kind: 'call',
    func: RAISE,
    args: raiseArguments(type, constArg({ type: STR, value: message }, exc.span), exc.span),
  }
}

/** What `RAISE` is called with: the place is the first line of the exception. */
export function raiseArguments(type: SpyType, message: ArgSpec, exc: Span): readonly ArgSpec[] {
  return [
    constArg({ type: STR, value: type.fqn.last.name }, exc),
    message,
    constArg({ type: STR, value: exc.file.path }, exc),
    constArg({ type: I32, value: exc.file.lines.lineAt(exc.start) }, exc),
  ]
}

function constArg(value: BlueValue, span: Span): ArgSpec {
  return { kind: 'const', value, span }
}
