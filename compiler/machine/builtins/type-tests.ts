/**
 * `isinstance`, `issubclass`, `callable`, `super`: decided by static types, except for values that carry their type with them.
 */
import { complex, constant, type MetaArg, type OpSpec } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import { BOOL, type ClassType, isBoxed, isClass, isSubtype, type SpyType, TYPE } from '../../objects/types.ts'
import type { BlueValue, BuiltinFunc } from '../../objects/values.ts'
import { blame } from '../../text/diagnostics.ts'
import { mismatchedTypes, typeError } from '../dispatch/diagnostics.ts'
import { dynamicFunc } from '../dispatch/dynamic.ts'
import { dynamicType } from '../vm/classes.ts'
import { asBlueObject } from '../vm/objects.ts'
import { asType, type Vm } from '../vm/vm.ts'
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
    // `super().method(...)` is unfolded where it stands.
    metafunc(vm, named('super'), { min: 0, max: 0 }, () => {
      throw typeError('super() can only be used as `super().method(...)`', [])
    }),
    metafunc(vm, named('callable'), { min: 1, max: 1 }, ([x]) => isCallable(vm, x as MetaArg)),
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
  const type = x.blue === null ? x.type : dynamicType(vm, x.blue)
  if (types.some((sup) => isSubtype(type, sup))) return known(true)
  if (isClass(type)) {
    const below = types.filter((sub): sub is ClassType => isClass(sub) && isSubtype(sub, type))
    const [only, ...more] = below
    if (only === undefined) return known(false)
    if (more.length === 0) return complex(vm.classFuncs.isInstance(type, only), [x])
  } else if (!isBoxed(type)) {
    return known(false)
  }
  return complex(dynamicFunc({ kind: 'isInstance', types }, 1), [x])
}

function isCallable(vm: Vm, x: MetaArg): OpSpec {
  const type = x.blue?.type ?? x.type
  if (isBoxed(type)) return complex(dynamicFunc({ kind: 'callable' }, 1), [x])
  return known(type.kind === 'func' || isSubtype(type, TYPE) || vm.lookupFunc(type, '__call__') !== undefined)
}
