/**
 * Values as wasm sees them: a row of parts, each one wasm value, that is held in a local or lies in memory.
 *
 *     Point(x: i32, y: f64)   →   parts   x: i32 at 0,  y: f64 at 8
 *     raw_ptr[Point], debug   →   parts   address: i32 at 0,  length: i32 at 4
 */
import { type FlatPart, flatten, type LayoutMode, layoutOf, structLayout } from '../../objects/layout.ts'
import type { SpyType, StructType } from '../../objects/types.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { LoadOp, Signature, StoreOp, ValueType } from './encode.ts'

export interface Part {
  readonly wasm: ValueType
  readonly scalar: FlatPart['scalar']
  /** Names below the value: `.x`, `.length`; empty for scalars. */
  readonly suffix: string
  /** Bytes from the start of the value in memory; undefined when values of the type cannot be stored. */
  readonly offset: number | undefined
  readonly load: LoadOp
  readonly store: StoreOp
}

/** A field of a struct among the parts of the struct. */
export interface FieldParts {
  readonly type: SpyType
  readonly from: number
  readonly to: number
}

const MEMORY_OPS: Readonly<Record<FlatPart['scalar'], readonly [LoadOp, StoreOp]>> = {
  bool: ['i32.load8_u', 'i32.store8'],
  i8: ['i32.load8_s', 'i32.store8'],
  u8: ['i32.load8_u', 'i32.store8'],
  i32: ['i32.load', 'i32.store'],
  u32: ['i32.load', 'i32.store'],
  i64: ['i64.load', 'i64.store'],
  u64: ['i64.load', 'i64.store'],
  f32: ['f32.load', 'f32.store'],
  f64: ['f64.load', 'f64.store'],
  str: ['i32.load', 'i32.store'],
  bytes: ['i32.load', 'i32.store'],
  address: ['i32.load', 'i32.store'],
  length: ['i32.load', 'i32.store'],
  complex128: ['f64.load', 'f64.store'], // its two parts are f64
  NoneType: ['i32.load', 'i32.store'], // has no parts
}

/** Parts of types, remembered: the same few types are asked for at every expression. */
export class Shapes {
  readonly mode: LayoutMode
  readonly #parts = new Map<SpyType, readonly Part[]>()
  readonly #wasmTypes = new Map<SpyType, readonly ValueType[]>()
  readonly #fields = new Map<StructType, ReadonlyMap<string, FieldParts>>()

  constructor(mode: LayoutMode) {
    this.mode = mode
  }

  parts(type: SpyType): readonly Part[] {
    const known = this.#parts.get(type)
    if (known !== undefined) return known
    const flat = flatten(type, this.mode)
    const offsets = layoutOf(type, this.mode) === undefined ? [] : partOffsets(type, this.mode)
    const parts = flat.map(({ wasm, scalar, path }, index) => {
      const [load, store] = MEMORY_OPS[scalar]
      return { wasm, scalar, suffix: path.map((name) => `.${name}`).join(''), offset: offsets[index], load, store }
    })
    this.#parts.set(type, parts)
    return parts
  }

  width(type: SpyType): number {
    return this.parts(type).length
  }

  wasmTypes(type: SpyType): readonly ValueType[] {
    let types = this.#wasmTypes.get(type)
    if (types === undefined) {
      types = this.parts(type).map((part) => part.wasm)
      this.#wasmTypes.set(type, types)
    }
    return types
  }

  field(struct: StructType, name: string): FieldParts {
    let fields = this.#fields.get(struct)
    if (fields === undefined) {
      fields = this.#layFields(struct)
      this.#fields.set(struct, fields)
    }
    const found = fields.get(name)
    invariant(found !== undefined, 'fields that are read belong to the struct')
    return found
  }

  /** Internal calls pass structs as several values and return them so. */
  signature(params: readonly SpyType[], result: SpyType): Signature {
    return { params: params.flatMap((type) => this.wasmTypes(type)), results: this.wasmTypes(result) }
  }

  #layFields(struct: StructType): ReadonlyMap<string, FieldParts> {
    const fields = new Map<string, FieldParts>()
    let from = 0
    for (const { name, type } of struct.fields) {
      const to = from + this.width(type)
      fields.set(name, { type, from, to })
      from = to
    }
    return fields
  }
}

/** Memory offsets of the parts, in the order of `flatten`. */
function partOffsets(type: SpyType, mode: LayoutMode): readonly number[] {
  const offsets: number[] = []
  const visit = (t: SpyType, at: number): void => {
    switch (t.kind) {
      case 'primitive':
        if (t.name === 'NoneType') return
        offsets.push(at)
        if (t.name === 'complex128') offsets.push(at + 8)
        return
      case 'ptr':
      case 'ref':
        offsets.push(at)
        if (mode === 'debug') offsets.push(at + 4)
        return
      case 'struct':
        for (const field of structLayout(t, mode)?.fields ?? []) visit(field.type, at + field.offset)
        return
      case 'func':
      case 'object':
      case 'dynamic':
      case 'opaque':
        offsets.push(at)
        return
    }
  }
  visit(type, 0)
  return offsets
}
