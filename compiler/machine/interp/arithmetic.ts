/**
 * Arithmetic on numbers, as closures made for their operands. A closure for "local + constant" saves two calls over the
 * general one, and having text of its own lets the JavaScript engine specialise it. What they compute is the same as in
 * objects/primitive-meaning; only operations that cannot fail are here.
 */
import { meaningOf } from '../../objects/primitive-meaning.ts'
import type { PrimitiveOp, PrimitiveShape } from '../../objects/primitives.ts'
import type { TypedExpr } from '../../typed/tree.ts'
import type { Eval, Unit } from './code.ts'
import { leaving, type Place } from './unwinding.ts'

type NumberEval = Eval<number>

/** The forms of a binary operation: by what stands on its left and on its right. */
interface BinaryForms {
  readonly exprExpr: (a: NumberEval, b: NumberEval) => Eval
  readonly exprConst: (a: NumberEval, k: number) => Eval
  readonly localConst: (i: number, k: number) => Eval
  readonly localLocal: (i: number, j: number) => Eval
  readonly localExpr: (i: number, b: NumberEval) => Eval
  readonly exprLocal: (a: NumberEval, j: number) => Eval
}

const I32_ADD: BinaryForms = {
  exprExpr: (a, b) => (f) => (a(f) + b(f)) | 0,
  exprConst: (a, k) => (f) => (a(f) + k) | 0,
  localConst: (i, k) => (f) => ((f[i] as number) + k) | 0,
  localLocal: (i, j) => (f) => ((f[i] as number) + (f[j] as number)) | 0,
  localExpr: (i, b) => (f) => ((f[i] as number) + b(f)) | 0,
  exprLocal: (a, j) => (f) => (a(f) + (f[j] as number)) | 0,
}

const I32_SUB: BinaryForms = {
  exprExpr: (a, b) => (f) => (a(f) - b(f)) | 0,
  exprConst: (a, k) => (f) => (a(f) - k) | 0,
  localConst: (i, k) => (f) => ((f[i] as number) - k) | 0,
  localLocal: (i, j) => (f) => ((f[i] as number) - (f[j] as number)) | 0,
  localExpr: (i, b) => (f) => ((f[i] as number) - b(f)) | 0,
  exprLocal: (a, j) => (f) => (a(f) - (f[j] as number)) | 0,
}

const I32_MUL: BinaryForms = {
  exprExpr: (a, b) => (f) => Math.imul(a(f), b(f)),
  exprConst: (a, k) => (f) => Math.imul(a(f), k),
  localConst: (i, k) => (f) => Math.imul(f[i] as number, k),
  localLocal: (i, j) => (f) => Math.imul(f[i] as number, f[j] as number),
  localExpr: (i, b) => (f) => Math.imul(f[i] as number, b(f)),
  exprLocal: (a, j) => (f) => Math.imul(a(f), f[j] as number),
}

const F64_ADD: BinaryForms = {
  exprExpr: (a, b) => (f) => a(f) + b(f),
  exprConst: (a, k) => (f) => a(f) + k,
  localConst: (i, k) => (f) => (f[i] as number) + k,
  localLocal: (i, j) => (f) => (f[i] as number) + (f[j] as number),
  localExpr: (i, b) => (f) => (f[i] as number) + b(f),
  exprLocal: (a, j) => (f) => a(f) + (f[j] as number),
}

const F64_SUB: BinaryForms = {
  exprExpr: (a, b) => (f) => a(f) - b(f),
  exprConst: (a, k) => (f) => a(f) - k,
  localConst: (i, k) => (f) => (f[i] as number) - k,
  localLocal: (i, j) => (f) => (f[i] as number) - (f[j] as number),
  localExpr: (i, b) => (f) => (f[i] as number) - b(f),
  exprLocal: (a, j) => (f) => a(f) - (f[j] as number),
}

const F64_MUL: BinaryForms = {
  exprExpr: (a, b) => (f) => a(f) * b(f),
  exprConst: (a, k) => (f) => a(f) * k,
  localConst: (i, k) => (f) => (f[i] as number) * k,
  localLocal: (i, j) => (f) => (f[i] as number) * (f[j] as number),
  localExpr: (i, b) => (f) => (f[i] as number) * b(f),
  exprLocal: (a, j) => (f) => a(f) * (f[j] as number),
}

const EQ: BinaryForms = {
  exprExpr: (a, b) => (f) => a(f) === b(f),
  exprConst: (a, k) => (f) => a(f) === k,
  localConst: (i, k) => (f) => f[i] === k,
  localLocal: (i, j) => (f) => f[i] === f[j],
  localExpr: (i, b) => (f) => f[i] === b(f),
  exprLocal: (a, j) => (f) => a(f) === f[j],
}

const NE: BinaryForms = {
  exprExpr: (a, b) => (f) => a(f) !== b(f),
  exprConst: (a, k) => (f) => a(f) !== k,
  localConst: (i, k) => (f) => f[i] !== k,
  localLocal: (i, j) => (f) => f[i] !== f[j],
  localExpr: (i, b) => (f) => f[i] !== b(f),
  exprLocal: (a, j) => (f) => a(f) !== f[j],
}

const LT: BinaryForms = {
  exprExpr: (a, b) => (f) => a(f) < b(f),
  exprConst: (a, k) => (f) => a(f) < k,
  localConst: (i, k) => (f) => (f[i] as number) < k,
  localLocal: (i, j) => (f) => (f[i] as number) < (f[j] as number),
  localExpr: (i, b) => (f) => (f[i] as number) < b(f),
  exprLocal: (a, j) => (f) => a(f) < (f[j] as number),
}

const LE: BinaryForms = {
  exprExpr: (a, b) => (f) => a(f) <= b(f),
  exprConst: (a, k) => (f) => a(f) <= k,
  localConst: (i, k) => (f) => (f[i] as number) <= k,
  localLocal: (i, j) => (f) => (f[i] as number) <= (f[j] as number),
  localExpr: (i, b) => (f) => (f[i] as number) <= b(f),
  exprLocal: (a, j) => (f) => a(f) <= (f[j] as number),
}

const GT: BinaryForms = {
  exprExpr: (a, b) => (f) => a(f) > b(f),
  exprConst: (a, k) => (f) => a(f) > k,
  localConst: (i, k) => (f) => (f[i] as number) > k,
  localLocal: (i, j) => (f) => (f[i] as number) > (f[j] as number),
  localExpr: (i, b) => (f) => (f[i] as number) > b(f),
  exprLocal: (a, j) => (f) => a(f) > (f[j] as number),
}

const GE: BinaryForms = {
  exprExpr: (a, b) => (f) => a(f) >= b(f),
  exprConst: (a, k) => (f) => a(f) >= k,
  localConst: (i, k) => (f) => (f[i] as number) >= k,
  localLocal: (i, j) => (f) => (f[i] as number) >= (f[j] as number),
  localExpr: (i, b) => (f) => (f[i] as number) >= b(f),
  exprLocal: (a, j) => (f) => a(f) >= (f[j] as number),
}

const COMPARE = { eq: EQ, ne: NE, lt: LT, le: LE, gt: GT, ge: GE } as const

/** Forms of the operations that occur most; the others work as well, only slower. */
function formsOf(shape: PrimitiveShape): BinaryForms | undefined {
  switch (shape.kind) {
    case 'intBinary':
      if (shape.type !== 'i32') return undefined
      return shape.op === 'add' ? I32_ADD : shape.op === 'sub' ? I32_SUB : shape.op === 'mul' ? I32_MUL : undefined
    case 'floatBinary':
      if (shape.type !== 'f64') return undefined
      return shape.op === 'add' ? F64_ADD : shape.op === 'sub' ? F64_SUB : shape.op === 'mul' ? F64_MUL : undefined
    case 'intCompare': // bigints compare with the same operators
    case 'floatCompare':
      return COMPARE[shape.op]
    default:
      return undefined
  }
}

/** Division of an i32 by a constant that is known to be no problem: not 0, and not -1, whose result may wrap. */
function divisionByConstant(shape: PrimitiveShape, a: NumberEval, k: number): Eval | undefined {
  if (shape.kind !== 'intBinary' || shape.type !== 'i32' || k <= 0) return undefined
  if (shape.op === 'floordiv') return (f) => Math.floor(a(f) / k)
  if (shape.op === 'mod') {
    return (f) => {
      const r = a(f) % k
      return r < 0 ? r + k : r | 0 // -0 becomes 0
    }
  }
  return undefined
}

function slotOf(unit: Unit, node: TypedExpr): number | undefined {
  return node.kind === 'LocalRead' && !node.checked ? unit.slots.index(node.name) : undefined
}

function constantOf(node: TypedExpr): number | undefined {
  return node.kind === 'Constant' && typeof node.value === 'number' ? node.value : undefined
}

/** A call of a primitive operation. Operands are evaluated left to right, then the operation fails or does not. */
export function compilePrimitive(unit: Unit, op: PrimitiveOp, args: readonly TypedExpr[], place: Place): Eval {
  const [left, right] = args
  if (left === undefined) throw new Error(`${op.name} has an operand`)
  if (right === undefined) return compileUnary(op, unit.expr(left), place)
  const forms = formsOf(op.shape)
  if (forms !== undefined) return compileForms(unit, forms, left, right)
  const k = constantOf(right)
  const a = unit.expr(left)
  const divided = k === undefined ? undefined : divisionByConstant(op.shape, a as NumberEval, k)
  return divided ?? compileBinary(op, a, unit.expr(right), place)
}

function compileForms(unit: Unit, forms: BinaryForms, left: TypedExpr, right: TypedExpr): Eval {
  const i = slotOf(unit, left)
  const j = slotOf(unit, right)
  const k = constantOf(right)
  if (i !== undefined) {
    if (k !== undefined) return forms.localConst(i, k)
    if (j !== undefined) return forms.localLocal(i, j)
    // The right operand might assign to the local on the left, which has been read by then: `f[i]` is evaluated first.
    return forms.localExpr(i, unit.expr(right) as NumberEval)
  }
  const a = unit.expr(left) as NumberEval
  if (k !== undefined) return forms.exprConst(a, k)
  if (j !== undefined) return forms.exprLocal(a, j)
  return forms.exprExpr(a, unit.expr(right) as NumberEval)
}

function compileUnary(op: PrimitiveOp, a: Eval, place: Place): Eval {
  const compute = meaningOf(op)
  if (op.mayPanic) {
    return (f) => {
      const x = a(f)
      try {
        return compute(x, null)
      } catch (error) {
        throw leaving(error, place)
      }
    }
  }
  switch (op.shape.kind) {
    case 'boolNot':
      return (f) => !a(f)
    case 'floatNeg':
      return (f) => -(a(f) as number)
    case 'convert':
      if (op.shape.from === 'i32' && op.shape.to === 'f64') return a
      break
  }
  return (f) => compute(a(f), null)
}

function compileBinary(op: PrimitiveOp, a: Eval, b: Eval, place: Place): Eval {
  const compute = meaningOf(op)
  if (!op.mayPanic) return (f) => compute(a(f), b(f))
  return (f) => {
    const x = a(f)
    const y = b(f)
    try {
      return compute(x, y)
    } catch (error) {
      throw leaving(error, place)
    }
  }
}
