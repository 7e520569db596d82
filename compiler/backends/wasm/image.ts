/**
 * The image region: memory of a jit program that exists from the start. The loader reserves it, tells its base address
 * as the import `spy.image`, and calls `spy:init`, which fills it.
 *
 *     offset   0  cell `m::total: f64`           8 bytes
 *              8  str object `'abc'`            20 bytes and its text   ← a word that `spy:init` relocates: utf8
 *             48  heap block of import time     its items               ← and every pointer in it
 *            ...  return areas
 *
 * Offsets are given out while code is emitted. Code adds the base; words of the image that are pointers hold offsets at
 * first, and `spy:init` adds the base to each. Blocks that are zero take no bytes of the module.
 */

import { STR, UNKNOWN_CHARS } from '../../../src/runtime/abi/layout.ts'
import { boxStruct, isIdentity } from '../../objects/boxes.ts'
import { Identities } from '../../objects/identities.ts'
import { alignUp, layoutOf } from '../../objects/layout.ts'
import { NONE, type SpyType } from '../../objects/types.ts'
import {
  type BlueValue,
  type BytesValue,
  type Cell,
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
import type { ConstantSource } from './context.ts'
import { noMemoryForm, notInImage } from './diagnostics.ts'
import { ByteWriter, FunctionBody, type ModuleWriter } from './encode.ts'
import type { Shapes } from './parts.ts'
import type { CodePlace } from './places.ts'
import { pointerMap } from './pointer-maps.ts'

/** `count` items, at an offset of the image, that hold gc pointers; `map` is the offset of their pointer map. */
export interface RootRange {
  readonly offset: number
  readonly count: number
  readonly map: number
}

interface Chunk {
  readonly offset: number
  readonly bytes: Uint8Array
}

/** Reserved regions begin at multiples of this; no type asks for more. */
const IMAGE_ALIGN = 16

/** Zeros between two pieces of data up to which they share a segment: a segment costs about as much. */
const GAP = 24

const NULL: ConstantSource = { kind: 'i32', value: 0 }

/** A key that differs from 0, as -0 does not. */
const MINUS_ZERO = Symbol('-0')

const utf8 = new TextEncoder()

export class Image {
  readonly #heap: HeapImage
  readonly #shapes: Shapes
  readonly #module: ModuleWriter<CodePlace>
  readonly #tableIndex: (func: FuncObject, span: Span) => number
  #global: number | undefined
  #end = 0
  #isCollectable = true
  readonly #chunks: Chunk[] = []
  /** Offsets of words that hold offsets. */
  readonly #pointers: number[] = []
  readonly #strings = new Map<string, number>()
  readonly #bytes = new Map<Uint8Array, number>()
  readonly #cells = new Map<Cell, number>()
  readonly #blocks = new Map<HeapBlock, number>()
  readonly #pointerMaps = new Map<SpyType, ConstantSource>()
  readonly #returnAreas = new Map<number, number>()
  /** Blocks whose content is still to be copied. */
  readonly #unfilled: { readonly block: HeapBlock; readonly offset: number; readonly span: Span }[] = []

  constructor(
    heap: HeapImage,
    shapes: Shapes,
    module: ModuleWriter<CodePlace>,
    tableIndex: (func: FuncObject, span: Span) => number,
  ) {
    this.#heap = heap
    this.#shapes = shapes
    this.#module = module
    this.#tableIndex = tableIndex
  }

  /** Index of the global that holds the base address. */
  get global(): number {
    this.#global ??= this.#module.importGlobal('spy', 'image', 'i32')
    return this.#global
  }

  /** Bytes of the region. */
  get size(): number {
    return alignUp(this.#end, IMAGE_ALIGN)
  }

  /** Nothing but gc pointers leads into it: the collector can tell when it is needed no more. */
  get isCollectable(): boolean {
    return this.#isCollectable
  }

  /** Offset of the str object with this text; equal texts share one. */
  string(text: string): number {
    let offset = this.#strings.get(text)
    if (offset === undefined) {
      offset = this.#sequence(utf8.encode(text), text.length)
      this.#strings.set(text, offset)
    }
    return offset
  }

  /** Offset of the bytes object with this content. */
  bytes(data: Uint8Array): number {
    let offset = this.#bytes.get(data)
    if (offset === undefined) {
      offset = this.#sequence(data, undefined)
      this.#bytes.set(data, offset)
    }
    return offset
  }

  /** Offset of the storage of a module variable. */
  cell(cell: Cell, span: Span): number {
    let offset = this.#cells.get(cell)
    if (offset === undefined) {
      const layout = layoutOf(cell.valueType, this.#shapes.mode)
      if (layout === undefined) return noMemoryForm(cell.valueType.fqn.debugName, span)
      offset = this.#reserve(layout.size, layout.align)
      this.#cells.set(cell, offset)
      const bytes = new Uint8Array(layout.size)
      this.#write(bytes, 0, offset, cell.valueType, cell.current, span)
      this.#add(offset, bytes)
    }
    return offset
  }

  /** Memory through which a function hands a value of this size to JavaScript. */
  returnArea(size: number): number {
    let offset = this.#returnAreas.get(size)
    if (offset === undefined) {
      offset = this.#reserve(Math.max(size, 1), 8)
      this.#returnAreas.set(size, offset)
    }
    return offset
  }

  /** Address of the pointer map of the type, for allocations; 0 if it holds no gc pointers. */
  pointerMap(item: SpyType): ConstantSource {
    let source = this.#pointerMaps.get(item)
    if (source === undefined) {
      const map = pointerMap(item, this.#shapes.mode)
      source = map === undefined ? { kind: 'i32', value: 0 } : { kind: 'image', offset: this.#data(map, 4) }
      this.#pointerMaps.set(item, source)
    }
    return source
  }

  /** A value of import time as wasm values. */
  parts(type: SpyType, value: Value, span: Span): readonly ConstantSource[] {
    switch (type.kind) {
      case 'primitive':
        switch (type.name) {
          case 'NoneType':
            return []
          case 'bool':
            return [{ kind: 'i32', value: value === true ? 1 : 0 }]
          case 'i8':
          case 'u8':
          case 'i32':
          case 'u32':
            return [{ kind: 'i32', value: (value as number) | 0 }]
          case 'i64':
          case 'u64':
            return [{ kind: 'i64', value: BigInt.asIntN(64, value as bigint) }]
          case 'f32':
          case 'f64':
            return [{ kind: type.name, value: value as number }]
          case 'complex128': {
            const { re, im } = value as ComplexValue
            return [re, im].map((part) => ({ kind: 'f64', value: part }))
          }
          case 'str':
            return [{ kind: 'image', offset: this.string(value as string) }]
          case 'bytes':
            return [{ kind: 'image', offset: this.bytes((value as BytesValue).data) }]
          default:
            return unreachable(type.name)
        }
      case 'ptr':
      case 'ref': {
        const { address, length } = value as PtrValue
        if (type.memory === 'raw' && address !== 0) this.#isCollectable = false
        const at = this.#pointer(address, span)
        return this.#shapes.mode === 'debug' ? [at, { kind: 'i32', value: length }] : [at]
      }
      case 'struct': {
        const { fields } = value as StructValue
        return type.fields.flatMap((field, i) => this.parts(field.type, fields[i] as Value, span))
      }
      case 'func':
        if (isIdentity(type)) return [{ kind: 'i32', value: this.identity(value) }]
        // Memory that nobody has written holds no function.
        return [value === null ? NULL : { kind: 'i32', value: this.#tableIndex(value as FuncObject, span) }]
      case 'opaque':
        return [{ kind: 'i32', value: this.#identities.of(value) }]
      case 'object':
      case 'dynamic':
        return [value === null ? NULL : this.box(value as BlueValue, span)]
      default:
        return unreachable(type)
    }
  }

  readonly #identities = new Identities()

  /** The number of a type, or of another object of blue time. */
  identity(object: Value): number {
    return this.#identities.of(object)
  }

  /** The address of a box with this constant; equal constants share one. */
  box(boxed: BlueValue, span: Span): ConstantSource {
    const { type, value } = boxed
    if (type === NONE) return NULL
    let known = this.#boxes.get(type)
    if (known === undefined) {
      known = new Map()
      this.#boxes.set(type, known)
    }
    const key = Object.is(value, -0) ? MINUS_ZERO : value
    let offset = known.get(key)
    if (offset === undefined) {
      const struct = boxStruct(type)
      const layout = layoutOf(struct, this.#shapes.mode)
      if (layout === undefined) return noMemoryForm(type.fqn.debugName, span)
      offset = this.#reserve(layout.size, layout.align)
      known.set(key, offset)
      const bytes = new Uint8Array(layout.size)
      const payload = isIdentity(type) ? this.identity(value) : value
      this.#write(bytes, 0, offset, struct, structValue(struct, [this.identity(type), payload]), span)
      this.#add(offset, bytes)
    }
    return { kind: 'image', offset }
  }

  readonly #boxes = new Map<SpyType, Map<Value | typeof MINUS_ZERO, number>>()

  /** Copy the blocks that were found to be reachable. Reaching further blocks may emit further functions: call again. */
  fill(): void {
    for (let next = this.#unfilled.pop(); next !== undefined; next = this.#unfilled.pop()) {
      const { block, offset, span } = next
      if (block.zero) continue
      const bytes = block.bytes.slice()
      if (this.#holdsPointers(block.item)) {
        const size = layoutOf(block.item, this.#shapes.mode)?.size ?? 0
        for (let i = 0; i < block.count; i++) {
          const value = this.#heap.read(block.item, block.address + i * size)
          this.#write(bytes, i * size, offset + i * size, block.item, value, span)
        }
      }
      this.#add(offset, bytes)
    }
  }

  /** What the collector looks into: module variables and memory of import time. */
  rootRanges(): readonly RootRange[] {
    const ranges: RootRange[] = []
    const add = (type: SpyType, offset: number, count: number): void => {
      const map = this.pointerMap(type)
      if (map.kind === 'image' && count > 0) ranges.push({ offset, count, map: map.offset })
    }
    for (const [cell, offset] of this.#cells) add(cell.valueType, offset, 1)
    for (const [block, offset] of this.#blocks) add(block.item, offset, block.count)
    return ranges
  }

  /**
   * Write the function `spy:init`, the data and the section that tells the size.
   *
   * @param rest  writes what else is to be done, when the image is complete
   */
  finish(rest: (body: FunctionBody<CodePlace>) => void): void {
    const body = new FunctionBody<CodePlace>(this.#module, { params: [], results: [] }, [])
    if (this.#end > 0) {
      const table = this.#addPointerTable()
      body.globalGet(this.global)
      body.i32(0)
      body.i32(this.size)
      body.memoryFill()
      for (const { offset, bytes } of joinChunks(this.#chunks)) {
        const segment = this.#module.addSegment(bytes)
        body.globalGet(this.global)
        body.i32(offset)
        body.op('i32.add')
        body.i32(0)
        body.i32(bytes.length)
        body.memoryInit(segment)
        body.dataDrop(segment)
      }
      if (this.#pointers.length > 0) this.#relocate(body, table)
    }
    rest(body)
    const init = this.#module.declareFunction('spy:init', body.signature)
    this.#module.setBody(init, body)
    this.#module.exportFunction('spy:init', init)
    const size = new ByteWriter(4)
    size.u32(this.size)
    this.#module.addCustomSection('spy.image', size.finish())
  }

  #reserve(size: number, align: number): number {
    const offset = alignUp(this.#end, align)
    this.#end = offset + size
    return offset
  }

  /** Reserve room for these bytes. */
  #data(bytes: Uint8Array, align: number): number {
    const offset = this.#reserve(bytes.length, align)
    this.#chunks.push({ offset, bytes })
    return offset
  }

  #add(offset: number, bytes: Uint8Array): void {
    if (bytes.some((byte) => byte !== 0)) this.#chunks.push({ offset, bytes })
  }

  /** Header and data of a `str` or `bytes`. `units` is the length of the text in UTF-16, undefined for bytes. */
  #sequence(data: Uint8Array, units: number | undefined): number {
    const offset = this.#reserve(STR.size + data.length + 1, 4)
    const object = new Uint8Array(STR.size + data.length)
    const view = new DataView(object.buffer)
    view.setUint32(STR.length, data.length, true)
    view.setUint32(STR.utf8, offset + STR.size, true)
    view.setUint32(STR.utf8Length, data.length, true)
    // As many bytes as UTF-16 units: the text is ASCII.
    view.setUint32(STR.chars, units === undefined || units === data.length ? data.length : UNKNOWN_CHARS, true)
    object.set(data, STR.size)
    this.#pointers.push(offset + STR.utf8)
    this.#chunks.push({ offset, bytes: object })
    return offset
  }

  #pointer(address: number, span: Span): ConstantSource {
    if (address === 0) return { kind: 'i32', value: 0 }
    const block = this.#heap.blockAt(address)
    if (block === undefined) return notInImage(span)
    let offset = this.#blocks.get(block)
    if (offset === undefined) {
      // The address of an empty block differs from those of other blocks.
      offset = this.#reserve(Math.max(block.bytes.length, 1), 8)
      this.#blocks.set(block, offset)
      this.#unfilled.push({ block, offset, span })
    }
    return { kind: 'image', offset: offset + address - block.address }
  }

  #holdsPointers(type: SpyType): boolean {
    switch (type.kind) {
      case 'primitive':
        return type.name === 'str' || type.name === 'bytes'
      case 'struct':
        return type.fields.some((field) => this.#holdsPointers(field.type))
      default:
        return true
    }
  }

  /** Encode a value at `at` of `bytes`, which will lie at `offset` of the image. */
  #write(bytes: Uint8Array, at: number, offset: number, type: SpyType, value: Value, span: Span): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const values = this.parts(type, value, span)
    for (const [index, part] of this.#shapes.parts(type).entries()) {
      const source = values[index]
      invariant(source !== undefined && part.offset !== undefined, 'what memory holds has a form in memory')
      const where = at + part.offset
      switch (source.kind) {
        case 'i32':
          if (part.store === 'i32.store8') view.setUint8(where, source.value)
          else view.setInt32(where, source.value, true)
          break
        case 'i64':
          view.setBigInt64(where, source.value, true)
          break
        case 'f32':
          view.setFloat32(where, source.value, true)
          break
        case 'f64':
          view.setFloat64(where, source.value, true)
          break
        case 'image':
          this.#pointers.push(offset + part.offset)
          view.setUint32(where, source.offset, true)
          break
        default:
          unreachable(source)
      }
    }
  }

  /** The offsets of all pointers, in the image itself. */
  #addPointerTable(): number {
    if (this.#pointers.length === 0) return 0
    const table = new ByteWriter(this.#pointers.length * 4)
    for (const pointer of this.#pointers) table.u32(pointer)
    return this.#data(table.finish(), 4)
  }

  /** `for (at = table; at != end; at += 4) *(base + *at) += base` */
  #relocate(body: FunctionBody<CodePlace>, table: number): void {
    const at = body.local('i32', 'at')
    const pointer = body.local('i32', 'pointer')
    body.globalGet(this.global)
    body.i32(table)
    body.op('i32.add')
    body.set(at)
    const loop = body.loop()
    body.get(at)
    body.load('i32.load', 0)
    body.globalGet(this.global)
    body.op('i32.add')
    body.tee(pointer)
    body.get(pointer)
    body.load('i32.load', 0)
    body.globalGet(this.global)
    body.op('i32.add')
    body.store('i32.store', 0)
    body.get(at)
    body.i32(4)
    body.op('i32.add')
    body.tee(at)
    body.globalGet(this.global)
    body.i32(table + this.#pointers.length * 4)
    body.op('i32.add')
    body.op('i32.ne')
    body.brIf(loop)
    body.end()
  }
}

/** Neighbours become one segment. */
function joinChunks(chunks: readonly Chunk[]): readonly Chunk[] {
  const sorted = [...chunks].sort((a, b) => a.offset - b.offset)
  const joined: Chunk[] = []
  for (let first = 0; first < sorted.length; ) {
    const start = (sorted[first] as Chunk).offset
    let end = start
    let last = first
    for (let next = sorted[last]; next !== undefined && (last === first || next.offset - end <= GAP); ) {
      end = next.offset + next.bytes.length
      next = sorted[++last]
    }
    const bytes = new Uint8Array(end - start)
    for (const chunk of sorted.slice(first, last)) bytes.set(chunk.bytes, chunk.offset - start)
    joined.push({ offset: start, bytes })
    first = last
  }
  return joined
}
