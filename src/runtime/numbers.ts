/**
 * What SPy's numbers compute and how they are written, defined once for the compiler, for apps and, bit by bit the
 * same, in runtime-c. Pure; errors are `NumberFault`s without a place.
 */

export {
  type Complex,
  complexAbs,
  complexAdd,
  complexDiv,
  complexEq,
  complexMul,
  complexNeg,
  complexPow,
  complexSub,
} from './numbers/complex.ts'
export { FAULT_TEXTS, type FaultClass, NumberFault } from './numbers/fault.ts'
export { copySign, FLOATS, type FloatArithmetic, type FloatName, floatToInt, intToFloat } from './numbers/floats.ts'
export { formatComplex, formatF32, formatF64 } from './numbers/format.ts'
export { hashBytes, hashF64, hashInt } from './numbers/hash.ts'
export {
  checkIntRange,
  INT_NAMES,
  type IntArithmetic,
  type IntName,
  intRange,
  isWide,
  SMALL_INTS,
  type SmallIntName,
  WIDE_INTS,
  type WideIntName,
  wrapInt,
} from './numbers/integers.ts'
/** Module `math` of SPy, function by function. */
export * as math from './numbers/math.ts'
export { parseComplex, parseF32, parseF64, parseInteger } from './numbers/parse.ts'
export { quote } from './numbers/quote.ts'
