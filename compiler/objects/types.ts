/**
 * Types of SPy values, as data: names, inheritance, members. What an operation on them means is decided by
 * machine/dispatch; how big they are by objects/layout.
 *
 * Types are compared by identity. Function, pointer and reference types are interned by the VM that makes them.
 */
import { Fqn } from './fqn.ts'
import type { BlueValue, FuncObject } from './values.ts'

/** Value types compare by value and have no identity; reference types compare by identity. */
export type Storage = 'value' | 'reference'

export type SpyType = ObjectType | PrimitiveType | FuncType | StructType | PtrType | RefType | OpaqueType

/** What every type has. */
interface TypeBase {
  readonly fqn: Fqn
  readonly storage: Storage
  /** Next type of the MRO; null for `object` and `dynamic`. */
  readonly base: SpyType | null
  /** What `T.name` and method calls find, by name. Filled while the type is defined, read-only afterwards. */
  readonly members: Map<string, BlueValue>
  /** The `@blue.generic` function that made it (`T.__origin__`). */
  origin: FuncObject | null
}

/** `object`, `dynamic`: anything, known only by the value itself. Represented boxed, see `BlueValue`. */
export interface ObjectType extends TypeBase {
  readonly kind: 'object' | 'dynamic'
}

export type IntName = 'i8' | 'u8' | 'i32' | 'u32' | 'i64' | 'u64'
export type FloatName = 'f32' | 'f64'
export type PrimitiveName = IntName | FloatName | 'complex128' | 'bool' | 'NoneType' | 'str' | 'bytes'

/** Types whose values the engines represent directly. */
export interface PrimitiveType extends TypeBase {
  readonly kind: 'primitive'
  readonly name: PrimitiveName
}

export type FuncColor = 'red' | 'blue'
export type FuncKind = 'plain' | 'generic' | 'metafunc'
export interface FuncParam {
  readonly type: SpyType
  readonly kind: 'simple' | 'var_positional'
}

/** Types of functions. Parameter names, defaults and FQN do not take part. */
export interface FuncType extends TypeBase {
  readonly kind: 'func'
  readonly color: FuncColor
  readonly funcKind: FuncKind
  readonly params: readonly FuncParam[]
  readonly result: SpyType
}

export interface StructField {
  readonly name: string
  readonly type: SpyType
}

/** `@struct` classes: immutable values with fields, laid out as C does. */
export interface StructType extends TypeBase {
  readonly kind: 'struct'
  /** Declared first, defined when its class statement runs; fields are empty until then. */
  state: 'declared' | 'defined'
  fields: readonly StructField[]
}

/** raw: memory managed by hand; gc: memory managed by the collector. */
export type MemoryKind = 'raw' | 'gc'

/** `raw_ptr[T]`, `gc_ptr[T]`: address of an array of T, null included. */
export interface PtrType extends TypeBase {
  readonly kind: 'ptr'
  readonly memory: MemoryKind
  readonly item: SpyType
}

/** `raw_ref[T]`, `gc_ref[T]`: address of one T inside memory, never null. Laid out as the pointer to T. */
export interface RefType extends TypeBase {
  readonly kind: 'ref'
  readonly memory: MemoryKind
  readonly item: SpyType
  readonly isClass: boolean
}

/**
 * Classes without `@struct`: references to mutable objects on the gc heap. `item` is the struct that an object is in
 * memory: its class, the fields of the base, its own fields.
 */
export interface ClassType extends RefType {
  readonly isClass: true
  readonly memory: 'gc'
  readonly item: StructType
  /** `object`, until the class statement has run. */
  base: SpyType
}

export function isClass(type: SpyType): type is ClassType {
  return type.kind === 'ref' && type.isClass
}

/** Types whose values exist at blue time only: `type`, modules, exceptions, meta arguments, descriptors. */
export interface OpaqueType extends TypeBase {
  readonly kind: 'opaque'
}

export function typeMembers(): Map<string, BlueValue> {
  return new Map()
}

function builtinType<K extends ObjectType['kind'] | 'opaque'>(
  kind: K,
  fqn: Fqn,
  base: SpyType | null,
  storage: Storage,
) {
  return { kind, fqn, base, storage, members: typeMembers(), origin: null }
}

function primitive(name: PrimitiveName, fqn: Fqn, storage: Storage = 'value'): PrimitiveType {
  return { kind: 'primitive', name, fqn, base: OBJECT, storage, members: typeMembers(), origin: null }
}

/** A blue-only type under `base`. */
export function opaqueType(fqn: Fqn, base: SpyType, storage: Storage): OpaqueType {
  return builtinType('opaque', fqn, base, storage)
}

const builtin = (name: string): Fqn => Fqn.of('builtins', name)

export const OBJECT: ObjectType = builtinType('object', builtin('object'), null, 'reference')
export const DYNAMIC: ObjectType = builtinType('dynamic', builtin('dynamic'), null, 'reference')
export const TYPE: OpaqueType = opaqueType(builtin('type'), OBJECT, 'reference')
/** Metatype of structs. */
export const STRUCT_TYPE: OpaqueType = opaqueType(Fqn.of('types', 'StructType'), TYPE, 'reference')
/** Metatype of function types. */
export const FUNC_METATYPE: OpaqueType = opaqueType(builtin('functype'), TYPE, 'reference')
export const RAW_PTR_METATYPE: OpaqueType = opaqueType(Fqn.of('unsafe', 'rawptrtype'), TYPE, 'reference')
export const RAW_REF_METATYPE: OpaqueType = opaqueType(Fqn.of('unsafe', 'rawreftype'), TYPE, 'reference')
export const GC_PTR_METATYPE: OpaqueType = opaqueType(Fqn.of('unsafe', 'gcptrtype'), TYPE, 'reference')
export const GC_REF_METATYPE: OpaqueType = opaqueType(Fqn.of('unsafe', 'gcreftype'), TYPE, 'reference')

export const I8: PrimitiveType = primitive('i8', builtin('i8'))
export const U8: PrimitiveType = primitive('u8', builtin('u8'))
export const I32: PrimitiveType = primitive('i32', builtin('i32'))
export const U32: PrimitiveType = primitive('u32', builtin('u32'))
export const I64: PrimitiveType = primitive('i64', builtin('i64'))
export const U64: PrimitiveType = primitive('u64', builtin('u64'))
export const F32: PrimitiveType = primitive('f32', builtin('f32'))
export const F64: PrimitiveType = primitive('f64', builtin('f64'))
export const COMPLEX128: PrimitiveType = primitive('complex128', builtin('complex128'))
export const BOOL: PrimitiveType = primitive('bool', builtin('bool'))
export const STR: PrimitiveType = primitive('str', builtin('str'))
export const BYTES: PrimitiveType = primitive('bytes', builtin('bytes'))
export const NONE: PrimitiveType = primitive('NoneType', Fqn.of('types', 'NoneType'), 'reference')

/** Every primitive type by its name; the type of the table demands all rows. */
export const PRIMITIVE_TYPES: Readonly<Record<PrimitiveName, PrimitiveType>> = {
  i8: I8,
  u8: U8,
  i32: I32,
  u32: U32,
  i64: I64,
  u64: U64,
  f32: F32,
  f64: F64,
  complex128: COMPLEX128,
  bool: BOOL,
  NoneType: NONE,
  str: STR,
  bytes: BYTES,
}

export interface IntInfo {
  readonly bits: 8 | 32 | 64
  readonly signed: boolean
}

export const INT_TYPES: Readonly<Record<IntName, IntInfo>> = {
  i8: { bits: 8, signed: true },
  u8: { bits: 8, signed: false },
  i32: { bits: 32, signed: true },
  u32: { bits: 32, signed: false },
  i64: { bits: 64, signed: true },
  u64: { bits: 64, signed: false },
}

export function intInfo(type: SpyType): IntInfo | undefined {
  return type.kind === 'primitive' && type.name in INT_TYPES ? INT_TYPES[type.name as IntName] : undefined
}

/** A struct that is declared, to be completed by `defineStruct`. */
export function declareStruct(fqn: Fqn): StructType {
  return {
    kind: 'struct',
    fqn,
    base: OBJECT,
    storage: 'value',
    members: typeMembers(),
    origin: null,
    state: 'declared',
    fields: [],
  }
}

export function defineStruct(type: StructType, fields: readonly StructField[]): void {
  type.fields = fields
  type.state = 'defined'
}

/** A pointer type; callers intern it. */
export function makePtrType(memory: MemoryKind, item: SpyType): PtrType {
  const fqn = Fqn.of('unsafe').join(`${memory}_ptr`, [item.fqn])
  return { kind: 'ptr', memory, item, fqn, base: OBJECT, storage: 'value', members: typeMembers(), origin: null }
}

/** A reference type; callers intern it. */
export function makeRefType(memory: MemoryKind, item: SpyType): RefType {
  const fqn = Fqn.of('unsafe').join(`${memory}_ref`, [item.fqn])
  const base = OBJECT
  const members = typeMembers()
  return { kind: 'ref', memory, item, isClass: false, fqn, base, storage: 'reference', members, origin: null }
}

/** The first field of every object: its class. */
export const CLASS_FIELD = '__class__'

/** A heap class that is declared; its `item` is completed by `defineStruct`. */
export function declareClassType(fqn: Fqn): ClassType {
  return {
    kind: 'ref',
    isClass: true,
    memory: 'gc',
    item: declareStruct(fqn.join('__fields__')),
    fqn,
    base: OBJECT,
    storage: 'reference',
    members: typeMembers(),
    origin: null,
  }
}

const FUNC_FQN_NAMES: Readonly<Record<FuncColor, Readonly<Record<FuncKind, string>>>> = {
  red: { plain: 'def', generic: 'def', metafunc: 'def' },
  blue: { plain: 'blue.def', generic: 'blue.generic.def', metafunc: 'blue.metafunc.def' },
}

/** FQN of a function type: `builtins::def[P1, ..., R]`. Equal function types have equal FQNs, and are interned by it. */
export function funcTypeFqn(color: FuncColor, kind: FuncKind, params: readonly FuncParam[], result: SpyType): Fqn {
  const quals = params.map((param) =>
    param.kind === 'simple' ? param.type.fqn : Fqn.of('builtins').join('__varargs__', [param.type.fqn]),
  )
  return Fqn.of('builtins').join(FUNC_FQN_NAMES[color][kind], [...quals, result.fqn])
}

/** A function type; callers intern it. */
export function makeFuncType(
  color: FuncColor,
  funcKind: FuncKind,
  params: readonly FuncParam[],
  result: SpyType,
): FuncType {
  return {
    kind: 'func',
    color,
    funcKind,
    params,
    result,
    fqn: funcTypeFqn(color, funcKind, params, result),
    base: OBJECT,
    storage: 'reference',
    members: typeMembers(),
    origin: null,
  }
}

const sharedFuncTypes = new Map<string, FuncType>()

/**
 * A function type over types that all programs share (primitive types, `object`, `dynamic`), interned once for all.
 * Undefined if another type takes part: then the VM interns it.
 */
export function sharedFuncType(
  color: FuncColor,
  funcKind: FuncKind,
  params: readonly FuncParam[],
  result: SpyType,
): FuncType | undefined {
  const isShared = (type: SpyType): boolean => type.kind === 'primitive' || isBoxed(type)
  if (!isShared(result) || !params.every((param) => isShared(param.type))) return undefined
  const key = funcTypeFqn(color, funcKind, params, result).text
  const known = sharedFuncTypes.get(key)
  if (known !== undefined) return known
  const made = makeFuncType(color, funcKind, params, result)
  sharedFuncTypes.set(key, made)
  return made
}

/** The type itself, its base, and so on up to `object`. */
export function* mro(type: SpyType): Iterable<SpyType> {
  for (let t: SpyType | null = type; t !== null; t = t.base) yield t
}

/** Everything is below `dynamic`; otherwise `sub` must have `sup` among its bases. */
export function isSubtype(sub: SpyType, sup: SpyType): boolean {
  if (sup === DYNAMIC || sub === sup) return true
  for (const t of mro(sub)) if (t === sup) return true
  return false
}

/** Nearest common base: the item type of list and dict displays, the ground on which identity is compared. */
export function unionType(a: SpyType, b: SpyType): SpyType {
  if (isSubtype(a, b)) return b
  if (isSubtype(b, a)) return a
  return unionType(a.base ?? OBJECT, b.base ?? OBJECT)
}

/** The member `name` of the type or the nearest base that has it. */
export function lookupMember(type: SpyType, name: string): BlueValue | undefined {
  for (const t of mro(type)) {
    const found = t.members.get(name)
    if (found !== undefined) return found
  }
  return undefined
}

/** Values of these types carry their dynamic type with them at run time. */
export function isBoxed(type: SpyType): type is ObjectType {
  return type.kind === 'object' || type.kind === 'dynamic'
}
