/**
 * `isinstance`, `issubclass`, `callable`: decided by static types, except for values that carry their type with them.
 */
import { complex, constant, type MetaArg, type OpSpec } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import { BOOL, type ClassType, DYNAMIC, isBoxed, isClass, isSubtype, type SpyType, TYPE } from '../../objects/types.ts'
import type { BlueValue, BuiltinFunc } from '../../objects/values.ts'
import { blame, invariant, SpyError } from '../../text/diagnostics.ts'
import { mismatchedTypes, typeError } from '../dispatch/diagnostics.ts'
import { blueType } from '../dispatch/types.ts'
import { interpTuple } from '../vm/blue-containers.ts'
import { asBlueObject } from '../vm/objects.ts'
import { asFunc, asType, type Vm } from '../vm/vm.ts'
import { metafunc } from './define.ts'

const two = { min: 2, max: 2 }

export function typeTests(vm: Vm): readonly BuiltinFunc[] {
  const named = (name: string): Fqn => Fqn.of('builtins', name)
  return [
    metafunc(vm, named('isinstance'), two, ([x, types]) => isInstance(vm, x as MetaArg, typesIn(vm, types as MetaArg))),
    metafunc(vm, named('issubclass'), two, ([type, types]) => {
      const [sub] = typesIn(vm, type as MetaArg)
      return known(typesIn(vm, types as MetaArg).some((sup) => isSubtype(sub as SpyType, sup)))
    }),
    metafunc(vm, named('callable'), { min: 1, max: 1 }, ([x]) => known(isCallable(vm, x as MetaArg))),
  ]
}

function known(value: boolean): OpSpec {
  return constant({ type: BOOL, value })
}

/** A type, or a tuple of types; known now. */
function typesIn(vm: Vm, arg: MetaArg): readonly SpyType[] {
  if (arg.blue === null) throw typeError('expected blue argument', [blame('this is red', arg.span)])
  const object = asBlueObject(arg.blue)
  const items: readonly BlueValue[] = object?.what === 'interpTuple' ? object.items : [arg.blue]
  return items.map((item) => {
    const type = asType(item)
    if (type === undefined) throw mismatchedTypes(vm, TYPE, item.type, arg.span)
    return type
  })
}

function isInstance(vm: Vm, x: MetaArg, types: readonly SpyType[]): OpSpec {
  const type = x.blue?.type ?? x.type
  if (types.some((sup) => isSubtype(type, sup))) return known(true)
  if (isClass(type)) {
    const below = types.find((sub) => isClass(sub) && isSubtype(sub, type))
    if (below === undefined) return known(false)
    if (types.length > 1) return null
    return complex(vm.classFuncs.isInstance(type, below as ClassType), [x])
  }
  if (!isBoxed(type)) return known(false)
  const test = asFunc(vm.evaluator.importModule('_builtins').attributes.get('_has_type'))
  invariant(test !== undefined, 'module _builtins has _has_type')
  const func = asFunc(vm.evaluator.call(test, [interpTuple(types.map(blueType))]))
  return func === undefined ? null : complex(func, [x])
}

function isCallable(vm: Vm, x: MetaArg): boolean {
  const type = x.blue?.type ?? x.type
  if (type === DYNAMIC) {
    const annotations = [blame('this is `dynamic`', x.span)]
    throw new SpyError({ class: 'WIP', message: 'not implemented yet: callable(`dynamic`)', annotations })
  }
  if (type.kind === 'func' || isSubtype(type, TYPE)) return true
  return vm.lookupFunc(type, '__call__') !== undefined
}
