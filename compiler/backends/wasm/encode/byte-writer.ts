/**
 * Bytes of a wasm binary, written front to back: fixed numbers little-endian, variable ones as LEB128.
 */

const utf8 = new TextEncoder()
const scratch = new DataView(new ArrayBuffer(8))

/** Bytes that are copied sooner one by one than through a view of them. */
const FEW = 48

export class ByteWriter {
  #bytes: Uint8Array
  #length = 0

  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1)
    this.#bytes[this.#length++] = value
  }

  /** Unsigned LEB128 of an integer below 2^32. */
  unsigned(value: number): void {
    let rest = value
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80)
      rest = Math.floor(rest / 0x80)
    }
    this.byte(rest)
  }

  /** Signed LEB128 of a 32-bit integer. */
  signed(value: number): void {
    let rest = value
    while (rest < -0x40 || rest >= 0x40) {
      this.byte((rest & 0x7f) | 0x80)
      rest >>= 7
    }
    this.byte(rest & 0x7f)
  }

  /** Signed LEB128 of a 64-bit integer. */
  signedWide(value: bigint): void {
    let rest = value
    while (rest < -0x40n || rest >= 0x40n) {
      this.byte(Number(rest & 0x7fn) | 0x80)
      rest >>= 7n
    }
    this.byte(Number(rest & 0x7fn))
  }

  u32(value: number): void {
    scratch.setUint32(0, value, true)
    this.#fromScratch(4)
  }

  f32(value: number): void {
    scratch.setFloat32(0, value, true)
    this.#fromScratch(4)
  }

  f64(value: number): void {
    scratch.setFloat64(0, value, true)
    this.#fromScratch(8)
  }

  /** Bytes [start, end) of `data`. */
  bytes(data: Uint8Array, start = 0, end = data.length): void {
    const count = end - start
    if (this.#length + count > this.#bytes.length) this.#grow(count)
    if (count > FEW) this.#bytes.set(data.subarray(start, end), this.#length)
    else for (let i = 0; i < count; i++) this.#bytes[this.#length + i] = data[start + i] as number
    this.#length += count
  }

  /** A vector of bytes: its length, then the bytes. */
  sized(data: Uint8Array): void {
    this.unsigned(data.length)
    this.bytes(data)
  }

  /** A name: length in bytes, then UTF-8. */
  name(text: string): void {
    const start = this.#length
    this.unsigned(text.length)
    // Most names are ASCII, which is UTF-8 as it is.
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code >= 0x80) {
        this.#length = start
        return this.sized(utf8.encode(text))
      }
      this.byte(code)
    }
  }

  byteAt(offset: number): number {
    return this.#bytes[offset] ?? 0
  }

  /** Forget what stands at `length` and behind it. */
  truncate(length: number): void {
    this.#length = length
  }

  /** A view of bytes [start, end), valid until the next write. */
  view(start = 0, end = this.#length): Uint8Array {
    return this.#bytes.subarray(start, end)
  }

  /** A copy of everything written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #fromScratch(count: number): void {
    for (let i = 0; i < count; i++) this.byte(scratch.getUint8(i))
  }

  #grow(extra: number): void {
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + extra))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }
}
