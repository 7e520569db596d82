/**
 * What a program asks of its host: the one import module `spy`. Pointers and lengths refer to the program's memory; a
 * negative result is -errno.
 */
import type { WasmSignature } from './functions.ts'

export const IMPORT_MODULE = 'spy'

/** KEEP IN STEP: host-imports (runtime-c/include/spy/host.h) */
export const HOST_IMPORTS = {
  /**
   * (etype, its length, message, its length, file, its length, line, column): a SPy error, all texts UTF-8, line and
   * column from 1, 0 for unknown. It must not return; if it does, the program traps.
   */
  panic: { params: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], results: [] },
  /** (fd, address, length) → bytes written */
  fd_write: { params: ['i32', 'i32', 'i32'], results: ['i32'] },
  /** (fd, address, capacity) → bytes read, 0 at the end */
  fd_read: { params: ['i32', 'i32', 'i32'], results: ['i32'] },
  /** Seconds since 1970. */
  clock_time: { params: [], results: ['f64'] },
  /** Return after that many seconds. */
  clock_sleep: { params: ['f64'], results: ['i32'] },
} as const satisfies Record<string, WasmSignature>

export type HostImport = keyof typeof HOST_IMPORTS

/** What jit modules import from the runtime beside its functions, under module `spy_runtime`. */
export const RUNTIME_MODULE = 'spy_runtime'
export const MEMORY = 'memory'
export const TABLE = '__indirect_function_table'
export const STACK_POINTER = '__stack_pointer'
