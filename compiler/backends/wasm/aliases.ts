/**
 * Assignments that only give a second name to what others hold, and so need no code.
 *
 *     $v0 = items            a temporary: until it is read for the last time, nothing assigns items
 *     ll = self.__ll__       in a function that is expanded: self is never assigned, ll only here
 *
 * Variables that people see in debuggers stay what they are.
 */
import type { TypedExpr, TypedFunc, TypedStmt } from '../../typed/tree.ts'
import { forEachChild, forEachExpr, forEachStmt, stmtExprs } from '../../typed/walk.ts'

/** Of temporaries that linearize made; no other name begins like this. */
const TEMPORARY = '$v'

/** Statements that make a temporary another name of a local. */
export function temporaryAliases(func: TypedFunc): ReadonlySet<TypedStmt> {
  const aliases = new Set<TypedStmt>()
  visitBodies(func.body, (body) => findTemporaries(body, aliases))
  if (aliases.size === 0) return aliases
  const assignedTwice = repeatedNames(func.body)
  for (const stmt of aliases) if (assignedTwice.has(nameOf(stmt) ?? '')) aliases.delete(stmt)
  return aliases
}

/**
 * Statements that make a local of an expanded function another name of its parameters.
 *
 * @param checked  locals that may be read before they are set
 */
export function expansionAliases(func: TypedFunc, checked: ReadonlySet<string>): ReadonlySet<TypedStmt> {
  const repeated = repeatedNames(func.body)
  const assigned = new Set<string>()
  visitBodies(func.body, (body) => {
    for (const stmt of body) for (const name of assignedNames(stmt)) assigned.add(name)
  })
  const fixed = new Set(func.params.map(({ name }) => name).filter((name) => !assigned.has(name)))
  const aliases = new Set<TypedStmt>()
  // Only what stands at the top is done once, and before all that follows.
  for (const stmt of func.body) {
    const name = nameOf(stmt)
    if (name === undefined || repeated.has(name) || checked.has(name)) continue
    const [value] = stmtExprs(stmt)
    if (value === undefined || !isMadeOf(value, fixed)) continue
    aliases.add(stmt)
    fixed.add(name)
  }
  return aliases
}

function findTemporaries(body: readonly TypedStmt[], aliases: Set<TypedStmt>): void {
  const candidates: { stmt: TypedStmt; index: number; name: string; original: string }[] = []
  for (const [index, stmt] of body.entries()) {
    if (stmt.kind !== 'AssignLocal' || !stmt.name.startsWith(TEMPORARY)) continue
    const { name, value } = stmt
    if (value.kind === 'LocalRead' && !value.checked) candidates.push({ stmt, index, name, original: value.name })
  }
  if (candidates.length === 0) return
  /** What each statement assigns, found when it is asked for. */
  const assigned: (ReadonlySet<string> | undefined)[] = []
  const lastRead = new Map<string, number>()
  for (const [index, stmt] of body.entries()) visitTemporaries(stmt, (name) => lastRead.set(name, index))
  for (const { stmt, index, name, original } of candidates) {
    const last = lastRead.get(name)
    if (last === undefined) continue
    let isKept = true
    for (let i = index + 1; isKept && i <= last; i++) {
      const between = body[i] as TypedStmt
      // The last one may assign it, after it has evaluated its value.
      const itself = i === last && nameOf(between) === original
      if (itself) isKept = !exprsAssign(stmtExprs(between), original)
      else {
        assigned[i] ??= assignedNames(between)
        isKept = !assigned[i]?.has(original)
      }
    }
    if (isKept) aliases.add(stmt)
  }
}

/** What a statement that is nothing but an assignment of a local assigns. */
function nameOf(stmt: TypedStmt): string | undefined {
  return stmt.kind === 'AssignLocal' || (stmt.kind === 'Declare' && stmt.value !== null) ? stmt.name : undefined
}

/** Reads of these locals, their fields, and structs made of such. */
function isMadeOf(expr: TypedExpr, locals: ReadonlySet<string>): boolean {
  if (expr.kind === 'LocalRead') return !expr.checked && locals.has(expr.name)
  if (expr.kind !== 'Call' || expr.func.origin === 'source') return false
  const { kind } = expr.func.intrinsic
  if (kind !== 'structGet' && kind !== 'identity' && kind !== 'structMake') return false
  return expr.args.every((arg) => isMadeOf(arg, locals))
}

function visitBodies(body: readonly TypedStmt[], visit: (body: readonly TypedStmt[]) => void): void {
  visit(body)
  for (const stmt of body) {
    if (stmt.kind === 'If') {
      visitBodies(stmt.then, visit)
      visitBodies(stmt.orElse, visit)
    } else if (stmt.kind === 'While') visitBodies(stmt.body, visit)
  }
}

/** Names that several places assign. */
function repeatedNames(body: readonly TypedStmt[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  visitAssignments(body, (name) => {
    if (seen.has(name)) repeated.add(name)
    seen.add(name)
  })
  return repeated
}

/** Locals that the statement assigns, or a statement or expression inside of it. */
export function assignedNames(stmt: TypedStmt): ReadonlySet<string> {
  const names = new Set<string>()
  visitAssignments([stmt], (name) => names.add(name))
  return names
}

function exprsAssign(exprs: readonly TypedExpr[], local: string): boolean {
  let found = false
  for (const expr of exprs) {
    visitExprAssignments(expr, (name) => {
      found ||= name === local
    })
  }
  return found
}

function visitAssignments(body: readonly TypedStmt[], visit: (name: string) => void): void {
  for (const stmt of body) {
    const name = nameOf(stmt)
    if (name !== undefined) visit(name)
    if (stmt.kind === 'Unpack') {
      for (const { target, item } of stmt.targets) {
        visit(item)
        if (typeof target === 'string') visit(target)
      }
    }
    forEachExpr(stmt, (expr) => visitExprAssignments(expr, visit))
    if (stmt.kind === 'While') visitAssignments(stmt.body, visit)
    if (stmt.kind !== 'If') continue
    visitAssignments(stmt.then, visit)
    visitAssignments(stmt.orElse, visit)
  }
}

function visitExprAssignments(expr: TypedExpr, visit: (name: string) => void): void {
  if (expr.kind === 'AssignExpr') visit(expr.name)
  if (expr.kind === 'Block') visitAssignments(expr.body, visit)
  forEachChild(expr, (child) => visitExprAssignments(child, visit))
}

/** Visits the temporaries that are read anywhere in the statement, once for each read. */
function visitTemporaries(stmt: TypedStmt, visit: (name: string) => void): void {
  forEachExpr(stmt, (expr) => visitTemporariesIn(expr, visit))
  forEachStmt(stmt, (inner) => visitTemporaries(inner, visit))
}

function visitTemporariesIn(expr: TypedExpr, visit: (name: string) => void): void {
  if (expr.kind === 'LocalRead' && expr.name.startsWith(TEMPORARY)) visit(expr.name)
  if (expr.kind === 'Block') for (const stmt of expr.body) visitTemporaries(stmt, visit)
  forEachChild(expr, (child) => visitTemporariesIn(child, visit))
}
