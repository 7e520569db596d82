/**
 * What the rooms of the emitter share: the program being written, the function being written, and who is being inlined.
 *
 * The files that emit expressions, statements, memory accesses and primitive operations refer to each other in a circle
 * (a block is an expression made of statements). They meet here: `FunctionContext` has a method for each thing that one
 * of them needs from another, and `functions.ts` plugs the implementations in.
 */

import type { SpyType } from '../../objects/types.ts'
import type { FuncObject } from '../../objects/values.ts'
import type { Span } from '../../text/source.ts'
import type { RootStore } from '../../typed/roots.ts'
import type { TypedExpr, TypedFunc, TypedProgram, TypedStmt, While } from '../../typed/tree.ts'
import type { MemoryEffects } from './effects.ts'
import type { FuncRef, FunctionBody, Label, ModuleWriter } from './encode.ts'
import type { Facts } from './facts.ts'
import type { Image } from './image.ts'
import type { KnownChecks } from './known-checks.ts'
import type { KnownLoads } from './known-loads.ts'
import type { Panics } from './panics.ts'
import type { Shapes } from './parts.ts'
import type { CodePlace } from './places.ts'
import type { Collector, RootFrame } from './roots.ts'
import type { RuntimeImports } from './runtime-imports.ts'

export interface ProgramContext {
  readonly program: TypedProgram
  readonly shapes: Shapes
  readonly facts: Facts
  readonly effects: MemoryEffects
  readonly module: ModuleWriter<CodePlace>
  readonly image: Image
  readonly panics: Panics
  readonly runtime: RuntimeImports
  /** Undefined for programs that never collect. */
  readonly collector: Collector | undefined
  /** The wasm function of a SPy function; it will be emitted. */
  functionRef(func: TypedFunc): FuncRef
  /** It takes the place of its call behind its parameters; see `PLACE_PARAMS`. */
  isTracked(func: TypedFunc): boolean
  /** Index in the function table. */
  tableIndex(func: FuncObject, span: Span): number
}

/** One wasm value that can be had again and again without evaluating anything. */
export type Source = LocalSource | ConstantSource

export interface LocalSource {
  readonly kind: 'local'
  readonly index: number
}

/** `image` is an address inside the image region. */
export type ConstantSource =
  | { readonly kind: 'i32' | 'f32' | 'f64'; readonly value: number }
  | { readonly kind: 'i64'; readonly value: bigint }
  | { readonly kind: 'image'; readonly offset: number }

/** A place in memory: the address in `base` plus a constant. */
export interface Place {
  readonly base: Source
  readonly offset: number
}

export interface Variable {
  readonly type: SpyType
  /** Locals; for parameters of inlined calls also the constants and the locals of the caller that were passed. */
  readonly parts: readonly Source[]
  /** Local that is 1 once the variable has been set; only for variables that are ever read with a check. */
  readonly isSet: number | undefined
}

/** Where a value goes. */
export type Destination =
  /** Parts [from, to) onto the stack. */
  | { readonly kind: 'stack'; readonly from: number; readonly to: number }
  /** All parts into locals. */
  | { readonly kind: 'locals'; readonly targets: readonly number[] }
  /** A bool: jump if it is `when`, else go on behind it. */
  | { readonly kind: 'jump'; readonly label: Label; readonly when: boolean }

export interface LoopLabels {
  readonly onBreak: Label
  readonly onContinue: Label
  /** How often the loop is left by `break`. */
  breaks: number
}

/** A function whose statements are being emitted: the wasm function itself, or a call that is expanded in place. */
export interface Frame {
  readonly func: TypedFunc
  /** The frame that this one is inlined in. */
  readonly caller: Frame | undefined
  /** The call that it is inlined for. */
  readonly site: CodePlace | undefined
  readonly variables: Map<string, Variable>
  readonly destination: Destination
  /** Assignments that give another name to what is there already. */
  readonly aliases: ReadonlySet<TypedStmt>
  /** End of the inlined body; undefined for the wasm function itself, which returns. */
  readonly end: Label | undefined
  loop: LoopLabels | undefined
}

/** How control leaves a list of statements. */
export type Outcome =
  /** The end is reached. */
  | 'open'
  /** It never is. */
  | 'closed'
  /** By a final `return`, whose value has been delivered: nothing is left to do. */
  | 'delivered'

/** The frame of a function that holds pointers over allocating calls, and what to store in it before which call. */
export interface RootedCode {
  readonly frame: RootFrame
  readonly stores: ReadonlyMap<TypedExpr | While, readonly RootStore[]>
}

export interface FunctionContext {
  readonly program: ProgramContext
  readonly code: FunctionBody<CodePlace>
  readonly roots: RootedCode | undefined
  /** Undefined where nothing is checked. */
  readonly checks: KnownChecks | undefined
  /** Undefined where what has been read is read again. */
  readonly loads: KnownLoads | undefined
  frame: Frame
  /** Locals with the place of the call, in tracked functions: file and position. */
  readonly placeParams: readonly [file: number, position: number] | undefined
  /** How many more nodes of other functions may be expanded here. */
  inlineBudget: number

  /** Evaluate, and leave parts [from, to) on the stack. */
  emit(expr: TypedExpr, from: number, to: number): void
  /** Evaluate to where it is wanted. */
  deliver(expr: TypedExpr, destination: Destination): void
  /** Emit statements. `tail`: what follows the last one is the end of the frame. */
  run(body: readonly TypedStmt[], tail: boolean): Outcome
}
