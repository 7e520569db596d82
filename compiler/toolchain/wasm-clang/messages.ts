/** What is said between a process that builds and the process that compiles for it. */
import type { BuildOptions, CFiles } from '../port.ts'
import type { Compilation } from './commands.ts'

export interface CompileRequest {
  readonly id: number
  readonly sources: CFiles
  readonly options: BuildOptions
}

export interface CompileReply {
  readonly id: number
  readonly compilation: Compilation
}

/** How long a compiling process stays without work. It takes 200 MB, and half a second to come back. */
export const IDLE_MS = 120_000
