/** Strings and bytes in guest memory. */
import { STR, UNKNOWN_CHARS } from '../abi/layout.ts'
import type { GuestMemory } from './guest-memory.ts'

/** Below this many bytes a loop is faster than calling the encoder or decoder. */
const SHORT = 24

const encoder = /*#__PURE__*/ new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The text of the `str` at `address`. */
export function readStr(memory: GuestMemory, address: number): string {
  const { view, bytes } = memory
  const length = view.getUint32(address + STR.length, true)
  const start = view.getUint32(address + STR.utf8, true)
  return readUtf8(bytes, start, length)
}

/** The text in `length` bytes of UTF-8; what is none reads as U+FFFD. */
export function readUtf8(bytes: Uint8Array, start: number, length: number): string {
  if (length < SHORT) {
    let text = ''
    let i = start
    for (const end = start + length; i < end; i++) {
      const byte = bytes[i] as number
      if (byte > 127) break
      text += String.fromCharCode(byte)
    }
    if (i === start + length) return text
  }
  return decoder.decode(bytes.subarray(start, start + length))
}

/**
 * A new `str` in guest memory; half surrogate pairs become U+FFFD.
 *
 * @returns its address. Nothing in the program refers to it yet: pass it on before the program allocates again.
 */
export function newStr(memory: GuestMemory, text: string): number {
  const { length } = text
  // Most texts are ASCII: take as many bytes as there are characters, and again only if that was wrong.
  let address = memory.exports.spy_str_alloc(length)
  let start = textStart(memory, address)
  if (length < SHORT) {
    const { bytes } = memory
    let i = 0
    for (; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) break
      bytes[start + i] = code
    }
    if (i === length) return countChars(memory, address, length)
  }
  const { read, written } = encoder.encodeInto(text, memory.bytes.subarray(start, start + length))
  if (read === length && written === length) return countChars(memory, address, length)
  const all = encoder.encode(text)
  address = memory.exports.spy_str_alloc(all.length)
  start = textStart(memory, address)
  memory.bytes.set(all, start)
  return address
}

function textStart(memory: GuestMemory, address: number): number {
  return memory.view.getUint32(address + STR.utf8, true)
}

function countChars(memory: GuestMemory, address: number, chars: number): number {
  memory.view.setUint32(address + STR.chars, chars, true)
  return address
}

/** A copy of the `bytes` object at `address`. */
export function readBytes(memory: GuestMemory, address: number): Uint8Array {
  const { view, bytes } = memory
  const start = view.getUint32(address + STR.utf8, true)
  return bytes.slice(start, start + view.getUint32(address + STR.length, true))
}

/** A new `bytes` object; see `newStr` about its life. */
export function newBytes(memory: GuestMemory, content: Uint8Array): number {
  const address = memory.exports.spy_bytes_alloc(content.length)
  memory.bytes.set(content, textStart(memory, address))
  return address
}

/**
 * The bytes of a `str` or `bytes` object that is part of a program's image rather than allocated: header, text and the
 * zero behind it, for the given address. `hash` 0 means not yet computed.
 */
export function strImage(text: Uint8Array, address: number, hash: number, chars: number = UNKNOWN_CHARS): Uint8Array {
  const image = new Uint8Array(STR.size + text.length + 1)
  const view = new DataView(image.buffer)
  view.setUint32(STR.length, text.length, true)
  view.setInt32(STR.hash, hash, true)
  view.setUint32(STR.utf8, address + STR.size, true)
  view.setUint32(STR.utf8Length, text.length, true)
  view.setUint32(STR.chars, chars, true)
  image.set(text, STR.size)
  return image
}
