/**
 * Frames: where names are bound while a module, a class body or a function is typed. A frame of a red function knows
 * types only; frames of modules and blue functions also have values.
 */
import { Fqn } from '../../objects/fqn.ts'
import type { ClassType, SpyType, StructType } from '../../objects/types.ts'
import type { BlueValue, Cell, SourceFunc } from '../../objects/values.ts'
import type { SymbolTable } from '../../syntax/scope.ts'
import type { Diagnostic } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { ModuleObject } from '../vm/objects.ts'

export interface Frame {
  readonly kind: 'module' | 'class' | 'function'
  /** Names that can be seen here; while a comprehension is typed, its own are among them. */
  table: SymbolTable
  readonly locals: Map<string, LocalVar>
  /** Frames around this one, the module's first. */
  readonly closure: readonly Frame[]
  /** What is defined here is called `<namespace>::name`; in functions, type arguments are its qualifiers. */
  readonly namespace: Fqn
  readonly module: ModuleObject
  /** The function whose frame it is. */
  readonly func: SourceFunc | null
  /** The type whose class body it is. */
  readonly struct: StructType | ClassType | null
  /** The execution that this frame belongs to, if it has one: blue functions only. */
  running: RunningFrame | null
  /** Statements of this frame that do not type-check and were kept as raises: their names are in error. */
  readonly failures: FailedStmt[]
}

/** A statement that became a raise. */
export interface FailedStmt {
  readonly span: Span
  readonly error: Diagnostic
}

/** An execution of a function, as code that is defined inside of it sees it. */
export interface RunningFrame {
  /** Current value and dynamic type of a local; undefined while it is unset. */
  readLocal(name: string): BlueValue | undefined
  /** False before it has begun and after it has ended. */
  readonly isRunning: boolean
}

/** A name that has been bound. */
export interface LocalVar {
  readonly name: string
  /** What later assignments are converted to. */
  readonly type: SpyType
  /** Known at blue time; null for variables. */
  readonly blue: BlueValue | null
  /** A module-level `var`. */
  readonly cell: Cell | null
  /** Name of the local in the typed function: another one if the source name stands for locals of several types. */
  readonly slot: string
  /** Where it is declared. */
  readonly span: Span
  /** Where its type comes from. */
  readonly typeSpan: Span
}

export function moduleFrame(table: SymbolTable, module: ModuleObject): Frame {
  return {
    kind: 'module',
    table,
    locals: new Map(),
    closure: [],
    namespace: Fqn.of(module.name),
    module,
    func: null,
    struct: null,
    running: null,
    failures: [],
  }
}

export function functionFrame(table: SymbolTable, closure: readonly Frame[], namespace: Fqn, func: SourceFunc): Frame {
  const { module } = closure[0] as Frame
  return {
    kind: 'function',
    table,
    locals: new Map(),
    closure,
    namespace,
    module,
    func,
    struct: null,
    running: null,
    failures: [],
  }
}

export function classFrame(table: SymbolTable, closure: readonly Frame[], struct: StructType | ClassType): Frame {
  const { module } = closure[0] as Frame
  return {
    kind: 'class',
    table,
    locals: new Map(),
    closure,
    namespace: struct.fqn,
    module,
    func: null,
    struct,
    running: null,
    failures: [],
  }
}

/** The frames that something defined in `frame` sees around it. */
export function closureFrom(frame: Frame): readonly Frame[] {
  return [...frame.closure, frame]
}
