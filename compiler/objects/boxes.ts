/**
 * Boxes: values of static type `object` or `dynamic` in compiled code. Such a value is the address of a struct on the
 * gc heap, which never changes: a number that stands for the dynamic type, then the value in its memory layout.
 *
 *     7: i32        { type: 12, value: 7 }
 *     "a": str      { type: 3, value: address of the str object }
 *     None          no struct: NULL, which is also what memory holds that nobody has written
 *
 * Types, blue functions and whatever else only blue code can use are numbers of their identity; see `Identities`.
 */
import { Fqn } from './fqn.ts'
import type { DynamicOperation } from './intrinsics.ts'
import { declareStruct, defineStruct, isBoxed, NONE, type SpyType, type StructType, U32 } from './types.ts'

const boxes = new WeakMap<SpyType, StructType>()

/** The struct behind a boxed value of this dynamic type, which is neither boxed itself nor None. */
export function boxStruct(type: SpyType): StructType {
  let struct = boxes.get(type)
  if (struct === undefined) {
    struct = declareStruct(Fqn.of('__spy__').join('box', [type.fqn]))
    defineStruct(struct, [
      { name: 'type', type: U32 },
      { name: 'value', type: isIdentity(type) ? U32 : type },
    ])
    boxes.set(type, struct)
  }
  return struct
}

/** Compiled code can tell values of this type apart, and no more. */
export function isIdentity(type: SpyType): boolean {
  return type.kind === 'opaque' || (type.kind === 'func' && type.color === 'blue')
}

/**
 * An operand of this type that is a constant keeps its value in an operation on `dynamic` values; of others only the
 * type is known. Indices into tuples and arguments of blue functions mean something only while they are known.
 */
export function staysKnown(type: SpyType, kind: DynamicOperation['kind']): boolean {
  return isAlwaysKnown(type) || kind === 'call' || kind === 'callMethod' || kind === 'getItem'
}

/** There are only so many values of the type that compiled code asks which one it is. */
export function isAlwaysKnown(type: SpyType): boolean {
  return type === NONE || isIdentity(type)
}

/** Seeing the value as `object` or `dynamic` makes a box of it; constants have been boxed before the program runs. */
export function makesBox(value: { readonly kind: string; readonly type: SpyType }): boolean {
  return !isBoxed(value.type) && value.type !== NONE && value.kind !== 'Constant'
}
