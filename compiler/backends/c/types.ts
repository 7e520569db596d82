/**
 * Types in C: how they are spelled, and the definitions that a program needs. A type is defined if something spells it.
 */
import { isIdentity } from '../../objects/boxes.ts'
import { Fqn } from '../../objects/fqn.ts'
import { type LayoutMode, layoutOf, structLayout } from '../../objects/layout.ts'
import {
  type FuncType,
  NONE,
  type PrimitiveName,
  type PtrType,
  type RefType,
  type SpyType,
  type StructType,
} from '../../objects/types.ts'
import { invariant, unreachable } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import { commentText } from './literals.ts'
import { fieldName, type GlobalNames } from './names.ts'

const PRIMITIVE_SPELLING: Readonly<Record<PrimitiveName, string>> = {
  bool: 'bool',
  i8: 'int8_t',
  u8: 'uint8_t',
  i32: 'int32_t',
  u32: 'uint32_t',
  i64: 'int64_t',
  u64: 'uint64_t',
  f32: 'float',
  f64: 'double',
  complex128: 'spy_complex128',
  NoneType: 'void',
  str: 'spy_str *',
  bytes: 'spy_bytes *',
}

/** What `object` and `dynamic` are. */
export const BOX = 'const void *'

/** What types, blue functions and other objects of blue time are: numbers. */
const IDENTITY = 'int32_t'

/** `int32_t x`, `spy_str *s`. */
export function declaration(spelling: string, name: string): string {
  return spelling.endsWith('*') ? spelling + name : `${spelling} ${name}`
}

/** None has no representation: parameters, fields and locals of that type do not exist in C. */
export function hasValue(type: SpyType): boolean {
  return type !== NONE
}

export class CTypes {
  readonly mode: LayoutMode
  readonly #names: GlobalNames
  readonly #humanName: (fqn: Fqn) => string
  readonly #structs = new Map<StructType, { readonly name: string; readonly at: Span }>()
  /** Pointers and the references with the same layout, by item. */
  readonly #ptrs: Readonly<Record<'raw' | 'gc', Map<SpyType, PtrNames>>> = { raw: new Map(), gc: new Map() }
  readonly #funcs = new Map<FuncType, { readonly name: string; readonly text: string }>()

  constructor(mode: LayoutMode, names: GlobalNames, humanName: (fqn: Fqn) => string) {
    this.mode = mode
    this.#names = names
    this.#humanName = humanName
  }

  spell(type: SpyType, at: Span): string {
    switch (type.kind) {
      case 'primitive':
        return PRIMITIVE_SPELLING[type.name]
      case 'struct':
        return this.#struct(type, at)
      case 'ptr':
        return this.#ptr(type, at).ptr
      case 'ref':
        return this.#ref(type, at)
      case 'func':
        return isIdentity(type) ? IDENTITY : this.#func(type, at)
      case 'opaque':
        return IDENTITY
      case 'object':
      case 'dynamic':
        return BOX
      default:
        return unreachable(type)
    }
  }

  declare(type: SpyType, name: string, at: Span): string {
    return declaration(this.spell(type, at), name)
  }

  /** The C pointer to items of this type: `T *`. */
  itemPointer(type: SpyType, at: Span): string {
    const spelling = hasValue(type) ? this.spell(type, at) : 'char'
    return spelling.endsWith('*') ? `${spelling}*` : `${spelling} *`
  }

  #struct(type: StructType, at: Span): string {
    const known = this.#structs.get(type)
    if (known !== undefined) return known.name
    const name = this.#names.fqn(type.fqn)
    this.#structs.set(type, { name, at })
    for (const field of type.fields) if (hasValue(field.type)) this.spell(field.type, at)
    return name
  }

  #ptr(type: PtrType | RefType, at: Span): PtrNames {
    const table = this.#ptrs[type.memory]
    const known = table.get(type.item)
    if (known !== undefined) return known
    const fqn = Fqn.of('unsafe').join(`${type.memory}_ptr`, [type.item.fqn])
    const made: PtrNames = { ptr: this.#names.fqn(fqn), ref: undefined, at }
    table.set(type.item, made)
    this.itemPointer(type.item, at)
    return made
  }

  #ref(type: RefType, at: Span): string {
    const names = this.#ptr(type, at)
    names.ref ??= this.#names.fqn(type.fqn)
    return names.ref
  }

  /** Function types are defined after what they mention, so they are spelled out first. */
  #func(type: FuncType, at: Span): string {
    const known = this.#funcs.get(type)
    if (known !== undefined) return known.name
    const result = this.spell(type.result, at)
    const params = type.params.filter((param) => hasValue(param.type)).map((param) => this.spell(param.type, at))
    const name = this.#names.fqn(type.fqn)
    const text = `typedef ${declaration(result, `(*${name})`)}(${params.length === 0 ? 'void' : params.join(', ')});`
    this.#funcs.set(type, { name, text })
    return name
  }

  /** All definitions, and the proof that they are laid out as everybody believes. */
  section(): readonly string[] {
    const lines = this.definitions()
    const proof = this.#layoutProof(this.#allPtrs())
    return proof.length === 0 ? lines : [...lines, '', '#ifdef __wasm32__', ...proof, '#endif']
  }

  #allPtrs(): readonly (readonly [SpyType, PtrNames])[] {
    return (['raw', 'gc'] as const).flatMap((memory) => [...this.#ptrs[memory]])
  }

  /** All definitions, in an order that C accepts. */
  definitions(): readonly string[] {
    const structs = [...this.#structs]
    const ptrs = this.#allPtrs()
    const lines: string[] = []
    for (const [type, { name }] of structs) lines.push(`typedef struct ${name} ${name}; /* ${this.#human(type)} */`)
    for (const [, { ptr, ref }] of ptrs) {
      lines.push(`typedef struct ${ptr} ${ptr};`)
      if (ref !== undefined) lines.push(`typedef ${ptr} ${ref};`)
    }
    for (const { text } of this.#funcs.values()) lines.push(text)
    if (lines.length > 0) lines.push('')
    const length = this.mode === 'debug' ? ' int32_t length;' : ''
    for (const [item, { ptr, at }] of ptrs) lines.push(`struct ${ptr} { ${this.itemPointer(item, at)}p;${length} };`)
    for (const type of this.#definitionOrder()) lines.push(...this.#structDefinition(type))
    return lines
  }

  #human(type: SpyType): string {
    return commentText(this.#humanName(type.fqn))
  }

  /** Structs that others contain come first. */
  #definitionOrder(): readonly StructType[] {
    const ordered = new Set<StructType>()
    const visit = (type: StructType): void => {
      if (type.state !== 'defined' || ordered.has(type)) return
      for (const field of type.fields) if (field.type.kind === 'struct') visit(field.type)
      ordered.add(type)
    }
    for (const type of this.#structs.keys()) visit(type)
    return [...ordered]
  }

  #structDefinition(type: StructType): readonly string[] {
    const fields = type.fields.filter((field) => hasValue(field.type))
    const known = this.#structs.get(type)
    invariant(known !== undefined, `${type.fqn} has been spelled, because what contains it has been`)
    return [
      `struct ${known.name} {`,
      ...fields.map((field) => `    ${this.declare(field.type, fieldName(field.name), known.at)};`),
      '};',
    ]
  }

  /** KEEP IN STEP: layout (compiler/objects/layout.ts) */
  #layoutProof(ptrs: readonly (readonly [SpyType, PtrNames])[]): readonly string[] {
    const lines: string[] = []
    const pointerSize = this.mode === 'debug' ? 8 : 4
    for (const [, { ptr }] of ptrs) lines.push(`_Static_assert(sizeof(${ptr}) == ${pointerSize}, "layout");`)
    for (const [type, { name }] of this.#structs) {
      const layout = structLayout(type, this.mode)
      if (layout === undefined || layoutOf(type, this.mode) === undefined) continue
      lines.push(`_Static_assert(sizeof(${name}) == ${layout.whole.size}, "layout");`)
      for (const field of layout.fields) {
        if (!hasValue(field.type)) continue
        const offset = `SPY_OFFSETOF(${name}, ${fieldName(field.name)})`
        lines.push(`_Static_assert(${offset} == ${field.offset}, "layout");`)
      }
    }
    return lines
  }
}

interface PtrNames {
  readonly ptr: string
  ref: string | undefined
  /** Where the type was first used. */
  readonly at: Span
}
