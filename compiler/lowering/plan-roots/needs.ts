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

export type Names = ReadonlySet<string>

/** Locals that hold gc pointers: a bit for each. */
type Locals = bigint

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

const NOTHING: Locals = 0n

/** What is read after `break` and after `continue`. */
interface Exits {
  readonly onBreak: Locals
  readonly onContinue: Locals
}

class NeedFinder {
  readonly needs = new Map<LinearExpr, Need>()
  readonly #bits = new Map<string, Locals>()
  readonly #allocating: ReadonlySet<string>

  constructor(tracked: Names, allocating: ReadonlySet<string>) {
    for (const name of tracked) this.#bits.set(name, 1n << BigInt(this.#bits.size))
    this.#allocating = allocating
  }

  /** What is read at `body` or after it, if `after` is read after it. */
  stmts(body: readonly LinearStmt[], after: Locals, exits: Exits | undefined): Locals {
    return body.reduceRight((locals, stmt) => this.#stmt(stmt, locals, exits), after)
  }

  #stmt(stmt: LinearStmt, after: Locals, exits: Exits | undefined): Locals {
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
        return this.#expr(stmt.value, this.#without(after, stmt.name))
      case 'Declare':
        return stmt.value === null ? after : this.#expr(stmt.value, this.#without(after, stmt.name))
      case 'Unpack': {
        const before = stmt.targets.reduceRight((locals, { target, convert }) => {
          const kept = typeof target === 'string' ? this.#without(locals, target) : locals
          return this.#expr(convert, kept)
        }, after)
        const items = stmt.targets.reduce((locals, { item }) => this.#without(locals, item), before)
        return this.#expr(stmt.value, items)
      }
      case 'If': {
        const then = this.stmts(stmt.then, after, exits)
        const orElse = this.stmts(stmt.orElse, after, exits)
        return this.#expr(stmt.test, then | orElse)
      }
      case 'While':
        return this.#while(stmt.test, stmt.body, after)
      case 'Assert': {
        const failed = stmt.message === null ? NOTHING : this.#expr(stmt.message, NOTHING)
        return this.#expr(stmt.test, after | failed)
      }
      default:
        return unreachable(stmt)
    }
  }

  #while(test: LinearExpr, body: readonly LinearStmt[], after: Locals): Locals {
    const endless = test.kind === 'Constant' && test.value === true
    let head = NOTHING
    for (;;) {
      const turn = this.stmts(body, head, { onBreak: after, onContinue: head })
      const next = this.#expr(test, endless ? turn : turn | after)
      if (next === head) return next
      head = next
    }
  }

  #expr(expr: LinearExpr, after: Locals): Locals {
    switch (expr.kind) {
      case 'Constant':
      case 'CellRead':
        return after
      case 'LocalRead':
        return after | this.#bit(expr.name)
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
        return this.#expr(expr.left, after | this.#expr(expr.right, after))
      case 'IfExp':
        return this.#expr(expr.test, this.#expr(expr.then, after) | this.#expr(expr.orElse, after))
      case 'AssignExpr':
        return this.#expr(expr.value, this.#without(after, expr.name))
      case 'AssignCellExpr':
        return this.#expr(expr.value, after)
      default:
        return unreachable(expr)
    }
  }

  #node(node: LinearExpr, operands: readonly LinearExpr[], after: Locals): Locals {
    if (nodeAllocates(node, this.#allocating)) {
      let locals = after
      const cells: Cell[] = []
      for (const operand of holdsItsArguments(node) ? [] : operands) {
        for (const read of readsOf(operand)) {
          if (typeof read === 'string') locals |= this.#bit(read)
          else cells.push(read)
        }
      }
      this.needs.set(node, { locals: this.#names(locals), cells })
    }
    return operands.reduceRight((locals, operand) => this.#expr(operand, locals), after)
  }

  #bit(name: string): Locals {
    return this.#bits.get(name) ?? NOTHING
  }

  #without(locals: Locals, name: string): Locals {
    return locals & ~this.#bit(name)
  }

  #names(locals: Locals): Names {
    const names = new Set<string>()
    for (const [name, bit] of this.#bits) if ((locals & bit) !== NOTHING) names.add(name)
    return names
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
