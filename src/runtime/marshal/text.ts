/** str and bytes: addresses of objects that the runtime makes. KEEP IN STEP: string-layout */
import { type Flat, type Guest, readU32, readUtf8, writeU32 } from '../memory/guest.ts'
import type { Codec } from './codec.ts'

const encoder = /*#__PURE__*/ new TextEncoder()

function textCodec<Out, In>(
  make: string,
  encode: (value: In) => Uint8Array,
  decode: (guest: Guest, data: number, byteLength: number) => Out,
): Codec<Out, In> {
  const lower = (guest: Guest, value: In): Flat => {
    const bytes = encode(value)
    const address = guest.exports[make]?.(bytes.length) as number
    new Uint8Array(guest.memory.buffer).set(bytes, readU32(guest, address + 8))
    return address
  }
  const lift = (guest: Guest, address: Flat): Out =>
    decode(guest, readU32(guest, (address as number) + 8), readU32(guest, address as number))
  return {
    size: 4,
    width: 1,
    pointers: [0],
    get: (guest, address) => lift(guest, readU32(guest, address)),
    put: (guest, address, value) => writeU32(guest, address, lower(guest, value) as number),
    lower: (guest, value) => [lower(guest, value)],
    lift,
  }
}

/** Lone surrogates become U+FFFD on the way in, bytes that are not UTF-8 on the way out. */
export const str = /*#__PURE__*/ textCodec<string, string>('spy_str_alloc', (text) => encoder.encode(text), readUtf8)

/** Both ways a copy. */
export const bytes = /*#__PURE__*/ textCodec<Uint8Array, ArrayBuffer | ArrayBufferView>(
  'spy_bytes_alloc',
  (data) =>
    ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data),
  ({ memory }, data, byteLength) => new Uint8Array(memory.buffer, data, byteLength).slice(),
)
