/**
 * `interp_tuple`, `interp_list[T]`, `interp_dict[K, V]`: containers of blue time, for what memory cannot hold. Each list
 * and dict type has the members of its base.
 */
import { type OpaqueType, opaqueType, type SpyType } from '../../objects/types.ts'
import type { BlueValue } from '../../objects/values.ts'
import {
  INTERP_DICT_TYPE,
  INTERP_LIST_TYPE,
  INTERP_TUPLE_TYPE,
  type InterpDictObject,
  type InterpListObject,
  type InterpTupleObject,
} from './objects.ts'
import type { Vm } from './vm.ts'

/** The types that have been made in a program, and what their items are. */
interface Made {
  readonly byKey: Map<string, OpaqueType>
  readonly items: Map<SpyType, readonly SpyType[]>
}

const made = new WeakMap<Vm, Made>()

function madeIn(vm: Vm): Made {
  let types = made.get(vm)
  if (types === undefined) {
    types = { byKey: new Map(), items: new Map() }
    made.set(vm, types)
  }
  return types
}

function containerType(vm: Vm, base: OpaqueType, items: readonly SpyType[]): OpaqueType {
  const { byKey, items: itemsByType } = madeIn(vm)
  const key = [base, ...items].map((type) => vm.typeId(type)).join(' ')
  let type = byKey.get(key)
  if (type === undefined) {
    const fqn = base.fqn.withQualifiers(items.map((item) => item.fqn))
    type = opaqueType(fqn, base, 'reference')
    byKey.set(key, type)
    itemsByType.set(type, items)
    vm.addGlobal(fqn, { kind: 'type', type })
  }
  return type
}

export function interpListType(vm: Vm, item: SpyType): OpaqueType {
  return containerType(vm, INTERP_LIST_TYPE, [item])
}

export function interpDictType(vm: Vm, key: SpyType, value: SpyType): OpaqueType {
  return containerType(vm, INTERP_DICT_TYPE, [key, value])
}

/** `[T]` of a list type, `[K, V]` of a dict type; empty for everything else. */
export function itemTypesOf(vm: Vm, type: SpyType): readonly SpyType[] {
  return madeIn(vm).items.get(type) ?? []
}

export function interpTuple(items: readonly BlueValue[]): BlueValue {
  const object: InterpTupleObject = { kind: 'object', type: INTERP_TUPLE_TYPE, what: 'interpTuple', items }
  return { type: INTERP_TUPLE_TYPE, value: object }
}

export function interpList(type: OpaqueType, items: readonly BlueValue[]): BlueValue {
  const object: InterpListObject = { kind: 'object', type, what: 'interpList', items: [...items] }
  return { type, value: object }
}

export function interpDict(type: OpaqueType): BlueValue {
  const object: InterpDictObject = { kind: 'object', type, what: 'interpDict', entries: new Map() }
  return { type, value: object }
}
