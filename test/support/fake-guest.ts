/** A program made of JavaScript functions over real wasm memory, for tests of the code around programs. */
import { STR } from '../../src/runtime/abi/layout.ts'
import type { Flat, Guest, GuestFunction } from '../../src/runtime/memory/guest.ts'

export interface FakeGuest extends Guest {
  exports: Record<string, GuestFunction>
  memory: WebAssembly.Memory
  /** Hand out memory as the runtime does: zeroed, aligned; grows the memory when it is used up. */
  alloc(byteLength: number): number
  fail(error: unknown): unknown
  reset(): void
  dispose(): void
}

const PAGE = 0x10000

export function fakeGuest(functions: Readonly<Record<string, GuestFunction>> = {}): FakeGuest {
  let top = 0
  const guest: FakeGuest = {
    memory: new WebAssembly.Memory({ initial: 1 }),
    exports: {},
    alloc(byteLength) {
      const address = top
      top += Math.ceil(byteLength / 8) * 8
      const missing = top - guest.memory.buffer.byteLength
      if (missing > 0) guest.memory.grow(Math.ceil(missing / PAGE))
      return address
    },
    fail: (error) => error,
    reset() {
      guest.memory = new WebAssembly.Memory({ initial: 1 })
      top = 64
    },
    dispose() {},
  }
  const newText = (length: Flat): number => {
    const bytes = Number(length)
    const address = guest.alloc(STR.size + bytes + 1)
    const view = new DataView(guest.memory.buffer)
    view.setUint32(address + STR.length, bytes, true)
    view.setUint32(address + STR.utf8, address + STR.size, true)
    return address
  }
  guest.exports = {
    spy_gc_new: (bytes) => guest.alloc(Number(bytes)),
    spy_raw_alloc: (count, itemBytes) => guest.alloc(Number(count) * Number(itemBytes)),
    spy_str_alloc: newText,
    spy_bytes_alloc: newText,
    ...functions,
  }
  guest.reset()
  return guest
}
