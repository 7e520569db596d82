/**
 * Implicit conversions: how a value of one static type gets into a slot of another.
 */
import { builtinFunc, PRIMITIVE_FUNCS } from '../../objects/builtin-funcs.ts'
import type { ArgSpec, Conversion, MetaArg } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import {
  type ClassType,
  COMPLEX128,
  DYNAMIC,
  isBoxed,
  isClass,
  isSubtype,
  type PrimitiveName,
  type SpyType,
  STR,
  TYPE,
} from '../../objects/types.ts'
import type { BuiltinFunc, FuncObject } from '../../objects/values.ts'
import { EMPTY_DICT_TYPE, EMPTY_LIST_TYPE, META_ARG_TYPE } from '../vm/objects.ts'
import { STR_TO_COMPLEX } from '../vm/string-funcs.ts'
import { asFunc, type Vm } from '../vm/vm.ts'
import {
  functionDefinedHere,
  mismatchedTypes,
  redArgument,
  withAnnotations,
  wrongArgumentCount,
} from './diagnostics.ts'
import { askFunc, wrapMetaArg } from './metafuncs.ts'
import { blueType, metatypeOf } from './types.ts'

/** From each type to the types it becomes by itself. */
const IMPLICIT: Readonly<Partial<Record<PrimitiveName, readonly PrimitiveName[]>>> = {
  i8: ['i32', 'i64', 'f64'],
  u8: ['i32', 'i64', 'f64'],
  i32: ['i8', 'u8', 'u32', 'i64', 'f32', 'f64', 'bool', 'complex128'],
  u32: ['i32', 'i64', 'f64'],
  i64: ['u64', 'f64'],
  u64: ['i64', 'f64'],
  f32: ['f64'],
  f64: ['f32', 'complex128'],
}

/**
 * How a value with static type `arg.type` becomes `to`; null if nothing has to be done.
 *
 * @throws SpyError `mismatched types` if there is no way
 */
export function findConversion(vm: Vm, arg: MetaArg, to: SpyType): Conversion | null {
  const conversion = tryConversion(vm, arg, to)
  if (conversion === undefined) throw mismatchedTypes(vm, to, arg.type, arg.span)
  return conversion
}

/** Like `findConversion`; undefined if there is no way. */
export function tryConversion(vm: Vm, arg: MetaArg, to: SpyType): Conversion | null | undefined {
  const from = arg.type
  if (from === to) return null
  if (isSubtype(from, to)) {
    if (isClass(from)) return { kind: 'call', func: classUpcast(vm, from, to), to }
    return isBoxed(to) && !isBoxed(from) ? { kind: 'upcast', to } : null
  }
  if (isClass(from) && isClass(to) && isSubtype(to, from)) {
    return { kind: 'call', func: vm.classFuncs.cast(from, to), to }
  }
  if (isSubtype(to, from)) return { kind: 'call', func: downcast(vm, to), to }
  if (from.kind === 'primitive' && to.kind === 'primitive' && IMPLICIT[from.name]?.includes(to.name)) {
    return { kind: 'call', func: PRIMITIVE_FUNCS.get(`${from.name}_to_${to.name}`) as BuiltinFunc, to }
  }
  if (from === STR && to === COMPLEX128) return { kind: 'call', func: STR_TO_COMPLEX, to }
  return convertNative(vm, arg, to) ?? convertByMethod(vm, arg, to)
}

/** An object of a class as one of a class above it, or as any value. */
function classUpcast(vm: Vm, from: ClassType, to: SpyType): BuiltinFunc {
  return isClass(to) ? vm.classFuncs.reinterpret(from, to) : vm.classFuncs.box(from, to)
}

const downcasts = new WeakMap<Vm, Map<SpyType, BuiltinFunc>>()

/** `operator::from_dynamic[T]::impl`: checks the dynamic type at run time. */
export function downcast(vm: Vm, to: SpyType): BuiltinFunc {
  let known = downcasts.get(vm)
  if (known === undefined) {
    known = new Map()
    downcasts.set(vm, known)
  }
  let func = known.get(to)
  if (func === undefined) {
    const fqn = Fqn.of('operator').join('from_dynamic', [to.fqn]).join('impl')
    func = builtinFunc(fqn, [['x', DYNAMIC]], to, { kind: 'downcast', to }, { pure: true })
    known.set(to, func)
  }
  return func
}

/** Conversions of the types that exist at blue time only, and of references to what they refer to. */
function convertNative(vm: Vm, arg: MetaArg, to: SpyType): Conversion | undefined {
  const { type: from } = arg
  if (from.kind === 'ref' && !from.isClass && to === from.item)
    return { kind: 'call', func: vm.memoryFuncs.deref(from), to }
  if (to === META_ARG_TYPE && isSubtype(from, TYPE) && arg.blue !== null) {
    const meta: MetaArg = { color: 'red', type: arg.blue.value as SpyType, blue: null, span: arg.span, symbol: null }
    return { kind: 'const', value: wrapMetaArg(meta), to }
  }
  if (from === EMPTY_LIST_TYPE || from === EMPTY_DICT_TYPE) {
    const make = emptyContainer(vm, to, from === EMPTY_LIST_TYPE ? '_list' : '_dict')
    if (make !== undefined) return { kind: 'make', func: make, to }
  }
  return undefined
}

/** The function without arguments that makes an empty list or dict of the given type. */
function emptyContainer(vm: Vm, to: SpyType, module: '_list' | '_dict'): BuiltinFunc | ReturnType<typeof asFunc> {
  const generic = asFunc(vm.modules.get(module)?.attributes.get(module.slice(1)))
  if (generic === undefined || to.kind !== 'struct' || to.origin !== generic) return undefined
  return vm.lookupFunc(to, '_empty')
}

/**
 * `__convert_to__` of the value's type decides alone; else `__convert_from__` of the wanted type. An answer without
 * arguments gets the value only. What it gives must be of the wanted type: no conversion follows another.
 */
function convertByMethod(vm: Vm, arg: MetaArg, to: SpyType): Conversion | undefined {
  const method = vm.lookupFunc(arg.type, '__convert_to__') ?? vm.lookupFunc(to, '__convert_from__')
  if (method === undefined) return undefined
  const asked = [typeArg(to, arg), typeArg(arg.type, arg), arg]
  if (method.type.funcKind !== 'metafunc') return converterCall(vm, method, asked, arg, to)
  const spec = askFunc(vm, method, asked)
  switch (spec?.kind) {
    case undefined:
      return undefined
    case 'const':
      if (spec.value.type !== to) throw mismatchedTypes(vm, to, spec.value.type, arg.span)
      return { kind: 'const', value: spec.value, to }
    case 'simple':
      return converterCall(vm, spec.func, [arg], arg, to)
    case 'complex':
      return converterCall(vm, spec.func, spec.args, arg, to)
  }
}

/** `func(args)` as the conversion of `value`: each argument is the value, or known. */
function converterCall(
  vm: Vm,
  func: FuncObject,
  args: readonly MetaArg[],
  value: MetaArg,
  to: SpyType,
): Conversion | undefined {
  const { length } = func.params
  if (args.length !== length) throw wrongArgumentCount(func, { min: length, max: length }, args, null)
  const specs = args.map((arg, i): ArgSpec => {
    if (func.type.color === 'blue' && arg.color === 'red') throw redArgument(func, arg, null)
    const place: ArgSpec =
      arg.blue === null || arg === value
        ? { kind: 'operand', index: 0 }
        : { kind: 'const', value: arg.blue, span: arg.span }
    const param = func.params[i]?.type as SpyType
    const conversion = tryConversion(vm, arg, param)
    if (conversion === undefined) {
      throw withAnnotations(mismatchedTypes(vm, param, arg.type, arg.span), [functionDefinedHere(func)])
    }
    return conversion === null ? place : { kind: 'convert', conversion, arg: place, span: arg.span }
  })
  const { result } = func.type
  if (result !== to) throw withAnnotations(mismatchedTypes(vm, to, result, value.span), [functionDefinedHere(func)])
  return { kind: 'call', func, to, args: specs }
}

function typeArg(type: SpyType, like: MetaArg): MetaArg {
  return { color: 'blue', type: metatypeOf(type), blue: blueType(type), span: like.span, symbol: null }
}
