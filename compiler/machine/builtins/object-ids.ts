/**
 * Numbers that tell objects apart: `id(x)`, and the address in texts such as `<spy object at 0x1010>`.
 */
import { complex, constant, type MetaArg, type OpSpec } from '../../objects/dispatch.ts'
import { I32, isClass } from '../../objects/types.ts'
import type { BlueValue } from '../../objects/values.ts'
import { noSuchOperation } from '../dispatch/diagnostics.ts'
import { asFunc, type Vm } from '../vm/vm.ts'

/**
 * `id(x)`: the address of an object of a class; a number for each type, module or function that is known.
 *
 * @throws SpyError for values, which have no identity
 */
export function idOf(vm: Vm, x: MetaArg): OpSpec {
  if (isClass(x.type)) return complex(vm.classFuncs.addressOf(x.type), [x])
  if (x.blue === null || x.blue.type.storage === 'value') {
    throw noSuchOperation(vm, 'cannot call id(`{0}`)', [x], 'single')
  }
  return constant({ type: I32, value: blueAddress(vm, x.blue) })
}

/** Objects outside of memory have no address; a number that tells them apart stands for one. 0 for values. */
export function blueAddress(vm: Vm, blue: BlueValue): number {
  const { value } = blue
  const object: unknown = asFunc(blue) ?? value
  return typeof object === 'object' && object !== null ? 0x1000 + 16 * vm.objectId(object) : 0
}
