/**
 * Functions that give back what they get: `i32(x)` of an i32, `as_red(x)`.
 */
import { builtinFunc } from '../../objects/builtin-funcs.ts'
import { Fqn } from '../../objects/fqn.ts'
import type { SpyType } from '../../objects/types.ts'
import type { BuiltinFunc } from '../../objects/values.ts'
import type { Vm } from '../vm/vm.ts'

const made = new WeakMap<Vm, Map<string, BuiltinFunc>>()

function identityFunc(vm: Vm, fqn: Fqn, type: SpyType, pure: boolean): BuiltinFunc {
  let known = made.get(vm)
  if (known === undefined) {
    known = new Map()
    made.set(vm, known)
  }
  const key = `${fqn.text} ${vm.typeId(type)}`
  let func = known.get(key)
  if (func === undefined) {
    const funcType = vm.funcType('red', 'plain', [{ type, kind: 'simple' }], type)
    func = builtinFunc(fqn, [['x', type]], type, { kind: 'identity' }, { pure, type: funcType })
    known.set(key, func)
  }
  return func
}

/** `T(x)` of a T: folds. */
export function identityOf(vm: Vm, type: SpyType): BuiltinFunc {
  return identityFunc(vm, type.fqn.join('__new__').join('identity'), type, true)
}

/** `as_red(x)`: the result is red whatever x is. */
export function redIdentityOf(vm: Vm, type: SpyType): BuiltinFunc {
  return identityFunc(vm, Fqn.of('_identity').join('identity', [type.fqn]), type, false)
}
