/**
 * Module `math`: functions of f64, and constants.
 */
import { math } from '../../../src/runtime/numbers.ts'
import { builtinFunc } from '../../objects/builtin-funcs.ts'
import { Fqn } from '../../objects/fqn.ts'
import { F64 } from '../../objects/types.ts'
import type { BuiltinFunc } from '../../objects/values.ts'
import type { ModuleObject } from '../vm/objects.ts'
import type { Vm } from '../vm/vm.ts'
import { addFunc } from './define.ts'

type MathFunc = (...args: never[]) => number

/** Functions that fail where Python's raise a domain error; the others never do. */
const CHECKED: Readonly<Record<string, MathFunc>> = {
  sqrt: math.sqrt,
  sin: math.sin,
  cos: math.cos,
  tan: math.tan,
  asin: math.asin,
  acos: math.acos,
  exp: math.exp,
  log: math.log,
  log10: math.log10,
  log2: math.log2,
  pow: math.pow,
}

const TOTAL: Readonly<Record<string, MathFunc>> = {
  atan: math.atan,
  atan2: math.atan2,
  fabs: math.fabs,
  floor: math.floor,
  ceil: math.ceil,
  trunc: math.trunc,
}

const CONSTANTS: Readonly<Record<string, number>> = { pi: math.pi, e: math.e, tau: math.tau }

const TWO_ARGUMENTS: Readonly<Record<string, readonly [string, string]>> = { atan2: ['y', 'x'], pow: ['x', 'y'] }

function mathFunc(name: string, evaluate: MathFunc, effects: boolean): BuiltinFunc {
  const params = (TWO_ARGUMENTS[name] ?? ['x']).map((param) => [param, F64] as const)
  return builtinFunc(Fqn.of('math', name), params, F64, {
    kind: 'runtime',
    name: `spy_math_${name}`,
    effects,
    evaluate,
  })
}

const FUNCTIONS: readonly BuiltinFunc[] = [
  ...Object.entries(CHECKED).map(([name, evaluate]) => mathFunc(name, evaluate, true)),
  ...Object.entries(TOTAL).map(([name, evaluate]) => mathFunc(name, evaluate, false)),
]

export function addMath(vm: Vm): ModuleObject {
  const module = vm.addModule('math', '', true)
  for (const func of FUNCTIONS) addFunc(vm, module, func)
  for (const [name, value] of Object.entries(CONSTANTS)) module.attributes.set(name, { type: F64, value })
  return module
}
