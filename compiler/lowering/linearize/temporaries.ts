/**
 * The temporaries of one function, and the statements that fill them.
 */
import type { SpyType } from '../../objects/types.ts'
import type { Span } from '../../text/source.ts'
import type { LinearExpr, LinearStmt } from '../../typed/linear.ts'
import type { LocalRead, TypedLocal } from '../../typed/tree.ts'

export class Temporaries {
  readonly #locals: TypedLocal[] = []

  get locals(): readonly TypedLocal[] {
    return this.#locals
  }

  /** A new local of this type. */
  add(type: SpyType): string {
    const name = `$v${this.#locals.length}`
    this.#locals.push({ name, type })
    return name
  }

  /** Assign `value` to a new temporary in `hoist`; the result reads it. */
  spill(value: LinearExpr, hoist: LinearStmt[]): LocalRead {
    const name = this.add(value.type)
    hoist.push(assign(name, value))
    return readLocal(name, value.type, value.span)
  }
}

export function assign(name: string, value: LinearExpr): LinearStmt {
  return { kind: 'AssignLocal', name, value, span: value.span }
}

export function readLocal(name: string, type: SpyType, span: Span): LocalRead {
  return { kind: 'LocalRead', name, checked: false, type, span }
}
