/**
 * Objects that exist at blue time only: modules, cells, exceptions, descriptors, and their types.
 */
import { Fqn } from '../../objects/fqn.ts'
import { NONE, OBJECT, type OpaqueType, opaqueType, type SpyType, TYPE } from '../../objects/types.ts'
import type { BlueObject, BlueValue, Cell, FuncObject, Value } from '../../objects/values.ts'
import type { Annotation } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'

const builtin = (name: string): Fqn => Fqn.of('builtins', name)

export const MODULE_TYPE: OpaqueType = opaqueType(Fqn.of('types', 'module'), OBJECT, 'reference')
export const CELL_TYPE: OpaqueType = opaqueType(Fqn.of('types', 'Cell'), OBJECT, 'reference')
export const LOC_TYPE: OpaqueType = opaqueType(Fqn.of('types', 'Loc'), OBJECT, 'value')
export const NOT_IMPLEMENTED_TYPE: OpaqueType = opaqueType(Fqn.of('types', 'NotImplementedType'), OBJECT, 'reference')
export const PROPERTY_TYPE: OpaqueType = opaqueType(builtin('property'), OBJECT, 'reference')
export const STATICMETHOD_TYPE: OpaqueType = opaqueType(builtin('staticmethod'), OBJECT, 'reference')
export const CLASSMETHOD_TYPE: OpaqueType = opaqueType(builtin('classmethod'), OBJECT, 'reference')
/** `@struct` before a class is syntax; anywhere else the name means this type, which nothing has. */
export const STRUCT_MARK_TYPE: OpaqueType = opaqueType(builtin('struct'), OBJECT, 'value')
export const STRUCT_FIELD_TYPE: OpaqueType = opaqueType(Fqn.of('types', 'StructField'), OBJECT, 'value')
export const META_ARG_TYPE: OpaqueType = opaqueType(Fqn.of('operator', 'MetaArg'), OBJECT, 'value')
export const OP_SPEC_TYPE: OpaqueType = opaqueType(Fqn.of('operator', 'OpSpec'), OBJECT, 'reference')
export const OP_IMPL_TYPE: OpaqueType = opaqueType(Fqn.of('operator', 'OpImpl'), OBJECT, 'reference')
export const EMPTY_LIST_TYPE: OpaqueType = opaqueType(Fqn.of('__spy__', 'EmptyListType'), OBJECT, 'reference')
export const EMPTY_DICT_TYPE: OpaqueType = opaqueType(Fqn.of('__spy__', 'EmptyDictType'), OBJECT, 'reference')
export const INTERP_TUPLE_TYPE: OpaqueType = opaqueType(Fqn.of('__spy__', 'interp_tuple'), OBJECT, 'value')

/** Base of `interp_list[T]`: lists of blue time. */
export const INTERP_LIST_TYPE: OpaqueType = opaqueType(Fqn.of('__spy__', 'interp_list'), OBJECT, 'reference')
/** Base of `interp_dict[K, V]`. */
export const INTERP_DICT_TYPE: OpaqueType = opaqueType(Fqn.of('__spy__', 'interp_dict'), OBJECT, 'reference')

/** A module: its attributes in the order in which they were bound. */
export interface ModuleObject extends BlueObject {
  readonly what: 'module'
  readonly name: string
  /** Path of the file; empty for built-in modules. */
  readonly file: string
  /** It belongs to the standard library: errors that it raises are its caller's. */
  readonly isLibrary: boolean
  readonly attributes: Map<string, BlueValue>
}

export function makeModule(name: string, file: string, isLibrary: boolean): ModuleObject {
  return { kind: 'object', type: MODULE_TYPE, what: 'module', name, file, isLibrary, attributes: new Map() }
}

export function makeCell(fqn: Fqn, valueType: SpyType, typeSpan: Span, current: Value): Cell {
  return { kind: 'object', type: CELL_TYPE, what: 'cell', fqn, valueType, typeSpan, current }
}

/** An exception as blue code holds it. */
export interface ExceptionObject extends BlueObject {
  readonly what: 'exception'
  readonly message: string
  readonly annotations: readonly Annotation[]
}

/** `property`, `staticmethod`, `classmethod` around a function. */
export interface DescriptorObject extends BlueObject {
  readonly what: 'descriptor'
  readonly func: FuncObject
}

/** A field in the members of a struct. */
export interface FieldObject extends BlueObject {
  readonly what: 'field'
  readonly name: string
  readonly fieldType: SpyType
}

/** A place in a source text, as an argument that only printed forms show. */
export interface LocObject extends BlueObject {
  readonly what: 'loc'
  readonly span: Span
}

/** Singletons without content: NotImplemented, the empty list and dict displays. */
export interface SingletonObject extends BlueObject {
  readonly what: 'singleton'
}

/** `interp_tuple`: an untyped tuple of blue time; also what `*args` of blue functions receive. */
export interface InterpTupleObject extends BlueObject {
  readonly what: 'interpTuple'
  readonly items: readonly BlueValue[]
}

/** `interp_list[T]`: a mutable list of blue time. */
export interface InterpListObject extends BlueObject {
  readonly what: 'interpList'
  readonly items: BlueValue[]
}

/** `interp_dict[K, V]`: entries in the order in which they were made, by the key of the blue cache. */
export interface InterpDictObject extends BlueObject {
  readonly what: 'interpDict'
  readonly entries: Map<string, { readonly key: BlueValue; value: BlueValue }>
}

/** A MetaArg or an OpSpec as SPy code sees it. */
export interface HostObject extends BlueObject {
  readonly what: 'host'
  readonly host: unknown
}

export type AnyBlueObject =
  | ModuleObject
  | ExceptionObject
  | DescriptorObject
  | FieldObject
  | LocObject
  | SingletonObject
  | InterpTupleObject
  | InterpListObject
  | InterpDictObject
  | HostObject
  | Cell

export const NOT_IMPLEMENTED: SingletonObject = { kind: 'object', type: NOT_IMPLEMENTED_TYPE, what: 'singleton' }
export const EMPTY_LIST: SingletonObject = { kind: 'object', type: EMPTY_LIST_TYPE, what: 'singleton' }
export const EMPTY_DICT: SingletonObject = { kind: 'object', type: EMPTY_DICT_TYPE, what: 'singleton' }

export function makeLoc(span: Span): LocObject {
  return { kind: 'object', type: LOC_TYPE, what: 'loc', span }
}

export function makeDescriptor(type: OpaqueType, func: FuncObject): DescriptorObject {
  return { kind: 'object', type, what: 'descriptor', func }
}

/** The object behind a blue value, if it is one of ours. */
export function asBlueObject(blue: BlueValue | undefined | null): AnyBlueObject | undefined {
  const value = blue?.value
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'object'
    ? (value as AnyBlueObject)
    : undefined
}

/** A value of type `type`, with the metatype that SPy gives it. */
export function typeValue(type: SpyType, metatype: SpyType = TYPE): BlueValue {
  return { type: metatype, value: type }
}

export const NONE_VALUE: BlueValue = { type: NONE, value: null }

// --------------------------------------------------------------------------------------------------- exceptions

/** Name → name of its base, bases first. */
const EXCEPTION_BASES: readonly (readonly [string, string | null])[] = [
  ['Exception', null],
  ['StaticError', 'Exception'],
  ['TypeError', 'StaticError'],
  ['ValueError', 'Exception'],
  ['UnicodeDecodeError', 'ValueError'],
  ['UnicodeEncodeError', 'ValueError'],
  ['OverflowError', 'Exception'],
  ['IndexError', 'Exception'],
  ['KeyError', 'Exception'],
  ['ZeroDivisionError', 'Exception'],
  ['StopIteration', 'Exception'],
  ['AssertionError', 'Exception'],
  ['NotImplementedError', 'Exception'],
  ['OSError', 'Exception'],
  ['ImportError', 'Exception'],
  ['NameError', 'Exception'],
  ['ScopeError', 'Exception'],
  ['ParseError', 'Exception'],
  ['PanicError', 'Exception'],
  ['WIP', 'Exception'],
]

export const EXCEPTION_TYPES: ReadonlyMap<string, OpaqueType> = exceptionTypes()

function exceptionTypes(): Map<string, OpaqueType> {
  const types = new Map<string, OpaqueType>()
  for (const [name, base] of EXCEPTION_BASES) {
    const baseType = base === null ? OBJECT : (types.get(base) as OpaqueType)
    types.set(name, opaqueType(builtin(name), baseType, 'reference'))
  }
  return types
}

/** What a debugger ends a program with. */
export const SPDB_QUIT_TYPE = opaqueType(
  Fqn.of('types', 'SPdbQuit'),
  EXCEPTION_TYPES.get('Exception') as OpaqueType,
  'reference',
)

export function makeException(type: OpaqueType, message: string): ExceptionObject {
  return { kind: 'object', type, what: 'exception', message, annotations: [] }
}

/** `TypeError` and `StaticError`: what lazy mode keeps for run time. */
export function isStaticErrorClass(name: string): boolean {
  return name === 'StaticError' || name === 'TypeError'
}
