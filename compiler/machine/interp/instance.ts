/**
 * An interpreted program that looks like an instance of a wasm module: the same exports, with the same arguments and
 * results, over memory with the same layouts. Whatever is written for the compiled engines works on it.
 */
import { layoutOf } from '../../objects/layout.ts'
import type { SpyType } from '../../objects/types.ts'
import type { Cell, FuncObject, Value } from '../../objects/values.ts'
import { type Collecting, GuestCollector } from '../vm/guest-collector.ts'
import type { GuestMemory } from '../vm/guest-memory.ts'
import { type Flat, FlatReader, lift, lower, returnsInMemory } from './flat.ts'
import type { Callable, Link } from './link.ts'

export interface InterpProgram {
  /** Those whose types have no representation outside, and blue ones, are left out of the exports. */
  readonly functions: Iterable<FuncObject>
  readonly cells: Iterable<Cell>
  readonly link: Link
  /** Write out what `print` has buffered. */
  readonly flush?: () => void
  /** Whether memory is used again; auto unless given. */
  readonly gc?: Collecting
}

export type ExportedFunction = (...args: Flat[]) => Flat | undefined

/** As `WebAssembly.Memory`; `buffer` is another object after memory has grown. */
export interface InterpMemory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

export type InterpExports = Readonly<Record<string, ExportedFunction>> & { readonly memory: InterpMemory }

/**
 * The exports of a program:
 * - each function by its FQN: flat parts in, one flat part out. Results of several parts lie in memory, at the address
 *   that is returned, until the next call;
 * - `&FQN` of each module variable: the address of its storage;
 * - `memory`, and the functions of the runtime that make objects for arguments.
 *
 * Exported functions throw `SpyError`.
 */
export function instanceExports({ functions, cells, link, flush, gc = 'auto' }: InterpProgram): InterpExports {
  const { memory } = link
  const storage = new CellStorage(memory)
  const variables = [...cells]
  const border = new Border(new GuestCollector(memory, gc), variables, storage)
  const exports: Record<string, ExportedFunction> = { ...runtimeExports(memory, flush), ...border.exports }
  for (const func of functions) {
    if (isExported(func)) exports[func.fqn.text] = exportFunction(func, link, storage, border)
  }
  for (const cell of variables) {
    if (hasRepresentation(cell.valueType)) exports[`&${cell.fqn.text}`] = () => storage.addressOf(cell)
  }
  return Object.assign(exports, { memory: memoryExport(memory) }) as InterpExports
}

function isExported({ type, params }: FuncObject): boolean {
  return (
    type.color === 'red' &&
    hasRepresentation(type.result) &&
    params.every((param) => param.kind === 'simple' && hasRepresentation(param.type))
  )
}

function hasRepresentation(type: SpyType): boolean {
  return type.kind !== 'opaque' && layoutOf(type, 'debug') !== undefined
}

function exportFunction(func: FuncObject, link: Link, storage: CellStorage, border: Border): ExportedFunction {
  const { memory } = link
  const { result } = func.type
  const give = returnsInMemory(memory, result) ? resultInMemory(memory, result) : flatResult(memory, result)
  let callable: Callable | undefined
  return (...flat) => {
    const reader = new FlatReader(flat)
    const args = func.params.map((param) => lift(memory, param.type, reader))
    storage.load()
    return border.enter(args, () => {
      try {
        callable ??= link.callable(func)
        return give(callable.call(args))
      } finally {
        storage.store()
      }
    })
  }
}

/** Where calls come in from outside. Before the outermost one the program holds variables only: time to collect. */
class Border {
  readonly #collector: GuestCollector
  readonly #cells: readonly Cell[]
  readonly exports: Readonly<Record<string, ExportedFunction>>
  #depth = 0

  constructor(collector: GuestCollector, cells: readonly Cell[], storage: CellStorage) {
    this.#collector = collector
    this.#cells = cells
    const none = (run: () => void): undefined => {
      run()
      return undefined
    }
    this.exports = {
      spy_gc_pin: (address = 0) => none(() => collector.pin(Number(address) >>> 0)),
      spy_gc_unpin: (address = 0) => none(() => collector.unpin(Number(address) >>> 0)),
      spy_gc_collect: () => {
        if (this.#depth > 0) return 0 // frames of the interpreter are not looked into
        storage.load()
        return collector.collect(this.#held())
      },
    }
  }

  /** @param passed  what the call is given, which nobody else holds */
  enter<T>(passed: readonly Value[], run: () => T): T {
    if (this.#depth === 0) this.#collector.boundary(() => [...this.#held(), ...passed])
    this.#depth++
    try {
      return run()
    } finally {
      this.#depth--
    }
  }

  #held(): readonly Value[] {
    return this.#cells.map((cell) => cell.current)
  }
}

function flatResult(memory: GuestMemory, type: SpyType): (value: Value) => Flat | undefined {
  return (value) => {
    const flat: Flat[] = []
    lower(memory, type, value, flat)
    return flat[0]
  }
}

function resultInMemory(memory: GuestMemory, type: SpyType): (value: Value) => Flat {
  let address: number | undefined
  return (value) => {
    address ??= memory.alloc('raw', type, 1).address
    memory.write(type, address, value)
    return address | 0
  }
}

/**
 * Module variables live outside of memory while the program runs. Those whose address somebody asked for are copied into
 * memory after every call, and back before the next one if they were changed there.
 */
class CellStorage {
  readonly #memory: GuestMemory
  readonly #places = new Map<Cell, { readonly address: number; written: Uint8Array }>()

  constructor(memory: GuestMemory) {
    this.#memory = memory
  }

  addressOf(cell: Cell): number {
    this.load()
    let place = this.#places.get(cell)
    if (place === undefined) {
      place = { address: this.#memory.alloc('raw', cell.valueType, 1).address, written: new Uint8Array() }
      this.#places.set(cell, place)
    }
    this.store()
    return place.address | 0
  }

  /** What was written to memory from outside becomes the value of the variable. */
  load(): void {
    for (const [cell, { address, written }] of this.#places) {
      const changed = written.some((byte, i) => this.#memory.bytes[address + i] !== byte)
      if (changed) cell.current = this.#memory.read(cell.valueType, address)
    }
  }

  store(): void {
    const memory = this.#memory
    for (const [cell, place] of this.#places) {
      memory.write(cell.valueType, place.address, cell.current)
      place.written = memory.bytes.slice(place.address, place.address + memory.sizeOf(cell.valueType))
    }
  }
}

function memoryExport(memory: GuestMemory): InterpMemory {
  return {
    get buffer() {
      return memory.buffer
    },
    grow: (pages) => memory.grow(pages),
  }
}

/** What bindings call to make objects that they pass. Places for errors are not needed. */
function runtimeExports(memory: GuestMemory, flush = () => {}): Record<string, ExportedFunction> {
  const alloc = (count: Flat, itemSize: Flat): number => memory.allocBytes(Number(count) * Number(itemSize)) | 0
  return {
    spy_raw_alloc: (count = 0, itemSize = 0) => alloc(count, itemSize),
    spy_gc_new: (byteLength = 0, map = 0) => memory.allocCollectedBytes(Number(byteLength), Number(map) >>> 0) | 0,
    spy_raw_free: () => undefined,
    spy_str_alloc: (byteLength = 0) => memory.objects.newObject(Number(byteLength)) | 0,
    spy_bytes_alloc: (byteLength = 0) => memory.objects.newObject(Number(byteLength)) | 0,
    spy_flush: () => {
      flush()
      return undefined
    },
  }
}
