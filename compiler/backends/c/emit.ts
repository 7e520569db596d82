/**
 * Linear programs as C.
 *
 * One file is one program: C11 (with the extensions that gcc and clang share) that includes the runtime and defines
 * everything but its exports as static, so that the compiler sees all of it and keeps only what is used. Only functions,
 * variables, constants and memory of import time that the exports lead to are written at all.
 *
 * Compile with `-fno-finite-loops` where the compiler knows it: in SPy a loop without effects may be endless. Signed
 * arithmetic that may overflow is done by functions of the runtime, so that nothing depends on `-fwrapv`.
 */
import { BUILTINS_SPAN } from '../../text/source.ts'
import type { LinearProgram } from '../../typed/linear.ts'
import type { Collection } from '../../typed/roots.ts'
import { type CallSites, withoutMarks } from './call-sites.ts'
import { emitCellExport, emitExport } from './exports.ts'
import {
  emitPublicFunction,
  emitPublicVariable,
  HELPER_NAMES,
  headerText,
  helperDefinitions,
  type PublicDeclaration,
} from './library.ts'
import { emitMain } from './main-function.ts'
import type { FailingPlaces } from './places.ts'
import { rootSection } from './roots.ts'
import { emitRuntimeExport } from './runtime-exports.ts'
import { emitFunction } from './statements.ts'
import { type CFunction, Unit } from './unit.ts'
import { CWriter } from './writer.ts'

export interface COptions {
  /** Who calls the program; JavaScript unless given. */
  readonly caller?: Caller
  /** FQNs of the functions to export, under these names. */
  readonly functions: readonly string[]
  /** FQNs of the variables whose addresses are exported, as `&` and this name. */
  readonly cells?: readonly string[]
  /** Functions of the runtime that the host calls; names of RUNTIME_FUNCTIONS. */
  readonly runtime?: readonly string[]
  /** Undefined: nothing is ever collected. */
  readonly collection?: Collection | undefined
  /**
   * How a source file is called in panics, and in `#line` directives; its path unless given. What is not mentioned in
   * the program does not tell where it was built.
   */
  readonly fileName?: (path: string) => string
  /** `#line` directives, so that debuggers and compilers speak of SPy lines; on unless turned off. */
  readonly lineDirectives?: boolean
}

/**
 * javascript: exports of a wasm module, by wasm values. system: C's `main` calls the function with this FQN, the program
 * is a command. c: other C code, by a header.
 */
export type Caller =
  | { readonly kind: 'javascript' }
  | { readonly kind: 'system'; readonly main: string }
  | { readonly kind: 'c' }

/** Texts by file name, all in one folder. Compile `main`; the folder of the runtime's headers must be searched. */
export interface CFiles {
  readonly main: string
  readonly files: ReadonlyMap<string, string>
}

export interface EmittedC extends CFiles {
  /** For callers in C: what to include. */
  readonly header?: string
  /** For callers in C: names of what the header declares. */
  readonly offered: readonly string[]
  /** What stands where the program can fail. */
  readonly failing: FailingPlaces
  /** What stands where its functions call each other. */
  readonly calls: CallSites
}

/**
 * @param name  the C file will be `NAME.c`
 * @throws SpyError WIP for what cannot be compiled yet, with the place that needs it
 */
export function emitC(program: LinearProgram, name: string, options: COptions): EmittedC {
  const fileName = options.fileName ?? ((path: string) => path)
  const { collection } = options
  const caller = options.caller ?? { kind: 'javascript' }
  const renamed = new Set(caller.kind === 'c' ? options.functions : [])
  const unit = new Unit(program, fileName, collection, renamed)
  const offered = offer(unit, caller, options)
  const bodies = emitBodies(unit, () => new CWriter(fileName, options.lineDirectives ?? true, unit.calls))
  const wanted = options.runtime ?? []
  const collects = collection !== undefined && allocates(unit, wanted)
  const wrappers = [...offered.wrappers]
  if (caller.kind === 'javascript') {
    const runtime = wanted.filter((each) => collects || !OF_THE_COLLECTOR.has(each))
    for (const each of runtime) wrappers.push(...emitRuntimeExport(each))
    if (collects) wrappers.push(...emitRuntimeExport('spy_gc_unwind'))
  }
  const roots = collects ? rootSection(unit) : []
  const plain = unit.plainSection()
  const main = `${name}.c`
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['types', unit.types.section()],
    ['functions', [...unit.usedInOrder.map((func) => `${unit.signature(func)};`), ...unit.plainDeclarations()]],
    ['constants', unit.data.section()],
    ['places', unit.fileSection()],
    ['variables', bodies.cells],
    ['memory', unit.helperSection()],
    ['exports', [...plain, ...wrappers]],
    ['code', bodies.lines],
    ['roots', roots],
  ]
  const wishes = collects ? wishesOf(collection) : ''
  const text = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `/* ${title} */\n\n${lines.join('\n')}\n`)
    .join('\n')
  return {
    main,
    files: new Map([[main, `${wishes}#include "spy.h"\n\n${withoutMarks(text)}`]]),
    failing: unit.failing,
    calls: unit.calls,
    offered: caller.kind === 'c' ? [...offered.declarations.map(({ name }) => name), ...HELPER_NAMES] : [],
    ...(caller.kind === 'c' && { header: headerText(unit, name, offered.declarations) }),
  }
}

interface Offered {
  readonly wrappers: readonly string[]
  readonly declarations: readonly PublicDeclaration[]
}

/** What callers call, in C. */
function offer(unit: Unit, caller: Caller, { functions, cells = [] }: COptions): Offered {
  switch (caller.kind) {
    case 'javascript': {
      const exported = functions.map((fqn) => unit.useFqn(fqn))
      const wrappers = exported.flatMap((func) => emitExport(unit, func.tree.fqn.text, func))
      for (const fqn of cells) wrappers.push(...emitCellExport(unit, `&${fqn}`, unit.cellNamed(fqn), BUILTINS_SPAN))
      return { wrappers, declarations: [] }
    }
    case 'system':
      return { wrappers: emitMain(unit, unit.useFqn(caller.main)), declarations: [] }
    case 'c': {
      const declarations = [
        ...functions.map((fqn) => emitPublicFunction(unit, unit.useFqn(fqn))),
        ...cells.map((fqn) => emitPublicVariable(unit, unit.cellNamed(fqn))),
      ]
      const definitions = declarations.map(({ definition }) => definition)
      return { wrappers: [...definitions, ...helperDefinitions()], declarations }
    }
  }
}

/** Functions of the runtime by which the host makes what it passes. */
const MAKERS: ReadonlySet<string> = new Set(['spy_str_alloc', 'spy_bytes_alloc', 'spy_gc_new'])

/** What hosts ask the collector for, where there is one. */
const OF_THE_COLLECTOR: ReadonlySet<string> = new Set(['spy_gc_pin', 'spy_gc_unpin', 'spy_gc_collect'])

/** The program, or its host, allocates what can be collected. */
function allocates(unit: Unit, runtime: readonly string[]): boolean {
  return [...unit.used].some((func) => unit.mayAllocate(func)) || runtime.some((name) => MAKERS.has(name))
}

/** What the runtime is told before it is included; see runtime-c/include/spy/gc.h. */
function wishesOf({ stress, poison }: Collection): string {
  return `#define SPY_GC ${stress ? 2 : 1}\n${poison ? '#define SPY_GC_POISON\n' : ''}`
}

/** Functions lead to others, to variables and to memory, which lead to further ones: go on until all are known. */
function emitBodies(
  unit: Unit,
  newWriter: () => CWriter,
): { readonly lines: readonly string[]; readonly cells: readonly string[] } {
  const written = new Map<CFunction, readonly string[]>()
  let cells: readonly string[] = []
  let known = -1
  while (known !== written.size) {
    known = written.size
    // The set of used functions grows while it is iterated.
    for (const func of unit.used) {
      if (written.has(func)) continue
      const out = newWriter()
      emitFunction(unit, func, out)
      written.set(func, out.lines)
    }
    cells = unit.cellSection()
    unit.data.fillBlocks()
  }
  const lines = unit.usedInOrder.flatMap((func) => [...(written.get(func) ?? []), ''])
  return { lines: lines.slice(0, -1), cells }
}
