/**
 * A text that is equal for two programs that do the same: everything that redshift left, without the places it came
 * from. An edit of a comment gives the same fingerprint, although lines move and panics would name other ones.
 */

import type { SpyType } from '../../objects/types.ts'
import type { PtrValue, Value } from '../../objects/values.ts'
import type { TypedExpr, TypedProgram, TypedStmt } from '../../typed/tree.ts'
import { shortHash } from './hash.ts'

/** A short text. */
export function fingerprint(program: TypedProgram): string {
  const writer = new FingerprintWriter(program)
  for (const [name, func] of program.functions) {
    writer.add(`def ${name}`)
    for (const { name, type } of [...func.params, ...func.locals]) writer.add(name).type(type)
    writer.stmts(func.body)
  }
  for (const [name, cell] of program.cells)
    writer.add(`var ${name}`).type(cell.valueType).value(cell.valueType, cell.current)
  for (const module of program.modules) {
    writer.add(`module ${module.name}`)
    for (const [name, attribute] of module.attributes) {
      writer.add(`${attribute.kind} ${name}`)
      if (attribute.kind === 'const') writer.value(attribute.type, attribute.value)
      if (attribute.kind !== 'func' || attribute.func.origin !== 'source') continue
      for (const { type, value } of attribute.func.defaults) writer.value(type, value)
    }
  }
  return shortHash(writer.text)
}

/** Fields of nodes that say where, not what. */
const PLACES: ReadonlySet<string> = new Set(['span', 'source'])

class FingerprintWriter {
  readonly #program: TypedProgram
  readonly #parts: string[] = []
  /** What has been written once is not written again: types and the heap have circles. */
  readonly #known = new Set<unknown>()

  constructor(program: TypedProgram) {
    this.#program = program
  }

  get text(): string {
    return this.#parts.join('\n')
  }

  add(text: string): this {
    this.#parts.push(text)
    return this
  }

  type(type: SpyType): this {
    this.add(type.fqn.text)
    if (type.kind !== 'struct' || this.#known.has(type)) return this
    this.#known.add(type)
    for (const field of type.fields) this.add(field.name).type(field.type)
    return this
  }

  stmts(stmts: readonly TypedStmt[]): void {
    for (const stmt of stmts) this.#node(stmt)
  }

  #node(node: TypedStmt | TypedExpr): void {
    if (node.kind === 'Constant') {
      this.value(node.type, node.value)
      return
    }
    this.add(node.kind)
    // The place is an argument of its own.
    const isRaise = node.kind === 'Call' && node.func.origin === 'builtin' && node.func.intrinsic.kind === 'raise'
    for (const [key, field] of Object.entries(node)) {
      if (key === 'kind' || PLACES.has(key)) continue
      this.#field(isRaise && key === 'args' ? (field as readonly TypedExpr[]).slice(0, 2) : field)
    }
  }

  #field(field: unknown): void {
    if (typeof field !== 'object' || field === null) this.add(String(field))
    else if (Array.isArray(field)) {
      this.add(`[${field.length}`)
      for (const item of field) this.#field(item)
    } else if (isNamed(field)) this.add(field.fqn.text)
    else if (isMarked(field)) this.add(`${field.class}: ${field.message}`)
    else if (isNode(field)) this.#node(field)
    else for (const [key, part] of Object.entries(field)) if (!PLACES.has(key)) this.#field(part)
  }

  value(type: SpyType, value: Value): void {
    this.add(type.fqn.text)
    if (typeof value !== 'object' || value === null) {
      this.add(Object.is(value, -0) ? '-0' : String(value))
      return
    }
    switch (type.kind) {
      case 'struct':
        if ('kind' in value && value.kind === 'struct' && 'type' in value) {
          for (const [i, field] of type.fields.entries()) this.value(field.type, value.fields[i] as Value)
        }
        return
      case 'ptr':
      case 'ref':
        this.#pointer(value as PtrValue)
        return
      case 'primitive':
        if ('data' in value) this.add(value.data.join())
        else if ('re' in value) this.add(`${value.re} ${value.im}`)
        return
      default:
        if (isNamed(value)) this.add(value.fqn.text)
    }
  }

  /** Blocks are numbered as they are found, because where they lie does not matter. */
  #pointer({ address, length }: PtrValue): void {
    const block = this.#program.image.blockAt(address)
    this.add(`${length}`)
    if (block === undefined) return
    this.add(`+${address - block.address} of ${block.count}`)
    if (this.#known.has(block.address)) return
    this.#known.add(block.address)
    if (block.zero) return
    const isPlain = block.item.kind === 'primitive' && block.item.name !== 'str' && block.item.name !== 'bytes'
    if (isPlain) {
      this.add(shortHash(block.bytes))
      return
    }
    const size = block.bytes.length / block.count
    for (let i = 0; i < block.count; i++) {
      this.value(block.item, this.#program.image.read(block.item, block.address + i * size))
    }
  }
}

function isNamed(value: object): value is { readonly fqn: { readonly text: string } } {
  return 'fqn' in value
}

function isMarked(value: object): value is { readonly class: string; readonly message: string } {
  return 'class' in value && 'message' in value
}

function isNode(value: object): value is TypedExpr | TypedStmt {
  return 'kind' in value
}
