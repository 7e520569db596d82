/** What compiler, runtime and generated code agree on: layouts, names of imports and exports, signatures. Pure data. */
export {
  LIBRARY_BUILD,
  RUNTIME_FUNCTIONS,
  type RuntimeFunction,
  type RuntimeFunctionName,
  type WasmSignature,
  type WasmType,
  wasmSignature,
} from './abi/functions.ts'
export {
  HOST_IMPORTS,
  type HostImport,
  IMPORT_MODULE,
  MEMORY,
  RUNTIME_MODULE,
  STACK_POINTER,
  TABLE,
} from './abi/imports.ts'
export { ABI_VERSION, BLOCK_ALIGN, POINTER_MAP, packPosition, ROOT_FRAME, STR, UNKNOWN_CHARS } from './abi/layout.ts'
