/** Small programs in C for toolchains to build, and a host to run them in. */
import { readRuntimeSources } from '../../compiler/toolchain/index.ts'
import type { BuildOptions, CFiles } from '../../compiler/toolchain/port.ts'
import { readUtf8 } from '../../src/runtime/memory.ts'

export function program(text: string): CFiles {
  return { main: 'program.c', files: new Map([...readRuntimeSources(), ['program.c', text]]) }
}

export const RELEASE: BuildOptions = { profile: 'release' }

/** What a program does: arithmetic that can fail, a string, output. */
export const GREETING = program(`
#include "spy.h"
SPY_STR(file, "greet.spy", 9, 9);
SPY_STR(greeting, "half is ", 8, 8);
SPY_STR(newline, "\\n", 1, 1);

SPY_EXPORT("halve") int32_t program_halve(int32_t a, int32_t b) {
    return spy_i32_floordiv(a, b, &file, SPY_PACK(7, 12));
}

SPY_EXPORT("greet") void program_greet(int32_t a) {
    spy_stdout_write(spy_str_concat(&greeting, spy_i32_to_str(program_halve(a, 2))));
    spy_stdout_write(&newline);
}

SPY_EXPORT("scale") void program_scale(double *a, int32_t n) {
    for (int32_t i = 0; i < n; i++) a[i] = a[i] * 0.5;
}
`)

export interface Running {
  readonly exports: Readonly<Record<string, (...args: readonly number[]) => number>>
  readonly output: string[]
}

export function run(wasm: Uint8Array): Running {
  const output: string[] = []
  const module = new WebAssembly.Module(wasm as BufferSource)
  const instance = new WebAssembly.Instance(module, {
    spy: {
      panic: (
        etype: number,
        etypeLength: number,
        at: number,
        length: number,
        file: number,
        fileLength: number,
        line: number,
        column: number,
      ) => {
        const bytes = new Uint8Array((instance.exports.memory as WebAssembly.Memory).buffer)
        const text = (start: number, n: number) => readUtf8(bytes, start, n)
        throw new Error(
          `${text(etype, etypeLength)}: ${text(at, length)} (${text(file, fileLength)}:${line}:${column})`,
        )
      },
      fd_write: (_fd: number, at: number, length: number) => {
        output.push(readUtf8(new Uint8Array((instance.exports.memory as WebAssembly.Memory).buffer), at, length))
        return length
      },
    },
  })
  return { exports: instance.exports as Running['exports'], output }
}

/** Names of what a module imports and exports, sorted. */
export function surface(wasm: Uint8Array): {
  readonly imports: readonly string[]
  readonly exports: readonly string[]
} {
  const module = new WebAssembly.Module(wasm as BufferSource)
  return {
    imports: WebAssembly.Module.imports(module)
      .map(({ module: from, name }) => `${from}.${name}`)
      .sort(),
    exports: WebAssembly.Module.exports(module)
      .map(({ name }) => name)
      .sort(),
  }
}
