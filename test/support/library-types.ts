/** Struct types as the library's `list`, `tuple` and `array` make them. */
import { Fqn } from '../../compiler/objects/fqn.ts'
import {
  declareStruct,
  defineStruct,
  I32,
  makePtrType,
  type SpyType,
  type StructField,
  type StructType,
} from '../../compiler/objects/types.ts'

export function structType(fqn: Fqn, fields: readonly StructField[]): StructType {
  const type = declareStruct(fqn)
  defineStruct(type, fields)
  return type
}

export function listType(item: SpyType): StructType {
  const namespace = Fqn.of('_list').join('list', [item.fqn])
  const data = structType(namespace.join('ListData'), [
    { name: 'length', type: I32 },
    { name: 'capacity', type: I32 },
    { name: 'items', type: makePtrType('gc', item) },
  ])
  return structType(namespace.join('_ListImpl'), [{ name: '__ll__', type: makePtrType('gc', data) }])
}

export function tupleType(...items: readonly SpyType[]): StructType {
  const fqn = Fqn.of('_tuple').join(
    'tuple',
    items.map((item) => item.fqn),
  )
  return structType(
    fqn.join('_tup'),
    items.map((type, i) => ({ name: `_item${i}`, type })),
  )
}

export function arrayType(item: SpyType, dimensions: 1 | 2 | 3): StructType {
  const namespace = Fqn.of('array').join(`_array${dimensions}`, [item.fqn])
  const sizes = [['l'], ['h', 'w'], ['d', 'h', 'w']][dimensions - 1] as string[]
  const data = structType(namespace.join('ArrayData'), [
    ...sizes.map((name) => ({ name, type: I32 })),
    { name: 'items', type: makePtrType('gc', item) },
  ])
  return structType(namespace.join('ndarray'), [{ name: '__ll__', type: makePtrType('gc', data) }])
}

/** Names as people read them: what the aliases of the library make of FQNs. */
export function humanName(fqn: Fqn): string {
  return fqn.debugName.replaceAll(/_list::|_tuple::|array::/g, '').replace(/::(_ListImpl|_tup|ndarray)/g, '')
}
