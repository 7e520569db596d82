/** The codec of any type, from its description. Facades of releases name theirs one by one instead. */
import type { NumberName, ScalarName, TypeDescriptor } from '../abi/descriptors.ts'
import { struct, tuple } from '../marshal/aggregates.ts'
import { arrayFrom } from '../marshal/arrays.ts'
import type { Codec } from '../marshal/codec.ts'
import { list, numbers } from '../marshal/lists.ts'
import { bool, complex128, f32, f64, i8, i32, i64, none, type ScalarCodec, u8, u32, u64 } from '../marshal/scalars.ts'
import { bytes, str } from '../marshal/text.ts'

const NUMBERS: Readonly<Record<NumberName, ScalarCodec>> = {
  i8: i8 as ScalarCodec,
  u8: u8 as ScalarCodec,
  i32: i32 as ScalarCodec,
  u32: u32 as ScalarCodec,
  i64: i64 as ScalarCodec,
  u64: u64 as ScalarCodec,
  f32: f32 as ScalarCodec,
  f64: f64 as ScalarCodec,
}

const SCALARS: Readonly<Record<ScalarName, Codec>> = {
  ...NUMBERS,
  bool: bool as Codec,
  complex128: complex128 as Codec,
  str: str as Codec,
  bytes: bytes as Codec,
  None: none,
}

/** How to make an object of the struct with this FQN from the values of its fields. */
export type MakeStruct = (fqn: string) => ((values: readonly unknown[]) => unknown) | undefined

export function codecOf(type: TypeDescriptor, makeStruct: MakeStruct): Codec {
  switch (type.kind) {
    case 'scalar':
      return SCALARS[type.name]
    case 'tuple': {
      const items = type.fields.map((field) => [codecOf(field.type, makeStruct), field.offset] as const)
      return tuple(type.size, ...items) as Codec
    }
    case 'struct': {
      const fields = type.fields.map(({ name, type, offset }) => [name, codecOf(type, makeStruct), offset] as const)
      return struct(type.size, fields, makeStruct(type.fqn))
    }
    case 'list': {
      const { size, length, capacity, items } = type.data
      const item = codecOf(type.item, makeStruct)
      return isNumber(type.item)
        ? (numbers(item as ScalarCodec, [size, length, capacity, items], type.checked) as Codec)
        : (list(item, [size, length, capacity, items], type.checked) as Codec)
    }
    case 'array': {
      const { size, shape, items } = type.data
      return arrayFrom(codecOf(type.item, makeStruct) as ScalarCodec, [size, shape, items], type.checked) as Codec
    }
  }
}

function isNumber(type: TypeDescriptor): boolean {
  return type.kind === 'scalar' && type.name in NUMBERS
}
