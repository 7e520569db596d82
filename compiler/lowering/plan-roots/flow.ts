/**
 * Forwards through a linear function, with what is known at each place: where ways meet, only what is known on all of
 * them; loops are gone around until nothing changes.
 */
import { unreachable } from '../../text/diagnostics.ts'
import type { LinearExpr, LinearStmt, LinearWhile } from '../../typed/linear.ts'

/** Some knowledge, which is never changed after it has been made. */
export interface Knowledge<S> {
  /** What is known on both ways. Knowing less again and again comes to an end. */
  meet(a: S, b: S): S
  equal(a: S, b: S): boolean
  /** After the local has been assigned; null stands for any value. */
  assign(known: S, local: string, value: LinearExpr | null): S
  /** When the loop is reached, before its test is evaluated for the first time. */
  loop?(known: S, loop: LinearWhile): S
  /** After the node has been evaluated, its operands being evaluated already. Called for calls and boxes. */
  node(known: S, node: LinearExpr): S
}

/** Nodes and loops may be told several times; the last time is what holds. */
export function flow<S>(body: readonly LinearStmt[], start: S, knowledge: Knowledge<S>): void {
  new Walk(knowledge).stmts(body, start, undefined)
}

/** Undefined is a place that is never reached. */
type At<S> = S | undefined

interface Exits<S> {
  atBreak: At<S>
  atContinue: At<S>
}

class Walk<S> {
  readonly #knowledge: Knowledge<S>

  constructor(knowledge: Knowledge<S>) {
    this.#knowledge = knowledge
  }

  stmts(body: readonly LinearStmt[], before: At<S>, exits: Exits<S> | undefined): At<S> {
    let known = before
    for (const stmt of body) {
      if (known === undefined) return undefined
      known = this.#stmt(stmt, known, exits)
    }
    return known
  }

  #stmt(stmt: LinearStmt, known: S, exits: Exits<S> | undefined): At<S> {
    const { assign } = this.#knowledge
    switch (stmt.kind) {
      case 'Pass':
        return known
      case 'Fail':
        return undefined
      case 'Break':
        if (exits !== undefined) exits.atBreak = this.#meet(exits.atBreak, known)
        return undefined
      case 'Continue':
        if (exits !== undefined) exits.atContinue = this.#meet(exits.atContinue, known)
        return undefined
      case 'Return':
        this.#expr(stmt.value, known)
        return undefined
      case 'ExprStmt':
      case 'AssignCell':
        return this.#expr(stmt.value, known)
      case 'AssignLocal':
        return assign(this.#expr(stmt.value, known), stmt.name, stmt.value)
      case 'Declare':
        return stmt.value === null ? known : assign(this.#expr(stmt.value, known), stmt.name, stmt.value)
      case 'Unpack': {
        let after = this.#expr(stmt.value, known)
        for (const { item } of stmt.targets) after = assign(after, item, null)
        for (const { target, convert } of stmt.targets) {
          after = this.#expr(convert, after)
          if (typeof target === 'string') after = assign(after, target, convert)
        }
        return after
      }
      case 'If': {
        const tested = this.#expr(stmt.test, known)
        return this.#meet(this.stmts(stmt.then, tested, exits), this.stmts(stmt.orElse, tested, exits))
      }
      case 'While':
        return this.#while(stmt, this.#knowledge.loop?.(known, stmt) ?? known)
      case 'Assert': {
        const tested = this.#expr(stmt.test, known)
        if (stmt.message !== null) this.#expr(stmt.message, tested)
        return tested
      }
      default:
        return unreachable(stmt)
    }
  }

  #while({ test, body }: LinearWhile, before: S): At<S> {
    const endless = test.kind === 'Constant' && test.value === true
    let head = before
    for (;;) {
      const exits: Exits<S> = { atBreak: undefined, atContinue: undefined }
      const tested = this.#expr(test, head)
      const end = this.#meet(this.stmts(body, tested, exits), exits.atContinue)
      const next = this.#meet(head, end) as S
      if (this.#knowledge.equal(next, head)) return endless ? exits.atBreak : this.#meet(tested, exits.atBreak)
      head = next
    }
  }

  #expr(expr: LinearExpr, known: S): S {
    switch (expr.kind) {
      case 'Constant':
      case 'LocalRead':
      case 'CellRead':
        return known
      case 'Call':
        return this.#node(expr, expr.args, known)
      case 'IndirectCall':
        return this.#node(expr, [expr.callee, ...expr.args], known)
      case 'Upcast':
        return this.#node(expr, [expr.value], known)
      case 'And':
      case 'Or': {
        const left = this.#expr(expr.left, known)
        return this.#knowledge.meet(left, this.#expr(expr.right, left))
      }
      case 'IfExp': {
        const tested = this.#expr(expr.test, known)
        return this.#knowledge.meet(this.#expr(expr.then, tested), this.#expr(expr.orElse, tested))
      }
      case 'AssignExpr':
        return this.#knowledge.assign(this.#expr(expr.value, known), expr.name, expr.value)
      case 'AssignCellExpr':
        return this.#expr(expr.value, known)
      default:
        return unreachable(expr)
    }
  }

  #node(node: LinearExpr, operands: readonly LinearExpr[], known: S): S {
    const after = operands.reduce((before, operand) => this.#expr(operand, before), known)
    return this.#knowledge.node(after, node)
  }

  #meet(a: At<S>, b: At<S>): At<S> {
    if (a === undefined) return b
    return b === undefined ? a : this.#knowledge.meet(a, b)
  }
}
