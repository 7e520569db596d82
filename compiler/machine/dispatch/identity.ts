/**
 * Identity: `is`, and `==` of types whose values are compared by identity. Decided at blue time for everything that only
 * blue code can hold.
 */
import { builtinFunc } from '../../objects/builtin-funcs.ts'
import { Fqn } from '../../objects/fqn.ts'
import { BOOL, OBJECT } from '../../objects/types.ts'
import type { BuiltinFunc } from '../../objects/values.ts'

function identityFunc(name: string, negated: boolean): BuiltinFunc {
  return builtinFunc(
    Fqn.of('operator', name),
    [
      ['a', OBJECT],
      ['b', OBJECT],
    ],
    BOOL,
    { kind: 'identical', negated },
    { pure: true },
  )
}

/** `operator::object_is(a, b)` */
export const OBJECT_IS: BuiltinFunc = identityFunc('object_is', false)
/** `operator::object_isnot(a, b)` */
export const OBJECT_IS_NOT: BuiltinFunc = identityFunc('object_isnot', true)
