/** What the driver knows of C compilers: C in, wasm out. Pure types. */

/** Sources by path, with `/`; headers are found by `#include "path"` from there. One of them is compiled. */
export interface CFiles {
  /** The translation unit. A program is one: it includes the runtime, so that the optimiser sees everything. */
  readonly main: string
  readonly files: ReadonlyMap<string, string>
}

/**
 * `debug`: -O1 with names and line tables, quick to make. `release`: -O3 and SIMD. `size`: as small as it gets.
 */
export type Profile = 'debug' | 'release' | 'size'

export interface BuildOptions {
  readonly profile: Profile
  /** Instead of what the profile says: a digit, `s` or `z`, as after -O. */
  readonly optimize?: '0' | '1' | '2' | '3' | 's' | 'z'
  /** Names and DWARF line tables, whatever the profile says. */
  readonly debugInfo?: boolean
  /** SIMD instructions; default: in `release`. */
  readonly simd?: boolean
  /** `-D` definitions; an empty text defines to nothing. */
  readonly defines?: Readonly<Record<string, string>>
  /** External functions and globals to export where they exist, beside what the C itself marks for export. */
  readonly exports?: readonly string[]
  /** Export the function table, and let others grow it: for a runtime that modules are attached to. */
  readonly exportTable?: boolean
  /** Warnings of the C compiler are errors. */
  readonly strict?: boolean
  /** Bytes for C's own stack. */
  readonly stackSize?: number
}

export type WasmBytes = Uint8Array

export interface Toolchain {
  readonly name: 'emscripten' | 'clang'
  /** Part of the key of cached results: equal versions make equal bytes. */
  readonly version: string
  /**
   * Compile and link.
   *
   * @returns a module that imports from `spy` only, and exports `memory` and what was asked for
   * @throws HostError with the compiler's messages if it fails
   */
  build(sources: CFiles, options: BuildOptions): Promise<WasmBytes>
  /** Begin what makes the first build slow, without waiting for it. */
  warm(): void
  /** Stop what runs in the background; the next build starts it again. */
  dispose(): void
}

export interface LinkOptions extends BuildOptions {
  /** executable: the C has a `main`. library: for other programs. */
  readonly output: 'executable' | 'library'
  /** What files are called, without their extensions. */
  readonly name: string
  /** C functions that a library offers; where all that is visible is offered anyway they are not needed. */
  readonly offered?: readonly string[]
  /** Folder that relative names of sources in debug information start from. */
  readonly sourceFolder?: string
}

/** A compiler whose results do not need our loader: they come with a host of their own, libc. */
export interface SystemCompiler {
  readonly name: 'native' | 'emscripten'
  readonly version: string
  /**
   * Compile and link, with the host part of the runtime.
   *
   * @returns files by name, of which the first is the one to run or to load
   * @throws HostError with the compiler's messages if it fails
   */
  link(sources: CFiles, options: LinkOptions): Promise<ReadonlyMap<string, Uint8Array>>
}
