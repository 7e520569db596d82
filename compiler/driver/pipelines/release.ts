/** A program for a release: C, compiled and optimised together with the runtime. */
import { type CallSites, type CFiles, type EmittedC, emitC, type FailingPlaces } from '../../backends/c.ts'
import { type Audience, type ProgramExports, programExports } from '../../interface/model.ts'
import { joinTexts } from '../../lowering/join-texts.ts'
import { linearize } from '../../lowering/linearize.ts'
import type { Machine } from '../../machine/index.ts'
import type { ModuleGraph } from '../../modules/graph.ts'
import type { LayoutMode } from '../../objects/layout.ts'
import { redshiftClosed } from '../../redshift/redshift.ts'
import { invariant, type Warning } from '../../text/diagnostics.ts'
import type { BuildOptions, LinkOptions, SystemCompiler, Toolchain } from '../../toolchain/port.ts'
import type { OperationErrors } from '../../typed/tree.ts'
import { type ArtifactStore, artifactKey, cached } from '../artifacts.ts'
import { planCollection } from './collection.ts'
import { withinStack } from './depth.ts'
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
import { findMain } from './main-function.ts'

export interface ReleaseOptions {
  /** release: pointers are addresses, unsafe code is not checked. */
  readonly mode: LayoutMode
  readonly audience: Audience
  /** Panics name files relative to this folder; without one, by their paths. What is given away should have one. */
  readonly root?: string
  readonly build: BuildOptions
}

export interface ReleaseBuild {
  readonly wasm: Uint8Array
  readonly interfaces: Interfaces
  readonly warnings: readonly Warning[]
  readonly sources: Sources
  /** How errors of operations on boxed values are told. */
  readonly operations: OperationErrors
  /** What stands where a panic says that it happened. */
  readonly failing: FailingPlaces
  /** What stands where its functions call each other. */
  readonly calls: CallSites
}

/** The C of a program, before any C compiler sees it. */
export interface CProgram extends Omit<ReleaseBuild, 'wasm'> {
  readonly c: EmittedC
  readonly exports: ProgramExports
}

/** Who is going to call the program: see `Caller` of the C back end. */
export type ProgramCaller = 'javascript' | 'system' | 'c'

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
  return { ...program, wasm: await compileC(withRuntime(c, tools.runtime), options.build, tools) }
}

function withRuntime({ main, files }: CFiles, runtime: ReadonlyMap<string, string>): CFiles {
  return { main, files: new Map([...runtime, ...files]) }
}

export interface SystemBuild {
  /** By name; the first one is to be run, or loaded. */
  readonly files: ReadonlyMap<string, string | Uint8Array>
  readonly warnings: readonly Warning[]
}

export interface SystemTools {
  readonly compiler: SystemCompiler
  readonly runtime: ReadonlyMap<string, string>
}

/** A program that needs no JavaScript of ours: a command, or a library with a header for C. */
export async function buildForSystem(
  request: ProgramRequest,
  world: World,
  { compiler, runtime }: SystemTools,
  { mode, root, build }: Pick<ReleaseOptions, 'mode' | 'root'> & { readonly build: LinkOptions },
): Promise<SystemBuild> {
  const isCommand = build.output === 'executable'
  const options = { mode, audience: 'facades', ...(root !== undefined && { root }), name: build.name } as const
  const { c, warnings } = emitProgramC({ ...request, runsMain: isCommand }, world, {
    ...options,
    caller: isCommand ? 'system' : 'c',
  })
  const linked = await compiler.link(withRuntime(c, runtime), { ...build, offered: c.offered })
  const files = new Map<string, string | Uint8Array>(linked)
  if (c.header !== undefined) files.set(`${build.name}.h`, c.header)
  return { files, warnings }
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

export interface EmitOptions extends Omit<ReleaseOptions, 'build'> {
  /** JavaScript unless given. */
  readonly caller?: ProgramCaller
  /** Of the C file, without its extension. */
  readonly name?: string
}

/** @throws SpyError */
export function emitProgramC(request: ProgramRequest, world: World, options: EmitOptions): CProgram {
  return withinStack(() => emitProgram(request, world, options))
}

function emitProgram(
  request: ProgramRequest,
  world: World,
  { mode, audience, root, caller = 'javascript', name = 'program' }: EmitOptions,
): CProgram {
  const { graph, machine, warnings } = importProgram(request, mode, world)
  const program = joinTexts(redshiftClosed(machine))
  const interfaces = describeEntries(request, graph, program)
  const exports = programExports([...interfaces.values()], audience)
  const linear = linearize(program)
  const c = emitC(linear, name, {
    ...exports,
    caller: caller === 'system' ? { kind: caller, main: mainOf(graph, machine) } : { kind: caller },
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
    calls: c.calls,
  }
}

function mainOf({ entries: [entry] }: ModuleGraph, machine: Machine): string {
  invariant(entry !== undefined, 'a program has an entry')
  return findMain(machine, entry).fqn.text
}
