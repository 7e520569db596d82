/** Programs on the three engines, behind one shape: whatever binds modules to JavaScript works on each. */
import {
  type ArtifactStore,
  buildDev,
  buildRelease,
  chooseToolchain,
  type Interfaces,
  interpret,
  isStackExhausted,
  type LineRow,
  libspyModule,
  type ProgramRequest,
  type ReleaseBuild,
  type ReleaseOptions,
  readLineRows,
  readRuntimeSources,
  SpyError,
  type Warning,
  type World,
} from '../../compiler/node.ts'
import {
  clock_sleep,
  clock_time,
  type Exports,
  fd_read,
  type HostImports,
  panic,
  startJit,
  startProgram,
  unusable,
  writesTo,
} from '../runtime/index.ts'
import { explain, type ProgramSources } from './explain.ts'
import type { RunningProgram } from './loaded-module.ts'
import { withDeepStacks } from './wasm-stack.ts'

export type EngineName = 'interp' | 'jit' | 'c'

export interface StartOptions {
  /** Receives what the program prints. */
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Engine c: checked pointers and a quick compilation, or what a release has. */
  readonly profile: 'debug' | 'release'
  /** Engine c: where results are kept; without one every start compiles. */
  readonly store?: ArtifactStore
  /** Engine c: instead of what the profile says. */
  readonly optimize?: ReleaseOptions['build']['optimize']
  readonly debugInfo?: boolean
}

export interface Started {
  readonly interfaces: Interfaces
  readonly program: RunningProgram
  readonly warnings: readonly Warning[]
}

type Start = (request: ProgramRequest, world: World, options: StartOptions) => Started | Promise<Started>

/** @throws SpyError for the program, HostError if a toolchain is missing or fails */
export const ENGINES: Readonly<Record<EngineName, Start>> = { interp: startInterp, jit: startOnJit, c: startC }

function startInterp(request: ProgramRequest, world: World, { stdout }: StartOptions): Started {
  const load = () => interpret({ ...request, output: stdout }, world)
  const first = load()
  const program = {
    exports: first.exports as unknown as Exports,
    memory: first.exports.memory as WebAssembly.Memory,
    fail(error: unknown) {
      const told = isStackExhausted(error) ? stackOverflow() : error
      // Nothing here is really broken, but a program must not work on one engine and fail on the others.
      if (isStackOverflow(told)) program.exports = unusable()
      return told
    },
    reset() {
      const { exports } = load()
      program.exports = exports as unknown as Exports
      program.memory = exports.memory as WebAssembly.Memory
    },
  }
  return { interfaces: first.interfaces, program, warnings: first.warnings }
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof SpyError && error.etype === 'PanicError' && error.message === 'stack overflow'
}

function stackOverflow(): SpyError {
  return new SpyError({ class: 'PanicError', message: 'stack overflow', annotations: [] })
}

function startOnJit(request: ProgramRequest, world: World, options: StartOptions): Started {
  const compiled = buildDev({ ...request, output: options.stdout }, world, { audience: 'embedders' })
  const { wasm, interfaces, sources, operations, functions, marks, warnings } = compiled
  const placeOf = (name: string, offset: number) => (functions.has(name) ? lastBefore(marks, offset)?.place : undefined)
  const program = startJit(libspyModule(), new WebAssembly.Module(wasm as BufferSource), host(options))
  return { interfaces, program: explaining(program, { sources, operations, placeOf }), warnings }
}

/** The last mark at or before an offset; marks stand in the order of their offsets. */
function lastBefore<M extends { readonly offset: number }>(marks: readonly M[], offset: number): M | undefined {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((marks[middle] as M).offset <= offset) low = middle + 1
    else high = middle
  }
  return marks[low - 1]
}

async function startC(request: ProgramRequest, world: World, options: StartOptions): Promise<Started> {
  const { profile, store, optimize, debugInfo } = options
  const toolchain = await chooseToolchain('auto')
  const tools = { toolchain, runtime: readRuntimeSources(), ...(store !== undefined && { store }) }
  const built = await buildRelease({ ...request, output: options.stdout }, world, tools, {
    mode: profile,
    audience: 'embedders',
    build: { profile, ...(optimize !== undefined && { optimize }), ...(debugInfo !== undefined && { debugInfo }) },
  })
  const module = await WebAssembly.compile(built.wasm as BufferSource)
  const imports = host(options)
  const program = startProgram((guest) => {
    const spy = Object.fromEntries(Object.entries(imports).map(([name, make]) => [name, make(guest)]))
    return new WebAssembly.Instance(module, { spy }).exports
  })
  return {
    interfaces: built.interfaces,
    warnings: built.warnings,
    program: explaining(program, {
      sources: built.sources,
      operations: built.operations,
      placeOf: placesInC(built),
      nodeAt: ({ etype, place }) => place && built.failing.find(place.file, place.line, place.column, etype),
    }),
  }
}

/** What the line table of the C compiler tells of the places in a module; nothing, if that has been stripped. */
function placesInC({ wasm, calls }: ReleaseBuild): ProgramSources['placeOf'] {
  let rows: readonly LineRow[] | undefined
  return (name, offset) => {
    rows ??= readLineRows(wasm)
    const row = lastBefore(rows, offset)
    // Some linkers name the module, too; then V8 shows `module.function`.
    const found = row && calls.find(name.slice(name.lastIndexOf('.') + 1), row.file, row.line, row.column)
    return found && { fqn: found.fqn, ...found.span, caller: undefined }
  }
}

/** The host functions of an embedded program. */
function host({ stdout, stderr }: StartOptions): HostImports {
  const deepPanic: HostImports[string] = (guest) => {
    const raise = panic(guest) as (...args: number[]) => never
    return (...args: number[]) => withDeepStacks(() => raise(...args))
  }
  return { panic: deepPanic, fd_write: writesTo({ stdout, stderr }), fd_read, clock_time, clock_sleep }
}

/** The program, with errors that know its sources. */
function explaining(program: RunningProgram, sources: ProgramSources): RunningProgram {
  return {
    get exports() {
      return program.exports
    },
    get memory() {
      return program.memory
    },
    fail: (error) => explain(program.fail(error), error, sources),
    reset: () => program.reset(),
  }
}
