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

export class SpyArray<T = number, Data = ItemArray> implements Iterable<T> {
  readonly #guest: Guest
  readonly #memory: WebAssembly.Memory
  readonly #item: ScalarCodec<T, T>
  readonly #layout: ArrayData
  readonly #address: number

  /** Facades make arrays; apps get them from functions of a program. */
  constructor(guest: Guest, item: ScalarCodec<T, T>, layout: ArrayData, address: number) {
    this.#guest = guest
    this.#memory = guest.memory
    this.#item = item
    this.#layout = layout
    this.#address = address
  }

  /** Where the array's object is; arrays of a program that has been reset are nowhere. */
  get address(): number {
    if (this.#guest.memory !== this.#memory) throw new SpyError('PanicError', 'view used after dispose')
    return this.#address
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
    return new this.#item.items(this.#memory.buffer, this.#start, this.length) as Data
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
  const address = allocate(guest, size)
  const start = allocate(guest, flat.length * item.size)
  let level = value as ArrayLike<unknown> | undefined
  for (const offset of shape) {
    writeU32(guest, address + offset, level?.length ?? 0)
    level = level?.[0] as ArrayLike<unknown> | undefined
  }
  writePointer(guest, address + items, start, checked && flat.length)
  new item.items(guest.memory.buffer, start, flat.length).set(flat)
  return address
}
