/**
 * Assignments of blue locals that were kept in case a later read is not dominated by them: those that nobody reads go.
 */
import type { Typer } from '../machine/rules/typer.ts'
import type { TypedStmt } from '../typed/tree.ts'

/** The body without kept assignments that no red read needs. Their locals are forgotten, too. */
export function dropKept(t: Typer, body: readonly TypedStmt[]): readonly TypedStmt[] {
  if (t.kept.size === 0) return body
  return body.flatMap((stmt) => dropIn(t, stmt))
}

function dropIn(t: Typer, stmt: TypedStmt): readonly TypedStmt[] {
  const name = t.kept.get(stmt)
  if (name !== undefined && !t.keptReads.has(name)) return remains(stmt)
  switch (stmt.kind) {
    case 'If':
      return [{ ...stmt, then: dropKept(t, stmt.then), orElse: dropKept(t, stmt.orElse) }]
    case 'While':
      return [{ ...stmt, body: dropKept(t, stmt.body) }]
    default:
      return [stmt]
  }
}

/** A kept value is a constant, behind the effects of computing it. */
function remains(stmt: TypedStmt): readonly TypedStmt[] {
  if (stmt.kind !== 'AssignLocal' && stmt.kind !== 'Declare') return []
  return stmt.value?.kind === 'Block' ? stmt.value.body : []
}
