/** A program for a release: C, compiled and optimised together with the runtime. */
import { type CFiles, emitC } from '../../backends/c.ts'
import { type ProgramExports, programExports } from '../../interface/model.ts'
import { linearize } from '../../lowering/linearize.ts'
import type { LayoutMode } from '../../objects/layout.ts'
import { redshift } from '../../redshift/redshift.ts'
import type { Diagnostic } from '../../text/diagnostics.ts'
import type { SourceFile } from '../../text/source.ts'
import type { BuildOptions, Toolchain } from '../../toolchain/port.ts'
import {
  describeEntries,
  type Interfaces,
  importProgram,
  type ProgramRequest,
  sourceFiles,
  type World,
} from './front-end.ts'

export interface ReleaseOptions {
  /** release: pointers are addresses, unsafe code is not checked. */
  readonly mode: LayoutMode
  /** Facades see public names, embedders all. */
  readonly audience: 'facades' | 'embedders'
  readonly build: BuildOptions
}

export interface ReleaseBuild {
  readonly wasm: Uint8Array
  readonly interfaces: Interfaces
  readonly warnings: readonly Diagnostic[]
  readonly sources: ReadonlyMap<string, SourceFile>
}

/** The C of a program, before any C compiler sees it. */
export interface CProgram extends Omit<ReleaseBuild, 'wasm'> {
  readonly c: CFiles
  readonly exports: ProgramExports
}

/**
 * @param runtime  the C sources of the runtime, by path
 * @throws SpyError for the program, HostError for the toolchain
 */
export async function buildRelease(
  request: ProgramRequest,
  world: World,
  toolchain: Toolchain,
  runtime: ReadonlyMap<string, string>,
  options: ReleaseOptions,
): Promise<ReleaseBuild> {
  const { c, ...program } = emitProgramC(request, world, options)
  const files = new Map([...runtime, ...c.files])
  return { ...program, wasm: await toolchain.build({ main: c.main, files }, options.build) }
}

/** @throws SpyError */
export function emitProgramC(
  request: ProgramRequest,
  world: World,
  { mode, audience }: Pick<ReleaseOptions, 'mode' | 'audience'>,
): CProgram {
  const { graph, machine, warnings } = importProgram(request, mode, world)
  const program = redshift(machine)
  const interfaces = describeEntries(request, graph, program)
  const exports = programExports([...interfaces.values()], audience)
  const c = emitC(linearize(program), 'program', exports)
  return { c, exports, interfaces, warnings, sources: sourceFiles(graph) }
}
