/**
 * Sizes, alignments and offsets of values in linear memory: C's natural layout for wasm32, the same for all engines.
 * Debug layouts keep a length behind every pointer, so that accesses can be checked; release layouts do not.
 */
import type { PrimitiveName, SpyType, StructType } from './types.ts'

export type LayoutMode = 'debug' | 'release'

export interface SizeAlign {
  /** Bytes, a multiple of `align`. */
  readonly size: number
  readonly align: number
}

/** Bytes of the primitive types; str and bytes are addresses of their objects. */
const PRIMITIVE_LAYOUT: Readonly<Record<PrimitiveName, SizeAlign>> = {
  bool: { size: 1, align: 1 },
  i8: { size: 1, align: 1 },
  u8: { size: 1, align: 1 },
  i32: { size: 4, align: 4 },
  u32: { size: 4, align: 4 },
  f32: { size: 4, align: 4 },
  i64: { size: 8, align: 8 },
  u64: { size: 8, align: 8 },
  f64: { size: 8, align: 8 },
  complex128: { size: 16, align: 8 },
  str: { size: 4, align: 4 },
  bytes: { size: 4, align: 4 },
  NoneType: { size: 0, align: 1 },
}

/** Undefined when values of the type cannot be stored in memory. */
export function layoutOf(type: SpyType, mode: LayoutMode): SizeAlign | undefined {
  switch (type.kind) {
    case 'primitive':
      return PRIMITIVE_LAYOUT[type.name]
    case 'ptr':
    case 'ref':
      return mode === 'debug' ? { size: 8, align: 4 } : { size: 4, align: 4 }
    case 'func':
    case 'object':
    case 'dynamic':
    case 'opaque': // numbers that stand for types and other objects of blue time
      return { size: 4, align: 4 }
    case 'struct':
      return structLayout(type, mode)?.whole
  }
}

export interface FieldLayout {
  readonly name: string
  readonly type: SpyType
  /** Bytes from the start of the struct. */
  readonly offset: number
}

export interface StructLayout {
  readonly whole: SizeAlign
  readonly fields: readonly FieldLayout[]
}

const structLayouts: Readonly<Record<LayoutMode, WeakMap<StructType, StructLayout>>> = {
  debug: new WeakMap(),
  release: new WeakMap(),
}

/** Undefined when the struct is only declared or a field cannot be stored in memory. */
export function structLayout(struct: StructType, mode: LayoutMode): StructLayout | undefined {
  if (struct.state !== 'defined') return undefined
  const known = structLayouts[mode].get(struct)
  if (known !== undefined) return known
  const fields: FieldLayout[] = []
  let end = 0
  let align = 1
  for (const field of struct.fields) {
    const layout = layoutOf(field.type, mode)
    if (layout === undefined) return undefined
    const offset = alignUp(end, layout.align)
    fields.push({ name: field.name, type: field.type, offset })
    end = offset + layout.size
    align = Math.max(align, layout.align)
  }
  const result = { whole: { size: alignUp(end, align), align }, fields }
  structLayouts[mode].set(struct, result)
  return result
}

/** What a path through fields of fields leads to, and how many bytes from the start of the struct it stands. */
export function placeAtPath(
  struct: StructType,
  path: readonly string[],
  mode: LayoutMode,
): { readonly type: SpyType; readonly offset: number } {
  let type: SpyType = struct
  let offset = 0
  for (const name of path) {
    const fields: readonly FieldLayout[] = type.kind === 'struct' ? (structLayout(type, mode)?.fields ?? []) : []
    const field = fields.find((candidate) => candidate.name === name)
    if (field === undefined) throw new Error(`${struct.fqn.text} has a field ${path.join('.')} in memory`)
    type = field.type
    offset += field.offset
  }
  return { type, offset }
}

export function alignUp(offset: number, align: number): number {
  return Math.ceil(offset / align) * align
}

/** One wasm value of a type's flat form. `path` names it below the value: field names, `address`, `length`, `re`, `im`. */
export interface FlatPart {
  readonly path: readonly string[]
  readonly wasm: 'i32' | 'i64' | 'f32' | 'f64'
  /** The scalar type it holds; pointers are two u32 (debug) or one (release), str, bytes and functions one u32. */
  readonly scalar: PrimitiveName | 'address' | 'length'
}

/**
 * How a value is held in wasm locals, parameters and results: structs field by field, in order, nested ones too;
 * pointers and references as (address, length) in debug, address in release; None as nothing.
 */
export function flatten(type: SpyType, mode: LayoutMode): readonly FlatPart[] {
  const parts: FlatPart[] = []
  const visit = (t: SpyType, path: readonly string[]): void => {
    switch (t.kind) {
      case 'primitive':
        if (t.name === 'NoneType') return
        if (t.name === 'complex128') {
          parts.push(
            { path: [...path, 're'], wasm: 'f64', scalar: 'f64' },
            { path: [...path, 'im'], wasm: 'f64', scalar: 'f64' },
          )
          return
        }
        parts.push({ path, wasm: WASM_TYPES[t.name], scalar: t.name })
        return
      case 'ptr':
      case 'ref':
        parts.push({ path: [...path, 'address'], wasm: 'i32', scalar: 'address' })
        if (mode === 'debug') parts.push({ path: [...path, 'length'], wasm: 'i32', scalar: 'length' })
        return
      case 'struct':
        for (const field of t.fields) visit(field.type, [...path, field.name])
        return
      case 'func':
      case 'object':
      case 'dynamic':
      case 'opaque':
        parts.push({ path, wasm: 'i32', scalar: 'address' })
        return
    }
  }
  visit(type, [])
  return parts
}

const WASM_TYPES: Readonly<Record<Exclude<PrimitiveName, 'NoneType' | 'complex128'>, FlatPart['wasm']>> = {
  bool: 'i32',
  i8: 'i32',
  u8: 'i32',
  i32: 'i32',
  u32: 'i32',
  str: 'i32',
  bytes: 'i32',
  i64: 'i64',
  u64: 'i64',
  f32: 'f32',
  f64: 'f64',
}
