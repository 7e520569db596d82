/**
 * Small words for writing built-in modules.
 */
import { type BuiltinParams, builtinFunc } from '../../objects/builtin-funcs.ts'
import type { MetaArg, OpSpec } from '../../objects/dispatch.ts'
import type { Fqn } from '../../objects/fqn.ts'
import { DYNAMIC, type FuncKind, type SpyType } from '../../objects/types.ts'
import type { BlueValue, BuiltinFunc, FuncObject } from '../../objects/values.ts'
import { wrongArgumentCount } from '../dispatch/diagnostics.ts'
import { blueType } from '../dispatch/types.ts'
import type { ModuleObject } from '../vm/objects.ts'
import type { Vm } from '../vm/vm.ts'

export function funcValue(func: FuncObject): BlueValue {
  return { type: func.type, value: func }
}

/** A member of a type that all VMs share. */
export function addMember(vm: Vm, type: SpyType, name: string, member: BuiltinFunc | BlueValue): void {
  let members = vm.builtinMembers.get(type)
  if (members === undefined) {
    members = new Map()
    vm.builtinMembers.set(type, members)
  }
  members.set(name, 'intrinsic' in member ? funcValue(member) : member)
}

export function addFunc(vm: Vm, module: ModuleObject, func: BuiltinFunc, name = func.fqn.last.name): void {
  vm.addGlobal(func.fqn, { kind: 'func', func })
  module.attributes.set(name, funcValue(func))
}

export function addType(vm: Vm, module: ModuleObject, type: SpyType, name = type.fqn.last.name): void {
  if (!vm.globals.has(type.fqn.text)) vm.addGlobal(type.fqn, { kind: 'type', type })
  module.attributes.set(name, blueType(type))
}

/** Number of arguments that a metafunction takes. */
export interface Arity {
  readonly min: number
  readonly max: number
}

/**
 * A built-in `@blue.metafunc`. `names`: those of its arguments, by position, that can be given by keyword. Calls with a
 * wrong number of arguments are refused before it is asked. */
export function metafunc(
  vm: Vm,
  fqn: Fqn,
  arity: Arity,
  resolve: (args: readonly MetaArg[]) => OpSpec,
  names: readonly string[] = [],
): BuiltinFunc {
  const shown = Number.isFinite(arity.max) ? arity.max : arity.min
  const params: BuiltinParams = Array.from({ length: shown }, (_, i) => [`x${i}`, DYNAMIC] as const)
  const checked = (args: readonly MetaArg[]): OpSpec => {
    if (args.length < arity.min || args.length > arity.max) throw wrongArgumentCount(func, arity, args, null)
    return resolve(args)
  }
  const func = blueFunc(vm, fqn, 'metafunc', params, DYNAMIC, { kind: 'metafunc', resolve: checked, names })
  return func
}

/** A built-in blue function, plain or generic. */
export function plainBlue(
  vm: Vm,
  fqn: Fqn,
  kind: 'plain' | 'generic',
  params: BuiltinParams,
  result: SpyType,
  call: (args: readonly BlueValue[]) => BlueValue,
): BuiltinFunc {
  return blueFunc(vm, fqn, kind, params, result, { kind: 'plain', call })
}

/** A built-in blue function that takes any number of arguments. */
export function variadicBlue(
  vm: Vm,
  fqn: Fqn,
  kind: 'plain' | 'generic',
  call: (args: readonly BlueValue[]) => BlueValue,
): BuiltinFunc {
  const type = vm.funcType('blue', kind, [{ type: DYNAMIC, kind: 'var_positional' }], DYNAMIC)
  const func = builtinFunc(fqn, [], DYNAMIC, { kind: 'blue', run: { kind: 'plain', call } }, { type })
  return { ...func, params: [{ name: 'args', type: DYNAMIC, kind: 'var_positional' }] }
}

function blueFunc(
  vm: Vm,
  fqn: Fqn,
  kind: FuncKind,
  params: BuiltinParams,
  result: SpyType,
  run: Extract<BuiltinFunc['intrinsic'], { readonly kind: 'blue' }>['run'],
): BuiltinFunc {
  const type = vm.funcType(
    'blue',
    kind,
    params.map(([, paramType]) => ({ type: paramType, kind: 'simple' })),
    result,
  )
  return builtinFunc(fqn, params, result, { kind: 'blue', run }, { type })
}
