/**
 * Facts about trees that decide what may be moved, left out or expanded in place. Each is found once and remembered.
 */
import { makesBox } from '../../objects/boxes.ts'
import { hasEffects } from '../../objects/intrinsics.ts'
import { invariant, unreachable } from '../../text/diagnostics.ts'
import type { Call, TypedExpr, TypedFunc, TypedProgram, TypedStmt } from '../../typed/tree.ts'
import { childExprs, forEachChild } from '../../typed/walk.ts'
import { expansionAliases } from './aliases.ts'

/**
 * What evaluating an expression may do besides giving a value.
 *
 * - `nothing`: it depends on constants and locals only, and cannot fail
 * - `reads`: it also depends on memory
 * - `acts`: it may fail, write, call unknown code; its place among other effects is fixed
 */
export type Purity = 'nothing' | 'reads' | 'acts'

const ORDER: Readonly<Record<Purity, number>> = { nothing: 0, reads: 1, acts: 2 }

export function worse(a: Purity, b: Purity): Purity {
  return ORDER[a] >= ORDER[b] ? a : b
}

export interface FuncFacts {
  /** The value of a function that is `return value` and nothing else. */
  readonly onlyReturn: TypedExpr | undefined
  /** Names that the body assigns; parameters among them cannot stand for the argument. */
  readonly assigned: ReadonlySet<string>
  /** Names that the body reads with a check that they are set. */
  readonly checked: ReadonlySet<string>
  readonly hasLoops: boolean
  /** Nodes of the body, or Infinity if it must not be expanded in place. */
  readonly cost: number
}

export class Facts {
  readonly #program: TypedProgram
  readonly #purity = new Map<TypedExpr, Purity>()
  readonly #assigns = new Map<TypedExpr, boolean>()
  readonly #funcs = new Map<TypedFunc, FuncFacts>()
  readonly #aliases = new Map<TypedFunc, ReadonlySet<TypedStmt>>()
  readonly #inside = new Set<TypedFunc>()

  constructor(program: TypedProgram) {
    this.#program = program
  }

  /** The tree of the function that a call names; undefined for what is built in. */
  callee(call: Call): TypedFunc | undefined {
    if (call.func.origin === 'builtin') return undefined
    const func = this.#program.functions.get(call.func.fqn.text)
    invariant(func !== undefined, 'a function that is called is in the program')
    return func
  }

  purity(expr: TypedExpr): Purity {
    if (expr.kind === 'Constant') return 'nothing'
    if (expr.kind === 'LocalRead') return expr.checked ? 'acts' : 'nothing'
    let known = this.#purity.get(expr)
    if (known === undefined) {
      known = this.#findPurity(expr)
      this.#purity.set(expr, known)
    }
    return known
  }

  /** It may be left out if its value is not needed. */
  isInert(expr: TypedExpr): boolean {
    return this.purity(expr) !== 'acts'
  }

  /** Evaluating it may change a local. */
  assigns(expr: TypedExpr): boolean {
    if (expr.kind === 'Constant' || expr.kind === 'LocalRead' || expr.kind === 'CellRead') return false
    if (expr.kind === 'AssignExpr' || expr.kind === 'Block') return true
    let known = this.#assigns.get(expr)
    if (known === undefined) {
      known = childExprs(expr).some((child) => this.assigns(child))
      this.#assigns.set(expr, known)
    }
    return known
  }

  func(func: TypedFunc): FuncFacts {
    let known = this.#funcs.get(func)
    if (known === undefined) {
      known = findFuncFacts(func)
      this.#funcs.set(func, known)
    }
    return known
  }

  /** Statements that need no code where the function is expanded. */
  expansionAliases(func: TypedFunc): ReadonlySet<TypedStmt> {
    let known = this.#aliases.get(func)
    if (known === undefined) {
      known = expansionAliases(func, this.func(func).checked)
      this.#aliases.set(func, known)
    }
    return known
  }

  #findPurity(expr: TypedExpr): Purity {
    switch (expr.kind) {
      case 'Constant':
      case 'LocalRead':
        return 'nothing'
      case 'CellRead':
        return 'reads'
      case 'And':
      case 'Or':
      case 'IfExp':
        return childExprs(expr)
          .map((child) => this.purity(child))
          .reduce(worse, 'nothing')
      case 'Call':
        return expr.args.map((arg) => this.purity(arg)).reduce(worse, this.#calleePurity(expr))
      case 'AssignExpr':
      case 'AssignCellExpr':
      case 'IndirectCall':
      case 'Block':
        return 'acts'
      case 'Upcast':
        return makesBox(expr.value) ? 'acts' : this.purity(expr.value)
      default:
        return unreachable(expr)
    }
  }

  #calleePurity(call: Call): Purity {
    if (call.func.origin === 'builtin') {
      const { intrinsic } = call.func
      if (intrinsic.kind === 'refDeref' || intrinsic.kind === 'fieldIsSet') return 'reads'
      if (hasEffects(intrinsic)) return 'acts'
      return intrinsic.kind === 'runtime' ? 'reads' : 'nothing'
    }
    const func = this.callee(call)
    if (func === undefined) return 'acts'
    const { onlyReturn } = this.func(func)
    // A recursive function may not end.
    if (onlyReturn === undefined || this.#inside.has(func)) return 'acts'
    this.#inside.add(func)
    const purity = this.purity(onlyReturn)
    this.#inside.delete(func)
    return purity
  }
}

function findFuncFacts(func: TypedFunc): FuncFacts {
  const assigned = new Set<string>()
  const checked = new Set<string>()
  let cost = 0
  let hasLoops = false
  const visitExpr = (expr: TypedExpr): void => {
    cost++
    if (expr.kind === 'LocalRead' && expr.checked) checked.add(expr.name)
    if (expr.kind === 'AssignExpr') assigned.add(expr.name)
    if (expr.kind === 'Block') visitAll(expr.body)
    forEachChild(expr, visitExpr)
  }
  const visitAll = (body: readonly TypedStmt[]): void => body.forEach(visitStmt)
  const visitStmt = (stmt: TypedStmt): void => {
    cost++
    switch (stmt.kind) {
      case 'Pass':
      case 'Break':
      case 'Continue':
      case 'Fail':
        return
      case 'Return':
      case 'ExprStmt':
      case 'AssignCell':
        return visitExpr(stmt.value)
      case 'Declare':
        if (stmt.value === null) return
        assigned.add(stmt.name)
        return visitExpr(stmt.value)
      case 'AssignLocal':
        assigned.add(stmt.name)
        return visitExpr(stmt.value)
      case 'Unpack':
        visitExpr(stmt.value)
        for (const { target, item, convert } of stmt.targets) {
          assigned.add(item)
          if (typeof target === 'string') assigned.add(target)
          visitExpr(convert)
        }
        return
      case 'If':
        visitExpr(stmt.test)
        visitAll(stmt.then)
        return visitAll(stmt.orElse)
      case 'While':
        // What loops is not paid for by the call.
        cost = Number.POSITIVE_INFINITY
        hasLoops = true
        visitExpr(stmt.test)
        return visitAll(stmt.body)
      case 'Assert':
        visitExpr(stmt.test)
        if (stmt.message !== null) visitExpr(stmt.message)
        return
      case 'Deferred':
        return invariant(false, 'only interp gets trees that are not typed yet')
      default:
        return unreachable(stmt)
    }
  }
  visitAll(func.body)
  const [only] = func.body
  const onlyReturn = func.body.length === 1 && only?.kind === 'Return' ? only.value : undefined
  return { onlyReturn, assigned, checked, hasLoops, cost }
}
