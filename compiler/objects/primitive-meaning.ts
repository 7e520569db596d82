/**
 * What the primitive operations compute, on values as the evaluator holds them: one arm for each shape, over the
 * arithmetic of src/runtime/numbers. The interpreter calls these functions, and so does whoever folds constants.
 */
import {
  type Complex,
  complexAdd,
  complexDiv,
  complexEq,
  complexMul,
  complexNeg,
  complexPow,
  complexSub,
  FAULT_TEXTS,
  FLOATS,
  floatToInt,
  intToFloat,
  isWide,
  SMALL_INTS,
  WIDE_INTS,
  wrapInt,
} from '../../src/runtime/numbers.ts'
import { unreachable } from '../text/diagnostics.ts'
import { panic } from './fault.ts'
import type {
  BoolBinaryOp,
  CompareOp,
  ComplexBinaryOp,
  NumberName,
  PrimitiveOp,
  PrimitiveShape,
  UncheckedOp,
} from './primitives.ts'
import { type FloatName, INT_TYPES, type IntName } from './types.ts'
import { complexValue, type Value } from './values.ts'

/**
 * Takes as many operands as the operation has parameters, each represented as its type says; the second is ignored by
 * operations of one operand.
 *
 * @throws NumberFault or Fault (see `isFault`) where the operation has no result
 */
export type Meaning = (a: Value, b: Value) => Value

const meanings = new Map<PrimitiveOp, Meaning>()

export function meaningOf(op: PrimitiveOp): Meaning {
  const known = meanings.get(op)
  if (known !== undefined) return known
  // Each function below is written for the representation that `op.params` demands, and is only given such operands.
  const meaning = shapeMeaning(op.shape) as (...operands: never[]) => Value as Meaning
  meanings.set(op, meaning)
  return meaning
}

/** Compute one operation. Errors as in `Meaning`. */
export function evaluatePrimitive(op: PrimitiveOp, operands: readonly Value[]): Value {
  return meaningOf(op)(operands[0] as Value, operands[1] as Value)
}

function shapeMeaning(shape: PrimitiveShape): (...operands: never[]) => Value {
  switch (shape.kind) {
    case 'intBinary':
      return isWide(shape.type) ? WIDE_INTS[shape.type][shape.op] : SMALL_INTS[shape.type][shape.op]
    case 'intCompare':
      return isWide(shape.type) ? WIDE_COMPARE[shape.op] : NUMBER_COMPARE[shape.op]
    case 'intNeg':
      return isWide(shape.type) ? WIDE_INTS[shape.type].neg : SMALL_INTS[shape.type].neg
    case 'intInvert':
      return isWide(shape.type) ? WIDE_INTS[shape.type].invert : SMALL_INTS[shape.type].invert
    case 'floatBinary':
      return FLOATS[shape.type][shape.op]
    case 'floatCompare':
      return NUMBER_COMPARE[shape.op]
    case 'floatNeg':
      return FLOATS[shape.type].neg
    case 'boolBinary':
      return BOOL_BINARY[shape.op]
    case 'boolCompare': {
      const compare = NUMBER_COMPARE[shape.op]
      return (a: boolean, b: boolean) => compare(Number(a), Number(b))
    }
    case 'boolNot':
      return (a: boolean) => !a
    case 'complexBinary': {
      const compute = COMPLEX_BINARY[shape.op]
      return (a: Complex, b: Complex) => asValue(compute(a, b))
    }
    case 'complexCompare':
      return shape.op === 'eq' ? complexEq : (a: Complex, b: Complex) => !complexEq(a, b)
    case 'complexNeg':
      return (a: Complex) => asValue(complexNeg(a))
    case 'complexConjugate':
      return ({ re, im }: Complex) => complexValue(re, -im)
    case 'complexMake':
      return complexValue
    case 'complexPart':
      return shape.part === 'real' ? ({ re }: Complex) => re : ({ im }: Complex) => im
    case 'convert':
      return conversion(shape.from, shape.to)
    case 'unchecked':
      return unchecked(shape.type, shape.op)
    case 'ieeeDiv': {
      const { round } = FLOATS[shape.type]
      return (a: number, b: number) => round(a / b)
    }
    default:
      return unreachable(shape)
  }
}

const NUMBER_COMPARE: Readonly<Record<CompareOp, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
}

const WIDE_COMPARE: Readonly<Record<CompareOp, (a: bigint, b: bigint) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
}

const BOOL_BINARY: Readonly<Record<BoolBinaryOp, (a: boolean, b: boolean) => boolean>> = {
  and: (a, b) => a && b,
  or: (a, b) => a || b,
  xor: (a, b) => a !== b,
}

const COMPLEX_BINARY: Readonly<Record<ComplexBinaryOp, (a: Complex, b: Complex) => Complex>> = {
  add: complexAdd,
  sub: complexSub,
  mul: complexMul,
  div: complexDiv,
  pow: complexPow,
}

function asValue({ re, im }: Complex): Value {
  return complexValue(re, im)
}

function isIntName(name: NumberName): name is IntName {
  return name in INT_TYPES
}

function conversion(from: NumberName, to: NumberName): (...operands: never[]) => Value {
  if (from === 'bool') return fromBool(to)
  if (from === 'complex128') return (x: Complex) => x.re !== 0 || x.im !== 0 // `bool` is all it converts to
  if (to === 'bool') return isIntName(from) && isWide(from) ? (x: bigint) => x !== 0n : (x: number) => x !== 0
  if (to === 'complex128') return (x: number | bigint) => complexValue(Number(x), 0)
  if (isIntName(from)) return isIntName(to) ? intToInt(from, to) : (x: number | bigint) => intToFloat(to, x)
  if (isIntName(to)) return floatToIntFunc(to)
  return FLOATS[to].round
}

function fromBool(to: NumberName): (x: boolean) => Value {
  if (to === 'complex128') return (x) => complexValue(Number(x), 0)
  return isIntName(to) && isWide(to) ? (x) => (x ? 1n : 0n) : (x) => (x ? 1 : 0)
}

function intToInt(from: IntName, to: IntName): (...operands: never[]) => Value {
  if (isWide(from) || isWide(to)) return (x: number | bigint) => wrapInt(to, x)
  return SMALL_INTS[to].wrap
}

function floatToIntFunc(to: IntName): (x: number) => Value {
  if (to !== 'i32') return (x) => floatToInt(to, x)
  // Inside the range `| 0` truncates; nan fails the comparison.
  return (x) => (Math.abs(x) < 2147483648 ? x | 0 : floatToInt(to, x))
}

const UNCHECKED_INT_TEXTS: Readonly<Record<UncheckedOp, string>> = {
  div: FAULT_TEXTS.intDiv,
  floordiv: FAULT_TEXTS.intFloorDiv,
  mod: FAULT_TEXTS.intMod,
}

const UNCHECKED_FLOAT_TEXTS: Readonly<Record<UncheckedOp, string>> = {
  div: FAULT_TEXTS.floatDiv,
  floordiv: FAULT_TEXTS.floatFloorDiv,
  mod: FAULT_TEXTS.floatMod,
}

/** As the checked operation; a zero divisor is a panic here, because release programs do not look at it. */
function unchecked(type: IntName | FloatName, op: UncheckedOp): (...operands: never[]) => Value {
  if (!isIntName(type)) {
    const compute = FLOATS[type][op]
    return (a: number, b: number) => (b === 0 ? panic(UNCHECKED_FLOAT_TEXTS[op]) : compute(a, b))
  }
  if (isWide(type)) {
    const compute = WIDE_INTS[type][op]
    return (a: bigint, b: bigint) => (b === 0n ? panic(UNCHECKED_INT_TEXTS[op]) : compute(a, b))
  }
  const compute = SMALL_INTS[type][op]
  return (a: number, b: number) => (b === 0 ? panic(UNCHECKED_INT_TEXTS[op]) : compute(a, b))
}
