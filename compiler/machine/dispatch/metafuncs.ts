/**
 * Asking metafunctions. A metafunction sees its arguments as MetaArgs and answers with an OpSpec. Answers are remembered
 * by the static types and blue values of the arguments; a remembered answer names its red arguments by position, because
 * the MetaArgs of the first use are not those of the next.
 */
import type { MetaArg, OpSpec } from '../../objects/dispatch.ts'
import { isSubtype } from '../../objects/types.ts'
import type { BlueValue, FuncObject, SourceFunc } from '../../objects/values.ts'
import { isMetaArg, metaArgKey } from '../vm/keys.ts'
import { asBlueObject, type HostObject, META_ARG_TYPE, OP_SPEC_TYPE } from '../vm/objects.ts'
import type { Vm } from '../vm/vm.ts'
import {
  functionDefinedHere,
  mismatchedTypes,
  typeError,
  withAnnotations,
  wrongArgumentCount,
  wrongMetafuncResult,
} from './diagnostics.ts'
import { bindMetafuncKeywords, bindNamed, type KeywordArg } from './keywords.ts'

/** What a member function answers to an operation: a metafunction decides, any other function is simply called. */
export function askFunc(vm: Vm, func: FuncObject, args: readonly MetaArg[]): OpSpec {
  return func.type.funcKind === 'metafunc' ? callMetafunc(vm, func, args) : { kind: 'simple', func }
}

/**
 * @param callee  what is called, if the metafunction is
 * @param keywords  metafunctions of the library take some
 */
export function callMetafunc(
  vm: Vm,
  func: FuncObject,
  args: readonly MetaArg[],
  callee?: MetaArg,
  keywords: readonly KeywordArg[] = [],
): OpSpec {
  if (func.origin === 'builtin') {
    if (func.intrinsic.kind !== 'blue' || func.intrinsic.run.kind !== 'metafunc') {
      throw new Error(`${func.fqn.text} is no metafunction`)
    }
    const { resolve, names = [] } = func.intrinsic.run
    return resolve(bindNamed(func, names, args, keywords))
  }
  const bound = bindMetafuncKeywords(vm, func, args, keywords)
  checkParameters(vm, func, bound, args)
  const cache = cacheOf(vm, func)
  const key = bound.map((arg) => (arg === undefined ? '' : metaArgKey(vm, arg))).join('|')
  let answer = cache.get(key)
  if (answer === undefined) {
    answer = normalise(ask(vm, func, bound, callee), bound)
    cache.set(key, answer)
  }
  return instantiate(answer, bound)
}

/** Metafunctions are called with MetaArgs, as many as they have parameters for. */
function checkParameters(
  vm: Vm,
  func: SourceFunc,
  bound: readonly (MetaArg | undefined)[],
  args: readonly MetaArg[],
): void {
  const { params, defaults } = func
  const variadic = params[params.length - 1]?.kind === 'var_positional'
  const max = params.length
  const min = max - defaults.length
  const least = variadic ? min - 1 : min
  const hasAll = params.slice(0, least).every((_, i) => bound[i] !== undefined)
  if (!hasAll || (!variadic && bound.length > max)) throw wrongArgumentCount(func, { min, max }, args, null)
  bound.forEach((arg, i) => {
    const type = params[Math.min(i, max - 1)]?.type
    if (arg === undefined || type === undefined || isSubtype(META_ARG_TYPE, type)) return
    throw withAnnotations(mismatchedTypes(vm, type, META_ARG_TYPE, arg.span), [functionDefinedHere(func)])
  })
}

/** An OpSpec whose red arguments are positions among the arguments of the metafunction. */
type Answer =
  | Exclude<OpSpec, { readonly kind: 'complex' }>
  | { readonly kind: 'placed'; readonly func: FuncObject; readonly args: readonly (number | MetaArg)[] }

const caches = new WeakMap<Vm, Map<SourceFunc, Map<string, Answer>>>()

function cacheOf(vm: Vm, func: SourceFunc): Map<string, Answer> {
  let byFunc = caches.get(vm)
  if (byFunc === undefined) {
    byFunc = new Map()
    caches.set(vm, byFunc)
  }
  let cache = byFunc.get(func)
  if (cache === undefined) {
    cache = new Map()
    byFunc.set(func, cache)
  }
  return cache
}

function ask(vm: Vm, func: SourceFunc, args: readonly (MetaArg | undefined)[], callee: MetaArg | undefined): OpSpec {
  const simple = func.params.filter((param) => param.kind === 'simple').length
  const given = Array.from({ length: Math.max(simple, args.length) }, (_, i): BlueValue => {
    const arg = args[i]
    return arg === undefined ? (func.defaults[i - simple + func.defaults.length] as BlueValue) : wrapMetaArg(arg)
  })
  const result = vm.evaluator.callUncached(func, given)
  const object = asBlueObject(result)
  if (result.type !== OP_SPEC_TYPE || object?.what !== 'host') {
    throw wrongMetafuncResult(vm, callee?.span ?? func.prototype, func, result.type)
  }
  return (object.host as { readonly spec: OpSpec }).spec
}

function normalise(spec: OpSpec, args: readonly (MetaArg | undefined)[]): Answer {
  if (spec === null || spec.kind !== 'complex') return spec
  const placed = spec.args.map((arg) => {
    const position = args.indexOf(arg)
    if (position >= 0) return position
    if (arg.blue !== null) return arg
    throw typeError('a red MetaArg of an OpSpec must be one of the arguments of the metafunction', [])
  })
  return { kind: 'placed', func: spec.func, args: placed }
}

function instantiate(answer: Answer, args: readonly (MetaArg | undefined)[]): OpSpec {
  if (answer === null || answer.kind !== 'placed') return answer
  return {
    kind: 'complex',
    func: answer.func,
    args: answer.args.map((arg) => (typeof arg === 'number' ? (args[arg] as MetaArg) : arg)),
  }
}

/** A MetaArg as SPy code holds it. */
export function wrapMetaArg(arg: MetaArg): BlueValue {
  const object: HostObject = { kind: 'object', type: META_ARG_TYPE, what: 'host', host: arg }
  return { type: META_ARG_TYPE, value: object }
}

/** The MetaArg inside a value of SPy code. */
export function unwrapMetaArg(blue: BlueValue): MetaArg | undefined {
  const object = asBlueObject(blue)
  return object?.what === 'host' && isMetaArg(object.host) ? object.host : undefined
}

/** An OpSpec as SPy code holds it. */
export function wrapOpSpec(spec: OpSpec): BlueValue {
  const object: HostObject = { kind: 'object', type: OP_SPEC_TYPE, what: 'host', host: { spec } }
  return { type: OP_SPEC_TYPE, value: object }
}
