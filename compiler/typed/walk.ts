/**
 * Generic ways over typed trees: what is directly below a node, and trees rebuilt with their parts changed.
 */
import type { Span } from '../text/source.ts'
import type { TypedExpr, TypedStmt } from './tree.ts'

/** Visits the expressions directly below an expression, in the order of evaluation, but not the statements of blocks. */
export function forEachChild(expr: TypedExpr, visit: (child: TypedExpr) => void): void {
  switch (expr.kind) {
    case 'Constant':
    case 'LocalRead':
    case 'CellRead':
      return
    case 'Call':
      for (const arg of expr.args) visit(arg)
      return
    case 'IndirectCall':
      visit(expr.callee)
      for (const arg of expr.args) visit(arg)
      return
    case 'And':
    case 'Or':
      visit(expr.left)
      return visit(expr.right)
    case 'IfExp':
      visit(expr.test)
      visit(expr.then)
      return visit(expr.orElse)
    case 'AssignExpr':
    case 'AssignCellExpr':
    case 'Upcast':
    case 'Block':
      return visit(expr.value)
  }
}

/** Visits the expressions directly below a statement, in order. */
export function forEachExpr(stmt: TypedStmt, visit: (expr: TypedExpr) => void): void {
  switch (stmt.kind) {
    case 'Pass':
    case 'Break':
    case 'Continue':
    case 'Fail':
    case 'Deferred':
      return
    case 'Return':
    case 'AssignLocal':
    case 'AssignCell':
    case 'ExprStmt':
      return visit(stmt.value)
    case 'Declare':
      if (stmt.value !== null) visit(stmt.value)
      return
    case 'Unpack':
      visit(stmt.value)
      for (const { convert } of stmt.targets) visit(convert)
      return
    case 'If':
    case 'While':
      return visit(stmt.test)
    case 'Assert':
      visit(stmt.test)
      if (stmt.message !== null) visit(stmt.message)
      return
  }
}

/** Visits the statements directly below a statement. */
export function forEachStmt(stmt: TypedStmt, visit: (inner: TypedStmt) => void): void {
  if (stmt.kind === 'If') {
    for (const inner of stmt.then) visit(inner)
    for (const inner of stmt.orElse) visit(inner)
  } else if (stmt.kind === 'While') {
    for (const inner of stmt.body) visit(inner)
  }
}

// The same as arrays, for those who need to see them together.

export function childExprs(expr: TypedExpr): readonly TypedExpr[] {
  return expr.kind === 'Call' ? expr.args : visited(expr, forEachChild)
}

export function stmtExprs(stmt: TypedStmt): readonly TypedExpr[] {
  return visited(stmt, forEachExpr)
}

export function stmtStmts(stmt: TypedStmt): readonly TypedStmt[] {
  return visited(stmt, forEachStmt)
}

function visited<Node, Below>(node: Node, forEach: (node: Node, visit: (below: Below) => void) => void): Below[] {
  const found: Below[] = []
  forEach(node, (below) => found.push(below))
  return found
}

/** Visits all expressions of the statements, what is in blocks and in inner statements too; parents first, in order. */
export function forEachExprWithin(body: readonly TypedStmt[], visit: (expr: TypedExpr) => void): void {
  const visitExpr = (expr: TypedExpr): void => {
    visit(expr)
    if (expr.kind === 'Block') expr.body.forEach(visitStmt)
    forEachChild(expr, visitExpr)
  }
  const visitStmt = (stmt: TypedStmt): void => {
    forEachExpr(stmt, visitExpr)
    forEachStmt(stmt, visitStmt)
  }
  body.forEach(visitStmt)
}

/** What becomes of locals and places when code is copied; what stays is returned as it is. */
export interface Change {
  name(name: string): string
  span(span: Span): Span
  /** Has the first word on the statements of every body, which are still the old ones. */
  stmts?(body: readonly TypedStmt[]): readonly TypedStmt[]
  /** Has the last word on every expression, which is a copy by then. */
  expr?(copy: TypedExpr): TypedExpr
}

/** A copy of the expression with other names and places. */
export function copyExpr(expr: TypedExpr, change: Change): TypedExpr {
  const copy = copyNode(expr, change)
  return change.expr?.(copy) ?? copy
}

function copyNode(expr: TypedExpr, change: Change): TypedExpr {
  const inner = (part: TypedExpr): TypedExpr => copyExpr(part, change)
  const span = change.span(expr.span)
  switch (expr.kind) {
    case 'Constant':
    case 'CellRead':
      return { ...expr, span }
    case 'LocalRead':
      return { ...expr, span, name: change.name(expr.name) }
    case 'Call':
      return { ...expr, span, args: expr.args.map(inner) }
    case 'IndirectCall':
      return { ...expr, span, callee: inner(expr.callee), args: expr.args.map(inner) }
    case 'And':
    case 'Or':
      return { ...expr, span, left: inner(expr.left), right: inner(expr.right) }
    case 'IfExp':
      return { ...expr, span, test: inner(expr.test), then: inner(expr.then), orElse: inner(expr.orElse) }
    case 'AssignExpr':
      return { ...expr, span, name: change.name(expr.name), value: inner(expr.value) }
    case 'AssignCellExpr':
    case 'Upcast':
      return { ...expr, span, value: inner(expr.value) }
    case 'Block':
      return { ...expr, span, body: copyStmts(expr.body, change), value: inner(expr.value) }
  }
}

/** A copy of the statements with other names and places. */
export function copyStmts(stmts: readonly TypedStmt[], change: Change): readonly TypedStmt[] {
  return (change.stmts?.(stmts) ?? stmts).map((stmt) => copyStmt(stmt, change))
}

function copyStmt(stmt: TypedStmt, change: Change): TypedStmt {
  const inner = (part: TypedExpr): TypedExpr => copyExpr(part, change)
  const span = change.span(stmt.span)
  switch (stmt.kind) {
    case 'Pass':
    case 'Break':
    case 'Continue':
    case 'Fail':
    case 'Deferred':
      return { ...stmt, span }
    case 'Return':
    case 'AssignCell':
    case 'ExprStmt':
      return { ...stmt, span, value: inner(stmt.value) }
    case 'AssignLocal':
      return { ...stmt, span, name: change.name(stmt.name), value: inner(stmt.value) }
    case 'Declare':
      return { ...stmt, span, name: change.name(stmt.name), value: stmt.value === null ? null : inner(stmt.value) }
    case 'Unpack':
      return {
        ...stmt,
        span,
        value: inner(stmt.value),
        targets: stmt.targets.map(({ target, item, convert }) => ({
          target: typeof target === 'string' ? change.name(target) : target,
          item: change.name(item),
          convert: inner(convert),
        })),
      }
    case 'If':
      return {
        ...stmt,
        span,
        test: inner(stmt.test),
        then: copyStmts(stmt.then, change),
        orElse: copyStmts(stmt.orElse, change),
      }
    case 'While':
      return { ...stmt, span, test: inner(stmt.test), body: copyStmts(stmt.body, change) }
    case 'Assert':
      return { ...stmt, span, test: inner(stmt.test), message: stmt.message === null ? null : inner(stmt.message) }
  }
}
