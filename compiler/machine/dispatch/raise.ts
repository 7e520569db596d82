/**
 * `raise`: which exception is raised, with which message.
 */
import { builtinFunc } from '../../objects/builtin-funcs.ts'
import { Fqn } from '../../objects/fqn.ts'
import { I32, isSubtype, NONE, type SpyType, STR } from '../../objects/types.ts'
import type { BuiltinFunc } from '../../objects/values.ts'
import { EXCEPTION_TYPES } from '../vm/objects.ts'

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
