/**
 * Linear memory as import time and the interp engine use it: one flat 32-bit byte space, little-endian, with the same
 * layouts as compiled programs. While modules are imported nothing is ever freed; what a running program allocates
 * afterwards may be, see `GuestCollector`.
 *
 * Strings, bytes and functions are held as JavaScript values outside of memory; stored into it they get an address (a
 * number, for functions), and reading that address gives the same value back.
 */
import { panic } from '../../objects/fault.ts'
import { alignUp, type LayoutMode, layoutOf } from '../../objects/layout.ts'
import { type MemoryKind, type SpyType, U8 } from '../../objects/types.ts'
import {
  type BytesValue,
  type FuncObject,
  NULL_PTR,
  type PtrValue,
  ptrValue,
  type Value,
} from '../../objects/values.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { HeapBlock, HeapImage } from '../../typed/tree.ts'
import { GuestObjects } from './guest-objects.ts'
import { makeReader, makeWriter, type Reader, type Writer } from './memory-access.ts'

/** First address that is ever given out; below it lies nothing, so that small numbers are never valid addresses. */
const BASE = 0x10000
const ALIGNMENT = 16
const PAGE = 0x10000
/** Highest address plus one. */
const LIMIT = 0x1_0000_0000

export class GuestMemory implements HeapImage {
  readonly mode: LayoutMode
  /** Strings, bytes and functions that memory refers to. */
  readonly objects: GuestObjects
  #buffer = new ArrayBuffer(BASE + 4 * PAGE)
  /** Over the whole memory. Replaced when memory grows: read it anew after every allocation. */
  view = new DataView(this.#buffer)
  /** As `view`. */
  bytes = new Uint8Array(this.#buffer)
  #end = BASE
  #blocks: GuestBlock[] = []
  /** The blocks are in the order of their addresses. */
  #inOrder = true
  #collecting = false
  /** What the last collection has left free, in order; allocations go through it once. */
  #gaps: readonly Gap[] = []
  #gap = 0
  /** Memory below this may have content. */
  #dirty = BASE
  #allocated = 0
  readonly #readers = new Map<SpyType, Reader>()
  readonly #writers = new Map<SpyType, Writer>()

  constructor(mode: LayoutMode) {
    this.mode = mode
    this.objects = new GuestObjects(this)
  }

  /** As `WebAssembly.Memory.buffer`: another object after memory has grown. */
  get buffer(): ArrayBuffer {
    return this.#buffer
  }

  /**
   * An array of `count` items, all bytes zero, that stays. Zero items give an address of their own, too.
   *
   * @throws Fault PanicError `negative allocation size`, `out of memory`
   */
  alloc(kind: MemoryKind, item: SpyType, count: number): PtrValue {
    return this.#alloc(kind, item, count, false, 0)
  }

  /** The same for a running program: once memory is collected, it stays as long as something leads to it. */
  allocCollected(item: SpyType, count: number): PtrValue {
    return this.#alloc('gc', item, count, this.#collecting, 0)
  }

  /** Bytes without a type, 16-aligned and zero. Errors as `alloc`. */
  allocBytes(byteLength: number): number {
    return this.alloc('raw', U8, byteLength).address
  }

  /**
   * The same, but collected.
   *
   * @param map  address of the pointer map that says where pointers are in it; 0 for none
   */
  allocCollectedBytes(byteLength: number, map = 0): number {
    return this.#alloc('gc', U8, byteLength, this.#collecting, map).address
  }

  #alloc(kind: MemoryKind, item: SpyType, count: number, collectable: boolean, map: number): PtrValue {
    if (count < 0) panic('negative allocation size')
    const address = this.#reserve(count * this.sizeOf(item))
    const last = this.#blocks[this.#blocks.length - 1]
    if (last !== undefined && last.address > address) this.#inOrder = false
    this.#blocks.push(new GuestBlock(this, kind, address, item, count, collectable, map))
    return ptrValue(address, count)
  }

  /** Bytes of a value of `type` in memory. The type has a memory representation: who makes the program checks that. */
  readonly sizeOf = (type: SpyType): number => {
    const layout = layoutOf(type, this.mode)
    invariant(layout !== undefined, `${type.fqn.text} has a memory representation`)
    return layout.size
  }

  // ----------------------------------------------------------------------------------------------- collecting

  /** All that is allocated by now stays. */
  beginCollecting(): void {
    this.#collecting = true
    this.#allocated = 0
  }

  /** Bytes since the last collection. */
  get allocated(): number {
    return this.#allocated
  }

  get blocks(): readonly GuestBlock[] {
    return this.#blocks
  }

  /**
   * Use the memory of other blocks again.
   *
   * @param poison  overwrite it, so that its use shows
   * @returns bytes of the blocks that stay
   */
  free(stays: (block: GuestBlock) => boolean, poison: boolean): number {
    this.#sort()
    const kept: GuestBlock[] = []
    const gaps: Gap[] = []
    let end = BASE
    let alive = 0
    for (const block of this.#blocks) {
      if (!stays(block)) {
        this.objects.forget(block.address)
        continue
      }
      if (block.address > end) gaps.push({ address: end, end: block.address })
      end = endOf(block)
      alive += block.byteLength
      kept.push(block)
    }
    if (poison)
      for (const gap of [...gaps, { address: end, end: this.#end }]) this.bytes.fill(0xdb, gap.address, gap.end)
    this.#blocks = kept
    this.#gaps = gaps
    this.#gap = 0
    this.#end = end
    this.#allocated = 0
    return alive
  }

  #sort(): void {
    if (this.#inOrder) return
    this.#blocks.sort((a, b) => a.address - b.address)
    this.#inOrder = true
  }

  /** Nothing is checked; see pointer-checks for accesses of programs. */
  read(type: SpyType, address: number): Value {
    return this.reader(type)(address)
  }

  /** Nothing is checked; see pointer-checks for accesses of programs. */
  write(type: SpyType, address: number, value: Value): void {
    this.writer(type)(address, value)
  }

  /** `read` for one type, to be kept by who reads often. */
  reader(type: SpyType): Reader {
    let reader = this.#readers.get(type)
    if (reader === undefined) {
      reader = makeReader(this, type)
      this.#readers.set(type, reader)
    }
    return reader
  }

  /** `write` for one type, to be kept by who writes often. */
  writer(type: SpyType): Writer {
    let writer = this.#writers.get(type)
    if (writer === undefined) {
      writer = makeWriter(this, type)
      this.#writers.set(type, writer)
    }
    return writer
  }

  // -------------------------------------------------------------------------------------------------- objects

  /** Address of a str object with this text; the same text has the same address. */
  strAddress(text: string): number {
    return this.objects.strAddress(text)
  }

  /** Text of the str object at `address`. From now on the object must not change. */
  strAt(address: number): string {
    return this.objects.strAt(address)
  }

  bytesAddress(value: BytesValue): number {
    return this.objects.bytesAddress(value)
  }

  bytesAt(address: number): BytesValue {
    return this.objects.bytesAt(address)
  }

  funcAddress(func: FuncObject): number {
    return this.objects.funcAddress(func)
  }

  funcAt(address: number): FuncObject | null {
    return this.objects.funcAt(address)
  }

  // --------------------------------------------------------------------------------------------------- blocks

  /** The block that `address` lies in; the address behind its last item belongs to it as well. */
  blockAt(address: number): GuestBlock | undefined {
    this.#sort()
    const blocks = this.#blocks
    let low = 0
    let high = blocks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((blocks[middle] as GuestBlock).address <= address) low = middle + 1
      else high = middle
    }
    const block = blocks[low - 1]
    return block !== undefined && address <= block.address + block.byteLength ? block : undefined
  }

  /**
   * A pointer to items of `item` at an address that was read without a length: it reaches to the end of its block.
   */
  pointerAt(address: number, item: SpyType): PtrValue {
    if (address === 0) return NULL_PTR
    const block = this.blockAt(address)
    if (block === undefined) return ptrValue(address, 0)
    const size = this.sizeOf(item)
    return ptrValue(address, size === 0 ? block.count : Math.floor((block.address + block.byteLength - address) / size))
  }

  /**
   * As `WebAssembly.Memory.grow`: room for that many more pages.
   *
   * @returns the number of pages before
   */
  grow(pages: number): number {
    const before = this.#buffer.byteLength / PAGE
    if (pages > 0) this.#grow((before + pages) * PAGE)
    return before
  }

  #reserve(byteLength: number): number {
    // One more byte than asked for: the address behind the last item must not be that of the next block.
    const room = alignUp(byteLength + 1, ALIGNMENT)
    this.#allocated += room
    const address = this.#takeGap(room) ?? this.#extend(room)
    if (address < this.#dirty) this.bytes.fill(0, address, Math.min(address + room, this.#dirty))
    this.#dirty = Math.max(this.#dirty, address + room)
    return address
  }

  #takeGap(room: number): number | undefined {
    for (; this.#gap < this.#gaps.length; this.#gap++) {
      const gap = this.#gaps[this.#gap] as Gap
      if (gap.end - gap.address < room) continue
      const { address } = gap
      gap.address += room
      return address
    }
    return undefined
  }

  #extend(room: number): number {
    const address = this.#end
    const end = address + room
    if (end > LIMIT) panic('out of memory')
    if (end > this.#buffer.byteLength) this.#grow(end)
    this.#end = end
    return address
  }

  #grow(end: number): void {
    const byteLength = Math.min(LIMIT, Math.max(alignUp(end, PAGE), this.#buffer.byteLength * 2))
    const grown = newBuffer(byteLength) ?? newBuffer(alignUp(end, PAGE)) ?? panic('out of memory')
    const bytes = new Uint8Array(grown)
    bytes.set(this.bytes)
    this.#buffer = grown
    this.bytes = bytes
    this.view = new DataView(grown)
  }
}

function newBuffer(byteLength: number): ArrayBuffer | undefined {
  try {
    return new ArrayBuffer(byteLength)
  } catch {
    return undefined // a RangeError: the host has no room for it
  }
}

/** Free memory between two blocks. */
interface Gap {
  address: number
  readonly end: number
}

function endOf({ address, byteLength }: GuestBlock): number {
  return alignUp(address + byteLength + 1, ALIGNMENT)
}

/** One allocation. The same object is found for all addresses inside. */
export class GuestBlock implements HeapBlock {
  readonly kind: MemoryKind
  readonly address: number
  readonly item: SpyType
  readonly count: number
  readonly byteLength: number
  /** It is freed when nothing leads to it. */
  readonly collectable: boolean
  /** Address of the pointer map of a block whose type is not known; 0 for others. */
  readonly map: number
  readonly #memory: GuestMemory

  constructor(
    memory: GuestMemory,
    kind: MemoryKind,
    address: number,
    item: SpyType,
    count: number,
    collectable: boolean,
    map: number,
  ) {
    this.#memory = memory
    this.kind = kind
    this.collectable = collectable
    this.map = map
    this.address = address
    this.item = item
    this.count = count
    this.byteLength = count * memory.sizeOf(item)
  }

  /** What it holds now; a view, valid until memory grows. */
  get bytes(): Uint8Array {
    return this.#memory.bytes.subarray(this.address, this.address + this.byteLength)
  }

  get zero(): boolean {
    return this.bytes.every((byte) => byte === 0)
  }
}
