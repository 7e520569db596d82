/**
 * The running program as the code around it sees it: its exports and its memory. Both are replaced when the program is
 * reset or updated, so they are read from here at every use and never kept.
 */

/** What crosses the border of a wasm function. */
export type Flat = number | bigint

/** What it takes and gives is known to its facade alone; functions that give nothing return undefined. */
export type GuestFunction = (...args: Flat[]) => Flat

export interface Guest {
  readonly exports: Readonly<Record<string, GuestFunction>>
  readonly memory: WebAssembly.Memory
}

let view = /*#__PURE__*/ new DataView(/*#__PURE__*/ new ArrayBuffer(0))

/** A view of the whole memory, valid until the memory grows: use it at once. */
export function dataView({ memory }: Guest): DataView {
  if (view.buffer !== memory.buffer) view = new DataView(memory.buffer)
  return view
}

export function readU32(guest: Guest, address: number): number {
  return dataView(guest).getUint32(address, true)
}

export function writeU32(guest: Guest, address: number, value: number): void {
  dataView(guest).setUint32(address, value, true)
}

// The mark U+FEFF is a character like any other inside a program.
const decoder = /*#__PURE__*/ new TextDecoder('utf-8', { ignoreBOM: true })

/** Text of `byteLength` bytes of UTF-8; what is not UTF-8 becomes U+FFFD. */
export function readUtf8({ memory }: Guest, address: number, byteLength: number): string {
  return decoder.decode(new Uint8Array(memory.buffer, address, byteLength))
}
