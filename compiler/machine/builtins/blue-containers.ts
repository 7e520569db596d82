/**
 * `interp_list[T]`, `interp_dict[K, V]`, `interp_tuple` of module `__spy__`, as blue code sees them.
 */
import { complex, constant, type MetaArg, type OpSpec } from '../../objects/dispatch.ts'
import { Fault } from '../../objects/fault.ts'
import { Fqn } from '../../objects/fqn.ts'
import { BOOL, DYNAMIC, I32, NONE, type OpaqueType, type SpyType, STR, TYPE } from '../../objects/types.ts'
import type { BlueValue } from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import { blueType } from '../dispatch/types.ts'
import {
  interpDict,
  interpDictType,
  interpList,
  interpListType,
  interpTuple,
  itemTypesOf,
} from '../vm/blue-containers.ts'
import { blueKey } from '../vm/keys.ts'
import {
  asBlueObject,
  EMPTY_DICT_TYPE,
  EMPTY_LIST_TYPE,
  INTERP_DICT_TYPE,
  INTERP_LIST_TYPE,
  INTERP_TUPLE_TYPE,
  type InterpDictObject,
  type ModuleObject,
  NONE_VALUE,
} from '../vm/objects.ts'
import { asType, type Vm } from '../vm/vm.ts'
import { addMember, addType, metafunc, plainBlue, variadicBlue } from './define.ts'
import { itemText } from './text.ts'

export function addBlueContainers(vm: Vm, module: ModuleObject): void {
  const named = (name: string): Fqn => Fqn.of('__spy__', name)
  addType(vm, module, INTERP_TUPLE_TYPE)
  for (const type of [INTERP_LIST_TYPE, INTERP_DICT_TYPE]) vm.addGlobal(type.fqn, { kind: 'type', type })
  const list = plainBlue(vm, named('interp_list'), 'generic', [['T', TYPE]], TYPE, ([item]) =>
    blueType(interpListType(vm, typeIn(item))),
  )
  const pair = [
    ['K', TYPE],
    ['V', TYPE],
  ] as const
  const dict = plainBlue(vm, named('interp_dict'), 'generic', pair, TYPE, ([key, value]) =>
    blueType(interpDictType(vm, typeIn(key), typeIn(value))),
  )
  module.attributes.set('interp_list', { type: list.type, value: list })
  module.attributes.set('interp_dict', { type: dict.type, value: dict })
  addTuple(vm)
  addList(vm)
  addDict(vm)
}

function typeIn(value: BlueValue | undefined): SpyType {
  const type = asType(value)
  invariant(type !== undefined, 'arguments of type `type` are types')
  return type
}

/** What a method is for one type of container: its parameters behind the receiver, its result, what it does. */
interface Method {
  readonly params: readonly SpyType[]
  readonly result: SpyType
  run(self: BlueValue, args: readonly BlueValue[]): BlueValue
}

/** A method whose types depend on those of the items, and of the arguments. */
function addMethod(
  vm: Vm,
  base: OpaqueType,
  name: string,
  count: number,
  method: (type: SpyType, args: readonly MetaArg[]) => Method,
): void {
  const choose = metafunc(vm, base.fqn.join(name), { min: count + 1, max: count + 1 }, (operands): OpSpec => {
    const [self, ...args] = operands as [MetaArg, ...MetaArg[]]
    const { params, result, run } = method(self.type, args)
    const all = [['self', self.type] as const, ...params.map((param, i) => [`x${i}`, param] as const)]
    const func = plainBlue(vm, self.type.fqn.join(name), 'plain', all, result, ([receiver, ...rest]) =>
      run(receiver as BlueValue, rest),
    )
    return complex(func, operands)
  })
  addMember(vm, base, name, choose)
}

// ----------------------------------------------------------------------------------------------------- sequences

function itemsOf(value: BlueValue | undefined): BlueValue[] {
  const object = asBlueObject(value)
  invariant(object?.what === 'interpTuple' || object?.what === 'interpList', 'a sequence of blue time')
  return object.items as BlueValue[]
}

/** The place of an item, counted from the end if the index is negative. */
function placeIn(items: readonly BlueValue[], index: BlueValue | undefined, what: string): number {
  const given = index?.value as number
  const place = given < 0 ? given + items.length : given
  if (place < 0 || place >= items.length) throw new Fault('IndexError', `${what} index out of range`)
  return place
}

function sameItems(vm: Vm, a: readonly BlueValue[], b: readonly BlueValue[]): boolean {
  return a.length === b.length && a.every((item, i) => blueKey(vm, item) === blueKey(vm, b[i] as BlueValue))
}

const EQUALITIES = [
  ['__eq__', true],
  ['__ne__', false],
] as const

const bool = (value: boolean): BlueValue => ({ type: BOOL, value })
const text = (value: string): BlueValue => ({ type: STR, value })
const count = (value: number): BlueValue => ({ type: I32, value })

function addSequence(vm: Vm, base: OpaqueType, what: string): void {
  addMethod(vm, base, '__len__', 0, () => ({
    params: [],
    result: I32,
    run: (self) => count(itemsOf(self).length),
  }))
  addMethod(vm, base, '__getitem__', 1, (type) => ({
    params: [I32],
    result: itemTypesOf(vm, type)[0] ?? DYNAMIC,
    run(self, [index]) {
      const items = itemsOf(self)
      return items[placeIn(items, index, what)] as BlueValue
    },
  }))
  addMethod(vm, base, '__contains__', 1, (type) => ({
    params: [itemTypesOf(vm, type)[0] ?? DYNAMIC],
    result: BOOL,
    run(self, [item]) {
      const key = blueKey(vm, item as BlueValue)
      return bool(itemsOf(self).some((each) => blueKey(vm, each) === key))
    },
  }))
  for (const [name, equal] of EQUALITIES) {
    addMethod(vm, base, name, 1, (type) => ({
      params: [type],
      result: BOOL,
      run: (self, [other]) => bool(sameItems(vm, itemsOf(self), itemsOf(other)) === equal),
    }))
  }
}

function addTuple(vm: Vm): void {
  addSequence(vm, INTERP_TUPLE_TYPE, 'tuple')
  const make = variadicBlue(vm, INTERP_TUPLE_TYPE.fqn.join('__new__'), 'plain', (items) => interpTuple(items))
  addMember(vm, INTERP_TUPLE_TYPE, '__new__', make)
}

function addList(vm: Vm): void {
  const base = INTERP_LIST_TYPE
  addSequence(vm, base, 'list')
  addMethod(vm, base, '__setitem__', 2, (type) => ({
    params: [I32, itemTypesOf(vm, type)[0] ?? DYNAMIC],
    result: NONE,
    run(self, [index, item]) {
      const items = itemsOf(self)
      items[placeIn(items, index, 'list assignment')] = item as BlueValue
      return NONE_VALUE
    },
  }))
  // `*args` of a metafunction can be added, too.
  addMethod(vm, base, '__add__', 1, (type, [other]) => ({
    params: [other?.type === INTERP_TUPLE_TYPE ? INTERP_TUPLE_TYPE : type],
    result: type,
    run: (self, [other]) => interpList(type as OpaqueType, [...itemsOf(self), ...itemsOf(other)]),
  }))
  for (const name of ['__repr__', '__str__']) {
    addMethod(vm, base, name, 0, () => ({
      params: [],
      result: STR,
      run: (self) =>
        text(
          `[${itemsOf(self)
            .map((item) => itemText(vm, item))
            .join(', ')}]`,
        ),
    }))
  }
  addConstructor(vm, base, (type, items) => interpList(type, items))
  addConversion(vm, base, EMPTY_LIST_TYPE, (type) => interpList(type, []))
}

/** `T(items)`, each converted to the type of the items. */
function addConstructor(
  vm: Vm,
  base: OpaqueType,
  make: (type: OpaqueType, items: readonly BlueValue[]) => BlueValue,
): void {
  const fqn = base.fqn.join('__new__')
  const choose = metafunc(vm, fqn, { min: 1, max: Number.POSITIVE_INFINITY }, ([m_type, ...items]): OpSpec => {
    const type = typeIn(m_type?.blue ?? undefined) as OpaqueType
    const [item] = itemTypesOf(vm, type)
    if (item === undefined || (base === INTERP_DICT_TYPE && items.length > 0)) return null
    const params = items.map((_, i) => [`x${i}`, item] as const)
    return complex(
      plainBlue(vm, type.fqn.join('__new__'), 'plain', params, type, (args) => make(type, args)),
      items,
    )
  })
  addMember(vm, base, '__new__', choose)
}

/** The empty display becomes an empty container. */
function addConversion(vm: Vm, base: OpaqueType, empty: SpyType, make: (type: OpaqueType) => BlueValue): void {
  const fqn = base.fqn.join('__convert_from__')
  const choose = metafunc(vm, fqn, { min: 3, max: 3 }, ([to, from]): OpSpec => {
    if (asType(from?.blue) !== empty) return null
    return constant(make(typeIn(to?.blue ?? undefined) as OpaqueType))
  })
  addMember(vm, base, '__convert_from__', choose)
}

// ---------------------------------------------------------------------------------------------------- dictionaries

function entriesOf(value: BlueValue | undefined): InterpDictObject['entries'] {
  const object = asBlueObject(value)
  invariant(object?.what === 'interpDict', 'a dict of blue time')
  return object.entries
}

function sameEntries(vm: Vm, a: InterpDictObject['entries'], b: InterpDictObject['entries']): boolean {
  if (a.size !== b.size) return false
  return [...a].every(([key, { value }]) => {
    const other = b.get(key)
    return other !== undefined && blueKey(vm, value) === blueKey(vm, other.value)
  })
}

function addDict(vm: Vm): void {
  const base = INTERP_DICT_TYPE
  const typesOf = (type: SpyType): readonly [SpyType, SpyType] => {
    const [key = DYNAMIC, value = DYNAMIC] = itemTypesOf(vm, type)
    return [key, value]
  }
  addMethod(vm, base, '__len__', 0, () => ({ params: [], result: I32, run: (self) => count(entriesOf(self).size) }))
  addMethod(vm, base, '__getitem__', 1, (type) => ({
    params: [typesOf(type)[0]],
    result: typesOf(type)[1],
    run(self, [key]) {
      const entry = entriesOf(self).get(blueKey(vm, key as BlueValue))
      if (entry === undefined) throw new Fault('KeyError', 'key not found')
      return entry.value
    },
  }))
  addMethod(vm, base, '__setitem__', 2, (type) => ({
    params: typesOf(type),
    result: NONE,
    run(self, [key, value]) {
      const entries = entriesOf(self)
      const known = entries.get(blueKey(vm, key as BlueValue))
      if (known === undefined) {
        entries.set(blueKey(vm, key as BlueValue), { key: key as BlueValue, value: value as BlueValue })
      } else {
        known.value = value as BlueValue
      }
      return NONE_VALUE
    },
  }))
  for (const [name, equal] of EQUALITIES) {
    addMethod(vm, base, name, 1, (type) => ({
      params: [type],
      result: BOOL,
      run: (self, [other]) => bool(sameEntries(vm, entriesOf(self), entriesOf(other)) === equal),
    }))
  }
  for (const name of ['__repr__', '__str__']) {
    addMethod(vm, base, name, 0, () => ({
      params: [],
      result: STR,
      run(self) {
        const shown = [...entriesOf(self).values()].map(
          ({ key, value }) => `${itemText(vm, key)}: ${itemText(vm, value)}`,
        )
        return text(`{${shown.join(', ')}}`)
      },
    }))
  }
  addConstructor(vm, base, (type) => interpDict(type))
  addConversion(vm, base, EMPTY_DICT_TYPE, (type) => interpDict(type))
}
