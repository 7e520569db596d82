/**
 * Functions that give back what they get: `i32(x)` of an i32, `as_red(x)`. And `id(x)`, the number of an object.
 */
import { builtinFunc } from '../../objects/builtin-funcs.ts'
import { complex, constant, type MetaArg, type OpSpec } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import { I32, isClass, type SpyType } from '../../objects/types.ts'
import type { BuiltinFunc } from '../../objects/values.ts'
import { noSuchOperation } from '../dispatch/diagnostics.ts'
import type { Vm } from '../vm/vm.ts'
import { blueAddress } from './text.ts'

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

/** `id(x)`: where an object of a class is; a number for each type, module or function that is known. Values have none. */
export function idOf(vm: Vm, x: MetaArg): OpSpec {
  if (isClass(x.type)) return complex(vm.classFuncs.addressOf(x.type), [x])
  if (x.blue === null || x.blue.type.storage === 'value') {
    throw noSuchOperation(vm, 'cannot call id(`{0}`)', [x], 'single')
  }
  return constant({ type: I32, value: blueAddress(vm, x.blue) })
}
