/**
 * Rewriting of expressions and statements: what has to be captured moves into statements before the one that uses it.
 */
import { builtinFunc, primitiveFuncNamed } from '../../objects/builtin-funcs.ts'
import { BOOL, type StructType } from '../../objects/types.ts'
import { invariant, unreachable } from '../../text/diagnostics.ts'
import type { LinearExpr, LinearStmt, LinearUnpackTarget } from '../../typed/linear.ts'
import type { And, Assert, Block, Constant, IfExp, Or, TypedExpr, TypedStmt, Unpack, While } from '../../typed/tree.ts'
import { isAddressOf, isQuiet, isReference, markCaptures } from './effects.ts'
import { assign, readLocal, type Temporaries } from './temporaries.ts'

// ----------------------------------------------------------------------------------------------------- statements

export function linearizeBody(body: readonly TypedStmt[], temps: Temporaries): readonly LinearStmt[] {
  const result: LinearStmt[] = []
  for (const stmt of body) linearizeStmt(stmt, temps, result)
  return result
}

/** Append `stmt` to `out`, after what it needs first. */
function linearizeStmt(stmt: TypedStmt, temps: Temporaries, out: LinearStmt[]): void {
  switch (stmt.kind) {
    case 'Pass':
    case 'Break':
    case 'Continue':
    case 'Fail':
      out.push(stmt)
      return
    case 'Return':
    case 'AssignLocal':
    case 'AssignCell':
    case 'ExprStmt': {
      const value = linearizeExpr(stmt.value, temps, out)
      out.push({ ...stmt, value })
      return
    }
    case 'Declare': {
      const value = stmt.value === null ? null : linearizeExpr(stmt.value, temps, out)
      out.push({ ...stmt, value })
      return
    }
    case 'Unpack':
      linearizeUnpack(stmt, temps, out)
      return
    case 'If': {
      const test = linearizeExpr(stmt.test, temps, out)
      const then = linearizeBody(stmt.then, temps)
      out.push({ ...stmt, test, then, orElse: linearizeBody(stmt.orElse, temps) })
      return
    }
    case 'While':
      out.push(linearizeWhile(stmt, temps))
      return
    case 'Assert':
      linearizeAssert(stmt, temps, out)
      return
    case 'Deferred':
      invariant(false, 'statements that wait to be typed are only made for the evaluator')
      return
    default:
      unreachable(stmt)
  }
}

/** The conversions of later items run after the assignments of earlier ones: what has effects is a statement of its own. */
function linearizeUnpack(stmt: Unpack, temps: Temporaries, out: LinearStmt[]): void {
  const value = linearizeExpr(stmt.value, temps, out)
  const steps = stmt.targets.map((target) => {
    const hoist: LinearStmt[] = []
    return { target: { ...target, convert: linearizeExpr(target.convert, temps, hoist) }, hoist }
  })
  if (steps.every(({ target, hoist }) => hoist.length === 0 && isQuiet(target.convert))) {
    out.push({ ...stmt, value, targets: steps.map(({ target }) => target) })
    return
  }
  const tuple = temps.spill(value, out)
  for (const [index, { target, hoist }] of steps.entries()) {
    out.push({ ...assign(target.item, itemOf(tuple, stmt.struct, index)), span: stmt.span })
    out.push(...hoist)
    const stored = storeItem(target, stmt)
    if (stored !== undefined) out.push(stored)
  }
}

function storeItem({ target, convert }: LinearUnpackTarget, stmt: Unpack): LinearStmt | undefined {
  if (target === null) return undefined
  if (typeof target === 'string') return { kind: 'AssignLocal', name: target, value: convert, span: stmt.span }
  return { kind: 'AssignCell', cell: target, value: convert, span: stmt.span }
}

/** A test that needs statements moves into the loop:  `while True: H; if not C: break; body`. */
function linearizeWhile(stmt: While, temps: Temporaries): LinearStmt {
  const hoist: LinearStmt[] = []
  const test = linearizeExpr(stmt.test, temps, hoist)
  const body = linearizeBody(stmt.body, temps)
  if (hoist.length === 0) return { ...stmt, test, body }
  const leave: LinearStmt = { kind: 'Break', span: test.span }
  return {
    ...stmt,
    test: boolConstant(true, test),
    body: [...hoist, { kind: 'If', test: not(test), then: [leave], orElse: [], span: test.span }, ...body],
  }
}

/** The message is evaluated on failure only:  `if not C: H; assert False, M`. */
function linearizeAssert(stmt: Assert, temps: Temporaries, out: LinearStmt[]): void {
  if (stmt.message === null) {
    out.push({ ...stmt, test: linearizeExpr(stmt.test, temps, out), message: null })
    return
  }
  const captured = markCaptures(stmt.test, false)
  const test = rewrite(stmt.test, captured, temps, out)
  const hoist: LinearStmt[] = []
  const message = linearizeExpr(stmt.message, temps, hoist)
  if (hoist.length === 0) {
    out.push({ ...stmt, test, message })
    return
  }
  const failed: LinearStmt = { ...stmt, test: boolConstant(false, test), message }
  out.push({ kind: 'If', test: not(test), then: [...hoist, failed], orElse: [], span: stmt.span })
}

// ---------------------------------------------------------------------------------------------------- expressions

/** An expression that is evaluated alone: it is not captured itself. What it needs first goes to `hoist`. */
function linearizeExpr(expr: TypedExpr, temps: Temporaries, hoist: LinearStmt[]): LinearExpr {
  return rewriteOperands(expr, markCaptures(expr, true), temps, hoist)
}

function rewrite(
  expr: TypedExpr,
  captured: ReadonlySet<TypedExpr>,
  temps: Temporaries,
  hoist: LinearStmt[],
): LinearExpr {
  const result = rewriteOperands(expr, captured, temps, hoist)
  if (!captured.has(expr)) return result
  if (isReference(expr) && isAddressOf(expr)) {
    // Its check must come now, before what follows; the address itself is found again where it is used.
    hoist.push({ kind: 'ExprStmt', value: result, span: result.span })
    return result
  }
  return temps.spill(result, hoist)
}

function rewriteOperands(
  expr: TypedExpr,
  captured: ReadonlySet<TypedExpr>,
  temps: Temporaries,
  hoist: LinearStmt[],
): LinearExpr {
  const operand = (inner: TypedExpr): LinearExpr => rewrite(inner, captured, temps, hoist)
  switch (expr.kind) {
    case 'Constant':
    case 'LocalRead':
    case 'CellRead':
      return expr
    case 'Call':
      return { ...expr, args: expr.args.map(operand) }
    case 'IndirectCall': {
      const callee = operand(expr.callee)
      return { ...expr, callee, args: expr.args.map(operand) }
    }
    case 'AssignExpr':
    case 'AssignCellExpr':
    case 'Upcast':
      return { ...expr, value: operand(expr.value) }
    case 'And':
    case 'Or':
      return linearizeShortCircuit(expr, temps, hoist)
    case 'IfExp':
      return linearizeIfExp(expr, temps, hoist)
    case 'Block':
      return linearizeBlock(expr, temps, hoist)
    default:
      return unreachable(expr)
  }
}

/**
 * The right side runs only if the left one does not decide. If it needs statements, they go into the branch:
 *
 *     and:  if L: H; r = R    else: r = L
 *     or:   if L: r = L       else: H; r = R
 */
function linearizeShortCircuit(expr: And | Or, temps: Temporaries, hoist: LinearStmt[]): LinearExpr {
  const left = linearizeExpr(expr.left, temps, hoist)
  const rightFirst: LinearStmt[] = []
  const right = linearizeExpr(expr.right, temps, rightFirst)
  if (rightFirst.length === 0) return { ...expr, left, right }

  const result = temps.add(expr.type)
  const test = left.kind === 'LocalRead' || left.kind === 'CellRead' ? left : temps.spill(left, hoist)
  const decided = [assign(result, test)]
  const open = [...rightFirst, assign(result, right)]
  const [then, orElse] = expr.kind === 'And' ? [open, decided] : [decided, open]
  hoist.push({ kind: 'If', test, then, orElse, span: expr.span })
  return readLocal(result, expr.type, expr.span)
}

function linearizeIfExp(expr: IfExp, temps: Temporaries, hoist: LinearStmt[]): LinearExpr {
  const test = linearizeExpr(expr.test, temps, hoist)
  const thenFirst: LinearStmt[] = []
  const then = linearizeExpr(expr.then, temps, thenFirst)
  const elseFirst: LinearStmt[] = []
  const orElse = linearizeExpr(expr.orElse, temps, elseFirst)
  if (thenFirst.length === 0 && elseFirst.length === 0) return { ...expr, test, then, orElse }

  const result = temps.add(expr.type)
  hoist.push({
    kind: 'If',
    test,
    then: [...thenFirst, assign(result, then)],
    orElse: [...elseFirst, assign(result, orElse)],
    span: expr.span,
  })
  return readLocal(result, expr.type, expr.span)
}

/** What surrounds the block has been captured before its statements, so its value is evaluated alone. */
function linearizeBlock(expr: Block, temps: Temporaries, hoist: LinearStmt[]): LinearExpr {
  for (const stmt of expr.body) linearizeStmt(stmt, temps, hoist)
  return linearizeExpr(expr.value, temps, hoist)
}

// ------------------------------------------------------------------------------------------------ nodes of our own

const BOOL_NOT = primitiveFuncNamed('bool_not')

function not(test: LinearExpr): LinearExpr {
  return { kind: 'Call', func: BOOL_NOT, args: [test], type: BOOL, span: test.span }
}

function boolConstant(value: boolean, at: LinearExpr): Constant {
  return { kind: 'Constant', value, type: BOOL, span: at.span }
}

/** The item of a tuple that a local holds. */
function itemOf(tuple: LinearExpr, struct: StructType, index: number): LinearExpr {
  const field = struct.fields[index]
  invariant(field !== undefined, `${struct.fqn} has a field for every target`)
  const intrinsic = { kind: 'structGet', struct, field: field.name } as const
  const func = builtinFunc(struct.fqn.join(`__get_${field.name}__`), [['self', struct]], field.type, intrinsic)
  return { kind: 'Call', func, args: [tuple], type: field.type, span: tuple.span }
}
