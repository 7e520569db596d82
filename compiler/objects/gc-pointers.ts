/**
 * Where the pointers are, inside of a value, that the collector follows: pointers and references to gc memory, strings,
 * bytes, boxed values.
 *
 *     list[str]               [__ll__]
 *     Pair(name: str, n: i32) [name]
 */
import { flatten, type LayoutMode, structLayout } from './layout.ts'
import type { SpyType } from './types.ts'

/** Names of the fields that lead to a pointer; none where the value is the pointer. */
export type GcPath = readonly string[]

const paths = new WeakMap<SpyType, readonly GcPath[]>()
const NONE: readonly GcPath[] = []

/** All of them, in the order of fields. */
export function gcPaths(type: SpyType): readonly GcPath[] {
  if (isGcPointer(type)) return [[]]
  if (type.kind !== 'struct' || type.state !== 'defined') return NONE
  let found = paths.get(type)
  if (found === undefined) {
    found = type.fields.flatMap((field) => gcPaths(field.type).map((path) => [field.name, ...path]))
    paths.set(type, found)
  }
  return found
}

export function holdsGcPointers(type: SpyType): boolean {
  return gcPaths(type).length > 0
}

/** For each path, which part of the flat form the address is. */
export function gcParts(type: SpyType, mode: LayoutMode): readonly number[] {
  if (isGcPointer(type)) return [0]
  if (type.kind !== 'struct' || !holdsGcPointers(type)) return []
  const parts: number[] = []
  let first = 0
  for (const field of type.fields) {
    for (const part of gcParts(field.type, mode)) parts.push(first + part)
    first += flatten(field.type, mode).length
  }
  return parts
}

/** For each path, how many bytes from the start of the value in memory the address stands. */
export function gcOffsets(type: SpyType, mode: LayoutMode): readonly number[] {
  if (isGcPointer(type)) return [0]
  if (type.kind !== 'struct' || !holdsGcPointers(type)) return []
  const fields = structLayout(type, mode)?.fields ?? []
  return fields.flatMap((field) => gcOffsets(field.type, mode).map((offset) => field.offset + offset))
}

function isGcPointer(type: SpyType): boolean {
  switch (type.kind) {
    case 'primitive':
      return type.name === 'str' || type.name === 'bytes'
    case 'ptr':
    case 'ref':
      return type.memory === 'gc'
    case 'object':
    case 'dynamic':
      return true
    case 'struct':
    case 'func':
    case 'opaque':
      return false
  }
}
