/**
 * Keys of blue values: equal exactly when two values are the same to the blue cache. The dynamic type is part of a key,
 * 0.0 and -0.0 differ, NaN equals itself.
 */
import type { MetaArg } from '../../objects/dispatch.ts'
import type { BlueValue, PtrValue, StructValue, Value } from '../../objects/values.ts'
import { SpyError } from '../../text/diagnostics.ts'
import { asBlueObject } from './objects.ts'
import type { Vm } from './vm.ts'

export function blueKey(vm: Vm, blue: BlueValue): string {
  return keyOf(vm, blue, true)
}

/**
 * @param asProgram  the program's idea of equality counts: structs with an `__eq__` of their own have no key. Otherwise
 *     values are told apart by their content.
 */
function keyOf(vm: Vm, blue: BlueValue, asProgram: boolean): string {
  return `${vm.typeId(blue.type)}:${valueKey(vm, blue, asProgram)}`
}

function valueKey(vm: Vm, blue: BlueValue, asProgram: boolean): string {
  const { type, value } = blue
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return String(value)
  switch (type.kind) {
    case 'primitive':
      return primitiveKey(value)
    case 'struct':
      return structKey(vm, value as StructValue, asProgram)
    case 'ptr':
    case 'ref': {
      const ptr = value as PtrValue
      return `${ptr.address}/${ptr.length}`
    }
    default: {
      const object = asBlueObject(blue)
      if (object?.what === 'interpTuple') return `(${object.items.map((item) => keyOf(vm, item, asProgram)).join(',')})`
      if (object?.what === 'host' && isMetaArg(object.host)) return metaArgKey(vm, object.host)
      return `@${vm.objectId(value)}`
    }
  }
}

function primitiveKey(value: Exclude<Value, number | string | bigint | boolean | null>): string {
  if ('kind' in value && value.kind === 'complex' && 're' in value) {
    return `${Object.is(value.re, -0) ? '-0' : value.re},${Object.is(value.im, -0) ? '-0' : value.im}`
  }
  if ('kind' in value && value.kind === 'bytes' && 'data' in value) return [...value.data].join(',')
  return '?'
}

function structKey(vm: Vm, struct: StructValue, asProgram: boolean): string {
  if (asProgram && customEquality.has(struct.type)) {
    throw new SpyError({
      class: 'WIP',
      message: `type ${vm.human(struct.type)} cannot be cached because it defines __eq__ or __ne__`,
      annotations: [],
    })
  }
  return struct.type.fields
    .map((field, i) => keyOf(vm, fieldBlue(field.type, struct.fields[i] as Value), asProgram))
    .join(';')
}

/** Fields of static type object or dynamic hold their dynamic type with them. */
function fieldBlue(type: BlueValue['type'], value: Value): BlueValue {
  return type.kind === 'object' || type.kind === 'dynamic' ? (value as BlueValue) : { type, value }
}

/** Struct types whose body defines `__eq__` or `__ne__`; filled when the class is defined. */
export const customEquality = new WeakSet<object>()

export function metaArgKey(vm: Vm, arg: MetaArg): string {
  return arg.blue === null ? `r${vm.typeId(arg.type)}` : `b${vm.typeId(arg.type)}=${keyOf(vm, arg.blue, false)}`
}

export function isMetaArg(host: unknown): host is MetaArg {
  return typeof host === 'object' && host !== null && 'color' in host && 'blue' in host
}
