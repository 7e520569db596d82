/** Values of JavaScript as SPy writes them, so that a call that a test makes can be made by a SPy program. */

import type { FunctionBinding, ScalarDescriptor, TypeDescriptor } from '../../../src/runtime/abi/descriptors.ts'
import { quote } from '../../../src/runtime/numbers.ts'

/**
 * The arguments of a call in brackets; undefined if SPy has no expression for one of them.
 *
 * @param module  name under which the module of the function is imported
 */
export function argumentText(func: FunctionBinding, args: readonly unknown[], module: string): string | undefined {
  if (args.length > func.params.length) return undefined
  const texts = args.map((arg, i) => literal(arg, (func.params[i] as FunctionBinding['params'][number]).type, module))
  return texts.includes(undefined) ? undefined : `(${texts.join(', ')})`
}

function literal(value: unknown, type: TypeDescriptor, module: string): string | undefined {
  switch (type.kind) {
    case 'scalar':
      return scalar(value, type.name)
    case 'tuple': {
      if (!Array.isArray(value) || value.length !== type.fields.length) return undefined
      const items = type.fields.map((field, i) => literal(value[i], field.type, module))
      return items.includes(undefined) ? undefined : `(${items.join(', ')}${items.length === 1 ? ',' : ''})`
    }
    case 'struct': {
      const name = /^\w+::(\w+)$/.exec(type.fqn)?.[1]
      if (name === undefined || typeof value !== 'object' || value === null) return undefined
      const fields = type.fields.map((field) => literal(Reflect.get(value, field.name), field.type, module))
      return fields.includes(undefined) ? undefined : `${module}.${name}(${fields.join(', ')})`
    }
    case 'list': {
      if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) return undefined
      const items = [...(value as Iterable<unknown>)].map((item) => literal(item, type.item, module))
      if (items.includes(undefined)) return undefined
      if (items.length > 0) return `[${items.join(', ')}]`
      return hasOwnName(type.item) ? `list[${type.item.text}]()` : undefined
    }
    default:
      return undefined
  }
}

/** The type is called the same in every module. */
function hasOwnName(type: TypeDescriptor): boolean {
  switch (type.kind) {
    case 'scalar':
      return true
    case 'list':
      return hasOwnName(type.item)
    case 'tuple':
      return type.fields.every((field) => hasOwnName(field.type))
    default:
      return false
  }
}

const BITS = { i8: 8, u8: 8, i32: 32, u32: 32, i64: 64, u64: 64 } as const

function scalar(value: unknown, name: ScalarDescriptor['name']): string | undefined {
  switch (name) {
    case 'None':
      return 'None'
    case 'bool':
      return typeof value === 'boolean' ? (value ? 'True' : 'False') : undefined
    case 'str':
      return typeof value === 'string' && !/\p{Surrogate}/u.test(value) ? quote(value) : undefined
    case 'bytes':
      if (!(value instanceof Uint8Array)) return undefined
      return `b'${[...value].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'`
    case 'f32':
    case 'f64':
      return typeof value === 'number' ? `${name}('${floatText(value)}')` : undefined
    case 'complex128': {
      const { re, im } = value as { readonly re: number; readonly im: number }
      return `complex(float('${floatText(re)}'), float('${floatText(im)}'))`
    }
    default: {
      if (typeof value !== 'bigint' && !(typeof value === 'number' && Number.isInteger(value))) return undefined
      const whole = BigInt(value)
      const wrapped = name.startsWith('i') ? BigInt.asIntN(BITS[name], whole) : BigInt.asUintN(BITS[name], whole)
      if (whole !== wrapped) return undefined
      return name === 'i32' && whole > -2147483648n ? `${whole}` : `${name}('${whole}')`
    }
  }
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  return Object.is(value, -0) ? '-0.0' : String(value)
}
