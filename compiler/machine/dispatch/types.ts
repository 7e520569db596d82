/**
 * Types as values: which type a type has.
 */
import {
  FUNC_METATYPE,
  GC_PTR_METATYPE,
  GC_REF_METATYPE,
  RAW_PTR_METATYPE,
  RAW_REF_METATYPE,
  type SpyType,
  STRUCT_TYPE,
  TYPE,
} from '../../objects/types.ts'
import type { BlueValue } from '../../objects/values.ts'

/** The type of a type, as `type(T)` gives it. */
export function metatypeOf(type: SpyType): SpyType {
  switch (type.kind) {
    case 'struct':
      return STRUCT_TYPE
    case 'func':
      return FUNC_METATYPE
    case 'ptr':
      return type.memory === 'raw' ? RAW_PTR_METATYPE : GC_PTR_METATYPE
    case 'ref':
      if (type.isClass) return TYPE
      return type.memory === 'raw' ? RAW_REF_METATYPE : GC_REF_METATYPE
    case 'object':
    case 'dynamic':
    case 'primitive':
    case 'opaque':
      return TYPE
  }
}

/** A type as a blue value. */
export function blueType(type: SpyType): BlueValue {
  return { type: metatypeOf(type), value: type }
}
