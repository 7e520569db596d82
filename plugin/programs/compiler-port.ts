/**
 * What the plugin needs of the compiler, and nothing else. `plugin/programs/compiler.ts` connects it to the real one;
 * tests bring a small one of their own.
 */

export interface CompileRequest {
  /**
   * Real paths of the `.spy` files that JavaScript imports, with `/` between their parts. All modules that they reach
   * form one program. Of two files with the same stem, the module that is found first, in this order, has the short
   * name; adding an entry at the end renames nothing that was there before.
   */
  readonly entries: readonly string[]
  /** Layouts, and with them facades, differ. */
  readonly engine: ProgramEngine
}

/** `jit`: at once, checked, for dev. `c`: through a C toolchain, optimised. */
export type ProgramEngine = 'jit' | 'c'

/** What came of a request, and what would change the answer. */
export interface Outcome<T> {
  readonly result: Attempt<T>
  /** Every file that was read, entries and failing files included; without the library that ships with the compiler. */
  readonly inputs: readonly string[]
  /** Files that were looked for and do not exist: creating one of them may change the answer. */
  readonly missing: readonly string[]
}

export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Error }

/** What one entry offers to JavaScript; the same on every engine. */
export interface EntryInterface {
  /** Text of the ES module that stands for the `.spy` file. */
  facade(options: FacadeOptions): string
  /** Export name → its type, as text: two versions with equal texts can take each other's place. */
  readonly signatures: ReadonlyMap<string, string>
  /**
   * Type declarations and a source map (JSON, without `file`) from them to the `.spy` file.
   *
   * @param source   how the map names the `.spy` file: a path relative to the map
   * @param mapFile  file name of the map, which the declarations name at their end
   */
  declarations(source: string, mapFile: string): { readonly code: string; readonly map: string }
  /** Warnings of this module, formatted for people. */
  readonly warnings: readonly string[]
}

export interface FacadeOptions {
  /** `dev`: through the hot modules of a running program, with checks. `release`: direct calls. */
  readonly kind: 'dev' | 'release'
  /** Specifier of the runtime, which has the marshallers. */
  readonly runtime: string
  /** Specifier of a module that exports `program`, the running instance. */
  readonly program: string
}

/** By the path in the request. */
export type Interfaces = ReadonlyMap<string, EntryInterface>

export interface CompiledProgram {
  readonly interfaces: Interfaces
  readonly wasm: Uint8Array
  /** Makes the map from bytes of the wasm to `.spy` files below the URL `folder`, as JSON; undefined for none. */
  readonly sourceMap: ((folder: string) => string) | undefined
  /** Equal for two programs that do the same and offer the same. */
  readonly hash: string
  /** JSON of what `startDevProgram` of the runtime wants to know beside the bytes; for engine jit. */
  readonly version: string
}

export interface Compiler {
  /** Facades and declarations; runs no toolchain. */
  describe(request: CompileRequest): Promise<Outcome<Interfaces>>
  compile(request: CompileRequest): Promise<Outcome<CompiledProgram>>
  /** The C runtime that jit programs share, as wasm. */
  libspy(): Promise<Uint8Array>
  /** Stop what runs in the background. The compiler can still be used: it starts again. */
  dispose(): Promise<void>
}
