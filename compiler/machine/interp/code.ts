/**
 * The form of compiled code: one closure for each node, over frames that hold locals in numbered slots.
 */
import type { SpyType } from '../../objects/types.ts'
import type { Value } from '../../objects/values.ts'
import type { Span } from '../../text/source.ts'
import type { TypedExpr, TypedStmt } from '../../typed/tree.ts'
import type { Link } from './link.ts'
import type { Place } from './unwinding.ts'

/**
 * One activation of a function: slot 0 takes the result, the parameters follow, then the other locals. Undefined: not
 * assigned yet. Frames are shorter than they should be when locals were declared after they were made; slots behind the
 * end read as undefined, and appear when they are written.
 */
export type Frame = (Value | undefined)[]

export const RESULT = 0

export type Eval<V extends Value = Value> = (frame: Frame) => V

/** How a statement ended. Numbers, and not exceptions, because loops test them on every turn. */
export type Completion = 0 | 1 | 2 | 3
export const NORMAL = 0
export const BREAK = 1
export const CONTINUE = 2
/** The result is in slot `RESULT`. */
export const RETURN = 3

export type Exec = (frame: Frame) => Completion

/** A function while it is compiled: what the compilers of its nodes share. */
export interface Unit {
  readonly link: Link
  readonly slots: Slots
  /** The function itself, for errors. */
  place(span: Span): Place
  expr(node: TypedExpr): Eval
  block(body: readonly TypedStmt[]): Exec
}

/** Slots of the locals of a function, by name. More may come while the function runs. */
export class Slots {
  readonly #indices = new Map<string, number>()
  readonly #types = new Map<string, SpyType>()
  /** What a new frame looks like: as long as there are slots, and unset. */
  readonly template: Frame = [undefined]

  /** The slot of a local, made now if this is the first time that it is mentioned. */
  index(name: string): number {
    let index = this.#indices.get(name)
    if (index === undefined) {
      index = this.template.push(undefined) - 1
      this.#indices.set(name, index)
    }
    return index
  }

  /** As `index`, where the type of the local is known. A declaration that comes later overrules an earlier one. */
  declare(name: string, type: SpyType): number {
    this.#types.set(name, type)
    return this.index(name)
  }

  /** As `index`, for an assignment: it decides the type if nothing else has. */
  assign(name: string, type: SpyType): number {
    if (!this.#types.has(name)) this.#types.set(name, type)
    return this.index(name)
  }

  find(name: string): { readonly index: number; readonly type: SpyType } | undefined {
    const index = this.#indices.get(name)
    const type = this.#types.get(name)
    return index === undefined || type === undefined ? undefined : { index, type }
  }
}
