/** As much of the wasm format as the toy compiler needs. */

export function u32(value: number): number[] {
  const bytes: number[] = []
  let rest = value >>> 0
  do {
    const low = rest & 0x7f
    rest >>>= 7
    bytes.push(rest === 0 ? low : low | 0x80)
  } while (rest !== 0)
  return bytes
}

export function s32(value: number): number[] {
  const bytes: number[] = []
  let rest = value | 0
  for (;;) {
    const low = rest & 0x7f
    rest >>= 7
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)
    bytes.push(done ? low : low | 0x80)
    if (done) return bytes
  }
}

export function text(value: string): number[] {
  const bytes = [...new TextEncoder().encode(value)]
  return [...u32(bytes.length), ...bytes]
}

export function vector(items: readonly (readonly number[])[]): number[] {
  return [...u32(items.length), ...items.flat()]
}

export function section(id: number, content: readonly number[]): number[] {
  return [id, ...u32(content.length), ...content]
}

export function sized(content: readonly number[]): number[] {
  return [...u32(content.length), ...content]
}

export function module(sections: readonly (readonly number[])[]): Uint8Array {
  return new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()])
}

export const I32 = 0x7f

export function funcType(params: number, results: number): number[] {
  return [0x60, ...vector(Array(params).fill([I32])), ...vector(Array(results).fill([I32]))]
}
