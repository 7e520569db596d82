/**
 * The state of typing one function (or one expression of a module or class body): its frame, the locals found so far,
 * what is certainly assigned at this point, and where we are in the source. Expressions and statements are typed by
 * functions that take a `Typer`.
 *
 * Two ways to use it. Redshift types a whole function at once. The interpreter types a statement when it is first
 * reached (`deferred`); everything else is the same, so that both agree about every type, colour and conversion.
 */
import type { SpyType } from '../../objects/types.ts'
import type { SourceFunc } from '../../objects/values.ts'
import type { Node, Stmt } from '../../syntax/ast.ts'
import type { ScopeTables } from '../../syntax/scope.ts'
import { type Frame as ErrorFrame, type FrameKind, isStackExhausted, SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { TypedExpr, TypedLocal, TypedStmt } from '../../typed/tree.ts'
import { stackOverflow } from '../dispatch/diagnostics.ts'
import type { NodeColor, Vm } from '../vm/vm.ts'
import type { Frame, LocalVar } from './frames.ts'

/** How redshift gets calls of `@force_inline` functions replaced. The interpreter calls them. */
export interface Inliner {
  /** The call as a block, for functions to be inlined. */
  inline(typer: Typer, func: SourceFunc, args: readonly TypedExpr[], span: Span): TypedExpr
}

/** Statements inside of expressions: how rooms below statements get them typed. */
export type TypeStmts = (typer: Typer, stmts: readonly Stmt[]) => readonly TypedStmt[]

export interface TyperOptions {
  readonly typeStmts: TypeStmts
  readonly vm: Vm
  readonly scopes: ScopesOf
  readonly frame: Frame
  /** Type statements when they are reached. */
  readonly deferred: boolean
  readonly inliner: Inliner | null
  /** Declared result of the function, and where it is declared. */
  readonly result: { readonly type: SpyType; readonly span: Span } | null
}

/** Scope tables by module; functions of many modules are typed with one port. */
export interface ScopesOf {
  tablesOf(module: string): ScopeTables
}

/** What `break`, `continue` and `return` leave: the innermost loop, or the body of the function, and what is around it. */
export interface Surroundings {
  /**
   * For a loop whose body stands once for each item: the local that is true when the whole loop is to be left. Every copy
   * is a loop of one turn.
   */
  readonly left: string | null
  /** How the blocks of `with` in it are left, innermost first. */
  readonly contexts: readonly (() => TypedStmt)[]
  readonly outer: Surroundings | null
}

/**
 * What becomes of a statement that does not type-check. throw: the error ends typing. fail: a static error becomes a
 * raise in its place. skip: it is left out, because only the others are of interest.
 */
export type OnError = 'throw' | 'fail' | 'skip'

/** Names as one part of a function sees them. Those of the view in use are in the frame. */
export interface View {
  names: ReadonlyMap<string, LocalVar>
}

/** Locals that are assigned on every way to this point. */
export type Assigned = Set<string>

export class Typer {
  readonly vm: Vm
  readonly scopes: ScopesOf
  readonly frame: Frame
  readonly typeStmts: TypeStmts
  readonly deferred: boolean
  readonly inliner: Inliner | null
  readonly result: { readonly type: SpyType; readonly span: Span } | null
  /** Colours of the nodes of a red function, where somebody wants to know. */
  colors: Map<Node, NodeColor> | null
  /** Span of the innermost expression being typed: the place of this frame in a traceback. */
  at: Span
  assigned: Assigned = new Set()
  /** How many red conditions and loops are around this point. */
  depth = 0
  surroundings: Surroundings = { left: null, contexts: [], outer: null }
  /** Copies of an unrolled loop have names of their own, and may be typed in any order. */
  view: View = { names: new Map() }
  readonly #locals = new Map<string, TypedLocal>()
  /** Blue locals whose assignment was kept for reads that it does not dominate, and which of them have such reads. */
  readonly kept = new Map<TypedStmt, string>()
  readonly keptReads = new Set<string>()
  onError: OnError
  /** What each local will be declared as, if that had to be found out before its declaration was reached. */
  foreseen: ReadonlyMap<string, LocalVar> | null = null
  /** Names of unrolled loops, which have another type in each copy. */
  readonly changing = new Set<string>()
  #temporaries = 0
  /** How many comprehensions there have been: their variables get locals of their own. */
  comprehensions = 0
  /** Number of the next inlined call. */
  inlined = 0

  constructor(options: TyperOptions, at: Span) {
    this.vm = options.vm
    this.scopes = options.scopes
    this.frame = options.frame
    this.typeStmts = options.typeStmts
    this.deferred = options.deferred
    this.inliner = options.inliner
    this.result = options.result
    this.at = at
    this.colors = options.deferred || this.isBlueFrame ? null : (options.vm.options.colors ?? null)
    this.onError = !options.deferred && options.vm.options.errors === 'lazy' ? 'fail' : 'throw'
  }

  /** Red locals in order of declaration, parameters excluded. */
  get locals(): readonly TypedLocal[] {
    return [...this.#locals.values()]
  }

  addLocal(name: string, type: SpyType): void {
    const isParameter = this.frame.func?.params.some((param) => param.name === name)
    if (!isParameter && !this.#locals.has(name)) this.#locals.set(name, { name, type })
  }

  /** Name of the typed local for a source name: the same, unless that is a local of another type already. */
  slotFor(source: string, type: SpyType): string {
    const { table } = this.frame
    const isInside = table.kind === 'comprehension' && table.symbols.get(source)?.definedIn === table
    const name = isInside ? `${source}$c${this.comprehensions}` : source
    for (let n = 0; ; n++) {
      const slot = n === 0 ? name : `${name}$u${n}`
      const known = this.#locals.get(slot)
      if (known === undefined || known.type === type) return slot
    }
  }

  /** Type what runs on some ways only: what it assigns is not assigned for sure behind it. */
  perhaps<R>(work: () => R): R {
    const { assigned, depth } = this
    // A copy, because statements that are typed later share the set itself.
    this.assigned = new Set(assigned)
    this.depth++
    try {
      return work()
    } finally {
      this.assigned = assigned
      this.depth = depth
    }
  }

  /** All that typing has changed, to go back to. */
  snapshot(): () => void {
    const { assigned, depth, surroundings, inlined, at } = this
    const assignedThen = [...assigned]
    const locals = [...this.#locals]
    const names = [...this.frame.locals]
    const keptReads = [...this.keptReads]
    const temporaries = this.#temporaries
    return () => {
      this.assigned = assigned
      assigned.clear()
      for (const name of assignedThen) assigned.add(name)
      this.depth = depth
      this.surroundings = surroundings
      this.inlined = inlined
      this.at = at
      this.#temporaries = temporaries
      this.#locals.clear()
      for (const [name, local] of locals) this.#locals.set(name, local)
      this.frame.locals.clear()
      for (const [name, local] of names) this.frame.locals.set(name, local)
      this.keptReads.clear()
      for (const name of keptReads) this.keptReads.add(name)
    }
  }

  /** Run `work` with the names of a view; it keeps those that `work` declares. */
  inView<R>(view: View, work: () => R): R {
    const outer = this.view
    if (view === outer) return work()
    this.#switchTo(view)
    try {
      return work()
    } finally {
      this.#switchTo(outer)
    }
  }

  #switchTo(view: View): void {
    const { locals } = this.frame
    this.view.names = new Map(locals)
    locals.clear()
    for (const [name, local] of view.names) locals.set(name, local)
    this.view = view
  }

  /** A typer of the same code that leaves no trace: what it finds out is forgotten, but errors are not. */
  trial(): Typer {
    const frame = { ...this.frame, locals: new Map(this.frame.locals) }
    const { vm, scopes, typeStmts, result, at } = this
    const typer = new Typer({ vm, scopes, typeStmts, frame, deferred: false, inliner: null, result }, at)
    typer.assigned = new Set(this.assigned)
    typer.onError = 'throw'
    typer.colors = null
    return typer
  }

  dropLocal(name: string): void {
    this.#locals.delete(name)
  }

  /** A new local that no source name can collide with. */
  temporary(type: SpyType): string {
    const name = `$t${this.#temporaries++}`
    this.addLocal(name, type)
    return name
  }

  /** Blue code has values while it is typed: module and class bodies, and blue functions. */
  get isBlueFrame(): boolean {
    return this.frame.kind !== 'function' || this.frame.func?.type.color === 'blue'
  }

  /** Run `work` with `at` on a span; on success the place is what it was before. */
  within<R>(span: Span, work: () => R): R {
    const before = this.at
    this.at = span
    const result = work()
    this.at = before
    return result
  }

  /** Errors that leave `work` get this function's frame, at the place that was reached. */
  guard<R>(kind: FrameKind, work: () => R): R {
    try {
      return work()
    } catch (error) {
      const told = isStackExhausted(error) ? new SpyError(stackOverflow(this.at)) : error
      if (told instanceof SpyError) told.addOuterFrame(this.#placed(kind))
      throw told
    }
  }

  /** This function's frame at the place that was reached. */
  #placed(kind: FrameKind): ErrorFrame {
    return { kind, fqn: this.frame.namespace.text, span: this.at }
  }

  /** An error that does not end typing, as it would be told if it did. */
  told(error: SpyError): SpyError {
    return new SpyError(error.diagnostic, [this.#placed('dopplerframe'), ...error.traceback])
  }
}
