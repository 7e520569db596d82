/** The jit engine: typed programs as wasm bytes. */
export { emitWasm, type WasmOptions, type WasmProgram } from './wasm/program.ts'
