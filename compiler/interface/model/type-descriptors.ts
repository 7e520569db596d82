/**
 * SPy types as bindings see them. Library types are recognised by the name of the module that makes them; where their
 * fields stand is read from the types themselves, so that the library may change without us.
 */
import type { ScalarName, TypeDescriptor } from '../../../src/runtime/abi/descriptors.ts'
import type { Fqn } from '../../objects/fqn.ts'
import { type FieldLayout, type LayoutMode, layoutOf, structLayout } from '../../objects/layout.ts'
import { isClass, type PrimitiveName, type SpyType, type StructType } from '../../objects/types.ts'

/** A type that has no form in JavaScript. */
export interface Unmapped {
  readonly kind: 'unmapped'
  readonly reason: string
}

export interface TypeNames {
  readonly mode: LayoutMode
  readonly humanName: (fqn: Fqn) => string
}

export function describeType(type: SpyType, names: TypeNames): TypeDescriptor | Unmapped {
  return describe(type, names, [])
}

/** @param inside  the structs that are being described: one that holds itself has no end */
function describe(type: SpyType, names: TypeNames, inside: readonly StructType[]): TypeDescriptor | Unmapped {
  const text = names.humanName(type.fqn)
  switch (type.kind) {
    case 'primitive': {
      const size = layoutOf(type, names.mode)?.size ?? 0
      return { kind: 'scalar', name: scalarName(type.name), text: type.name === 'NoneType' ? 'None' : text, size }
    }
    case 'struct':
      if (inside.includes(type)) return unmapped(`\`${text}\` contains itself`)
      return describeStruct(type, text, names, [...inside, type])
    case 'ptr':
    case 'ref':
      if (isClass(type)) return unmapped(`objects such as \`${text}\` cannot be passed to JavaScript yet`)
      return unmapped(`pointers such as \`${text}\` cannot be passed to JavaScript yet`)
    case 'func':
      return unmapped(`functions such as \`${text}\` cannot be passed to JavaScript yet`)
    case 'object':
    case 'dynamic':
    case 'opaque':
      return unmapped(`\`${text}\` has no form in JavaScript`)
  }
}

function scalarName(name: PrimitiveName): ScalarName {
  return name === 'NoneType' ? 'None' : name
}

function unmapped(reason: string): Unmapped {
  return { kind: 'unmapped', reason }
}

function describeStruct(
  type: StructType,
  text: string,
  names: TypeNames,
  inside: readonly StructType[],
): TypeDescriptor | Unmapped {
  const layout = structLayout(type, names.mode)
  if (layout === undefined) return unmapped(`\`${text}\` cannot be stored in memory`)
  const { size } = layout.whole
  switch (libraryType(type.fqn)) {
    case 'list':
      return describeList(type, text, size, names, inside)
    case 'array':
      return describeArray(type, text, size, names, inside)
    case 'dict':
      return unmapped(`\`${text}\` cannot be passed to JavaScript yet`)
    case 'tuple':
    case undefined: {
      const fields = []
      for (const { name, type: fieldType, offset } of layout.fields) {
        const described = describe(fieldType, names, inside)
        if (described.kind === 'unmapped') return described
        fields.push({ name, type: described, offset })
      }
      if (libraryType(type.fqn) === 'tuple') return { kind: 'tuple', text, size, fields }
      return { kind: 'struct', fqn: type.fqn.text, text, size, fields }
    }
  }
}

/** Which collection of the library a struct is: `_list::list[T]::_ListImpl`, `array::_array1[T]::ndarray`, and so on. */
function libraryType(fqn: Fqn): 'list' | 'tuple' | 'dict' | 'array' | undefined {
  switch (`${fqn.module}::${fqn.last.name}`) {
    case '_list::_ListImpl':
      return 'list'
    case '_tuple::_tup':
      return 'tuple'
    case '_dict::_dict':
      return 'dict'
    case 'array::ndarray':
      return 'array'
    default:
      return undefined
  }
}

function describeList(
  type: StructType,
  text: string,
  size: number,
  names: TypeNames,
  inside: readonly StructType[],
): TypeDescriptor | Unmapped {
  const heap = heapObject(type, names.mode)
  const [length, capacity, items] = ['length', 'capacity', 'items'].map((name) => heap?.fields.get(name))
  if (!heap || !length || !capacity || items?.type.kind !== 'ptr') return unmapped(`\`${text}\` is not a known list`)
  const item = describe(items.type.item, names, inside)
  if (item.kind === 'unmapped') return item
  const data = { size: heap.size, length: length.offset, capacity: capacity.offset, items: items.offset }
  return { kind: 'list', text, size, item, checked: names.mode === 'debug', data }
}

function describeArray(
  type: StructType,
  text: string,
  size: number,
  names: TypeNames,
  inside: readonly StructType[],
): TypeDescriptor | Unmapped {
  const heap = heapObject(type, names.mode)
  const items = heap?.fields.get('items')
  if (!heap || items?.type.kind !== 'ptr') return unmapped(`\`${text}\` is not a known array`)
  const item = describe(items.type.item, names, inside)
  if (item.kind === 'unmapped') return item
  if (item.kind !== 'scalar' || !isArrayItem(item.name)) {
    return unmapped(`arrays of \`${item.text}\` cannot be passed to JavaScript yet`)
  }
  const shape = [...heap.fields.values()].filter((field) => field !== items).map((field) => field.offset)
  const data = { size: heap.size, shape, items: items.offset }
  return { kind: 'array', text, size, item, checked: names.mode === 'debug', data }
}

function isArrayItem(name: ScalarName): boolean {
  return name !== 'str' && name !== 'bytes' && name !== 'complex128' && name !== 'None'
}

/** The object that the only field of a collection points to. */
function heapObject(
  type: StructType,
  mode: LayoutMode,
): { readonly size: number; readonly fields: ReadonlyMap<string, FieldLayout> } | undefined {
  const pointer = type.fields[0]?.type
  if (type.fields.length !== 1 || pointer?.kind !== 'ptr' || pointer.item.kind !== 'struct') return undefined
  const layout = structLayout(pointer.item, mode)
  return layout && { size: layout.whole.size, fields: new Map(layout.fields.map((field) => [field.name, field])) }
}
