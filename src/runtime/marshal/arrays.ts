/// <reference lib="esnext.disposable" />
/**
 * `array[T, N]`: a live window on the items, which stay where the program has them. The object in memory holds one i32
 * per dimension and a pointer to the items, which stand row by row.
 */
import { SpyError } from '../errors.ts'
import { type Guest, readU32, writeU32 } from '../memory/guest.ts'
import type { Codec } from './codec.ts'
import { allocate, pointerCodec, writePointer } from './pointers.ts'
import type { ItemArray, ScalarCodec } from './scalars.ts'

/** Size of the array's object and the offsets of its fields. */
export type ArrayData = readonly [size: number, shape: readonly number[], items: number]

/** What an array holds of its program, to be given back once. */
interface Hold {
  readonly guest: Guest
  readonly memory: WebAssembly.Memory
  address: number
}

/** Of a program that has been reset nothing is left to give back, nor of one that is in no known state. */
function letGo(hold: Hold): void {
  const { guest, memory, address } = hold
  hold.address = 0
  if (address === 0 || guest.memory !== memory) return
  try {
    guest.exports.spy_gc_unpin?.(address)
  } catch (error) {
    if (!(error instanceof SpyError)) throw error
  }
}

const dropped = /*#__PURE__*/ new FinalizationRegistry(letGo)

/** It keeps its items alive until it is disposed, or dropped by the app. */
export class SpyArray<T = number, Data = ItemArray> implements Iterable<T> {
  readonly #hold: Hold
  readonly #item: ScalarCodec<T, T>
  readonly #layout: ArrayData

  /** Facades make arrays; apps get them from functions of a program. */
  constructor(guest: Guest, item: ScalarCodec<T, T>, layout: ArrayData, address: number) {
    this.#item = item
    this.#layout = layout
    this.#hold = { guest, memory: guest.memory, address }
    guest.exports.spy_gc_pin?.(address)
    dropped.register(this, this.#hold, this.#hold)
  }

  get #guest(): Guest {
    return this.#hold.guest
  }

  /** Where the array's object is; arrays that are disposed, and those of a program that has been reset, are nowhere. */
  get address(): number {
    const { guest, memory, address } = this.#hold
    if (guest.memory !== memory || address === 0) throw new SpyError('PanicError', 'view used after dispose')
    return address
  }

  /** The program may use the memory again; every further use of this object throws. */
  dispose(): void {
    dropped.unregister(this.#hold)
    letGo(this.#hold)
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  addressIn(guest: Guest): number {
    if (this.#guest !== guest) throw new TypeError('object belongs to another SPy instance')
    return this.address
  }

  /** Number of items along each dimension. */
  get shape(): readonly number[] {
    const { address } = this
    return this.#layout[1].map((offset) => readU32(this.#guest, address + offset))
  }

  /** Number of all items. */
  get length(): number {
    return this.shape.reduce((product, n) => product * n, 1)
  }

  get #start(): number {
    return readU32(this.#guest, this.address + this.#layout[2])
  }

  /**
   * All items, row by row, as a typed array on the memory of the program: writing to it writes to the program. Valid
   * until the next call of the program; read the property again then.
   */
  get data(): Data {
    return new this.#item.items(this.#guest.memory.buffer, this.#start, this.length) as Data
  }

  at(...indices: readonly number[]): T {
    return this.#item.get(this.#guest, this.#place(indices))
  }

  /** The last argument is the value. */
  set(...indicesAndValue: readonly [...indices: number[], value: T]): void {
    const value = indicesAndValue.at(-1) as T
    this.#item.put(this.#guest, this.#place(indicesAndValue as readonly number[]), value)
  }

  /** Address of an item; negative indices count from the end of their dimension. */
  #place(indices: readonly number[]): number {
    const at = this.shape.reduce((before, bound, k) => {
      const given = indices[k] as number
      const index = given < 0 ? given + bound : given
      if (!(index >= 0 && index < bound)) throw new SpyError('IndexError', 'index out of range')
      return before * bound + index
    }, 0)
    return this.#start + at * this.#item.size
  }

  /** The items as they are now, apart from the program. */
  copy(): Data {
    return (this.data as ItemArray).slice() as Data
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (let i = 0; i < this.length; i++) yield this.#item.get(this.#guest, this.#start + i * this.#item.size)
  }
}

/** Arrays of the program, given out and passed back. */
export const array = <T>(item: ScalarCodec<T, T>, layout: ArrayData, checked = false): Codec<SpyArray<T>> =>
  pointerCodec(
    checked,
    (guest, value: SpyArray<T>) => value.addressIn(guest),
    (guest, address) => new SpyArray(guest, item, layout, address),
  )

/** The same, accepting typed and nested arrays too, which are copied into a new one. */
export const arrayFrom = <T>(
  item: ScalarCodec<T, T>,
  layout: ArrayData,
  checked = false,
): Codec<SpyArray<T>, unknown> =>
  pointerCodec(
    checked,
    (guest, value: unknown) =>
      value instanceof SpyArray ? value.addressIn(guest) : copyIn(guest, item, layout, checked, value),
    (guest, address) => new SpyArray(guest, item, layout, address),
  )

/** @returns the address of a new array */
function copyIn<T>(guest: Guest, item: ScalarCodec<T, T>, layout: ArrayData, checked: boolean, value: unknown): number {
  const [size, shape, items] = layout
  const flat = item.items.from((value as unknown[]).flat?.(shape.length - 1) ?? value, item.wrap)
  const address = allocate(guest, 1, size, [items])
  const start = allocate(guest, flat.length, item.size)
  let level = value as ArrayLike<unknown> | undefined
  for (const offset of shape) {
    writeU32(guest, address + offset, level?.length ?? 0)
    level = level?.[0] as ArrayLike<unknown> | undefined
  }
  writePointer(guest, address + items, start, checked && flat.length)
  new item.items(guest.memory.buffer, start, flat.length).set(flat)
  return address
}
