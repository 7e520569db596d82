/**
 * The OPERATORs of module `operator`: dispatch itself, as blue functions from MetaArgs to an OpImpl.
 */
import { primitiveFuncNamed } from '../../objects/builtin-funcs.ts'
import type { ArgSpec, MetaArg, OpImpl } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import { BOOL, DYNAMIC, type SpyType, TYPE } from '../../objects/types.ts'
import type { BlueValue, BuiltinFunc, ParamInfo } from '../../objects/values.ts'
import { SpyError } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN } from '../../text/source.ts'
import { dispatchGetAttr, dispatchSetAttr, hasAttribute } from '../dispatch/attributes.ts'
import { dispatchCall, dispatchCallMethod } from '../dispatch/calls.ts'
import { downcast, findConversion } from '../dispatch/conversions.ts'
import { dynamicFuncs } from '../dispatch/dynamic.ts'
import { dispatchGetItem, dispatchSetItem } from '../dispatch/items.ts'
import { unwrapMetaArg } from '../dispatch/metafuncs.ts'
import {
  BINARY_OPERATORS,
  type BinaryToken,
  dispatchBinary,
  dispatchIn,
  dispatchIs,
  dispatchUnary,
} from '../dispatch/operators.ts'
import { dispatchRaise } from '../dispatch/raise.ts'
import { blueType } from '../dispatch/types.ts'
import { type HostObject, META_ARG_TYPE, type ModuleObject, OP_IMPL_TYPE } from '../vm/objects.ts'
import { asType, type Vm } from '../vm/vm.ts'
import { addFunc, funcValue, plainBlue } from './define.ts'

type Dispatch = (...args: readonly MetaArg[]) => OpImpl | null

/** Add `ADD`, `GETATTR` and all others to the module. */
export function addOperators(vm: Vm, module: ModuleObject): void {
  const at = BUILTINS_SPAN
  const add = (name: string, count: number, dispatch: Dispatch): void =>
    addFunc(vm, module, operator(vm, name, count, dispatch))
  const addVariadic = (name: string, count: number, dispatch: Dispatch): void =>
    addFunc(vm, module, variadicOperator(vm, name, count, dispatch))
  for (const [token, { name }] of Object.entries(BINARY_OPERATORS)) {
    add(name, 2, (a, b) => dispatchBinary(vm, token as BinaryToken, arg(a), arg(b), at))
  }
  add('IS', 2, (a, b) => dispatchIs(vm, false, arg(a), arg(b), at))
  add('ISNOT', 2, (a, b) => dispatchIs(vm, true, arg(a), arg(b), at))
  add('IN', 2, (a, b) => dispatchIn(vm, arg(a), arg(b), at))
  add('NEG', 1, (a) => dispatchUnary(vm, '-', arg(a), at))
  add('POS', 1, (a) => dispatchUnary(vm, '+', arg(a), at))
  add('INVERT', 1, (a) => dispatchUnary(vm, '~', arg(a), at))
  add('NOT', 1, (a) => dispatchNot(vm, arg(a)))
  add('UNIVERSAL_EQ', 2, (a, b) => universal(vm, '==', arg(a), arg(b)))
  add('UNIVERSAL_NE', 2, (a, b) => universal(vm, '!=', arg(a), arg(b)))
  add('GETATTR', 2, (a, b) => {
    const read = dispatchGetAttr(vm, arg(a), arg(b), at)
    return read.kind === 'impl' ? read.impl : null
  })
  add('HASATTR', 2, (a, b) => known({ type: BOOL, value: hasAttribute(vm, arg(a), arg(b)) }))
  add('SETATTR', 3, (a, b, c) => {
    const write = dispatchSetAttr(vm, arg(a), arg(b), arg(c), at)
    return write.kind === 'impl' ? write.impl : null
  })
  add('CONVERT', 3, (to, _from, value) => convertTo(vm, arg(to), arg(value)))
  add('RAISE', 1, (a) => dispatchRaise(vm, arg(a)))
  addDynamic(vm, module)
  addVariadic('GETITEM', 1, (...all) => dispatchGetItem(vm, all, at))
  addVariadic('SETITEM', 2, (...all) => dispatchSetItem(vm, all, at))
  addVariadic('CALL', 1, (callee, ...args) => dispatchCall(vm, arg(callee), args, [], at))
  addVariadic('CALL_METHOD', 2, (target, name, ...args) => {
    const call = dispatchCallMethod(vm, arg(target), arg(name), args, [], at)
    return call.kind === 'impl' ? call.impl : null
  })
}

/** What implements operations on `dynamic` values, and `from_dynamic[T]`, the checked downcast. */
function addDynamic(vm: Vm, module: ModuleObject): void {
  for (const func of dynamicFuncs()) module.attributes.set(func.fqn.last.name, funcValue(func))
  const fqn = Fqn.of('operator', 'from_dynamic')
  const generic = plainBlue(vm, fqn, 'generic', [['T', TYPE]], DYNAMIC, ([type]) =>
    funcValue(downcast(vm, asType(type) as SpyType)),
  )
  addFunc(vm, module, generic)
}

function known(value: BlueValue): OpImpl {
  return { kind: 'const', value }
}

const FIRST: ArgSpec = { kind: 'operand', index: 0 }

/** `not x`: the operand as a `bool`, negated. */
function dispatchNot(vm: Vm, value: MetaArg): OpImpl {
  const conversion = findConversion(vm, value, BOOL)
  const operand: ArgSpec = conversion === null ? FIRST : { kind: 'convert', conversion, arg: FIRST, span: value.span }
  return { kind: 'call', func: primitiveFuncNamed('bool_not'), args: [operand] }
}

/** Equality of any two values: what cannot be compared is not equal. */
function universal(vm: Vm, token: '==' | '!=', left: MetaArg, right: MetaArg): OpImpl {
  try {
    return dispatchBinary(vm, token, left, right, BUILTINS_SPAN)
  } catch (error) {
    if (!(error instanceof SpyError) || error.etype !== 'TypeError') throw error
    return known({ type: BOOL, value: token === '!=' })
  }
}

/** `value` as the type that `to` holds; what it is converted from, the value knows itself. */
function convertTo(vm: Vm, to: MetaArg, value: MetaArg): OpImpl {
  const type = asType(to.blue) ?? to.type
  const conversion = findConversion(vm, value, type)
  return conversion?.kind === 'call' ? { kind: 'call', func: conversion.func, args: [FIRST] } : known(blueType(type))
}

function arg(value: MetaArg | undefined): MetaArg {
  if (value === undefined) throw new Error('an OPERATOR is called with all of its arguments')
  return value
}

function operator(vm: Vm, name: string, count: number, dispatch: Dispatch): BuiltinFunc {
  const params = Array.from({ length: count }, (_, i) => [`m${i}`, META_ARG_TYPE] as const)
  return plainBlue(vm, Fqn.of('operator', name), 'plain', params, OP_IMPL_TYPE, answering(dispatch))
}

/** An OPERATOR that takes any number of further operands. */
function variadicOperator(vm: Vm, name: string, count: number, dispatch: Dispatch): BuiltinFunc {
  const func = operator(vm, name, count, dispatch)
  const rest: ParamInfo = { name: 'args', type: META_ARG_TYPE, kind: 'var_positional' }
  const params = [...func.params, rest]
  return { ...func, params, type: vm.funcType('blue', 'plain', params, OP_IMPL_TYPE) }
}

/** Errors do not say that the OPERATOR was called: the program did that, and nobody asked on its behalf. */
function answering(dispatch: Dispatch): (args: readonly BlueValue[]) => BlueValue {
  return (args) => {
    try {
      return wrapOpImpl(dispatch(...args.map((value) => arg(unwrapMetaArg(value)))))
    } catch (error) {
      if (!(error instanceof SpyError)) throw error
      const annotations = error.diagnostic.annotations.filter(({ span }) => span !== BUILTINS_SPAN)
      throw new SpyError({ ...error.diagnostic, annotations }, error.traceback, error.more)
    }
  }
}

function wrapOpImpl(impl: OpImpl | null): BlueValue {
  const object: HostObject = { kind: 'object', type: OP_IMPL_TYPE, what: 'host', host: { impl } }
  return { type: OP_IMPL_TYPE, value: object }
}
