/**
 * The OPERATORs of module `operator`: dispatch itself, as blue functions from MetaArgs to an OpImpl.
 */
import type { MetaArg, OpImpl } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import type { BlueValue, BuiltinFunc } from '../../objects/values.ts'
import { BUILTINS_SPAN } from '../../text/source.ts'
import { dispatchGetAttr, dispatchSetAttr } from '../dispatch/attributes.ts'
import { dispatchCall, dispatchCallMethod } from '../dispatch/calls.ts'
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
import { type HostObject, META_ARG_TYPE, type ModuleObject, OP_IMPL_TYPE } from '../vm/objects.ts'
import type { Vm } from '../vm/vm.ts'
import { addFunc, plainBlue } from './define.ts'

type Dispatch = (...args: readonly MetaArg[]) => OpImpl | null

/** Add `ADD`, `GETATTR` and all others to the module. */
export function addOperators(vm: Vm, module: ModuleObject): void {
  const at = BUILTINS_SPAN
  const add = (name: string, count: number, dispatch: Dispatch): void =>
    addFunc(vm, module, operator(vm, name, count, dispatch))
  for (const [token, { name }] of Object.entries(BINARY_OPERATORS)) {
    add(name, 2, (a, b) => dispatchBinary(vm, token as BinaryToken, arg(a), arg(b), at))
  }
  add('IS', 2, (a, b) => dispatchIs(vm, false, arg(a), arg(b), at))
  add('ISNOT', 2, (a, b) => dispatchIs(vm, true, arg(a), arg(b), at))
  add('IN', 2, (a, b) => dispatchIn(vm, arg(a), arg(b), at))
  add('NEG', 1, (a) => dispatchUnary(vm, '-', arg(a), at))
  add('POS', 1, (a) => dispatchUnary(vm, '+', arg(a), at))
  add('INVERT', 1, (a) => dispatchUnary(vm, '~', arg(a), at))
  add('GETATTR', 2, (a, b) => {
    const read = dispatchGetAttr(vm, arg(a), arg(b), at)
    return read.kind === 'impl' ? read.impl : null
  })
  add('SETATTR', 3, (a, b, c) => {
    const write = dispatchSetAttr(vm, arg(a), arg(b), arg(c), at)
    return write.kind === 'impl' ? write.impl : null
  })
  add('GETITEM', 2, (a, b) => dispatchGetItem(vm, [arg(a), arg(b)], at))
  add('SETITEM', 3, (a, b, c) => dispatchSetItem(vm, [arg(a), arg(b), arg(c)], at))
  add('CALL', 2, (a, b) => dispatchCall(vm, arg(a), [arg(b)], [], at))
  add('CALL_METHOD', 2, (a, b) => {
    const call = dispatchCallMethod(vm, arg(a), arg(b), [], [], at)
    return call.kind === 'impl' ? call.impl : null
  })
}

function arg(value: MetaArg | undefined): MetaArg {
  if (value === undefined) throw new Error('an OPERATOR is called with all of its arguments')
  return value
}

function operator(vm: Vm, name: string, count: number, dispatch: Dispatch): BuiltinFunc {
  const params = Array.from({ length: count }, (_, i) => [`m${i}`, META_ARG_TYPE] as const)
  return plainBlue(vm, Fqn.of('operator', name), 'plain', params, OP_IMPL_TYPE, (args) => {
    const impl = dispatch(...args.map((value) => arg(unwrapMetaArg(value))))
    return wrapOpImpl(impl)
  })
}

function wrapOpImpl(impl: OpImpl | null): BlueValue {
  const object: HostObject = { kind: 'object', type: OP_IMPL_TYPE, what: 'host', host: { impl } }
  return { type: OP_IMPL_TYPE, value: object }
}
