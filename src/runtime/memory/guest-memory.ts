/** The linear memory of a program, seen through views that survive its growth. */

/** What the runtime exports that makes room. Blocks come zeroed; running out of memory is a panic. */
export interface MemoryExports {
  readonly memory: WebAssembly.Memory
  readonly spy_str_alloc: (bytes: number) => number
  readonly spy_bytes_alloc: (bytes: number) => number
  readonly spy_raw_alloc: (count: number, itemBytes: number, file: number, at: number) => number
  readonly spy_raw_free: (block: number, file: number, at: number) => void
}

/**
 * Growing memory detaches the buffer and with it every view. Take `bytes` and `view` anew after each call into the
 * program: they compare the buffer and are otherwise free.
 */
export class GuestMemory {
  readonly exports: MemoryExports
  #bytes: Uint8Array
  #view: DataView

  constructor(exports: MemoryExports) {
    this.exports = exports
    this.#bytes = new Uint8Array(exports.memory.buffer)
    this.#view = new DataView(exports.memory.buffer)
  }

  get bytes(): Uint8Array {
    if (this.#bytes.buffer !== this.exports.memory.buffer) this.#refresh()
    return this.#bytes
  }

  /** Little-endian has to be asked for: `view.getInt32(address, true)`. */
  get view(): DataView {
    if (this.#view.buffer !== this.exports.memory.buffer) this.#refresh()
    return this.#view
  }

  #refresh(): void {
    this.#bytes = new Uint8Array(this.exports.memory.buffer)
    this.#view = new DataView(this.exports.memory.buffer)
  }

  /** A zeroed block that stays until `free`; its address is a multiple of 8. */
  alloc(size: number): number {
    return this.exports.spy_raw_alloc(1, size, 0, 0)
  }

  free(block: number): void {
    this.exports.spy_raw_free(block, 0, 0)
  }
}
