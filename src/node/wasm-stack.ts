/**
 * The SPy frames behind an error that left wasm. V8 writes them into the stack of the error:
 *
 *     at demo::inner (wasm://wasm/9c1f2a36:wasm-function[3]:0x12c)
 *
 * The name is that of the name section, the number the position of the call in the module.
 */

export interface WasmFrame {
  readonly name: string
  /** Bytes from the start of the module. */
  readonly offset: number
}

/** @returns innermost first, as in the text */
export function wasmFrames(stack: string): readonly WasmFrame[] {
  return [...stack.matchAll(/^ {4}at (.+) \(wasm:\/\/[^)]*:wasm-function\[\d+\]:0x([0-9a-f]+)\)$/gm)].map(
    ([, name = '', offset = '']) => ({ name, offset: Number.parseInt(offset, 16) }),
  )
}

/** Run `use` with stacks that are deep enough to show where a program was. */
export function withDeepStacks<R>(use: () => R, depth = 200): R {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = depth
  try {
    return use()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}
