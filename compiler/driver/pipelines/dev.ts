/** A program for development: checked, emitted in milliseconds, replaceable while it runs. */
import { type CodePlace, emitWasm, type PlacedMark } from '../../backends/wasm.ts'
import { bindingOf, programExports } from '../../interface/model.ts'
import { joinTexts } from '../../lowering/join-texts.ts'
import { classesOf } from '../../machine/vm/classes.ts'
import { redshiftClosed } from '../../redshift/redshift.ts'
import type { Warning } from '../../text/diagnostics.ts'
import type { OperationErrors } from '../../typed/tree.ts'
import { planTypedCollection } from './collection.ts'
import { withinStack } from './depth.ts'
import { fileNames } from './file-names.ts'
import { fingerprint } from './fingerprint.ts'
import {
  describeEntries,
  type Interfaces,
  importProgram,
  type ProgramRequest,
  type Sources,
  sourcesOf,
  type World,
} from './front-end.ts'
import { shortHash } from './hash.ts'
import { hotVariables } from './hot-variables.ts'

export interface DevOptions {
  /** Facades see public names, embedders all. */
  readonly audience: 'facades' | 'embedders'
  /** Panics and source maps name files relative to this folder; without one, by their paths. */
  readonly root?: string
  /** Where debuggers find the source map. */
  readonly sourceMapUrl?: string
}

export interface DevBuild {
  readonly wasm: Uint8Array
  readonly interfaces: Interfaces
  /** JSON of what `startDevProgram` of the app runtime wants to know beside the bytes. */
  readonly version: string
  /** Equal for two builds that do the same: an edit of a comment changes nothing. */
  readonly hash: string
  readonly warnings: readonly Warning[]
  readonly sources: Sources
  /** How errors of operations on boxed values are told. */
  readonly operations: OperationErrors
  /** FQNs of the functions of the program; the module has others, which the compiler made for itself. */
  readonly functions: ReadonlySet<string>
  readonly marks: readonly PlacedMark<CodePlace>[]
  /** JSON, from bytes of the module to the `.spy` files. `folder` is the URL of `DevOptions.root`. */
  sourceMap(folder?: string): string
}

/** @throws SpyError */
export function buildDev(request: ProgramRequest, world: World, options: DevOptions): DevBuild {
  return withinStack(() => build(request, world, options))
}

function build(request: ProgramRequest, world: World, options: DevOptions): DevBuild {
  const { graph, machine, warnings } = importProgram(request, 'debug', world)
  const program = joinTexts(redshiftClosed(machine))
  const interfaces = describeEntries(request, graph, program)
  const variables = hotVariables(program, classesOf(machine.vm))
  const wasm = emitWasm(program, {
    exports: programExports([...interfaces.values()], options.audience).functions,
    cells: variables.map(({ name }) => name),
    collection: planTypedCollection(program, request.gc),
    fileName: fileNames(options.root, world.library),
    ...(options.sourceMapUrl !== undefined && { sourceMapUrl: options.sourceMapUrl }),
    // Embedders have the marks, and the compiler, which tells more.
    hasPlaces: options.audience === 'facades',
  })
  const modules = [...interfaces.values()].map(bindingOf)
  const version = JSON.stringify({ variables, modules, isImageCollectable: wasm.isImageCollectable })
  return {
    wasm: wasm.bytes,
    interfaces,
    version,
    hash: shortHash(fingerprint(program) + version + (request.gc ?? 'auto')),
    warnings,
    sources: sourcesOf(graph),
    operations: program.operationErrors ?? new Map(),
    functions: new Set(program.functions.keys()),
    marks: wasm.marks,
    sourceMap: (folder) => JSON.stringify(wasm.sourceMap(folder)),
  }
}
