/**
 * What is needed at a call that may allocate: the locals that are read after it, and what it is passed. Found backwards,
 * from each statement to the one before it; loops are gone around until nothing is added.
 *
 *     t = concat(a, b)       needed: c     (concat looks after a and b itself)
 *     u = twice(t)           needed: c, t  (a parameter is held by its caller)
 *     return concat(u, c)    needed: nothing
 */
import { holdsGcPointers } from '../../objects/gc-pointers.ts'
import type { Cell } from '../../objects/values.ts'
import { unreachable } from '../../text/diagnostics.ts'
import type { LinearExpr, LinearFunc, LinearStmt } from '../../typed/linear.ts'
import { nodeAllocates } from './allocating.ts'

/** Names of locals. Never changed after it has been made. */
export type Names = ReadonlySet<string>

export interface Need {
  readonly locals: Names
  /** Module variables that are passed: the function that is called might assign them. */
  readonly cells: readonly Cell[]
}

/**
 * @param tracked  locals that hold gc pointers; others are of no interest
 * @returns for each node that may allocate
 */
export function findNeeds(
  func: LinearFunc,
  tracked: Names,
  allocating: ReadonlySet<string>,
): ReadonlyMap<LinearExpr, Need> {
  const finder = new NeedFinder(tracked, allocating)
  finder.stmts(func.body, NOTHING, undefined)
  return finder.needs
}

const NOTHING: Names = new Set()

/** What is read after `break` and after `continue`. */
interface Exits {
  readonly onBreak: Names
  readonly onContinue: Names
}

class NeedFinder {
  readonly needs = new Map<LinearExpr, Need>()
  readonly #tracked: Names
  readonly #allocating: ReadonlySet<string>

  constructor(tracked: Names, allocating: ReadonlySet<string>) {
    this.#tracked = tracked
    this.#allocating = allocating
  }

  /** What is read at `body` or after it, if `after` is read after it. */
  stmts(body: readonly LinearStmt[], after: Names, exits: Exits | undefined): Names {
    return body.reduceRight((names, stmt) => this.#stmt(stmt, names, exits), after)
  }

  #stmt(stmt: LinearStmt, after: Names, exits: Exits | undefined): Names {
    switch (stmt.kind) {
      case 'Pass':
        return after
      case 'Fail':
        return NOTHING
      case 'Break':
        return exits?.onBreak ?? NOTHING
      case 'Continue':
        return exits?.onContinue ?? NOTHING
      case 'Return':
        return this.#expr(stmt.value, NOTHING)
      case 'ExprStmt':
      case 'AssignCell':
        return this.#expr(stmt.value, after)
      case 'AssignLocal':
        return this.#expr(stmt.value, without(after, stmt.name))
      case 'Declare':
        return stmt.value === null ? after : this.#expr(stmt.value, without(after, stmt.name))
      case 'Unpack': {
        const before = stmt.targets.reduceRight((names, { target, convert }) => {
          const kept = typeof target === 'string' ? without(names, target) : names
          return this.#expr(convert, kept)
        }, after)
        const items = stmt.targets.reduce((names, { item }) => without(names, item), before)
        return this.#expr(stmt.value, items)
      }
      case 'If': {
        const then = this.stmts(stmt.then, after, exits)
        const orElse = this.stmts(stmt.orElse, after, exits)
        return this.#expr(stmt.test, union(then, orElse))
      }
      case 'While':
        return this.#while(stmt.test, stmt.body, after)
      case 'Assert': {
        const failed = stmt.message === null ? NOTHING : this.#expr(stmt.message, NOTHING)
        return this.#expr(stmt.test, union(after, failed))
      }
      default:
        return unreachable(stmt)
    }
  }

  #while(test: LinearExpr, body: readonly LinearStmt[], after: Names): Names {
    const endless = test.kind === 'Constant' && test.value === true
    let head = NOTHING
    for (;;) {
      const turn = this.stmts(body, head, { onBreak: after, onContinue: head })
      const next = this.#expr(test, endless ? turn : union(turn, after))
      if (next.size === head.size) return next
      head = next
    }
  }

  #expr(expr: LinearExpr, after: Names): Names {
    switch (expr.kind) {
      case 'Constant':
      case 'CellRead':
        return after
      case 'LocalRead':
        return this.#tracked.has(expr.name) ? union(after, [expr.name]) : after
      case 'Call': {
        const raises = expr.func.origin === 'builtin' && expr.func.intrinsic.kind === 'raise'
        return this.#node(expr, expr.args, raises ? NOTHING : after)
      }
      case 'IndirectCall':
        return this.#node(expr, [expr.callee, ...expr.args], after)
      case 'Upcast':
        return this.#node(expr, [expr.value], after)
      case 'And':
      case 'Or':
        return this.#expr(expr.left, union(after, this.#expr(expr.right, after)))
      case 'IfExp':
        return this.#expr(expr.test, union(this.#expr(expr.then, after), this.#expr(expr.orElse, after)))
      case 'AssignExpr':
        return this.#expr(expr.value, without(after, expr.name))
      case 'AssignCellExpr':
        return this.#expr(expr.value, after)
      default:
        return unreachable(expr)
    }
  }

  #node(node: LinearExpr, operands: readonly LinearExpr[], after: Names): Names {
    if (nodeAllocates(node, this.#allocating)) {
      const passed = holdsItsArguments(node) ? [] : operands.filter(({ type }) => holdsGcPointers(type))
      const reads = passed.flatMap((operand) => [...readsOf(operand)])
      const locals = reads.flatMap((read) => (typeof read === 'string' && this.#tracked.has(read) ? [read] : []))
      const cells = reads.flatMap((read) => (typeof read !== 'string' ? [read] : []))
      this.needs.set(node, { locals: union(after, locals), cells })
    }
    return operands.reduceRight((names, operand) => this.#expr(operand, names), after)
  }
}

/** Functions of the runtime keep their arguments alive. */
function holdsItsArguments(node: LinearExpr): boolean {
  if (node.kind !== 'Call' || node.func.origin === 'source') return false
  const { kind } = node.func.intrinsic
  return kind === 'runtime' || kind === 'ptrAlloc'
}

/** Locals and module variables that a quiet expression takes its pointers from. */
function* readsOf(expr: LinearExpr): Iterable<string | Cell> {
  if (!holdsGcPointers(expr.type)) return
  if (expr.kind === 'LocalRead' || expr.kind === 'AssignExpr') yield expr.name
  else if (expr.kind === 'CellRead' || expr.kind === 'AssignCellExpr') yield expr.cell
  else if (expr.kind === 'Call') for (const arg of expr.args) yield* readsOf(arg)
  else if (expr.kind === 'IfExp') for (const arg of [expr.then, expr.orElse]) yield* readsOf(arg)
  else if (expr.kind === 'Upcast') yield* readsOf(expr.value)
}

function union(names: Names, more: Iterable<string>): Names {
  let all: Set<string> | undefined
  for (const name of more) {
    if (names.has(name)) continue
    all ??= new Set(names)
    all.add(name)
  }
  return all ?? names
}

function without(names: Names, name: string): Names {
  if (!names.has(name)) return names
  const rest = new Set(names)
  rest.delete(name)
  return rest
}
