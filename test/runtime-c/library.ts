/** The runtime as a library, loaded the way engines load it, with a host that remembers. */
import { readFileSync } from 'node:fs'
import { type HOST_IMPORTS, IMPORT_MODULE, type RuntimeFunctionName, STACK_POINTER } from '../../src/runtime/abi.ts'
import { GuestMemory, type MemoryExports, newStr, readStr, readUtf8 } from '../../src/runtime/memory.ts'

/** A SPy error as the host receives it. */
export class Panic extends Error {
  readonly etype: string
  readonly place: string

  constructor(etype: string, message: string, place: string) {
    super(message)
    this.etype = etype
    this.place = place
  }
}

type Word = number | bigint

export interface Library {
  readonly call: (name: RuntimeFunctionName, ...args: readonly Word[]) => Word
  readonly memory: GuestMemory
  readonly exports: WebAssembly.Exports
  /** What was written to standard output so far, one entry per call of the host. */
  readonly output: string[]
  readonly str: (text: string) => number
  readonly text: (address: Word) => string
}

export const libraryFile = new URL('../../dist/libspy.wasm', import.meta.url)

export function loadLibrary(bytes: Uint8Array = readFileSync(libraryFile)): Library {
  const output: string[] = []
  const text = (at: number, length: number) => readUtf8(memory.bytes, at, length)
  const host: Record<keyof typeof HOST_IMPORTS, (...args: number[]) => unknown> = {
    panic: (
      etype = 0,
      etypeLength = 0,
      message = 0,
      messageLength = 0,
      file = 0,
      fileLength = 0,
      line = 0,
      column = 0,
    ) => {
      throw new Panic(
        text(etype, etypeLength),
        text(message, messageLength),
        `${text(file, fileLength)}:${line}:${column}`,
      )
    },
    fd_write: (fd = 0, at = 0, length = 0) => {
      if (fd === 1) output.push(text(at, length))
      return length
    },
    fd_read: () => 0,
    clock_time: () => 1234.5,
    clock_sleep: () => 0,
  }
  const module = new WebAssembly.Module(bytes as BufferSource)
  const instance = new WebAssembly.Instance(module, { [IMPORT_MODULE]: host })
  const exports = instance.exports
  const memory = new GuestMemory(exports as unknown as MemoryExports)
  const stackPointer = exports[STACK_POINTER] as WebAssembly.Global
  const call = (name: RuntimeFunctionName, ...args: readonly Word[]): Word => {
    const before = stackPointer.value
    try {
      return (exports[name] as (...args: readonly Word[]) => Word)(...args)
    } catch (error) {
      stackPointer.value = before // the exception of a panic passes through frames that would have given their stack back
      throw error
    }
  }
  return { call, memory, exports, output, str: (t) => newStr(memory, t), text: (a) => readStr(memory, Number(a)) }
}
