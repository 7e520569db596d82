/** Signatures of the functions a wasm module imports and exports, read from its bytes. */
import type { WasmSignature, WasmType } from '../../src/runtime/abi.ts'

const TYPES: Readonly<Record<number, WasmType>> = { 127: 'i32', 126: 'i64', 125: 'f32', 124: 'f64' }

export interface Signatures {
  /** By `module.name`. */
  readonly imports: ReadonlyMap<string, WasmSignature>
  readonly exports: ReadonlyMap<string, WasmSignature>
}

export function signatures(bytes: Uint8Array): Signatures {
  let at = 8
  const number = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] as number
      value |= (byte & 127) << shift
      if (byte < 128) return value >>> 0
    }
  }
  const name = () => {
    const length = number()
    at += length
    return new TextDecoder().decode(bytes.subarray(at - length, at))
  }
  const limits = () => {
    const flags = number()
    number()
    if (flags & 1) number()
  }
  const list = <T>(item: () => T): T[] => Array.from({ length: number() }, item)
  let types: WasmSignature[] = []
  const functions: WasmSignature[] = []
  const imports = new Map<string, WasmSignature>()
  const exports = new Map<string, WasmSignature>()
  const SECTIONS: Readonly<Record<number, () => void>> = {
    1: () => {
      types = list(() => {
        at++ // 0x60
        const valueTypes = () => list(() => TYPES[bytes[at++] as number] as WasmType)
        return { params: valueTypes(), results: valueTypes() }
      })
    },
    2: () => {
      list(() => {
        const key = `${name()}.${name()}`
        const kind = bytes[at++]
        if (kind === 0) {
          const signature = types[number()] as WasmSignature
          functions.push(signature)
          imports.set(key, signature)
        } else if (kind === 1) {
          at++
          limits()
        } else if (kind === 2) {
          limits()
        } else {
          at += 2
        }
      })
    },
    3: () => {
      functions.push(...list(() => types[number()] as WasmSignature))
    },
    7: () => {
      list(() => {
        const key = name()
        const kind = bytes[at++]
        const index = number()
        if (kind === 0) exports.set(key, functions[index] as WasmSignature)
      })
    },
  }
  while (at < bytes.length) {
    const id = bytes[at++] as number
    const length = number()
    const end = at + length
    SECTIONS[id]?.()
    at = end
  }
  return { imports, exports }
}
