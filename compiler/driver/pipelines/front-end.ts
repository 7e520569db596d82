/**
 * What all pipelines begin with: from entry files to a machine whose modules have been imported, and what can be told
 * about its entries.
 */
import { describeInterface, type InterfaceModel, type InterfaceSource } from '../../interface/model.ts'
import {
  BUILTIN_NAMES,
  type ErrorMode,
  GuestMemory,
  importModules,
  type Machine,
  type NodeColor,
} from '../../machine/index.ts'
import { ModuleGraph, type ParsedFiles, type SourceModule } from '../../modules/graph.ts'
import type { LayoutMode } from '../../objects/layout.ts'
import type { Node } from '../../syntax/ast.ts'
import type { Warning } from '../../text/diagnostics.ts'
import type { Host } from '../../text/source.ts'
import type { Gc } from './collection.ts'
import { findMain } from './main-function.ts'

/** The outside as pipelines see it. */
export interface World {
  readonly host: Host
  /** Folders of the standard library, absolute, with `/`. */
  readonly library: readonly string[]
  /** What earlier compilations have parsed, where there may be more than one. */
  readonly parsed?: ParsedFiles
}

export interface ProgramRequest {
  /** Absolute paths, with `/`. All modules that they reach form one program. */
  readonly entries: readonly string[]
  /** Folders that imports are searched in, behind that of the importing file. */
  readonly path?: readonly string[]
  /** What becomes of a statement with a static error; eager unless given. */
  readonly errors?: ErrorMode
  /** Whether compiled programs use memory again; auto unless given. */
  readonly gc?: Gc
  readonly blueSteps?: number
  /** What modules print while they are imported; nobody sees it unless given. */
  readonly output?: (text: string) => void
  /** It is going to be run: the first entry must have a `main`. */
  readonly runsMain?: boolean
  /** Filled with the colours of the source while functions are typed. */
  readonly colors?: Map<Node, NodeColor>
}

/** Steps that blue code may take in all: an endless loop fails within some seconds. */
const BLUE_STEPS = 100_000_000

/** Interfaces by entry, as the request names it. */
export type Interfaces = ReadonlyMap<string, InterfaceModel>

export interface Imported {
  readonly graph: ModuleGraph
  readonly machine: Machine
  readonly warnings: readonly Warning[]
}

/**
 * Read all files, and run module bodies: blue code ends here.
 *
 * @throws SpyError for anything that is wrong with a program before its functions are typed
 */
export function importProgram(request: ProgramRequest, mode: LayoutMode, world: World): Imported {
  const search = { library: world.library, path: request.path ?? [] }
  const graph = new ModuleGraph(world.host, BUILTIN_NAMES, search, world.parsed)
  for (const entry of request.entries) graph.addEntry(entry)
  const warnings: Warning[] = graph.warnings.map((diagnostic) => ({ diagnostic }))
  const machine = importModules(graph, {
    mode,
    memory: new GuestMemory(mode),
    blueSteps: request.blueSteps ?? BLUE_STEPS,
    errors: request.errors ?? 'eager',
    output: request.output ?? (() => {}),
    onPutOff: (error) => warnings.push(error),
    ...(request.colors !== undefined && { colors: request.colors }),
  })
  const [entry] = graph.entries
  if (request.runsMain && entry !== undefined) findMain(machine, entry)
  return { graph, machine, warnings }
}

export function describeEntries(request: ProgramRequest, graph: ModuleGraph, program: InterfaceSource): Interfaces {
  return new Map(
    request.entries.map((path, i) => {
      const { name, tree } = graph.entries[i] as ModuleGraph['entries'][number]
      return [path, describeInterface(program, name, tree)]
    }),
  )
}

/** All sources of a program, by the path that spans and panics name. */
export type Sources = ReadonlyMap<string, SourceModule>

export function sourcesOf(graph: ModuleGraph): Sources {
  return new Map(graph.modules.flatMap((each) => (each.kind === 'source' ? [[each.file.path, each]] : [])))
}
