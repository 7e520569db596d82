/**
 * Operations on boxed values as functions of the program. Compiled code has no types to ask while it runs: for each
 * operation a function is written that knows what to do for every type that there can be.
 */
import type { Inliner, ScopesOf } from '../../machine/rules/typer.ts'
import { dynamicTyper } from '../../machine/run/dynamic.ts'
import type { Vm } from '../../machine/vm/vm.ts'
import { Fqn } from '../../objects/fqn.ts'
import { DYNAMIC, isBoxed, STR } from '../../objects/types.ts'
import type { SourceFunc } from '../../objects/values.ts'
import type { Annotation, SpyError } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN, type Span } from '../../text/source.ts'
import type { Call, OperationErrors, OperationNote, TypedExpr, TypedFunc, TypedStmt } from '../../typed/tree.ts'
import { copyStmts, forEachExprWithin } from '../../typed/walk.ts'
import { buildTypeName, Dispatcher, type DispatcherHost, makeFunction } from './dispatcher.ts'
import { type DynamicSite, ShapeKeys, siteOf } from './sites.ts'
import { BoxedWorld } from './world.ts'

export interface ExpansionHost {
  readonly vm: Vm
  readonly scopes: ScopesOf
  readonly inliner: Inliner
  whyNot(body: readonly TypedStmt[]): SpyError | undefined
}

export class DynamicExpansion implements DispatcherHost {
  readonly vm: Vm
  readonly world = new BoxedWorld()
  readonly keys = new ShapeKeys()
  readonly #host: ExpansionHost
  readonly #seen = new Set<TypedFunc>()
  readonly #dispatchers = new Map<string, Dispatcher>()
  readonly #names = new Map<string, number>()
  #typeName: SourceFunc | undefined

  constructor(host: ExpansionHost) {
    this.#host = host
    this.vm = host.vm
    for (const entry of host.vm.globals.values()) {
      if (entry.kind === 'cell') this.world.addValue(entry.cell.valueType, entry.cell.current)
    }
    for (const box of host.vm.memory.objects.boxes) this.world.addValue(DYNAMIC, box)
  }

  /**
   * Look at functions that are new, and write what they need.
   *
   * @param found  told all code that is written
   * @returns true if something was new: then there may be further functions
   */
  grow(functions: Iterable<TypedFunc>, found: (body: readonly TypedStmt[]) => void): boolean {
    const before = this.#size
    for (const func of functions) {
      if (this.#seen.has(func)) continue
      this.#seen.add(func)
      this.#see(func.body)
    }
    for (let size = -1; size !== this.#size; ) {
      size = this.#size
      for (const dispatcher of [...this.#dispatchers.values()]) {
        dispatcher.grow((body) => {
          this.#see(body)
          found(body)
        })
      }
    }
    return this.#size !== before
  }

  get #size(): number {
    return this.world.size + this.#dispatchers.size
  }

  #see(body: readonly TypedStmt[]): void {
    this.world.addCode(body)
    forEachSite(body, (site) => this.#dispatcher(site))
  }

  #dispatcher(site: DynamicSite): Dispatcher {
    const key = this.keys.of(site)
    let dispatcher = this.#dispatchers.get(key)
    if (dispatcher === undefined) {
      const { vm, scopes, inliner } = this.#host
      dispatcher = new Dispatcher(this, this.#fqn(site), site, dynamicTyper(vm, scopes, inliner, BUILTINS_SPAN))
      this.#dispatchers.set(key, dispatcher)
    }
    return dispatcher
  }

  /** `operator::dynamic_add[dynamic, i32]`, with a number where constants make a difference. */
  #fqn({ operation, shapes }: DynamicSite): Fqn {
    const types = shapes.flatMap((shape) => {
      if (shape.kind === 'constant') return []
      return [shape.kind === 'typed' ? shape.type.fqn : DYNAMIC.fqn]
    })
    const quals = operation.kind === 'cast' ? [operation.to.fqn, ...types] : types
    const op = 'op' in operation ? `_${operation.op}` : ''
    const fqn = Fqn.of('operator').join(`dynamic_${operation.kind}${op}`, quals)
    const count = this.#names.get(fqn.text) ?? 0
    this.#names.set(fqn.text, count + 1)
    return count === 0 ? fqn : fqn.withSuffix(String(count))
  }

  typeName(): SourceFunc {
    this.#typeName ??= makeFunction(this.vm, Fqn.of('operator', 'type_name'), [{ name: 'x', type: DYNAMIC }], STR)
    return this.#typeName
  }

  whyNot(body: readonly TypedStmt[]): SpyError | undefined {
    return this.#host.whyNot(body)
  }

  // ------------------------------------------------------------------------------------------------------- results

  /** The functions that have been written. */
  functions(): readonly TypedFunc[] {
    const written = [...this.#dispatchers.values()].map((dispatcher) => this.rewrite(dispatcher.build()))
    if (this.#typeName !== undefined) written.push(buildTypeName(this.vm, this.#typeName, this.world))
    return written
  }

  /** How their errors are told: with what is the same whichever operation it was that has raised one. */
  errors(): OperationErrors {
    const told = new Map<string, readonly Note[]>()
    for (const dispatcher of this.#dispatchers.values()) {
      for (const error of dispatcher.errors()) {
        const key = `${error.class}: ${error.message}`
        const notes = error.annotations.map(noteOf)
        told.set(key, sharedNotes(told.get(key) ?? notes, notes))
      }
    }
    return new Map([...told].map(([key, notes]) => [key, notes.flatMap(({ told }) => told ?? [])]))
  }

  /** The function with calls of what has been written. */
  rewrite(func: TypedFunc): TypedFunc {
    if (!mentionsBoxes(func.body)) return func
    const change = {
      name: (name: string) => name,
      span: (span: TypedFunc['span']) => span,
      expr: (copy: TypedExpr) => this.#rewriteExpr(copy),
    }
    return { ...func, body: copyStmts(func.body, change) }
  }

  #rewriteExpr(expr: TypedExpr): TypedExpr {
    if (expr.kind !== 'Call') return expr
    const site = siteOf(expr)
    if (site === undefined) return seenAsBoxed(expr)
    return { kind: 'Call', func: this.#dispatcher(site).func, args: site.args, type: expr.type, span: expr.span }
  }
}

/** An annotation; without one if different operations tell it at different places: nobody knows which one it will be. */
interface Note {
  readonly text: string
  readonly told: OperationNote | undefined
}

/** Operands stand nowhere before the operation is called; other things, such as a function, stand where they stand. */
function noteOf({ level, text, span }: Annotation): Note {
  return { text: `${level}: ${text}`, told: span.file === BUILTINS_SPAN.file ? { level, text } : { level, text, span } }
}

function sharedNotes(one: readonly Note[], other: readonly Note[]): readonly Note[] {
  return one.flatMap((note) => {
    const twin = other.find(({ text }) => text === note.text)
    if (twin === undefined) return []
    return [isSamePlace(note.told?.span, twin.told?.span) ? note : { ...note, told: undefined }]
  })
}

function isSamePlace(one: Span | undefined, other: Span | undefined): boolean {
  return one?.file === other?.file && one?.start === other?.start
}

/** Everything that is boxed is an `object`, and `dynamic`: there is nothing to check. */
function seenAsBoxed(call: Call): TypedExpr {
  const { func, args, span } = call
  const [value] = args
  if (func.origin === 'source' || func.intrinsic.kind !== 'downcast' || value === undefined) return call
  return { kind: 'Upcast', type: func.intrinsic.to, value, span }
}

function mentionsBoxes(body: readonly TypedStmt[]): boolean {
  let found = false
  forEachCall(body, ({ args }) => {
    found ||= args.some((arg) => isBoxed(arg.type))
  })
  return found
}

function forEachSite(body: readonly TypedStmt[], visit: (site: DynamicSite) => void): void {
  forEachCall(body, (call) => {
    const site = siteOf(call)
    if (site !== undefined) visit(site)
  })
}

function forEachCall(body: readonly TypedStmt[], visit: (call: Call) => void): void {
  forEachExprWithin(body, (expr) => {
    if (expr.kind === 'Call') visit(expr)
  })
}
