/**
 * `dir(x)`: the names that attributes of a value can have, in alphabetical order.
 */
import { constant, type MetaArg, type OpSpec } from '../../objects/dispatch.ts'
import { mro, type SpyType, STR } from '../../objects/types.ts'
import { interpList, interpListType } from '../vm/blue-containers.ts'
import { asBlueObject } from '../vm/objects.ts'
import { asType, type Vm } from '../vm/vm.ts'

/** What every value has, without a type of the program saying so. */
const OF_OBJECT: readonly string[] = ['__repr__', '__str__']

/** A list of blue time: of the names that the type has, and those of the value if it is known. */
export function listNames(vm: Vm, x: MetaArg): OpSpec {
  const names = new Set([...OF_OBJECT, ...namesIn(vm, x.type)])
  const type = asType(x.blue)
  if (type !== undefined) for (const name of namesIn(vm, type)) names.add(name)
  const object = asBlueObject(x.blue)
  if (object?.what === 'module') for (const name of object.attributes.keys()) names.add(name)
  const items = [...names].sort().map((value) => ({ type: STR, value }))
  return constant(interpList(interpListType(vm, STR), items))
}

function namesIn(vm: Vm, type: SpyType): readonly string[] {
  const owner = type.kind === 'ref' && !type.isClass ? type.item : type
  return [...mro(owner)].flatMap((each) => [...vm.membersOf(each).keys(), ...libraryNames(vm, each)])
}

/** Built-in types have methods that are written in SPy. */
function libraryNames(vm: Vm, type: SpyType): readonly string[] {
  const library = vm.libraryMembers.get(type)
  if (library === undefined) return []
  const methods = asType(vm.evaluator.importModule(library.module).attributes.get('methods'))
  return methods === undefined ? [] : [...methods.members.keys()].filter((name) => !name.startsWith('__'))
}
