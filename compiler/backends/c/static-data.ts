/**
 * Static data: string literals, the memory that import time has filled as far as the program reaches it, and the values
 * of constants and variables that point into it.
 */

import { quote } from '../../../src/runtime/numbers.ts'
import { boxStruct, isIdentity } from '../../objects/boxes.ts'
import { Identities } from '../../objects/identities.ts'
import { layoutOf, structLayout } from '../../objects/layout.ts'
import { NONE, type PtrType, type RefType, type SpyType } from '../../objects/types.ts'
import {
  type BlueValue,
  type BytesValue,
  type ComplexValue,
  type FuncObject,
  type PtrValue,
  type StructValue,
  structValue,
  type Value,
} from '../../objects/values.ts'
import { invariant, unreachable } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { HeapBlock, HeapImage } from '../../typed/tree.ts'
import { refusePointer } from './diagnostics.ts'
import { atom, C_PRECEDENCE, type CExpr } from './expr.ts'
import { commentText, floatLiteral, intLiteral, stringLiteral } from './literals.ts'
import { fieldName } from './names.ts'
import { type CTypes, hasValue } from './types.ts'

/** A key that differs from 0, as -0 does not. */
const MINUS_ZERO = Symbol('-0')

interface Block {
  readonly block: HeapBlock
  readonly name: string
  readonly at: Span
  /** `static T name[n]` */
  readonly declaration: string
}

export class StaticData {
  readonly #types: CTypes
  readonly #image: HeapImage
  readonly #useFunction: (func: FuncObject, at: Span) => string
  readonly #strings = new Map<string, string>()
  /** By their literal. */
  readonly #bytes = new Map<string, { readonly name: string; readonly data: Uint8Array }>()
  readonly #blocks = new Map<HeapBlock, Block>()
  readonly #filled = new Map<Block, readonly string[]>()

  constructor(types: CTypes, image: HeapImage, useFunction: (func: FuncObject, at: Span) => string) {
    this.#types = types
    this.#image = image
    this.#useFunction = useFunction
  }

  // ------------------------------------------------------------------------------------------------- constants

  /** A constant as an operand of an expression. */
  expression(value: Value, type: SpyType, at: Span): CExpr {
    switch (type.kind) {
      case 'struct':
      case 'ptr':
      case 'ref':
        return atom(`(${this.#types.spell(type, at)})${this.initializer(value, type, at)}`)
      case 'primitive':
        switch (type.name) {
          case 'complex128':
            return atom(`(spy_complex128)${this.initializer(value, type, at)}`)
          case 'str':
            return unary(`${this.initializer(value, type, at)} /* ${shortRepr(value as string)} */`)
          case 'bytes':
            return unary(this.initializer(value, type, at))
          case 'i8':
          case 'u8':
          case 'i32':
          case 'u32':
          case 'i64':
          case 'u64':
            return intLiteral(type.name, value as number | bigint)
          case 'f32':
          case 'f64':
            return floatLiteral(type.name, value as number)
          case 'bool':
            return atom(value === true ? 'true' : 'false')
          case 'NoneType':
            return atom('(void)0')
        }
        break
      case 'func':
        if (isIdentity(type)) return atom(String(this.identity(value)))
        // Memory that nobody has written holds no function.
        return atom(value === null ? 'NULL' : this.#useFunction(value as FuncObject, at))
      case 'opaque':
        return atom(String(this.#identities.of(value)))
      case 'object':
      case 'dynamic':
        return value === null ? atom('NULL') : atom(this.box(value as BlueValue, at))
    }
    return unreachable(type)
  }

  readonly #identities = new Identities()

  /** The number of a type, or of another object of blue time. */
  identity(object: Value): number {
    return this.#identities.of(object)
  }

  /** A box with this constant; equal constants share one. */
  box({ type, value }: BlueValue, at: Span): string {
    if (type === NONE) return 'NULL'
    let known = this.#boxes.get(type)
    if (known === undefined) {
      known = new Map()
      this.#boxes.set(type, known)
    }
    const key = Object.is(value, -0) ? MINUS_ZERO : value
    let name = known.get(key)
    if (name === undefined) {
      name = `SPY_g_box${this.#boxDeclarations.length}`
      known.set(key, name)
      const struct = boxStruct(type)
      const declaration = `static const ${this.#types.declare(struct, name, at)}`
      this.#boxDeclarations.push(`${declaration};`)
      const payload = isIdentity(type) ? this.identity(value) : value
      const content = this.initializer(structValue(struct, [this.identity(type), payload]), struct, at)
      this.#boxDefinitions.push(`${declaration} = ${content};`)
    }
    return `&${name}`
  }

  readonly #boxes = new Map<SpyType, Map<Value | typeof MINUS_ZERO, string>>()
  readonly #boxDeclarations: string[] = []
  readonly #boxDefinitions: string[] = []

  /** The same in the initializer of an object with static storage. */
  initializer(value: Value, type: SpyType, at: Span): string {
    switch (type.kind) {
      case 'struct': {
        const { fields } = value as StructValue
        const items = type.fields
          .map((field, index) => ({ field, item: fields[index] as Value }))
          .filter(({ field }) => hasValue(field.type))
          .map(({ field, item }) => this.initializer(item, field.type, at))
        this.#types.spell(type, at)
        return items.length === 0 ? '{}' : `{ ${items.join(', ')} }`
      }
      case 'ptr':
      case 'ref':
        return this.#pointer(value as PtrValue, type, at)
      case 'primitive':
        if (type.name === 'complex128') {
          const { re, im } = value as ComplexValue
          return `{ ${floatLiteral('f64', re).text}, ${floatLiteral('f64', im).text} }`
        }
        if (type.name === 'str') return `&${this.str(value as string)}`
        if (type.name === 'bytes') return `&${this.#bytesObject((value as BytesValue).data)}`
        return this.expression(value, type, at).text
      default:
        return this.expression(value, type, at).text
    }
  }

  /** The name of the str object with this text; equal texts share one. */
  str(text: string): string {
    let name = this.#strings.get(text)
    if (name === undefined) {
      name = `SPY_g_str${this.#strings.size}`
      this.#strings.set(text, name)
    }
    return name
  }

  #bytesObject(data: Uint8Array): string {
    const literal = stringLiteral(data)
    const known = this.#bytes.get(literal)
    if (known !== undefined) return known.name
    const name = `SPY_g_bytes${this.#bytes.size}`
    this.#bytes.set(literal, { name, data })
    return name
  }

  // ---------------------------------------------------------------------------------------------------- memory

  #pointer({ address, length }: PtrValue, type: PtrType | RefType, at: Span): string {
    this.#types.spell(type, at)
    if (address === 0) return '{ 0 }'
    const target = this.#target(address, type.item, at)
    return this.#types.mode === 'debug' ? `{ ${target}, ${length} }` : `{ ${target} }`
  }

  /** The address of an item of type `item` at an address of import time. */
  #target(address: number, item: SpyType, at: Span): string {
    const block = this.#image.blockAt(address) ?? refusePointer(at)
    const { name } = this.#block(block, at)
    const size = sizeOf(block.item, this.#types)
    const offset = address - block.address
    const index = size === 0 ? 0 : Math.min(Math.floor(offset / size), block.count)
    const rest = offset - index * size
    const path = fieldPath(block.item, item, rest, this.#types)
    if (path !== undefined) return index === 0 && path === '' ? name : `&${name}[${index}]${path}`
    // Memory that is used as another type than it was allocated with.
    return `(${this.#types.itemPointer(item, at)})((char *)${name} + ${offset})`
  }

  #block(block: HeapBlock, at: Span): Block {
    const known = this.#blocks.get(block)
    if (known !== undefined) return known
    const name = `SPY_g_block${this.#blocks.size}`
    // C has no empty arrays, and an empty block has an address of its own.
    const item = hasValue(block.item) ? this.#types.declare(block.item, name, at) : `char ${name}`
    const made = { block, name, at, declaration: `static ${item}[${Math.max(block.count, 1)}]` }
    this.#blocks.set(block, made)
    return made
  }

  /** The blocks that are known by now. */
  get blocks(): Iterable<Block> {
    return this.#blocks.values()
  }

  /** Write the content of the blocks that are known by now, and of those they lead to. */
  fillBlocks(): void {
    // The iteration reaches blocks that are added meanwhile.
    for (const block of this.#blocks.values()) {
      if (block.block.zero || this.#filled.has(block)) continue
      this.#filled.set(block, this.#definition(block))
    }
  }

  #definition({ block, at, declaration }: Block): readonly string[] {
    const size = sizeOf(block.item, this.#types)
    const items: string[] = []
    for (let i = 0; i < block.count; i++) {
      items.push(this.initializer(this.#image.read(block.item, block.address + i * size), block.item, at))
    }
    return [`${declaration} = {`, ...fill(items), '};']
  }

  /** Declarations of all static data, then the definitions that have a value. */
  section(): readonly string[] {
    const strings = [...this.#strings].map(([text, name]) => strObject(name, text))
    const bytes = [...this.#bytes.values()].map(({ name, data }) => bytesObject(name, data))
    const blocks = [...this.#blocks.values()].map(({ declaration }) => `${declaration};`)
    const definitions = [...this.#boxDefinitions, ...[...this.#filled.values()].flat()]
    return [...strings, ...bytes, ...this.#boxDeclarations, ...blocks, ...definitions]
  }
}

function strObject(name: string, text: string): string {
  const length = new TextEncoder().encode(text).length
  return `SPY_STR(${name}, ${stringLiteral(text)}, ${length}, ${[...text].length});`
}

/** bytes have the layout of str, in which their count of code points means nothing. */
function bytesObject(name: string, data: Uint8Array): string {
  return `SPY_STR(${name}, ${stringLiteral(data)}, ${data.length}, 0);`
}

function unary(text: string): CExpr {
  return { text, precedence: C_PRECEDENCE.unary }
}

function sizeOf(type: SpyType, types: CTypes): number {
  const layout = layoutOf(type, types.mode)
  invariant(layout !== undefined, `${type.fqn} has a memory representation`)
  return layout.size
}

/** The fields that lead from the start of an object to an object of type `target` inside of it, as C writes them. */
function fieldPath(type: SpyType, target: SpyType, offset: number, types: CTypes): string | undefined {
  if (type === target && offset === 0) return ''
  if (type.kind !== 'struct') return undefined
  for (const field of structLayout(type, types.mode)?.fields ?? []) {
    const end = field.offset + sizeOf(field.type, types)
    if (offset < field.offset || offset >= end) continue
    const rest = fieldPath(field.type, target, offset - field.offset, types)
    return rest === undefined ? undefined : `.${fieldName(field.name)}${rest}`
  }
  return undefined
}

const LINE_WIDTH = 110

/** Items separated by commas, as many as fit on a line. */
function fill(items: readonly string[]): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const item of items) {
    if (line !== '' && line.length + item.length > LINE_WIDTH) {
      lines.push(`    ${line}`)
      line = ''
    }
    line += line === '' ? `${item},` : ` ${item},`
  }
  if (line !== '') lines.push(`    ${line}`)
  return lines
}

/** The text as SPy shows it, cut when it is long. */
function shortRepr(text: string): string {
  const repr = quote(text)
  return commentText(repr.length > 15 ? `${repr.slice(0, 13)}...` : repr)
}
