/**
 * Operands: evaluated expressions. To dispatch an operand is a MetaArg; to the typed tree it is an expression. A blue
 * operand has a value and, if evaluating it did something on the way, the effects that must still happen.
 */
import type { MetaArg, OperandSymbol } from '../../objects/dispatch.ts'
import { hasEffects } from '../../objects/intrinsics.ts'
import { isBoxed, type SpyType } from '../../objects/types.ts'
import type { BlueValue, FuncObject } from '../../objects/values.ts'
import type { Span } from '../../text/source.ts'
import type { Constant, TypedExpr, TypedStmt } from '../../typed/tree.ts'

export interface Operand extends MetaArg {
  /** null for blue operands: their tree is a constant. */
  readonly tree: TypedExpr | null
  /** What has to run before a blue operand has its value. */
  readonly before: readonly TypedStmt[]
  /** The type of its tree: `type`, or `dynamic` for a blue operand that goes where dynamic values are wanted. */
  readonly seenAs: SpyType
}

export function redOperand(tree: TypedExpr, symbol: OperandSymbol | null = null): Operand {
  return { color: 'red', type: tree.type, blue: null, span: tree.span, symbol, tree, before: [], seenAs: tree.type }
}

/** The static type of a blue operand is never `dynamic`, because its dynamic type is known. */
export function blueOperand(
  blue: BlueValue,
  span: Span,
  options: { type?: SpyType; symbol?: OperandSymbol | null; before?: readonly TypedStmt[] } = {},
): Operand {
  const { type: wanted = blue.type, symbol = null, before = [] } = options
  const type = wanted.kind === 'dynamic' ? blue.type : wanted
  return { color: 'blue', type, blue, span, symbol, tree: null, before, seenAs: type }
}

/** A blue operand that goes where values of type `to` are wanted, `dynamic` included. */
export function convertedOperand(blue: BlueValue, to: SpyType, span: Span, before: readonly TypedStmt[]): Operand {
  return { ...blueOperand(blue, span, { type: to, before }), seenAs: to }
}

export function constantTree(blue: BlueValue, span: Span): Constant {
  return { kind: 'Constant', type: blue.type, value: blue.value, span }
}

/** The operand as an expression of the type that it is seen as. */
export function treeOf(operand: Operand): TypedExpr {
  if (operand.tree !== null) return operand.tree
  const { span, seenAs: type } = operand
  const value = constantTree(operand.blue as BlueValue, span)
  const seen: TypedExpr = isBoxed(type) ? { kind: 'Upcast', type, span, value } : value
  return operand.before.length === 0 ? seen : block(operand.before, seen)
}

/** `body`, then `value`. */
export function block(body: readonly TypedStmt[], value: TypedExpr): TypedExpr {
  if (body.length === 0) return value
  return { kind: 'Block', type: value.type, span: value.span, body, value }
}

export function exprStmt(value: TypedExpr): TypedStmt {
  return { kind: 'ExprStmt', value, span: value.span }
}

/** What evaluating the operand does, when nobody wants its value. */
export function effectsOf(operand: Operand): readonly TypedStmt[] {
  if (operand.tree === null) return operand.before
  return isPlain(operand.tree) ? [] : [exprStmt(operand.tree)]
}

/** The expression has no effects, cannot fail, and nothing that runs elsewhere changes its value. */
export function isPlain(tree: TypedExpr): boolean {
  switch (tree.kind) {
    case 'Constant':
      return true
    case 'LocalRead':
      return !tree.checked
    case 'Call':
      return !callHasEffects(tree.func) && tree.args.every(isPlain)
    case 'Upcast':
      return isPlain(tree.value)
    case 'And':
    case 'Or':
      return isPlain(tree.left) && isPlain(tree.right)
    case 'IfExp':
      return isPlain(tree.test) && isPlain(tree.then) && isPlain(tree.orElse)
    case 'CellRead':
    case 'IndirectCall':
    case 'AssignExpr':
    case 'AssignCellExpr':
    case 'Block':
      return false
  }
}

function callHasEffects(func: FuncObject): boolean {
  return func.origin === 'source' || hasEffects(func.intrinsic)
}

/** Somewhere inside, the expression assigns a local. */
export function assignsLocals(tree: TypedExpr): boolean {
  switch (tree.kind) {
    case 'AssignExpr':
    case 'Block':
      return true
    case 'Constant':
    case 'LocalRead':
    case 'CellRead':
      return false
    case 'Call':
      return tree.args.some(assignsLocals)
    case 'IndirectCall':
      return assignsLocals(tree.callee) || tree.args.some(assignsLocals)
    case 'And':
    case 'Or':
      return assignsLocals(tree.left) || assignsLocals(tree.right)
    case 'IfExp':
      return assignsLocals(tree.test) || assignsLocals(tree.then) || assignsLocals(tree.orElse)
    case 'AssignCellExpr':
    case 'Upcast':
      return assignsLocals(tree.value)
  }
}
