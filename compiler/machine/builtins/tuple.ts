/**
 * Module `_tuple`: `tuple[T1, ..., Tn]`, a struct with one field for each item. Built in, because the number of fields
 * varies.
 */
import { complex, constant, type MetaArg, type OpSpec, simple } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import { BOOL, DYNAMIC, declareStruct, I32, type SpyType, type StructType, TYPE } from '../../objects/types.ts'
import type { BlueValue, BuiltinFunc, FuncObject, StructValue } from '../../objects/values.ts'
import type { SymbolTable } from '../../syntax/scope.ts'
import { invariant, SpyError } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN } from '../../text/source.ts'
import { typeError } from '../dispatch/diagnostics.ts'
import { blueType } from '../dispatch/types.ts'
import { completeStruct } from '../rules/definitions.ts'
import { moduleFrame } from '../rules/frames.ts'
import { typeStmts } from '../rules/statements.ts'
import { type ScopesOf, Typer } from '../rules/typer.ts'
import { type FieldObject, INTERP_TUPLE_TYPE, STRUCT_FIELD_TYPE } from '../vm/objects.ts'
import { ITEM_AT, ITERATOR_OF_ANY } from '../vm/tuple-names.ts'
import { asFunc, asType, type Vm } from '../vm/vm.ts'
import { addFunc, funcValue, metafunc, variadicBlue } from './define.ts'
import { type Part, tupleOf } from './tuple-parts.ts'

export function addTuple(vm: Vm, scopes: ScopesOf, table: SymbolTable): void {
  const module = vm.addModule('_tuple', '', true)
  const t = new Typer(
    { vm, scopes, typeStmts, frame: moduleFrame(table, module), deferred: true, inliner: null, result: null },
    BUILTINS_SPAN,
  )
  const generic = Fqn.of('_tuple', 'tuple')
  const made = new Map<string, StructType>()
  const func = variadicBlue(vm, generic, 'generic', (args) => {
    const items = args.map(itemType)
    if (items.some((item) => item === TYPE)) return blueType(INTERP_TUPLE_TYPE)
    const key = items.map((item) => vm.typeId(item)).join(' ')
    let struct = made.get(key)
    if (struct === undefined) {
      struct = makeTuple(t, generic, items)
      struct.origin = func
      made.set(key, struct)
    }
    return blueType(struct)
  })
  addFunc(vm, module, func)
}

function itemType(arg: BlueValue): SpyType {
  const type = asType(arg)
  if (type === undefined) throw typeError('the items of tuple[...] are types', [])
  return type
}

function makeTuple(t: Typer, generic: Fqn, items: readonly SpyType[]): StructType {
  const { vm } = t
  const namespace = generic.withQualifiers(items.map((item) => item.fqn))
  const struct = declareStruct(vm.uniqueFqn(namespace.join('_tup')))
  vm.addGlobal(struct.fqn, { kind: 'type', type: struct })
  vm.aliases.add(struct.fqn, namespace)
  vm.addTuple(struct)
  const fields = items.map((type, i) => ({ name: `_item${i}`, type }))
  for (const field of fields) {
    const object: FieldObject = {
      kind: 'object',
      type: STRUCT_FIELD_TYPE,
      what: 'field',
      name: field.name,
      fieldType: field.type,
    }
    struct.members.set(field.name, { type: STRUCT_FIELD_TYPE, value: object })
  }
  const method = (name: string): Fqn => struct.fqn.join(name)
  struct.members.set(
    '__getitem__',
    funcValue(
      metafunc(vm, method('__getitem__'), { min: 2, max: 2 }, ([self, index]) =>
        isSlice(index as MetaArg)
          ? partOf(t, struct, self as MetaArg, index as MetaArg)
          : itemAt(vm, struct, self as MetaArg, index as MetaArg),
      ),
    ),
  )
  struct.members.set(
    '__len__',
    funcValue(metafunc(vm, method('__len__'), { min: 1, max: 1 }, () => constant({ type: I32, value: items.length }))),
  )
  for (const [name, library] of [
    ['__repr__', 'tuple_repr'],
    ['__hash__', 'tuple_hash'],
    ['__lt__', 'tuple_lt'],
    ['__le__', 'tuple_le'],
    ['__gt__', 'tuple_gt'],
    ['__ge__', 'tuple_ge'],
  ] as const) {
    const count = name === '__repr__' || name === '__hash__' ? 1 : 2
    const choose = metafunc(vm, method(name), { min: count, max: count }, () =>
      simple(fromLibrary(vm, library, [struct])),
    )
    struct.members.set(name, funcValue(choose))
  }
  const answers = (name: string, operands: number, answer: (args: readonly MetaArg[]) => OpSpec): void => {
    const choose = metafunc(vm, method(name), { min: operands, max: operands }, answer)
    struct.members.set(name, funcValue(choose))
  }
  answers('__contains__', 2, ([self, item]) => contains(vm, struct, self, item))
  answers('count', 2, (args) => search(vm, struct, 'count', args))
  answers('index', 2, (args) => search(vm, struct, 'index', args))
  answers('__fastiter__', 1, () => iterator(vm, struct))
  answers(ITERATOR_OF_ANY, 1, () => simple(fromLibrary(vm, 'tuple_iter', [struct, DYNAMIC])))
  answers(ITEM_AT, 2, () => simple(fromLibrary(vm, 'tuple_item', [struct])))
  answers('__add__', 2, ([self, other]) => joined(t, struct, self as MetaArg, other as MetaArg))
  for (const name of ['__mul__', '__rmul__']) {
    answers(name, 2, ([self, times]) => repeated(t, struct, self as MetaArg, times as MetaArg))
  }
  completeStruct(t, struct, fields, BUILTINS_SPAN)
  return struct
}

/** A function of module `_tuples` for these types. */
function fromLibrary(vm: Vm, name: string, types: readonly SpyType[]): FuncObject {
  const generic = asFunc(vm.evaluator.importModule('_tuples').attributes.get(name))
  const func = generic === undefined ? undefined : asFunc(vm.evaluator.call(generic, types.map(blueType)))
  if (func === undefined) throw new Error(`module _tuples has ${name}`)
  return func
}

/** The type of all items; undefined if they differ, or if there are none. */
function commonItem(struct: StructType): SpyType | undefined {
  const [first, ...rest] = struct.fields
  return first !== undefined && rest.every((field) => field.type === first.type) ? first.type : undefined
}

/** `item in tuple`: all items of one type, which is that of what is looked for. */
function contains(vm: Vm, struct: StructType, self: MetaArg | undefined, item: MetaArg | undefined): OpSpec {
  if (self === undefined || item === undefined) return null
  const [first] = struct.fields
  if (first === undefined) return constant({ type: BOOL, value: false })
  if (commonItem(struct) === undefined) throw typeError("'in' is not supported on heterogeneous tuples", [])
  if (item.type !== first.type) {
    throw typeError("type mismatch: argument is not of the tuple's element type", [])
  }
  return complex(fromLibrary(vm, 'tuple_contains', [struct, item.type]), [self, item])
}

/** `tuple.count(item)`, `tuple.index(item)` */
function search(vm: Vm, struct: StructType, name: 'count' | 'index', args: readonly MetaArg[]): OpSpec {
  if (struct.fields.length === 0 && name === 'count') return constant({ type: I32, value: 0 })
  const item = commonItem(struct)
  if (item === undefined) throw typeError(`'${name}' is not supported on heterogeneous tuples`, [])
  return complex(fromLibrary(vm, `tuple_${name}`, [struct, item]), args)
}

/** Loops that are not unrolled, and functions of iterables, need one type for all items. */
function iterator(vm: Vm, struct: StructType): OpSpec {
  const item = commonItem(struct)
  return item === undefined ? null : simple(fromLibrary(vm, 'tuple_iter', [struct, item]))
}

const readers = new WeakMap<StructType, Map<string, BuiltinFunc>>()

/** `T::__getitem__::get(t)`: reads one item. */
function itemReader(vm: Vm, struct: StructType, field: string): BuiltinFunc {
  let known = readers.get(struct)
  if (known === undefined) {
    known = new Map()
    readers.set(struct, known)
  }
  let func = known.get(field)
  if (func === undefined) {
    const fqn = vm.uniqueFqn(struct.fqn.join('__getitem__').join('get'))
    func = { ...vm.structFuncs.reader(struct, field), fqn }
    vm.addGlobal(fqn, { kind: 'func', func })
    known.set(field, func)
  }
  return func
}

function itemAt(vm: Vm, struct: StructType, self: MetaArg, index: MetaArg): OpSpec {
  if (index.blue === null) throw typeError('tuple index must be blue', [])
  if (index.blue.type !== I32) return null
  const count = struct.fields.length
  const given = index.blue.value as number
  const field = struct.fields[given < 0 ? given + count : given]
  if (field === undefined) {
    throw new SpyError({ class: 'IndexError', message: 'tuple index out of range', annotations: [] })
  }
  return complex(itemReader(vm, struct, field.name), [self])
}

// ------------------------------------------------------------------------------------------ tuples of items of tuples

function tupleType(vm: Vm, items: readonly SpyType[]): StructType {
  const generic = asFunc(vm.modules.get('_tuple')?.attributes.get('tuple'))
  invariant(generic !== undefined, 'module _tuple has the generic tuple')
  return asType(vm.evaluator.call(generic, items.map(blueType))) as StructType
}

/** A tuple of items of `from`, as a call with the operands. */
function pick(t: Typer, name: string, from: readonly StructType[], parts: readonly Part[], args: readonly MetaArg[]) {
  const types = parts.map(({ param, item }) => (from[param] as StructType).fields[item]?.type as SpyType)
  return complex(tupleOf(t, name, from, tupleType(t.vm, types), parts), args)
}

const allOf = (param: number, struct: StructType): readonly Part[] => struct.fields.map((_, item) => ({ param, item }))

/** `a + b` */
function joined(t: Typer, struct: StructType, self: MetaArg, other: MetaArg): OpSpec {
  const { type } = other
  if (type.kind !== 'struct' || !t.vm.isTuple(type)) return null
  return pick(t, '__add__', [struct, type], [...allOf(0, struct), ...allOf(1, type)], [self, other])
}

/** `t * n`: the type of the result has to be known. */
function repeated(t: Typer, struct: StructType, self: MetaArg, times: MetaArg): OpSpec {
  if (times.type !== I32) return null
  if (times.blue === null) throw typeError('tuple repetition must be blue', [])
  const count = Math.max(0, times.blue.value as number)
  if (count * struct.fields.length > MOST_ITEMS) throw typeError('too many items for a tuple', [])
  const parts = Array.from({ length: count }, () => allOf(0, struct)).flat()
  return pick(t, '__mul__', [struct], parts, [self])
}

/** More would be a mistake: each is a field of a type. */
const MOST_ITEMS = 1024

function isSlice(index: MetaArg): boolean {
  return index.type.fqn.text === '_slice::Slice'
}

/** `t[a:b:c]` */
function partOf(t: Typer, struct: StructType, self: MetaArg, index: MetaArg): OpSpec {
  if (index.blue === null) throw typeError('tuple index must be blue', [])
  const indices = t.vm.lookupFunc(index.type, 'indices')
  invariant(indices !== undefined, 'slices have a method indices')
  const count: BlueValue = { type: I32, value: struct.fields.length }
  const bounds = t.vm.evaluator.call(indices, [index.blue, count]).value as StructValue
  const [start, stop, step] = bounds.fields as readonly [number, number, number]
  const parts: Part[] = []
  for (let item = start; step > 0 ? item < stop : item > stop; item += step) parts.push({ param: 0, item })
  return pick(t, '__getitem__', [struct], parts, [self])
}
