/**
 * MetaArg, OpSpec and the untyped containers as blue code sees them.
 */
import { complex, constant, type MetaArg, type OpSpec } from '../../objects/dispatch.ts'
import { BOOL, DYNAMIC, type SpyType, STR, TYPE } from '../../objects/types.ts'
import type { BlueValue, FuncObject } from '../../objects/values.ts'
import { SpyError } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN } from '../../text/source.ts'
import { typeError } from '../dispatch/diagnostics.ts'
import { unwrapMetaArg, wrapMetaArg, wrapOpSpec } from '../dispatch/metafuncs.ts'
import { blueType } from '../dispatch/types.ts'
import { blueKey } from '../vm/keys.ts'
import { asBlueObject, META_ARG_TYPE, OP_SPEC_TYPE } from '../vm/objects.ts'
import { asFunc, asType, type Vm } from '../vm/vm.ts'
import { addMember, metafunc, plainBlue } from './define.ts'

export function addMetaMembers(vm: Vm): void {
  addMetaArg(vm)
  addOpSpec(vm)
}

function addMetaArg(vm: Vm): void {
  const fqn = META_ARG_TYPE.fqn.join('__getattribute__')
  const read = metafunc(vm, fqn, { min: 2, max: 2 }, ([self, name]) => {
    const arg = self?.blue === null || self === undefined ? undefined : unwrapMetaArg(self.blue)
    return arg === undefined ? null : metaAttribute(arg, String(name?.blue?.value))
  })
  addMember(vm, META_ARG_TYPE, '__getattribute__', read)
  const params = [
    ['color', DYNAMIC],
    ['static_type', TYPE],
    ['value', DYNAMIC],
  ] as const
  const make = plainBlue(vm, META_ARG_TYPE.fqn.join('__new__'), 'plain', params, META_ARG_TYPE, (args) =>
    wrapMetaArg(makeMetaArg(vm, args)),
  )
  addMember(vm, META_ARG_TYPE, '__new__', make)
  for (const [name, equal] of [
    ['__eq__', true],
    ['__ne__', false],
  ] as const) {
    const both = [
      ['a', META_ARG_TYPE],
      ['b', META_ARG_TYPE],
    ] as const
    const compare = plainBlue(vm, META_ARG_TYPE.fqn.join(name), 'plain', both, BOOL, ([a, b]) => ({
      type: BOOL,
      value: (blueKey(vm, a as BlueValue) === blueKey(vm, b as BlueValue)) === equal,
    }))
    addMember(vm, META_ARG_TYPE, name, compare)
  }
}

/** `MetaArg(color, static_type, value)`; a red one has no value, whatever is given. */
function makeMetaArg(vm: Vm, args: readonly BlueValue[]): MetaArg {
  const [color, staticType, value] = args as readonly [BlueValue, BlueValue, BlueValue]
  if (color.type !== STR) throw typeError(`MetaArg color must be a string, got ${vm.human(color.type)}`, [])
  if (color.value !== 'red' && color.value !== 'blue') {
    throw typeError(`MetaArg color must be 'red' or 'blue', got '${color.value}'`, [])
  }
  const declared = asType(staticType) as SpyType
  const type = color.value === 'blue' && declared === DYNAMIC ? value.type : declared
  return { color: color.value, type, blue: color.value === 'blue' ? value : null, span: BUILTINS_SPAN, symbol: null }
}

function metaAttribute(arg: MetaArg, name: string): OpSpec {
  switch (name) {
    case 'color':
      return constant({ type: STR, value: arg.color })
    case 'static_type':
      return constant(blueType(arg.type))
    case 'blueval':
      if (arg.blue === null) throw new SpyError({ class: 'ValueError', message: 'oparg is not blue', annotations: [] })
      return constant(arg.blue)
    default:
      return null
  }
}

function addOpSpec(vm: Vm): void {
  const { fqn } = OP_SPEC_TYPE
  const simpleSpec = plainBlue(vm, fqn.join('__new__'), 'plain', [['f', DYNAMIC]], OP_SPEC_TYPE, ([f]) =>
    wrapOpSpec({ kind: 'simple', func: funcOf(f) }),
  )
  const complexSpec = plainBlue(
    vm,
    fqn.join('__new__'),
    'plain',
    [
      ['f', DYNAMIC],
      ['args', DYNAMIC],
    ],
    OP_SPEC_TYPE,
    ([f, args]) => wrapOpSpec({ kind: 'complex', func: funcOf(f), args: metaArgsOf(args as BlueValue) }),
  )
  const choose = metafunc(vm, fqn.join('__new__'), { min: 1, max: 10 }, (args) => {
    const given = args.slice(1)
    if (given.length === 1) return complex(simpleSpec, given)
    return given.length === 2 ? complex(complexSpec, given) : null
  })
  addMember(vm, OP_SPEC_TYPE, '__new__', choose)
  const constSpec = plainBlue(vm, fqn.join('const'), 'plain', [['v', DYNAMIC]], OP_SPEC_TYPE, ([value]) =>
    wrapOpSpec({ kind: 'const', value: value as BlueValue }),
  )
  addMember(vm, OP_SPEC_TYPE, 'const', constSpec)
  vm.builtinMembers.get(OP_SPEC_TYPE)?.set('NULL', wrapOpSpec(null))
}

function funcOf(value: BlueValue | undefined): FuncObject {
  const func = asFunc(value)
  if (func === undefined) throw typeError('the target of an OpSpec is a function', [])
  return func
}

function metaArgsOf(list: BlueValue): readonly MetaArg[] {
  const object = asBlueObject(list)
  if (object?.what === 'singleton') return []
  if (object?.what !== 'interpList' && object?.what !== 'interpTuple')
    throw typeError('the arguments of an OpSpec are a list of MetaArgs', [])
  return object.items.map((item) => {
    const arg = unwrapMetaArg(item)
    if (arg === undefined) throw typeError('the arguments of an OpSpec are a list of MetaArgs', [])
    return arg
  })
}
