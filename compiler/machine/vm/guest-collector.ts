/**
 * The collector of the interp engine. It runs between calls from outside only, when no frame of the program is active:
 * then all that the program holds is in its variables, in memory that stays, and in what outside holds.
 *
 * What was allocated while modules were imported stays, and so does what blue code allocates later: constants of the
 * program may point to it, and nobody knows which.
 */
import { POINTER_MAP } from '../../../src/runtime/abi.ts'
import { gcOffsets } from '../../objects/gc-pointers.ts'
import type { BlueValue, PtrValue, StructValue, Value } from '../../objects/values.ts'
import type { GuestBlock, GuestMemory } from './guest-memory.ts'

/** auto: when about as much has been allocated as was alive. stress: always, and freed memory is overwritten. */
export type Collecting = 'auto' | 'none' | 'stress'

/** Bytes. */
const LEAST_THRESHOLD = 1 << 20

export class GuestCollector {
  readonly #memory: GuestMemory
  readonly #mode: Collecting
  readonly #pins = new Map<number, number>()
  #threshold = LEAST_THRESHOLD

  constructor(memory: GuestMemory, mode: Collecting) {
    this.#memory = memory
    this.#mode = mode
    if (mode !== 'none') memory.beginCollecting()
  }

  /** The block at the address stays until it is unpinned as often. */
  pin(address: number): void {
    this.#pins.set(address, (this.#pins.get(address) ?? 0) + 1)
  }

  unpin(address: number): void {
    const count = this.#pins.get(address) ?? 0
    if (count > 1) this.#pins.set(address, count - 1)
    else this.#pins.delete(address)
  }

  /** Outside is about to enter the program: collect if it is time. `roots` are all values that it holds then. */
  boundary(roots: () => Iterable<Value>): void {
    if (this.#mode === 'none') return
    if (this.#mode === 'stress' || this.#memory.allocated >= this.#threshold) this.collect(roots())
  }

  /** @returns how many bytes are alive */
  collect(roots: Iterable<Value>): number {
    if (this.#mode === 'none') return 0
    const reached = this.#reach(roots)
    const alive = this.#memory.free((block) => !block.collectable || reached.has(block), this.#mode === 'stress')
    this.#threshold = Math.max(alive, LEAST_THRESHOLD)
    return alive
  }

  /** The collectable blocks that something leads to. */
  #reach(roots: Iterable<Value>): ReadonlySet<GuestBlock> {
    const memory = this.#memory
    const reached = new Set<GuestBlock>()
    const pending: GuestBlock[] = []
    const add = (address: number): void => {
      const block = memory.blockAt(address)
      if (block === undefined || !block.collectable || reached.has(block)) return
      reached.add(block)
      pending.push(block)
    }
    for (const block of memory.blocks)
      if (!block.collectable) for (const address of pointersIn(memory, block)) add(address)
    for (const address of this.#pins.keys()) add(address)
    for (const root of roots) for (const address of addressesIn(root)) add(address)
    for (const box of memory.objects.boxes) for (const address of addressesIn(box)) add(address)
    for (let block = pending.pop(); block !== undefined; block = pending.pop()) {
      for (const address of pointersIn(memory, block)) add(address)
    }
    return reached
  }
}

/** The pointers that a block holds, as its type or its map says. */
function* pointersIn({ view, mode, sizeOf }: GuestMemory, block: GuestBlock): Iterable<number> {
  const { address, byteLength, item, map } = block
  let offsets = gcOffsets(item, mode)
  let size = 0
  if (map !== 0) {
    size = view.getUint32(map + POINTER_MAP.itemSize, true)
    offsets = Array.from({ length: view.getUint32(map + POINTER_MAP.count, true) }, (_, i) =>
      view.getUint32(map + POINTER_MAP.offsets + 4 * i, true),
    )
  } else if (offsets.length > 0) {
    size = sizeOf(item)
  }
  if (offsets.length === 0 || size === 0) return
  for (let at = address; at + size <= address + byteLength; at += size) {
    for (const offset of offsets) yield view.getUint32(at + offset, true)
  }
}

/** The addresses in a value that is held outside of memory. */
function* addressesIn(value: Value): Iterable<number> {
  if (typeof value !== 'object' || value === null) return
  if (isPointer(value)) yield value.address
  else if (isStruct(value)) for (const field of value.fields) yield* addressesIn(field)
  else if (isBox(value)) yield* addressesIn(value.value)
}

function isPointer(value: object): value is PtrValue {
  return 'kind' in value && value.kind === 'ptr' && 'address' in value
}

function isStruct(value: object): value is StructValue {
  return (
    'kind' in value && value.kind === 'struct' && 'fields' in value && Array.isArray(value.fields) && 'type' in value
  )
}

function isBox(value: object): value is BlueValue {
  return !('kind' in value) && 'type' in value && 'value' in value
}
