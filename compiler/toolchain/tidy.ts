/**
 * The last touch on a linked module: sections that only tools read go, unless names are to be kept. What is left is the
 * same from every linker.
 */

const CUSTOM = 0

/** Custom sections that stay: names for stack traces, and DWARF. */
function stays(name: string, keepNames: boolean): boolean {
  return keepNames && (name === 'name' || name.startsWith('.debug_'))
}

/** A copy of `wasm`, a valid module, without the custom sections that nobody needs. */
export function tidyModule(wasm: Uint8Array, keepNames: boolean): Uint8Array {
  const parts: Uint8Array[] = [wasm.subarray(0, 8)]
  for (let at = 8; at < wasm.length; ) {
    const start = at
    const id = wasm[at++]
    const size = readSize(wasm, at)
    at = size.next + size.value
    if (id !== CUSTOM || stays(sectionName(wasm, size.next), keepNames)) parts.push(wasm.subarray(start, at))
  }
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

function sectionName(wasm: Uint8Array, at: number): string {
  const { value, next } = readSize(wasm, at)
  return new TextDecoder().decode(wasm.subarray(next, next + value))
}

/** An unsigned LEB128 number. */
function readSize(wasm: Uint8Array, at: number): { readonly value: number; readonly next: number } {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = wasm[at++] ?? 0
    value |= (byte & 127) << shift
    if (byte < 128) return { value: value >>> 0, next: at }
  }
}
