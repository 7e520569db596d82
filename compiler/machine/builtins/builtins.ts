/**
 * Module `builtins`: the names that every module sees, and `operator`, `types`.
 */

import { PRIMITIVE_FUNCS } from '../../objects/builtin-funcs.ts'
import { type ArgSpec, complex, constant, type MetaArg, type OpImpl, type OpSpec } from '../../objects/dispatch.ts'
import { Fqn } from '../../objects/fqn.ts'
import { FLOAT_NAMES, INT_NAMES } from '../../objects/primitives.ts'
import {
  BOOL,
  BYTES,
  COMPLEX128,
  DYNAMIC,
  I32,
  NONE,
  OBJECT,
  PRIMITIVE_TYPES,
  type SpyType,
  STR,
  STRUCT_TYPE,
  TYPE,
} from '../../objects/types.ts'
import type { BuiltinFunc } from '../../objects/values.ts'
import { blueArg, dispatchGetAttr, dispatchSetAttr, hasAttribute } from '../dispatch/attributes.ts'
import { noSuchOperation, typeError } from '../dispatch/diagnostics.ts'
import { dynamicFunc } from '../dispatch/dynamic.ts'
import { OBJECT_IS, OBJECT_IS_NOT } from '../dispatch/identity.ts'
import { askFunc } from '../dispatch/metafuncs.ts'
import { RAISE } from '../dispatch/raise.ts'
import { blueType } from '../dispatch/types.ts'
import { BYTES_GET_ITEM, BYTES_METHODS, BYTES_OPERATORS } from '../vm/bytes-funcs.ts'
import {
  CELL_TYPE,
  CLASSMETHOD_TYPE,
  EXCEPTION_TYPES,
  LOC_TYPE,
  META_ARG_TYPE,
  MODULE_TYPE,
  makeDescriptor,
  NOT_IMPLEMENTED,
  NOT_IMPLEMENTED_TYPE,
  OP_IMPL_TYPE,
  OP_SPEC_TYPE,
  PROPERTY_TYPE,
  SPDB_QUIT_TYPE,
  STATICMETHOD_TYPE,
  STRUCT_MARK_TYPE,
} from '../vm/objects.ts'
import { CHR, HASH_STR, ORD_STR, STR_GET_ITEM, STR_METHODS, STRING_OPERATORS } from '../vm/string-funcs.ts'
import { asFunc, type Vm } from '../vm/vm.ts'
import { addComplexMembers } from './complex.ts'
import { addConstructors } from './constructors.ts'
import { addFunc, addMember, addType, metafunc, plainBlue } from './define.ts'
import { listNames } from './dir.ts'
import { HASH_FUNCS, hashOf } from './hashing.ts'
import { identityOf } from './identity.ts'
import { idOf } from './object-ids.ts'
import { addOperators } from './operators.ts'
import { reprOf } from './text.ts'
import { typeTests } from './type-tests.ts'

export function addBuiltins(vm: Vm): void {
  const module = vm.addModule('builtins', '', true)
  for (const type of Object.values(PRIMITIVE_TYPES)) if (type !== NONE) addType(vm, module, type)
  for (const type of [OBJECT, TYPE, DYNAMIC]) addType(vm, module, type)
  for (const type of [PROPERTY_TYPE, STATICMETHOD_TYPE, CLASSMETHOD_TYPE, STRUCT_MARK_TYPE]) addType(vm, module, type)
  for (const type of EXCEPTION_TYPES.values()) addType(vm, module, type)
  for (const [alias, type] of [
    ['int', I32],
    ['float', PRIMITIVE_TYPES.f64],
    ['complex', COMPLEX128],
  ] as const) {
    module.attributes.set(alias, blueType(type))
  }
  module.attributes.set('None', { type: NONE, value: null })
  module.attributes.set('True', { type: BOOL, value: true })
  module.attributes.set('False', { type: BOOL, value: false })
  module.attributes.set('NotImplemented', { type: NOT_IMPLEMENTED_TYPE, value: NOT_IMPLEMENTED })
  for (const func of [...builtinFunctions(vm), ...typeTests(vm)]) addFunc(vm, module, func)
  for (const func of [ORD_STR, CHR, HASH_STR, ...HASH_FUNCS]) addFunc(vm, module, func)
  addConstructors(vm)
  addDescriptors(vm)
  addStringMembers(vm)
  addBytesMembers(vm)
  for (const name of INT_NAMES) {
    const members = { module: '_numbers', dunders: new Set<string>(), generic: 'int_methods' }
    vm.libraryMembers.set(PRIMITIVE_TYPES[name], members)
  }
  for (const name of FLOAT_NAMES) {
    const members = { module: '_numbers', dunders: new Set<string>(), generic: 'float_methods' }
    vm.libraryMembers.set(PRIMITIVE_TYPES[name], members)
  }
  addComplexMembers(vm)
}

export function addOperator(vm: Vm): void {
  const module = vm.addModule('operator', '', true)
  for (const func of PRIMITIVE_FUNCS.values()) if (func.fqn.module === 'operator') addFunc(vm, module, func)
  for (const func of [...STRING_OPERATORS.values(), ...BYTES_OPERATORS.values()]) addFunc(vm, module, func)
  for (const func of [OBJECT_IS, OBJECT_IS_NOT, RAISE]) addFunc(vm, module, func)
  for (const type of [META_ARG_TYPE, OP_SPEC_TYPE, OP_IMPL_TYPE]) addType(vm, module, type)
  addOperators(vm, module)
}

export function addTypes(vm: Vm): void {
  const module = vm.addModule('types', '', true)
  for (const type of [NONE, NOT_IMPLEMENTED_TYPE, MODULE_TYPE, STRUCT_TYPE, LOC_TYPE, CELL_TYPE, SPDB_QUIT_TYPE]) {
    addType(vm, module, type)
  }
}

// -------------------------------------------------------------------------------------------------------- functions

const one = { min: 1, max: 1 }
const named = (name: string): Fqn => Fqn.of('builtins', name)

function builtinFunctions(vm: Vm): readonly BuiltinFunc[] {
  return [
    // Calls of `print` are unfolded where they stand; as a value it is a metafunction that answers nothing.
    metafunc(vm, named('print'), { min: 0, max: Number.POSITIVE_INFINITY }, () => null),
    metafunc(vm, named('len'), one, ([x]) => lengthOf(vm, x as MetaArg)),
    metafunc(vm, named('repr'), one, ([x]) => reprOf(vm, x as MetaArg)),
    metafunc(vm, named('hash'), one, ([x]) => hashOf(vm, x as MetaArg)),
    metafunc(vm, named('id'), one, ([x]) => idOf(vm, x as MetaArg)),
    metafunc(vm, named('dir'), one, ([x]) => listNames(vm, x as MetaArg)),
    metafunc(vm, named('ord'), one, ([x]) => ordinalOf(vm, x as MetaArg)),
    metafunc(vm, named('STATIC_TYPE'), one, ([x]) => constant(blueType((x as MetaArg).type))),
    metafunc(vm, named('getattr'), { min: 2, max: 3 }, ([x, name, otherwise]) =>
      getAttribute(vm, x as MetaArg, name as MetaArg, otherwise),
    ),
    metafunc(vm, named('hasattr'), { min: 2, max: 2 }, ([x, name]) =>
      x?.type === DYNAMIC
        ? complex(dynamicFunc({ kind: 'hasAttr' }, 2), [x, name as MetaArg])
        : constant({ type: BOOL, value: hasAttribute(vm, x as MetaArg, name as MetaArg) }),
    ),
    metafunc(vm, named('setattr'), { min: 3, max: 3 }, ([x, name, value]) =>
      setAttribute(vm, x as MetaArg, name as MetaArg, value as MetaArg),
    ),
  ]
}

function lengthOf(vm: Vm, x: MetaArg): OpSpec {
  if (x.type === DYNAMIC) return complex(dynamicFunc({ kind: 'len' }, 1), [x])
  const func = vm.lookupFunc(x.type, '__len__')
  const spec = func === undefined ? null : askFunc(vm, func, [x])
  if (spec === null) throw noSuchOperation(vm, 'cannot call len(`{0}`)', [x], 'single')
  return spec.kind === 'simple' ? complex(spec.func, [x]) : spec
}

function ordinalOf(vm: Vm, x: MetaArg): OpSpec {
  if (x.type === STR) return complex(ORD_STR, [x])
  if (x.type === BYTES) {
    const func = asFunc(vm.evaluator.importModule('_builtins').attributes.get('ord_bytes'))
    return func === undefined ? null : complex(func, [x])
  }
  throw noSuchOperation(vm, 'ord: expected `str` or `bytes`, found `{0}`', [x], 'single')
}

/** The same operation as `x.name`, or the default if there is no such attribute, asked with the arguments of the call. */
function getAttribute(vm: Vm, x: MetaArg, name: MetaArg, otherwise: MetaArg | undefined): OpSpec {
  if (otherwise !== undefined && x.type === DYNAMIC) {
    return complex(dynamicFunc({ kind: 'getAttrOr' }, 3), [x, name, otherwise])
  }
  if (otherwise !== undefined && !hasAttribute(vm, x, name)) {
    return complex(identityOf(vm, otherwise.type), [otherwise])
  }
  const read = dispatchGetAttr(vm, x, name, name.span)
  if (read.kind === 'cell') throw typeError('getattr of a module variable must be written as an attribute', [])
  return specOf(read.impl, [x, name])
}

/** What has been decided about `operands`, as an answer that names them. */
function specOf(impl: OpImpl, operands: readonly MetaArg[]): OpSpec {
  switch (impl.kind) {
    case 'const':
      return constant(impl.value)
    case 'call':
      return complex(
        impl.func,
        impl.args.map((arg) => namedArg(arg, operands)),
      )
    case 'indirect':
      return null
  }
}

/** Conversions are found again when the answer is checked. */
function namedArg(arg: ArgSpec, operands: readonly MetaArg[]): MetaArg {
  switch (arg.kind) {
    case 'operand':
      return operands[arg.index] as MetaArg
    case 'const':
      return blueArg(arg.value, arg.span)
    case 'convert':
      return namedArg(arg.arg, operands)
  }
}

function setAttribute(vm: Vm, x: MetaArg, name: MetaArg, value: MetaArg): OpSpec {
  const write = dispatchSetAttr(vm, x, name, value, name.span)
  if (write.kind === 'cell') throw typeError('setattr of a module variable must be written as an assignment', [])
  return specOf(write.impl, [x, name, value])
}

/** `property`, `staticmethod`, `classmethod` as decorators. */
function addDescriptors(vm: Vm): void {
  for (const type of [PROPERTY_TYPE, STATICMETHOD_TYPE, CLASSMETHOD_TYPE]) {
    const make = plainBlue(vm, type.fqn.join('__new__'), 'plain', [['f', DYNAMIC]], type, ([value]) => {
      const func = asFunc(value)
      if (func === undefined) throw typeError(`${type.fqn.last.name} takes a function`, [])
      return { type, value: makeDescriptor(type, func) }
    })
    addMember(vm, type, '__new__', make)
  }
}

/** They come with tables of all characters. */
const METHODS_OF_LETTERS: ReadonlySet<string> = new Set([
  ...['upper', 'lower', 'casefold', 'swapcase', 'capitalize', 'title'],
  ...['isupper', 'islower', 'istitle', 'isalpha', 'isalnum', 'isdecimal', 'isdigit', 'isnumeric'],
  ...['isprintable', 'isidentifier'],
])

function addStringMembers(vm: Vm): void {
  vm.libraryMembers.set(STR, {
    module: '_str',
    dunders: new Set(['__fastiter__', '__rmul__']),
    elsewhere: { module: '_letters', names: METHODS_OF_LETTERS },
  })
  for (const [name, func] of STR_METHODS) addMember(vm, STR, name, func)
  const getItem = metafunc(vm, Fqn.of('_str', 'methods', '__getitem__'), { min: 2, max: 2 }, ([s, i]) =>
    indexString(vm, s as MetaArg, i as MetaArg),
  )
  addMember(vm, STR, '__getitem__', getItem)
}

function addBytesMembers(vm: Vm): void {
  vm.libraryMembers.set(BYTES, { module: '_bytes', dunders: new Set(['__contains__', '__fastiter__', '__rmul__']) })
  for (const [name, func] of BYTES_METHODS) addMember(vm, BYTES, name, func)
  // As methods, they are found for every right operand, which then has to be bytes.
  for (const op of ['eq', 'ne']) {
    const func = BYTES_OPERATORS.get(`bytes ${op} bytes`)
    if (func !== undefined) addMember(vm, BYTES, `__${op}__`, func)
  }
  const getItem = metafunc(vm, Fqn.of('_bytes', 'methods', '__getitem__'), { min: 2, max: 2 }, ([b, i]) => {
    if (i === undefined || b === undefined) return null
    if (!isSlice(i.type)) return complex(BYTES_GET_ITEM, [b, i])
    const slice = asFunc(vm.evaluator.importModule('_bytes').attributes.get('_getitem_slice'))
    return slice === undefined ? null : complex(slice, [b, i])
  })
  addMember(vm, BYTES, '__getitem__', getItem)
}

/** `s[i]`; a slice is handled by the library. */
function indexString(vm: Vm, s: MetaArg, i: MetaArg): OpSpec {
  if (i.type === I32) return complex(STR_GET_ITEM, [s, i])
  if (isSlice(i.type)) {
    const slice = asFunc(vm.evaluator.importModule('_str').attributes.get('_getitem_slice'))
    return slice === undefined ? null : complex(slice, [s, i])
  }
  return null
}

function isSlice(type: SpyType): boolean {
  return type.fqn.text === '_slice::Slice'
}
