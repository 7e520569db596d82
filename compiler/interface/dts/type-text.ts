/** SPy types as TypeScript types: what is accepted from JavaScript, and what is given to it. */
import type { NumberName, ScalarName, TypeDescriptor } from '../../../src/runtime/abi/descriptors.ts'

export const TYPED_ARRAYS: Readonly<Record<NumberName, string>> = {
  i8: 'Int8Array',
  u8: 'Uint8Array',
  i32: 'Int32Array',
  u32: 'Uint32Array',
  i64: 'BigInt64Array',
  u64: 'BigUint64Array',
  f32: 'Float32Array',
  f64: 'Float64Array',
}

/** Types of `unplugin-spy/runtime` that stand for scalars. */
const SCALAR_TEXT: Readonly<Record<ScalarName, { readonly in: string; readonly out: string; readonly uses: string }>> =
  {
    i8: { in: 'i8', out: 'i8', uses: 'i8' },
    u8: { in: 'u8', out: 'u8', uses: 'u8' },
    i32: { in: 'i32', out: 'i32', uses: 'i32' },
    u32: { in: 'u32', out: 'u32', uses: 'u32' },
    i64: { in: 'i64 | number', out: 'i64', uses: 'i64' },
    u64: { in: 'u64 | number', out: 'u64', uses: 'u64' },
    f32: { in: 'f32', out: 'f32', uses: 'f32' },
    f64: { in: 'f64', out: 'f64', uses: 'f64' },
    bool: { in: 'boolean', out: 'boolean', uses: '' },
    complex128: { in: 'complex128', out: 'complex128', uses: 'complex128' },
    str: { in: 'string', out: 'string', uses: '' },
    bytes: { in: 'ArrayBuffer | ArrayBufferView', out: 'Uint8Array', uses: '' },
    None: { in: 'undefined', out: 'undefined', uses: '' },
  }

export type Direction = 'in' | 'out'

export interface TypeTextContext {
  /** Names of the classes that the module exports, by FQN. */
  readonly classes: ReadonlyMap<string, string>
  /** The local name of a type of the runtime; remembers that it must be imported. */
  readonly use: (name: string) => string
}

export function typeText(type: TypeDescriptor, direction: Direction, context: TypeTextContext): string {
  switch (type.kind) {
    case 'scalar': {
      const row = SCALAR_TEXT[type.name]
      return row.uses === '' ? row[direction] : row[direction].replace(row.uses, context.use(row.uses))
    }
    case 'tuple':
      return `readonly [${type.fields.map((field) => typeText(field.type, direction, context)).join(', ')}]`
    case 'struct': {
      const name = context.classes.get(type.fqn)
      if (name !== undefined) return direction === 'out' ? name : `${name}Like`
      const fields = type.fields.map((field) => `readonly ${field.name}: ${typeText(field.type, direction, context)}`)
      return `{ ${fields.join('; ')} }`
    }
    case 'list': {
      const item = typeText(type.item, direction, context)
      if (direction === 'in') return `Iterable<${item}>`
      if (type.item.kind === 'scalar' && type.item.name in TYPED_ARRAYS) {
        return TYPED_ARRAYS[type.item.name as NumberName]
      }
      return /^[\w.]+(<.*>)?$|^readonly \[/.test(item) && !item.startsWith('readonly') ? `${item}[]` : `(${item})[]`
    }
    case 'array': {
      const item = typeText(type.item, 'out', context)
      const data = type.item.name === 'bool' ? 'Uint8Array' : TYPED_ARRAYS[type.item.name as NumberName]
      const array = `${context.use('SpyArray')}<${item}, ${data}>`
      if (direction === 'out') return array
      const given = typeText(type.item, 'in', context)
      return `${array} | ${type.data.shape.reduce((inner) => `ArrayLike<${inner}>`, given)}`
    }
  }
}
