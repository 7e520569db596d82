/**
 * What every host is handed from outside: the compiler, and where the runtime is. Tests hand in others.
 */
import { realpathSync } from 'node:fs'
import { toPosix } from '../ids.ts'
import type { ResolvedOptions } from '../options.ts'
import type { Compiler } from '../programs.ts'

export interface Wiring {
  compiler(options: ResolvedOptions): Compiler
  /** Absolute path of the module that is imported as `unplugin-spy/runtime`. */
  readonly runtime: string
}

/** How apps and facades name the runtime. */
export const RUNTIME = 'unplugin-spy/runtime'

/** The name of a `.spy` file in requests: one file is one module, however it was reached. */
export function entryPath(path: string): string {
  try {
    return toPosix(realpathSync.native(path))
  } catch {
    return toPosix(path) // the compiler tells that it does not exist, better than we could
  }
}
