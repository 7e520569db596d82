/**
 * Subscripts: `value[a, b]` and `value[a, b] = item`.
 */
import type { MetaArg, OpImpl, OpSpec } from '../../objects/dispatch.ts'
import { layoutOf } from '../../objects/layout.ts'
import type { Span } from '../../text/source.ts'
import { LOC_TYPE, makeLoc } from '../vm/objects.ts'
import { asFunc, type Vm } from '../vm/vm.ts'
import { blueArg, noLayout } from './attributes.ts'
import { dynamicImpl, isDynamic } from './dynamic.ts'
import { askFunc } from './metafuncs.ts'
import { operate, typecheck } from './typecheck.ts'

/** `operands` are the value and its indices. */
export function dispatchGetItem(vm: Vm, operands: readonly MetaArg[], at: Span): OpImpl {
  if (isFoundOutLater(vm, '__getitem__', operands)) return dynamicImpl({ kind: 'getItem' }, operands)
  return operate('GETITEM', at, () => {
    const failure = { template: 'cannot do `{0}`[...]', blame: 'single' } as const
    return typecheck(vm, findGetItem(vm, operands), operands, failure)
  })
}

/** The value has any type, or its method does something else for each type of index, and that is not known. */
function isFoundOutLater(vm: Vm, method: string, operands: readonly MetaArg[]): boolean {
  const [value, ...indices] = operands
  if (value === undefined || isDynamic(value)) return value !== undefined
  return indices.some(isDynamic) && vm.lookupFunc(value.type, method)?.type.funcKind === 'metafunc'
}

function findGetItem(vm: Vm, operands: readonly MetaArg[]): OpSpec {
  const [value, ...indices] = operands as readonly [MetaArg, ...MetaArg[]]
  const { type } = value
  if (type.kind === 'func' && type.funcKind === 'generic') {
    const generic = asFunc(value.blue)
    return generic === undefined ? null : { kind: 'complex', func: generic, args: indices, direct: true }
  }
  if (type.kind === 'ptr') {
    if (layoutOf(type.item, vm.options.mode) === undefined) throw noLayout(vm, type.item, value.span)
    return { kind: 'complex', func: vm.memoryFuncs.getItem(type), args: [value, ...indices, placeOf(value)] }
  }
  const func = vm.lookupFunc(type, '__getitem__')
  return func === undefined ? null : askFunc(vm, func, operands)
}

/** `operands` are the value, its indices, and the new item. */
export function dispatchSetItem(vm: Vm, operands: readonly MetaArg[], at: Span): OpImpl {
  if (isFoundOutLater(vm, '__setitem__', operands.slice(0, -1))) return dynamicImpl({ kind: 'setItem' }, operands)
  return operate('SETITEM', at, () => {
    // The odd back-quotes are part of the text that programs and tools know.
    const failure = { template: 'cannot do `{0}[`{1}`] = ...', blame: 'single' } as const
    return typecheck(vm, findSetItem(vm, operands), operands, failure)
  })
}

function findSetItem(vm: Vm, operands: readonly MetaArg[]): OpSpec {
  const [value, ...rest] = operands as readonly [MetaArg, ...MetaArg[]]
  const { type } = value
  if (type.kind === 'ptr') {
    if (layoutOf(type.item, vm.options.mode) === undefined) throw noLayout(vm, type.item, value.span)
    return { kind: 'complex', func: vm.memoryFuncs.setItem(type), args: [value, ...rest, placeOf(value)] }
  }
  const func = vm.lookupFunc(type, '__setitem__')
  return func === undefined ? null : askFunc(vm, func, operands)
}

/** Where the pointer expression stands, for the panic of a checked access. */
function placeOf(value: MetaArg): MetaArg {
  return blueArg({ type: LOC_TYPE, value: makeLoc(value.span) }, value.span)
}
