/**
 * Attribute access: `value.name` and `value.name = new`.
 */
import type { MetaArg, OpImpl, OpSpec } from '../../objects/dispatch.ts'
import { constant } from '../../objects/dispatch.ts'
import { structLayout } from '../../objects/layout.ts'
import {
  CLASS_FIELD,
  type ClassType,
  I32,
  isClass,
  isSubtype,
  NONE,
  type PtrType,
  type RefType,
  type SpyType,
  STR,
  type StructField,
  TYPE,
} from '../../objects/types.ts'
import type { BlueValue, Cell } from '../../objects/values.ts'
import { blame, SpyError } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import { asBlueObject, MODULE_TYPE, type ModuleObject, PROPERTY_TYPE } from '../vm/objects.ts'
import { asFunc, asType, type Vm } from '../vm/vm.ts'
import { typeError } from './diagnostics.ts'
import { dynamicImpl, isDynamic } from './dynamic.ts'
import { askFunc } from './metafuncs.ts'
import { type Failure, operate, typecheck } from './typecheck.ts'
import { blueType, metatypeOf } from './types.ts'

/** What reading an attribute comes to: an implementation, or a module variable. */
export type AttributeRead =
  | { readonly kind: 'impl'; readonly impl: OpImpl }
  | { readonly kind: 'cell'; readonly cell: Cell }

/** `value.name`; `operands` are the value and the name. */
export function dispatchGetAttr(vm: Vm, value: MetaArg, name: MetaArg, at: Span): AttributeRead {
  if (isDynamic(value)) return { kind: 'impl', impl: dynamicImpl({ kind: 'getAttr' }, [value, name]) }
  let cell: Cell | undefined
  const impl = operate('GETATTR', at, () => {
    const text = blueText(vm, name)
    const found = findAttribute(vm, value, text, name)
    if (found !== null && found.kind === 'cell') {
      cell = found.cell
      return { kind: 'const', value: { type: NONE, value: null } }
    }
    return typecheck(vm, found, [value, name], noAttribute(vm, value, text))
  })
  return cell === undefined ? { kind: 'impl', impl } : { kind: 'cell', cell }
}

/** True if reading the attribute is supported, or, for a method, calling it. */
export function hasAttribute(vm: Vm, value: MetaArg, name: MetaArg): boolean {
  try {
    return findAttribute(vm, value, blueText(vm, name), name) !== null
  } catch (error) {
    const code = error instanceof SpyError ? error.diagnostic.code : undefined
    if (code === ONLY_CALLED) return true
    if (code === ONLY_ON_INSTANCES) return false
    throw error
  }
}

/** Codes of errors that say how else an attribute is used. */
const ONLY_CALLED = 'only-called'
const ONLY_ON_INSTANCES = 'only-on-instances'

function onlyCalled(vm: Vm, owner: SpyType, name: string, value: MetaArg): SpyError {
  return misused(vm, ONLY_CALLED, `method \`${vm.human(owner)}::${name}\` can only be called`, value)
}

function onlyOnInstances(vm: Vm, what: 'field' | 'property', name: string, type: SpyType, value: MetaArg): SpyError {
  const message = `\`${name}\` is a ${what} of \`${vm.human(type)}\`, it can be accessed only on instances`
  return misused(vm, ONLY_ON_INSTANCES, message, value)
}

function misused(vm: Vm, code: string, message: string, value: MetaArg): SpyError {
  const annotations = [blame(`this is \`${vm.human(value.type)}\``, value.span)]
  return new SpyError({ code, class: 'TypeError', message, annotations })
}

function noAttribute(vm: Vm, value: MetaArg, name: string): Failure {
  // The type of a type object is shown, not the object.
  const shown = isSubtype(value.type, TYPE) ? vm.human(value.type) : '{0}'
  return { template: `type \`${shown}\` has no attribute '${name}'`, blame: 'single' }
}

/** The name of an attribute is known at blue time. */
function blueText(vm: Vm, name: MetaArg): string {
  if (name.blue === null) throw typeError('expected blue argument', [blame('this is red', name.span)])
  if (name.blue.type !== STR) {
    throw typeError('mismatched types', [blame(`expected \`str\`, got \`${vm.human(name.blue.type)}\``, name.span)])
  }
  return name.blue.value as string
}

type Found = OpSpec | { readonly kind: 'cell'; readonly cell: Cell }

function findAttribute(vm: Vm, value: MetaArg, name: string, nameArg: MetaArg): Found {
  const { type } = value
  const custom = vm.lookupFunc(type, '__getattribute__')
  if (custom !== undefined) return askFunc(vm, custom, [value, nameArg])
  if (type === MODULE_TYPE) return moduleAttribute(value, name)
  if (isSubtype(type, TYPE)) return typeAttribute(vm, value, name)
  if (type.kind === 'ptr' || type.kind === 'ref') {
    const field = fieldOf(type.item, name)
    if (field !== undefined && !hidesField(vm, type, name)) return readThrough(vm, type, field, value)
    if (type.kind === 'ptr') return null
  }
  if (isClass(type) && name === CLASS_FIELD) return classOfObject(vm, type, value)
  return memberAttribute(vm, value, name) ?? fallback(vm, value, nameArg)
}

function moduleAttribute(value: MetaArg, name: string): Found {
  const object = asBlueObject(value.blue)
  if (object?.what !== 'module') return null
  return attributeOf(object, name)
}

/** A module's attribute as an expression: variables are read, everything else is a constant. */
export function attributeOf(module: ModuleObject, name: string): Found {
  const found = module.attributes.get(name)
  if (found === undefined) return null
  const object = asBlueObject(found)
  return object?.what === 'cell' ? { kind: 'cell', cell: object } : constant(found)
}

/** `T.name`: what the metatype computes, then members of T. */
function typeAttribute(vm: Vm, value: MetaArg, name: string): OpSpec {
  const type = asType(value.blue)
  if (type === undefined) {
    throw new SpyError({
      class: 'WIP',
      message: 'getattr on red types',
      annotations: [blame('this is red', value.span)],
    })
  }
  const computed = computedTypeAttribute(vm, type, name)
  if (computed !== undefined) return constant(computed)
  if (
    fieldOf(isClass(type) ? type.item : type, name) !== undefined &&
    asBlueObject(vm.lookup(type, name))?.what === 'field'
  ) {
    throw onlyOnInstances(vm, 'field', name, type, value)
  }
  const member = vm.lookup(type, name)
  if (member === undefined) return null
  const object = asBlueObject(member)
  if (object?.what === 'descriptor') {
    if (object.type === PROPERTY_TYPE) throw onlyOnInstances(vm, 'property', name, type, value)
    return constant({ type: object.func.type, value: object.func })
  }
  return constant(member)
}

function computedTypeAttribute(vm: Vm, type: SpyType, name: string): BlueValue | undefined {
  switch (name) {
    case '__name__':
      return { type: STR, value: vm.aliases.resolve(type.fqn).symbolName }
    case '__qualname__':
    case '__fqn__':
      return { type: STR, value: vm.human(type) }
    case '__full_fqn__':
      return { type: STR, value: type.fqn.text }
    case '__origin__':
      return type.origin === null ? { type: NONE, value: null } : { type: type.origin.type, value: type.origin }
    case 'NULL':
      return type.kind === 'ptr' ? { type, value: { kind: 'ptr', address: 0, length: 0 } } : undefined
    case 'itemtype':
      return type.kind === 'ptr' || (type.kind === 'ref' && !type.isClass) ? blueType(type.item) : undefined
    default:
      return undefined
  }
}

function memberAttribute(vm: Vm, value: MetaArg, name: string): OpSpec {
  const owner = value.type.kind === 'ref' && !value.type.isClass ? value.type.item : value.type
  const member = vm.lookup(owner, name)
  if (member === undefined) return null
  const object = asBlueObject(member)
  if (object?.what === 'field' && owner.kind === 'struct') {
    return { kind: 'complex', func: vm.structFuncs.reader(owner, name), args: [value] }
  }
  if (object?.what === 'descriptor') {
    if (object.type === PROPERTY_TYPE) {
      const spec = askFunc(vm, object.func, [value])
      return spec?.kind === 'simple' ? { kind: 'complex', func: spec.func, args: [value] } : spec
    }
    return constant({ type: object.func.type, value: object.func })
  }
  const func = asFunc(member)
  if (func !== undefined && func.type.funcKind !== 'generic') {
    throw onlyCalled(vm, owner, name, value)
  }
  const getter = vm.lookupFunc(member.type, '__get__')
  if (getter !== undefined) {
    const descriptor: MetaArg = { color: 'blue', type: member.type, blue: member, span: value.span, symbol: null }
    const spec = askFunc(vm, getter, [descriptor, value])
    return spec?.kind === 'simple' ? { kind: 'complex', func: spec.func, args: [descriptor, value] } : spec
  }
  return constant(member)
}

function fallback(vm: Vm, value: MetaArg, name: MetaArg): OpSpec {
  const func = vm.lookupFunc(value.type, '__getattr__')
  return func === undefined ? null : askFunc(vm, func, [value, name])
}

// ------------------------------------------------------------------------------------------------- through memory

function fieldOf(type: SpyType, name: string): StructField | undefined {
  return type.kind === 'struct' ? type.fields.find((field) => field.name === name) : undefined
}

/** A class below has another attribute in the place of the field. */
function hidesField(vm: Vm, type: PtrType | RefType, name: string): boolean {
  return isClass(type) && asBlueObject(vm.lookup(type, name))?.what !== 'field'
}

/** The class that an object really has. */
export function classOfObject(vm: Vm, type: ClassType, value: MetaArg): OpSpec {
  return readThrough(vm, type, { name: CLASS_FIELD, type: TYPE }, value)
}

function readThrough(vm: Vm, type: PtrType | RefType, field: StructField, value: MetaArg): OpSpec {
  const func = vm.memoryFuncs.getField(type, field.name, field.type)
  return { kind: 'complex', func, args: [value, ...fieldArgs(vm, type, field, value.span)] }
}

/** The arguments that say, in the printed form, which field is meant: its name and its offset in bytes. */
function fieldArgs(vm: Vm, type: PtrType | RefType, field: StructField, span: Span): readonly MetaArg[] {
  const layout = type.item.kind === 'struct' ? structLayout(type.item, vm.options.mode) : undefined
  const offset = layout?.fields.find((candidate) => candidate.name === field.name)?.offset
  if (offset === undefined) throw noLayout(vm, type.item, span)
  return [blueArg({ type: STR, value: field.name }, span), blueArg({ type: I32, value: offset }, span)]
}

export function noLayout(vm: Vm, type: SpyType, span: Span): SpyError {
  if (type.kind === 'struct' && type.state === 'declared') {
    return typeError(`type \`${vm.human(type)}\` is declared but not defined yet`, [
      blame('this is a forward declaration', span),
    ])
  }
  return typeError(`type \`${vm.human(type)}\` has no memory representation`, [
    blame(`this is \`${vm.human(type)}\``, span),
  ])
}

export function blueArg(blue: BlueValue, span: Span): MetaArg {
  return { color: 'blue', type: blue.type, blue, span, symbol: null }
}

export function typeArg(type: SpyType, span: Span): MetaArg {
  return { color: 'blue', type: metatypeOf(type), blue: blueType(type), span, symbol: null }
}

// ---------------------------------------------------------------------------------------------------------- writing

export type AttributeWrite =
  | { readonly kind: 'impl'; readonly impl: OpImpl }
  | { readonly kind: 'cell'; readonly cell: Cell }

/** `value.name = item` */
export function dispatchSetAttr(vm: Vm, value: MetaArg, name: MetaArg, item: MetaArg, at: Span): AttributeWrite {
  if (isDynamic(value)) return { kind: 'impl', impl: dynamicImpl({ kind: 'setAttr' }, [value, name, item]) }
  let cell: Cell | undefined
  const impl = operate('SETATTR', at, () => {
    const text = blueText(vm, name)
    const module = asBlueObject(value.blue)
    if (module?.what === 'module') {
      const target = asBlueObject(module.attributes.get(text))
      if (target?.what === 'cell') {
        cell = target
        return { kind: 'const', value: { type: NONE, value: null } }
      }
    }
    const failure: Failure = {
      template: `type \`{0}\` does not support assignment to attribute '${text}'`,
      blame: 'single',
    }
    return typecheck(vm, findSetter(vm, value, text, name, item), [value, name, item], failure)
  })
  return cell === undefined ? { kind: 'impl', impl } : { kind: 'cell', cell }
}

function findSetter(vm: Vm, value: MetaArg, name: string, nameArg: MetaArg, item: MetaArg): OpSpec {
  const { type } = value
  if (type.kind === 'ptr' || type.kind === 'ref') {
    const field = fieldOf(type.item, name)
    if (field === undefined || name === CLASS_FIELD || hidesField(vm, type, name)) {
      return isClass(type) ? setterOf(vm, value, nameArg, name, item) : null
    }
    const func = vm.memoryFuncs.setField(type, field.name, field.type)
    return { kind: 'complex', func, args: [value, ...fieldArgs(vm, type, field, value.span), item] }
  }
  return setterOf(vm, value, nameArg, name, item)
}

/** `__set__` of the member, or `__setattr__` if there is none of the name. */
function setterOf(vm: Vm, value: MetaArg, nameArg: MetaArg, name: string, item: MetaArg): OpSpec {
  const { type } = value
  const member = vm.lookup(type, name)
  if (member !== undefined) {
    const setter = vm.lookupFunc(member.type, '__set__')
    if (setter === undefined) return null
    const descriptor = blueArg(member, value.span)
    const spec = askFunc(vm, setter, [descriptor, value, item])
    return spec?.kind === 'simple' ? { kind: 'complex', func: spec.func, args: [descriptor, value, item] } : spec
  }
  const func = vm.lookupFunc(type, '__setattr__')
  return func === undefined ? null : askFunc(vm, func, [value, nameArg, item])
}
