/**
 * From OpSpec to OpImpl: argument counts, colours, conversions.
 */
import type { ArgSpec, MetaArg, OpImpl, OpSpec } from '../../objects/dispatch.ts'
import type { SpyType } from '../../objects/types.ts'
import type { DefaultValue, FuncObject } from '../../objects/values.ts'
import { note, SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { Vm } from '../vm/vm.ts'
import { findConversion } from './conversions.ts'
import {
  type Blame,
  functionDefinedHere,
  noSuchOperation,
  redArgument,
  withAnnotations,
  wrongArgumentCount,
} from './diagnostics.ts'

/** How to say that an operation does not exist. */
export interface Failure {
  /** `{0}`, `{1}` ... are the operands' types. */
  readonly template: string
  readonly blame: Blame
}

/**
 * Run one dispatch. Errors that leave it say which operation asked: `operator::NAME called here` at the whole of it.
 */
export function operate(name: string, at: Span, dispatch: () => OpImpl): OpImpl {
  try {
    return dispatch()
  } catch (error) {
    if (!(error instanceof SpyError)) throw error
    throw withAnnotations(error, [note(`operator::${name} called here`, at)])
  }
}

/** Check what an operator or metafunction answered against the operands it was asked with. */
export function typecheck(vm: Vm, spec: OpSpec, operands: readonly MetaArg[], failure: Failure): OpImpl {
  if (spec === null) throw noSuchOperation(vm, failure.template, operands, failure.blame)
  if (spec.kind === 'const') return { kind: 'const', value: spec.value }
  const args = spec.kind === 'simple' ? operands : spec.args
  const callee = spec.direct === true ? (operands[0] as MetaArg).span : null
  const checked = checkArguments(vm, spec.func, args, operands, callee)
  return { kind: 'call', func: spec.exact === true ? spec.func : vm.classFuncs.virtual(spec.func), args: checked }
}

/** Every argument against its parameter; missing ones take their defaults. */
export function checkArguments(
  vm: Vm,
  func: FuncObject,
  given: readonly MetaArg[],
  operands: readonly MetaArg[],
  callee: Span | null,
): readonly ArgSpec[] {
  const args = fillDefaults(func, given, callee)
  const specs: ArgSpec[] = []
  args.forEach((arg, i) => {
    const param = func.params[Math.min(i, func.params.length - 1)]
    const paramType = param?.type as SpyType
    if (func.type.color === 'blue' && arg.color === 'red') throw redArgument(func, arg, callee)
    specs.push(checkArgument(vm, func, arg, paramType, operands))
  })
  return specs
}

function checkArgument(
  vm: Vm,
  func: FuncObject,
  arg: MetaArg,
  paramType: SpyType,
  operands: readonly MetaArg[],
): ArgSpec {
  const plain = argSpec(arg, operands)
  try {
    const conversion = findConversion(vm, arg, paramType)
    return conversion === null ? plain : { kind: 'convert', conversion, arg: plain, span: arg.span }
  } catch (error) {
    if (!(error instanceof SpyError)) throw error
    throw withAnnotations(error, [functionDefinedHere(func)])
  }
}

/** Where an argument comes from: blue ones are constants, red ones are operands. */
export function argSpec(arg: MetaArg, operands: readonly MetaArg[]): ArgSpec {
  const index = operands.indexOf(arg)
  // An operand keeps its place even when it is blue: evaluating it may have effects that must happen.
  if (index >= 0) return { kind: 'operand', index }
  if (arg.blue !== null) return { kind: 'const', value: arg.blue, span: arg.span }
  throw new Error('a red argument is one of the operands')
}

function fillDefaults(func: FuncObject, given: readonly MetaArg[], callee: Span | null): readonly MetaArg[] {
  const { params } = func
  const variadic = params[params.length - 1]?.kind === 'var_positional'
  const defaults: readonly DefaultValue[] = func.origin === 'source' ? func.defaults : []
  const simpleCount = variadic ? params.length - 1 : params.length
  const min = simpleCount - defaults.length
  if (given.length < min || (!variadic && given.length > simpleCount)) {
    const counted = variadic ? params.length : simpleCount
    throw wrongArgumentCount(func, { min: counted - defaults.length, max: counted }, given, callee)
  }
  if (given.length >= simpleCount) return given
  const missing = defaults.slice(given.length - min)
  return [...given, ...missing.map(defaultArg)]
}

function defaultArg(value: DefaultValue): MetaArg {
  return { color: 'blue', type: value.type, blue: value, span: value.span, symbol: null }
}
