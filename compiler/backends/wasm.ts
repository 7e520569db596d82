/** The jit engine: typed programs as wasm bytes. */
export type { PlacedMark } from './wasm/encode.ts'
export type { CodePlace } from './wasm/places.ts'
export { emitWasm, type WasmOptions, type WasmProgram } from './wasm/program.ts'
