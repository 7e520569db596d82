/**
 * Calls: functions, types, anything with `__call__`, and methods.
 */
import type { MetaArg, OpImpl, OpSpec } from '../../objects/dispatch.ts'
import { BOOL, BYTES, type FuncType, isSubtype, type SpyType, STR, TYPE } from '../../objects/types.ts'
import type { FuncObject } from '../../objects/values.ts'
import { blame, note, type SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import {
  asBlueObject,
  CLASSMETHOD_TYPE,
  EMPTY_LIST_TYPE,
  MODULE_TYPE,
  PROPERTY_TYPE,
  STATICMETHOD_TYPE,
} from '../vm/objects.ts'
import { asFunc, asType, type Vm } from '../vm/vm.ts'
import { attributeOf, typeArg } from './attributes.ts'
import { findConversion } from './conversions.ts'
import { genericCalledWithParens, noSuchOperation, typeError } from './diagnostics.ts'
import { dynamicImpl, isDynamic } from './dynamic.ts'
import { bindKeywords, type KeywordArg, refuseKeywords } from './keywords.ts'
import { makeContainer } from './makers.ts'
import { askFunc, callMetafunc } from './metafuncs.ts'
import { argSpec, operate, typecheck } from './typecheck.ts'

const NOT_CALLABLE = { template: 'cannot call objects of type `{0}`', blame: 'single' } as const

/** `callee(args, keywords)`; `operands` of the result are the callee, the arguments, the keywords' values. */
export function dispatchCall(
  vm: Vm,
  callee: MetaArg,
  args: readonly MetaArg[],
  keywords: readonly KeywordArg[],
  at: Span,
): OpImpl {
  const operands = [callee, ...args, ...keywords.map((keyword) => keyword.value)]
  if (isDynamic(callee) || (operands.some(isDynamic) && asksForTypes(callee))) {
    return dynamicImpl({ kind: 'call', keywords: keywords.map(({ name }) => name) }, operands)
  }
  return operate('CALL', at, () => {
    if (callee.type.kind === 'func' && callee.blue === null) {
      const [keyword] = keywords
      if (keyword !== undefined)
        throw typeError(`unexpected keyword argument \`${keyword.name}\``, [blame('', keyword.span)])
      return indirectCall(vm, callee, args, operands)
    }
    return typecheck(vm, findCall(vm, callee, args, keywords), operands, NOT_CALLABLE)
  })
}

/**
 * Built-in functions and types that do something else for each type of their arguments: for `dynamic` ones they have to
 * wait until the types are known. (`len`, `str` and the like have operations of their own.)
 */
function asksForTypes(callee: MetaArg): boolean {
  const type = asType(callee.blue)
  if (type !== undefined) {
    if (type === BYTES || type.fqn.text === '_slice::Slice') return true
    return type.kind === 'primitive' && type !== STR && type !== BOOL
  }
  const func = asFunc(callee.blue)
  if (func === undefined) return false
  return ASKING_FOR_TYPES.has(func.fqn.text)
}

/** Those whose results are not made of their arguments: else there would be no end of types. */
const ASKING_FOR_TYPES: ReadonlySet<string> = new Set([
  ...['abs', 'min', 'max', 'sum', 'sorted'].map((name) => `_builtins::${name}`),
  ...['divmod', 'pow', 'round', 'bin', 'oct', 'hex'].map((name) => `_arithmetic::${name}`),
  ...['builtins::ord', 'builtins::id', '_list::list', '_set::set'],
])

function findCall(vm: Vm, callee: MetaArg, args: readonly MetaArg[], keywords: readonly KeywordArg[]): OpSpec {
  const { type } = callee
  if (type.kind === 'func') return callFunc(vm, callee, args, keywords)
  if (isSubtype(type, TYPE)) return instantiate(vm, callee, args, keywords)
  const func = vm.lookupFunc(type, '__call__')
  if (func === undefined) return null
  if (func.type.funcKind === 'plain') {
    return { kind: 'complex', func, args: bindKeywords(func, [callee, ...args], keywords, callee.span) }
  }
  return asComplex(callMetafunc(vm, func, [callee, ...args], undefined, keywords), [callee, ...args])
}

function callFunc(vm: Vm, callee: MetaArg, args: readonly MetaArg[], keywords: readonly KeywordArg[]): OpSpec {
  const func = asFunc(callee.blue) as FuncObject
  switch (func.type.funcKind) {
    case 'generic': {
      const spec = keywords.length === 0 ? makeContainer(vm, func, args) : null
      if (spec === null) throw genericCalledWithParens(vm, callee, func.type)
      return spec
    }
    case 'metafunc': {
      const spec = callMetafunc(vm, func, args, callee, keywords)
      if (spec === null) throw noSuchOperation(vm, NOT_CALLABLE.template, [callee], 'single')
      return asComplex(spec, args)
    }
    case 'plain':
      return { kind: 'complex', func, args: bindKeywords(func, args, keywords, callee.span), direct: true }
  }
}

/** An answer about `args` as an answer that names them, so that it holds among more operands. */
function asComplex(spec: OpSpec, args: readonly MetaArg[]): OpSpec {
  return spec?.kind === 'simple' ? { kind: 'complex', func: spec.func, args } : spec
}

// -------------------------------------------------------------------------------------------------- instantiation

function instantiate(vm: Vm, callee: MetaArg, args: readonly MetaArg[], keywords: readonly KeywordArg[]): OpSpec {
  const type = asType(callee.blue)
  if (type === undefined) {
    throw typeError('instantiation of red types is not yet supported', [blame('this is red', callee.span)])
  }
  const maker = vm.lookupFunc(type, '__new__')
  if (maker === undefined) throw cannotInstantiate(type, callee)
  if (maker.type.funcKind === 'metafunc') {
    const typeOperand = typeArg(type, callee.span)
    const spec = callMetafunc(vm, maker, [typeOperand, ...args], undefined, keywords)
    return asComplex(spec, [typeOperand, ...args])
  }
  const bound = bindKeywords(maker, args, keywords, callee.span)
  return { kind: 'complex', func: maker, args: bound, direct: true }
}

function cannotInstantiate(type: SpyType, callee: MetaArg): SpyError {
  const name = type.fqn.debugName
  const annotations = [blame(`\`${name}\` does not have a method \`__new__\``, callee.span)]
  if (callee.symbol !== null) annotations.push(note(`${callee.symbol.name} defined here`, callee.symbol.span))
  return typeError(`cannot instantiate \`${name}\``, annotations)
}

// ------------------------------------------------------------------------------------------------------ indirect

function indirectCall(vm: Vm, callee: MetaArg, args: readonly MetaArg[], operands: readonly MetaArg[]): OpImpl {
  const type = callee.type as FuncType
  // Only blue code can run it, and does not know which function it is.
  if (type.color === 'blue') throw noSuchOperation(vm, NOT_CALLABLE.template, [callee], 'single')
  if (args.length !== type.params.length) {
    const count = type.params.length
    throw typeError(
      `this function takes ${count} argument${count === 1 ? '' : 's'} but ${args.length} argument${
        args.length === 1 ? ' was' : 's were'
      } supplied`,
      [blame(`this is \`${vm.human(type)}\``, callee.span)],
    )
  }
  const specs = args.map((arg, i) => {
    const conversion = findConversion(vm, arg, type.params[i]?.type as SpyType)
    const plain = argSpec(arg, operands)
    return conversion === null ? plain : ({ kind: 'convert', conversion, arg: plain, span: arg.span } as const)
  })
  return { kind: 'indirect', args: [{ kind: 'operand', index: 0 }, ...specs], result: type.result }
}

// -------------------------------------------------------------------------------------------------------- methods

/** What a method call comes to. `viaAttribute`: the name is no function; read it and call the value. */
export type MethodCall = { readonly kind: 'impl'; readonly impl: OpImpl } | { readonly kind: 'viaAttribute' }

/**
 * `target.name(args, keywords)`; operands are the target, the name, the arguments, the keywords' values.
 * exact: the method of the static type, even if the class of the object has another one.
 */
export function dispatchCallMethod(
  vm: Vm,
  target: MetaArg,
  name: MetaArg,
  args: readonly MetaArg[],
  keywords: readonly KeywordArg[],
  at: Span,
  { exact = false }: { readonly exact?: boolean } = {},
): MethodCall {
  const operands = [target, name, ...args, ...keywords.map((keyword) => keyword.value)]
  if (isDynamic(target)) {
    const operation = { kind: 'callMethod', keywords: keywords.map((keyword) => keyword.name) } as const
    return { kind: 'impl', impl: dynamicImpl(operation, operands) }
  }
  let viaAttribute = false
  const impl = operate('CALL_METHOD', at, () => {
    const text = name.blue?.value as string
    const spec = findMethod(vm, target, text, args, keywords, name)
    if (spec === 'viaAttribute') {
      viaAttribute = true
      return { kind: 'const', value: name.blue as never }
    }
    return typecheck(vm, exact ? exactly(spec) : spec, operands, {
      template: `method \`{0}::${text}\` does not exist`,
      blame: 'single',
    })
  })
  return viaAttribute ? { kind: 'viaAttribute' } : { kind: 'impl', impl }
}

function findMethod(
  vm: Vm,
  target: MetaArg,
  name: string,
  args: readonly MetaArg[],
  keywords: readonly KeywordArg[],
  nameArg: MetaArg,
): OpSpec | 'viaAttribute' {
  const custom = vm.lookupFunc(target.type, '__call_method__')
  if (custom !== undefined) {
    refuseKeywords(vm, custom, keywords)
    return asComplex(askFunc(vm, custom, [target, nameArg, ...args]), [target, nameArg, ...args])
  }
  if (target.type === EMPTY_LIST_TYPE && MUTATORS.has(name)) throw untypedList(target)
  const type = asType(target.blue)
  if (type !== undefined) return findTypeMethod(vm, target, type, name, args, keywords)
  if (target.type === MODULE_TYPE) {
    const object = asBlueObject(target.blue)
    return object?.what === 'module' && attributeOf(object, name) !== null ? 'viaAttribute' : null
  }
  if (target.type.kind === 'ptr') {
    return target.type.item.kind === 'struct' && target.type.item.fields.some((field) => field.name === name)
      ? 'viaAttribute'
      : null
  }
  const member = vm.lookup(target.type, name)
  if (member === undefined) return null
  const func = asFunc(member)
  if (func !== undefined) return methodOf(vm, func, [target, ...args], keywords, target)
  const object = asBlueObject(member)
  if (object?.what === 'descriptor') {
    if (object.type === STATICMETHOD_TYPE) return methodOf(vm, object.func, args, keywords, target)
    if (object.type === CLASSMETHOD_TYPE) {
      return methodOf(vm, object.func, [typeArg(target.type, target.span), ...args], keywords, target)
    }
  }
  return 'viaAttribute'
}

/** Methods that give a list items, whose type `[]` does not know. */
const MUTATORS: ReadonlySet<string> = new Set(['append', 'extend', 'insert'])

function untypedList({ span, symbol }: MetaArg): SpyError {
  const annotations = [blame('this is untyped', span)]
  if (symbol !== null) {
    annotations.push(note(`help: use an explicit type: \`${symbol.name}: list[T] = []\``, symbol.span))
  }
  return typeError('cannot mutate an untyped empty list', annotations)
}

function methodOf(
  vm: Vm,
  func: FuncObject,
  args: readonly MetaArg[],
  keywords: readonly KeywordArg[],
  receiver: MetaArg,
): OpSpec {
  switch (func.type.funcKind) {
    case 'generic':
      return null
    case 'metafunc':
      return asComplex(callMetafunc(vm, func, args, receiver, keywords), args)
    case 'plain':
      return { kind: 'complex', func, args: bindKeywords(func, args, keywords, receiver.span), direct: true }
  }
}

/** This function, whatever the class of its first argument has in its place. */
export function exactly(spec: OpSpec): OpSpec {
  return spec === null || spec.kind === 'const' ? spec : { ...spec, exact: true }
}

/** `T.name(args)`: static and class methods, and any function of T with an explicit receiver. */
function findTypeMethod(
  vm: Vm,
  target: MetaArg,
  type: SpyType,
  name: string,
  args: readonly MetaArg[],
  keywords: readonly KeywordArg[],
): OpSpec | 'viaAttribute' {
  const member = vm.lookup(type, name)
  if (member === undefined) return null
  const object = asBlueObject(member)
  if (object?.what === 'descriptor' && object.type === CLASSMETHOD_TYPE) {
    return methodOf(vm, object.func, [typeArg(type, target.span), ...args], keywords, target)
  }
  if (object?.what === 'descriptor' && object.type === PROPERTY_TYPE) return 'viaAttribute'
  const func = object?.what === 'descriptor' ? object.func : asFunc(member)
  if (func === undefined) return 'viaAttribute'
  return exactly(methodOf(vm, func, args, keywords, target))
}
