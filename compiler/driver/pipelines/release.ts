/** A program for a release: C, compiled and optimised together with the runtime. */
import { type CFiles, emitC, type FailingPlaces } from '../../backends/c.ts'
import { type ProgramExports, programExports } from '../../interface/model.ts'
import { linearize } from '../../lowering/linearize.ts'
import type { LayoutMode } from '../../objects/layout.ts'
import { redshiftClosed } from '../../redshift/redshift.ts'
import type { Diagnostic } from '../../text/diagnostics.ts'
import type { BuildOptions, Toolchain } from '../../toolchain/port.ts'
import type { OperationErrors } from '../../typed/tree.ts'
import { type ArtifactStore, artifactKey, cached } from '../artifacts.ts'
import { planCollection } from './collection.ts'
import { fileNames } from './file-names.ts'
import {
  describeEntries,
  type Interfaces,
  importProgram,
  type ProgramRequest,
  type Sources,
  sourcesOf,
  type World,
} from './front-end.ts'

export interface ReleaseOptions {
  /** release: pointers are addresses, unsafe code is not checked. */
  readonly mode: LayoutMode
  /** Facades see public names, embedders all. */
  readonly audience: 'facades' | 'embedders'
  /** Panics name files relative to this folder; without one, by their paths. What is given away should have one. */
  readonly root?: string
  readonly build: BuildOptions
}

export interface ReleaseBuild {
  readonly wasm: Uint8Array
  readonly interfaces: Interfaces
  readonly warnings: readonly Diagnostic[]
  readonly sources: Sources
  /** How errors of operations on boxed values are told. */
  readonly operations: OperationErrors
  /** What stands where a panic says that it happened. */
  readonly failing: FailingPlaces
}

/** The C of a program, before any C compiler sees it. */
export interface CProgram extends Omit<ReleaseBuild, 'wasm'> {
  readonly c: CFiles
  readonly exports: ProgramExports
}

/** What turns C into wasm. */
export interface ReleaseTools {
  readonly toolchain: Toolchain
  /** The C sources of the runtime, by path. */
  readonly runtime: ReadonlyMap<string, string>
  /** Where results are kept; without one every build is a new one. */
  readonly store?: ArtifactStore
}

/** @throws SpyError for the program, HostError for the toolchain */
export async function buildRelease(
  request: ProgramRequest,
  world: World,
  tools: ReleaseTools,
  options: ReleaseOptions,
): Promise<ReleaseBuild> {
  const { c, exports: _, ...program } = emitProgramC(request, world, options)
  const sources = { main: c.main, files: new Map([...tools.runtime, ...c.files]) }
  return { ...program, wasm: await compileC(sources, options.build, tools) }
}

async function compileC(
  sources: CFiles,
  options: BuildOptions,
  { toolchain, store }: ReleaseTools,
): Promise<Uint8Array> {
  const build = () => toolchain.build(sources, options)
  if (store === undefined) return build()
  const files = [...sources.files].sort(([a], [b]) => (a < b ? -1 : 1)).flat()
  const key = await artifactKey([toolchain.name, toolchain.version, JSON.stringify(options), sources.main, ...files])
  return cached(store, key, build)
}

/** @throws SpyError */
export function emitProgramC(
  request: ProgramRequest,
  world: World,
  { mode, audience, root }: Omit<ReleaseOptions, 'build'>,
): CProgram {
  const { graph, machine, warnings } = importProgram(request, mode, world)
  const program = redshiftClosed(machine)
  const interfaces = describeEntries(request, graph, program)
  const exports = programExports([...interfaces.values()], audience)
  const linear = linearize(program)
  const c = emitC(linear, 'program', {
    ...exports,
    collection: planCollection(linear, request.gc),
    fileName: fileNames(root, world.library),
  })
  return {
    c,
    exports,
    interfaces,
    warnings,
    sources: sourcesOf(graph),
    operations: program.operationErrors ?? new Map(),
    failing: c.failing,
  }
}
