/**
 * Assignments of blue locals that were kept in case a later read is not dominated by them: those that nobody reads go.
 */
import type { Typer } from '../machine/rules/typer.ts'
import type { TypedStmt } from '../typed/tree.ts'
import { copyStmts } from '../typed/walk.ts'

/** The body without kept assignments that no red read needs. Their locals are forgotten, too. */
export function dropKept(t: Typer, body: readonly TypedStmt[]): readonly TypedStmt[] {
  const unread = [...t.kept].filter(([, name]) => !t.keptReads.has(name)).map(([stmt]) => stmt)
  if (unread.length === 0) return body
  const search = new Search(new Set(unread))
  const rest = search.without(body)
  return search.left.size === 0 ? rest : search.withoutInBlocks(rest)
}

class Search {
  /** Those that have not been found. */
  readonly left: Set<TypedStmt>

  constructor(unread: Set<TypedStmt>) {
    this.left = unread
  }

  without(body: readonly TypedStmt[]): readonly TypedStmt[] {
    return body.flatMap((stmt) => this.#withoutIn(stmt))
  }

  #withoutIn(stmt: TypedStmt): readonly TypedStmt[] {
    if (this.left.delete(stmt)) return remains(stmt)
    switch (stmt.kind) {
      case 'If':
        return [{ ...stmt, then: this.without(stmt.then), orElse: this.without(stmt.orElse) }]
      case 'While':
        return [{ ...stmt, body: this.without(stmt.body) }]
      default:
        return [stmt]
    }
  }

  /** Those of assignment expressions stand in blocks, inside of other expressions. */
  withoutInBlocks(body: readonly TypedStmt[]): readonly TypedStmt[] {
    const isLeft = (stmt: TypedStmt): boolean => this.left.has(stmt)
    return copyStmts(body, {
      name: (name) => name,
      span: (span) => span,
      stmts: (inner) => inner.flatMap((stmt) => (isLeft(stmt) ? remains(stmt) : [stmt])),
      expr: (copy) => (copy.kind === 'Block' && copy.body.length === 0 ? copy.value : copy),
    })
  }
}

/** A kept value is a constant, behind the effects of computing it. */
function remains(stmt: TypedStmt): readonly TypedStmt[] {
  if (stmt.kind !== 'AssignLocal' && stmt.kind !== 'Declare') return []
  return stmt.value?.kind === 'Block' ? stmt.value.body : []
}
