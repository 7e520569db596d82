/** The sections of a wasm module, as far as tools that follow the linker need them. */

export const CUSTOM = 0
export const CODE = 10

export interface WasmSection {
  readonly id: number
  /** Of custom sections; else empty. */
  readonly name: string
  /** Offset of the section in the module, its id included. */
  readonly start: number
  /** Offset of its content; of custom sections, behind the name. */
  readonly content: number
  readonly end: number
}

export function wasmSections(wasm: Uint8Array): readonly WasmSection[] {
  const sections: WasmSection[] = []
  for (let at = 8; at < wasm.length; ) {
    const start = at
    const id = wasm[at++] ?? 0
    const size = readUleb(wasm, at)
    const end = size.next + size.value
    if (id === CUSTOM) {
      const length = readUleb(wasm, size.next)
      const content = length.next + length.value
      sections.push({ id, name: new TextDecoder().decode(wasm.subarray(length.next, content)), start, content, end })
    } else {
      sections.push({ id, name: '', start, content: size.next, end })
    }
    at = end
  }
  return sections
}

/** A copy of a module, with those of its sections that stay. */
export function filterSections(wasm: Uint8Array, stays: (section: WasmSection) => boolean): Uint8Array {
  return concat([
    wasm.subarray(0, 8),
    ...wasmSections(wasm)
      .filter(stays)
      .map(({ start, end }) => wasm.subarray(start, end)),
  ])
}

/** A copy of a module with another custom section at its end. */
export function withCustomSection(wasm: Uint8Array, name: string, content: Uint8Array): Uint8Array {
  const title = new TextEncoder().encode(name)
  const body = concat([uleb(title.length), title, content])
  return concat([wasm, new Uint8Array([CUSTOM]), uleb(body.length), body])
}

/** Where debuggers find the source map. */
export function withSourceMapUrl(wasm: Uint8Array, url: string): Uint8Array {
  const text = new TextEncoder().encode(url)
  return withCustomSection(wasm, 'sourceMappingURL', concat([uleb(text.length), text]))
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

/** An unsigned LEB128 number of at most 32 bits. */
export function readUleb(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } {
  let value = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] ?? 0
    if (shift < 32) value |= (byte & 127) << shift
    if (byte < 128) return { value: value >>> 0, next: at }
  }
}

function uleb(value: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return new Uint8Array([...bytes, rest])
    bytes.push((rest & 127) | 128)
  }
}
