/**
 * Generic types that can be called without brackets: `list(x)` takes the type of its items from x. Each is answered by a
 * metafunction of the library.
 */
import { constant, type MetaArg, type OpSpec } from '../../objects/dispatch.ts'
import type { FuncObject } from '../../objects/values.ts'
import { EMPTY_DICT, EMPTY_DICT_TYPE, EMPTY_LIST, EMPTY_LIST_TYPE } from '../vm/objects.ts'
import { asFunc, type Vm } from '../vm/vm.ts'
import { callMetafunc } from './metafuncs.ts'

/** Functions of module `_makers`, by generic. */
const MAKERS: ReadonlyMap<string, string> = new Map([
  ['_list::list', 'make_list'],
  ['_dict::dict', 'make_dict'],
  ['_set::set', 'make_set'],
  ['_set::frozenset', 'make_frozenset'],
  ['_tuple::tuple', 'make_tuple'],
])

/** What `generic(args)` makes; null if it has to be called with brackets. */
export function makeContainer(vm: Vm, generic: FuncObject, args: readonly MetaArg[]): OpSpec {
  const name = MAKERS.get(generic.fqn.text)
  if (name === undefined) return null
  if (args.length === 0) return emptyContainer(generic)
  const maker = asFunc(vm.evaluator.importModule('_makers').attributes.get(name))
  return maker === undefined ? null : callMetafunc(vm, maker, args)
}

/** Displays without items, whose type is that of the place where they are needed. */
function emptyContainer(generic: FuncObject): OpSpec {
  switch (generic.fqn.text) {
    case '_list::list':
      return constant({ type: EMPTY_LIST_TYPE, value: EMPTY_LIST })
    case '_dict::dict':
      return constant({ type: EMPTY_DICT_TYPE, value: EMPTY_DICT })
    default:
      return null
  }
}
