/**
 * Heap classes of a program, and what a class has under a name.
 */
import { type ClassType, isClass, type SpyType } from '../../objects/types.ts'
import type { BlueValue, FuncObject, PtrValue } from '../../objects/values.ts'
import { asBlueObject } from './objects.ts'
import { asFunc, type Vm } from './vm.ts'

/** The function that a class has under a name; the one inside of a property, too. */
export function methodOf(vm: Vm, type: SpyType, name: string): FuncObject {
  const member = vm.lookup(type, name)
  const object = asBlueObject(member)
  const func = object?.what === 'descriptor' ? object.func : asFunc(member)
  if (func === undefined) throw new Error(`${type.fqn.text} has a method ${name}`)
  return func
}

/** The type of a value; of an object, the class that it really has. */
export function dynamicType(vm: Vm, { type, value }: BlueValue): SpyType {
  if (!isClass(type)) return type
  const { address } = value as PtrValue
  return vm.memory.objects.blueAt(vm.memory.view.getUint32(address, true)) as SpyType
}

/** All heap classes that have been made, in the order in which that was done. */
export function classesOf(vm: Vm): readonly ClassType[] {
  return [...vm.globals.values()].flatMap((entry) =>
    entry.kind === 'type' && isClass(entry.type) && entry.type.item.state === 'defined' ? [entry.type] : [],
  )
}

/**
 * The function that makes an object whose `__init__` is then called like any method: if that takes `*args`, or is a
 * metafunction. Undefined for classes that are called through `__new__`.
 */
export function objectMaker(type: SpyType): FuncObject | undefined {
  return isClass(type) ? asFunc(type.members.get(NEW_OBJECT)) : undefined
}

/** Name of that function among the members of a class. */
export const NEW_OBJECT = '__new_object__'
