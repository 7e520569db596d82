/** Which entries form a program, and what the compiler says about them. */
export { BundlePrograms, mapOutcome, type ProgramKey } from './programs/bundle.ts'
export type {
  Attempt,
  CompiledProgram,
  CompileRequest,
  Compiler,
  EntryInterface,
  FacadeOptions,
  Interfaces,
  Outcome,
  ProgramEngine,
} from './programs/compiler-port.ts'
export { DevProgram, DevPrograms, type DevState, type DevVersion } from './programs/dev.ts'
export { lateEntry, PluginError, unknownQuery } from './programs/diagnostics.ts'
export { type GraphView, QuietGraph } from './programs/quiet.ts'
export { type SharedCompiler, shareAnswers } from './programs/shared-compiler.ts'
export { contentHash, resolveWasm, wasmName, wasmSpecifier, writeWasmFile } from './programs/wasm-file.ts'
