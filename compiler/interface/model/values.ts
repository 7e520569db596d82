/** Constants and default values as bindings see them. */
import type {
  PlainValue,
  StructDescriptor,
  TupleDescriptor,
  TypeDescriptor,
} from '../../../src/runtime/abi/descriptors.ts'
import type { BytesValue, ComplexValue, StructValue, Value } from '../../objects/values.ts'

/** Undefined for values that only the running program has: what pointers point to. */
export function describeValue(value: Value, type: TypeDescriptor): PlainValue | undefined {
  switch (type.kind) {
    case 'scalar':
      switch (type.name) {
        case 'i64':
        case 'u64':
          return { kind: 'bigint', value: String(value) }
        case 'f32':
        case 'f64':
          return describeNumber(value as number)
        case 'complex128': {
          const { re, im } = value as ComplexValue
          return object([
            ['re', describeNumber(re)],
            ['im', describeNumber(im)],
          ])
        }
        case 'bytes':
          return { kind: 'bytes', value: [...(value as BytesValue).data] }
        default:
          return value as null | boolean | number | string
      }
    case 'tuple':
      return describeFields(value as StructValue, type)?.map(([, item]) => item)
    case 'struct': {
      const fields = describeFields(value as StructValue, type)
      return fields && object(fields)
    }
    case 'list':
    case 'array':
      return undefined
  }
}

function describeFields(
  value: StructValue,
  type: StructDescriptor | TupleDescriptor,
): [name: string, value: PlainValue][] | undefined {
  const fields: [string, PlainValue][] = []
  for (const [i, field] of type.fields.entries()) {
    const described = describeValue(value.fields[i] as Value, field.type)
    if (described === undefined) return undefined
    fields.push([field.name, described])
  }
  return fields
}

function object(fields: readonly (readonly [string, PlainValue])[]): PlainValue {
  return { kind: 'object', fields }
}

function describeNumber(value: number): PlainValue {
  if (Object.is(value, -0)) return { kind: 'number', value: '-0' }
  return Number.isFinite(value) ? value : { kind: 'number', value: String(value) as 'NaN' | 'Infinity' | '-Infinity' }
}

/** An expression of JavaScript that makes the value. */
export function valueText(value: PlainValue): string {
  if (value === null) return 'undefined' // None
  if (typeof value !== 'object') return JSON.stringify(value)
  if (isItems(value)) return `Object.freeze([${value.map(valueText).join(', ')}])`
  switch (value.kind) {
    case 'number':
      return value.value
    case 'bigint':
      return `${value.value}n`
    case 'bytes':
      return `new Uint8Array([${value.value.join(', ')}])`
    case 'object':
      return `Object.freeze({ ${value.fields.map(([name, field]) => `${name}: ${valueText(field)}`).join(', ')} })`
  }
}

function isItems(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value)
}
