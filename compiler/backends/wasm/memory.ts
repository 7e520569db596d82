/**
 * Pointers and references: allocation, items, fields. In debug builds a pointer is (address, length), and every access
 * through one is checked; references have been checked when they were made.
 */

import type { RuntimeFunctionName } from '../../../src/runtime/abi/functions.ts'
import { holdsGcPointers } from '../../objects/gc-pointers.ts'
import type { MemoryIntrinsic } from '../../objects/intrinsics.ts'
import { type FieldLayout, layoutOf, placeAtPath, structLayout } from '../../objects/layout.ts'
import { isClass, type PtrType, type RefType, type SpyType, type StructType, U32 } from '../../objects/types.ts'
import { invariant, unreachable } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { Call, TypedExpr } from '../../typed/tree.ts'
import { emitBulk } from './bulk.ts'
import type { FunctionContext, Place, Source } from './context.ts'
import { noMemoryForm } from './diagnostics.ts'
import { fieldPlaceKind } from './effects.ts'
import type { PointerAccess } from './panics.ts'
import { argument, bind, bindPart, popToTemporary, push, release } from './sources.ts'

type IntrinsicOf<K extends MemoryIntrinsic['kind']> = Extract<MemoryIntrinsic, { readonly kind: K }>

/** Emit the access and leave parts [from, to) of its value on the stack. */
export function emitMemory(
  on: FunctionContext,
  call: Call,
  intrinsic: MemoryIntrinsic,
  from: number,
  to: number,
): void {
  const taken: number[] = []
  switch (intrinsic.kind) {
    case 'ptrAlloc':
      emitAlloc(on, call, intrinsic.ptr, from, to, taken)
      break
    case 'ptrGetItem': {
      const place = itemPlace(on, call, intrinsic.ptr, [], taken)
      if (intrinsic.byRef) pushReference(on, place, from, to)
      else loadParts(on, intrinsic.ptr.item, place, from, to)
      break
    }
    case 'ptrGetField': {
      const { place, type } = fieldPlace(on, call, intrinsic, [], taken)
      if (intrinsic.byRef) pushReference(on, place, from, to)
      else if (isFollowed(on, intrinsic, type)) {
        const { of, field } = intrinsic
        invariant(of.item.kind === 'struct', 'fields belong to structs')
        loadKnownParts(on, type, place, fieldPlaceKind(of.item, field), from, to)
      } else loadParts(on, type, place, from, to)
      break
    }
    case 'ptrSetItem':
      emitSetItem(on, call, intrinsic.ptr, taken)
      break
    case 'ptrSetField':
      emitSetField(on, call, intrinsic, taken)
      break
    case 'refDeref':
      loadParts(on, intrinsic.ref.item, placeOf(on, argument(call, 0), [], taken), from, to)
      break
    case 'fieldIsSet': {
      const { base, offset } = placeOf(on, argument(call, 0), [], taken)
      const field = placeAtPath(intrinsic.of.item as StructType, intrinsic.path, on.program.shapes.mode)
      loadParts(on, U32, { base, offset: offset + field.offset }, 0, 1)
      on.code.i32(0)
      on.code.op('i32.ne')
      if (to === from) on.code.drop()
      break
    }
    case 'addressOf':
      on.emit(argument(call, 0), 0, to > from ? 1 : 0)
      break
    case 'reinterpret':
      on.emit(argument(call, 0), from, to)
      break
    case 'ptrCompare':
      on.emit(argument(call, 0), 0, 1)
      on.emit(argument(call, 1), 0, 1)
      on.code.op(`i32.${intrinsic.op}`)
      if (to === from) on.code.drop()
      break
    case 'ptrToBool':
      on.emit(argument(call, 0), 0, 1)
      on.code.i32(0)
      on.code.op('i32.ne')
      if (to === from) on.code.drop()
      break
    case 'ptrBulk':
      emitBulk(on, call, intrinsic, taken)
      if (intrinsic.op.startsWith('cmp') && to === from) on.code.drop()
      break
    default:
      unreachable(intrinsic)
  }
  release(on, taken)
}

/** Bytes of one item. */
export function sizeOf(on: FunctionContext, type: SpyType, span: Span): number {
  const layout = layoutOf(type, on.program.shapes.mode)
  return layout === undefined ? noMemoryForm(on.program.program.humanName(type.fqn), span) : layout.size
}

function emitAlloc(on: FunctionContext, call: Call, ptr: PtrType, from: number, to: number, taken: number[]): void {
  const count = bindPart(on, argument(call, 0), 0, [], taken)
  push(on, count)
  on.code.i32(sizeOf(on, ptr.item, call.span))
  const alloc = allocator(on, ptr)
  if (alloc !== 'spy_raw_alloc') push(on, on.program.image.pointerMap(ptr.item))
  on.program.panics.pushPlace(on, call.span)
  on.code.call(on.program.runtime.function(alloc))
  if (from > 0 || to === 0) on.code.drop()
  if (to === 2) push(on, count)
}

/** Raw memory that holds gc pointers is a root. */
function allocator(on: FunctionContext, { memory, item }: PtrType): RuntimeFunctionName {
  if (memory === 'gc') return 'spy_gc_alloc'
  const isRoot = on.program.collector !== undefined && holdsGcPointers(item)
  return isRoot ? 'spy_raw_alloc_mapped' : 'spy_raw_alloc'
}

// ---------------------------------------------------------------------------------------------------------- places

/** Where a reference points. References that are made here need no address of their own. */
function placeOf(on: FunctionContext, ref: TypedExpr, later: readonly TypedExpr[], taken: number[]): Place {
  if (ref.kind === 'Call' && ref.func.origin === 'builtin') {
    const { intrinsic } = ref.func
    if (intrinsic.kind === 'ptrGetItem' && intrinsic.byRef) return itemPlace(on, ref, intrinsic.ptr, later, taken)
    if (intrinsic.kind === 'ptrGetField' && intrinsic.byRef) return fieldPlace(on, ref, intrinsic, later, taken).place
  }
  return { base: bindPart(on, ref, 0, later, taken), offset: 0 }
}

/** `later` are evaluated before the item is used. */
function itemPlace(on: FunctionContext, call: Call, ptr: PtrType, later: readonly TypedExpr[], taken: number[]): Place {
  const pointer = bind(on, argument(call, 0), [argument(call, 1), ...later], taken)
  const index = bindPart(on, argument(call, 1), 0, later, taken)
  return checkedItem(on, ptr, pointer, index, 'getitem', call.span, taken)
}

/** The place of item `index`, after the check of debug builds. */
function checkedItem(
  on: FunctionContext,
  ptr: PtrType,
  pointer: readonly Source[],
  index: Source,
  access: PointerAccess,
  span: Span,
  taken: number[],
): Place {
  const [address, length] = pointer
  invariant(address !== undefined, 'a pointer has an address')
  const size = sizeOf(on, ptr.item, span)
  if (length !== undefined) checkIndex(on, address, index, length, access, span)
  if (index.kind === 'i32' && index.value >= 0 && index.value * size < 2 ** 31) {
    return { base: address, offset: index.value * size }
  }
  push(on, address)
  push(on, index)
  scale(on, size)
  on.code.op('i32.add')
  return { base: popToTemporary(on, 'i32', taken), offset: 0 }
}

/** One unsigned comparison finds NULL, whose length is 0, too; which of the two it was is found out afterwards. */
function checkIndex(
  on: FunctionContext,
  address: Source,
  index: Source,
  length: Source,
  access: PointerAccess,
  span: Span,
): void {
  const { code } = on
  if (index.kind === 'i32' && length.kind === 'i32' && index.value >>> 0 < length.value >>> 0) return
  if (on.checks?.isKnown(index, length)) return
  if (index.kind === 'i32' && index.value === 0) {
    push(on, length)
    code.op('i32.eqz')
  } else {
    push(on, index)
    push(on, length)
    code.op('i32.ge_u')
  }
  code.if()
  push(on, address)
  push(on, index)
  push(on, length)
  on.program.panics.pointer(on, access, span)
  code.end()
  on.checks?.passed(index, length)
}

/** Items to bytes: multiply what is on the stack. */
export function scale(on: FunctionContext, size: number): void {
  if (size === 1) return
  const shift = Math.log2(size)
  const isPower = Number.isInteger(shift)
  on.code.i32(isPower ? shift : size)
  on.code.op(isPower ? 'i32.shl' : 'i32.mul')
}

interface FieldPlace {
  readonly place: Place
  readonly type: SpyType
}

/** `later` are evaluated before the field is used. */
function fieldPlace(
  on: FunctionContext,
  call: Call,
  intrinsic: IntrinsicOf<'ptrGetField'>,
  later: readonly TypedExpr[],
  taken: number[],
): FieldPlace {
  const field = fieldLayout(on, intrinsic, call.span)
  const owner = ownerPlace(on, argument(call, 0), intrinsic.of, later, taken)
  checkField(on, owner, call.span)
  return { place: { base: owner.base, offset: owner.offset + field.offset }, type: field.type }
}

function fieldLayout(
  on: FunctionContext,
  { of, field }: IntrinsicOf<'ptrGetField' | 'ptrSetField'>,
  span: Span,
): FieldLayout {
  invariant(of.item.kind === 'struct', 'fields belong to structs')
  const found = structLayout(of.item, on.program.shapes.mode)?.fields.find(({ name }) => name === field)
  return found ?? noMemoryForm(on.program.program.humanName(of.item.fqn), span)
}

interface OwnerPlace extends Place {
  /** Of pointers in debug builds, which are still to be checked. */
  readonly length?: Source | undefined
}

function ownerPlace(
  on: FunctionContext,
  owner: TypedExpr,
  type: PtrType | RefType,
  later: readonly TypedExpr[],
  taken: number[],
): OwnerPlace {
  if (type.kind === 'ref') return placeOf(on, owner, later, taken)
  const [address, length] = bind(on, owner, later, taken)
  invariant(address !== undefined, 'a pointer has an address')
  return { base: address, offset: 0, length }
}

/** `p.f` is checked as `p[0].f`. */
function checkField(on: FunctionContext, owner: OwnerPlace, span: Span): void {
  if (owner.length === undefined) return
  checkIndex(on, owner.base, { kind: 'i32', value: 0 }, owner.length, 'getfield', span)
}

// ------------------------------------------------------------------------------------------------ loads and stores

function pushBase(on: FunctionContext, { base }: Place): void {
  // The offset of an address in the image goes into the instruction.
  if (base.kind === 'image') on.code.globalGet(on.program.image.global)
  else push(on, base)
}

function fullOffset({ base, offset }: Place): number {
  return base.kind === 'image' ? base.offset + offset : offset
}

function pushReference(on: FunctionContext, place: Place, from: number, to: number): void {
  if (from === 0 && to > 0) {
    pushBase(on, place)
    const offset = fullOffset(place)
    if (offset !== 0) {
      on.code.i32(offset)
      on.code.op('i32.add')
    }
  }
  if (to === 2) on.code.i32(1)
}

/** Load parts [from, to) of a value. */
export function loadParts(on: FunctionContext, type: SpyType, place: Place, from: number, to: number): void {
  const offset = fullOffset(place)
  for (const part of on.program.shapes.parts(type).slice(from, to)) {
    invariant(part.offset !== undefined, 'what memory holds has a form in memory')
    pushBase(on, place)
    on.code.load(part.load, offset + part.offset)
  }
  if (on.loads !== undefined) on.loads.latest = []
}

/**
 * Fields of gc memory that is what it seems. Fields that are structs may be written in parts, those of objects through
 * references of other classes.
 */
function isFollowed(on: FunctionContext, { of }: IntrinsicOf<'ptrGetField'>, type: SpyType): boolean {
  if (on.loads === undefined || of.memory === 'raw' || of.item.kind !== 'struct') return false
  return type.kind !== 'struct' && !isClass(of) && on.program.effects.isFollowed(of.item)
}

/** Load parts [from, to) of a value at a place of this kind, if they are not known. */
export function loadKnownParts(
  on: FunctionContext,
  type: SpyType,
  place: Place,
  kind: string,
  from: number,
  to: number,
): void {
  const { loads } = on
  const { base } = place
  if (loads === undefined || (base.kind !== 'local' && base.kind !== 'image')) {
    return loadParts(on, type, place, from, to)
  }
  const offset = fullOffset(place)
  const through = base.kind === 'local' ? loads.through(base.index) : base
  loads.latest = on.program.shapes
    .parts(type)
    .slice(from, to)
    .map((part) => {
      invariant(part.offset !== undefined, 'what memory holds has a form in memory')
      const at = offset + part.offset
      const load = loads.describe(through, at, part.load, part.wasm, kind)
      pushBase(on, place)
      on.code.load(part.load, at)
      loads.read(load)
      return load
    })
}

/** Store parts that are sources. */
export function storeSources(on: FunctionContext, type: SpyType, place: Place, values: readonly Source[]): void {
  const offset = fullOffset(place)
  on.program.shapes.parts(type).forEach((part, index) => {
    const value = values[index]
    invariant(part.offset !== undefined && value !== undefined, 'what memory holds has a form in memory')
    pushBase(on, place)
    push(on, value)
    on.code.store(part.store, offset + part.offset)
  })
}

/** Evaluate a value and store it. */
export function storeValue(on: FunctionContext, type: SpyType, place: Place, value: TypedExpr): void {
  const [only, ...more] = on.program.shapes.parts(type)
  if (only?.offset !== undefined && more.length === 0) {
    pushBase(on, place)
    on.emit(value, 0, 1)
    return on.code.store(only.store, fullOffset(place) + only.offset)
  }
  // The value may be made of what stands there now: all of it is read before anything is written.
  const taken: number[] = []
  storeSources(on, type, place, bind(on, value, [], taken))
  release(on, taken)
}

/** The value comes before the check; one that cannot tell the difference stays where it is. */
function emitSetItem(on: FunctionContext, call: Call, ptr: PtrType, taken: number[]): void {
  const value = argument(call, 2)
  const pointer = bind(on, argument(call, 0), [argument(call, 1), value], taken)
  const index = bindPart(on, argument(call, 1), 0, [value], taken)
  if (on.program.facts.isInert(value)) {
    return storeValue(on, ptr.item, checkedItem(on, ptr, pointer, index, 'store', call.span, taken), value)
  }
  const values = bind(on, value, [], taken)
  storeSources(on, ptr.item, checkedItem(on, ptr, pointer, index, 'store', call.span, taken), values)
}

function emitSetField(on: FunctionContext, call: Call, intrinsic: IntrinsicOf<'ptrSetField'>, taken: number[]): void {
  const value = argument(call, call.args.length - 1)
  const field = fieldLayout(on, intrinsic, call.span)
  const owner = ownerPlace(on, argument(call, 0), intrinsic.of, [value], taken)
  const place = { base: owner.base, offset: owner.offset + field.offset }
  if (on.program.facts.isInert(value)) {
    checkField(on, owner, call.span)
    return storeValue(on, field.type, place, value)
  }
  const values = bind(on, value, [], taken)
  checkField(on, owner, call.span)
  storeSources(on, field.type, place, values)
}
