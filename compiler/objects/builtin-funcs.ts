/**
 * Built-in functions that all programs share: one for each primitive operation.
 */
import { Fqn } from './fqn.ts'
import type { Intrinsic } from './intrinsics.ts'
import { PRIMITIVES, type PrimitiveOp } from './primitives.ts'
import { type FuncType, makeFuncType, PRIMITIVE_TYPES, type SpyType, sharedFuncType } from './types.ts'
import type { BuiltinFunc, ParamInfo } from './values.ts'

/** A parameter list as `[name, type]` pairs. */
export type BuiltinParams = readonly (readonly [name: string, type: SpyType])[]

export interface BuiltinOptions {
  readonly pure?: boolean
  /** For types that only one VM has; without it the type is shared or made anew. */
  readonly type?: FuncType
}

/** A red built-in function. */
export function builtinFunc(
  fqn: Fqn,
  params: BuiltinParams,
  result: SpyType,
  intrinsic: Intrinsic,
  options: BuiltinOptions = {},
): BuiltinFunc {
  const infos: ParamInfo[] = params.map(([name, type]) => ({ name, type, kind: 'simple' }))
  const type =
    options.type ?? sharedFuncType('red', 'plain', infos, result) ?? makeFuncType('red', 'plain', infos, result)
  const pure = options.pure ?? false
  return { kind: 'func', origin: 'builtin', fqn, type, params: infos, pure, intrinsic, genericOrigin: null }
}

const PARAM_NAMES: readonly string[] = ['a', 'b']

function primitiveFunc(op: PrimitiveOp): BuiltinFunc {
  const module = op.shape.kind === 'unchecked' || op.shape.kind === 'ieeeDiv' ? 'unsafe' : 'operator'
  const params = op.params.map((name, i) => [PARAM_NAMES[i] ?? 'x', PRIMITIVE_TYPES[name]] as const)
  const intrinsic = { kind: 'primitive', op } as const
  return builtinFunc(Fqn.of(module, op.name), params, PRIMITIVE_TYPES[op.result], intrinsic, { pure: true })
}

/** The function of each primitive operation, by the name of the operation. */
export const PRIMITIVE_FUNCS: ReadonlyMap<string, BuiltinFunc> = new Map(
  [...PRIMITIVES].map(([name, op]) => [name, primitiveFunc(op)]),
)

/** @throws if there is no such operation: a table of ours names one that does not exist. */
export function primitiveFuncNamed(name: string): BuiltinFunc {
  const func = PRIMITIVE_FUNCS.get(name)
  if (func === undefined) throw new Error(`there is no primitive operation ${name}`)
  return func
}
