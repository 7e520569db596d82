/**
 * The functions behind pointers and references: one family per type, made on first use.
 */
import { type BuiltinParams, builtinFunc } from '../../objects/builtin-funcs.ts'
import { Fqn } from '../../objects/fqn.ts'
import type { Intrinsic } from '../../objects/intrinsics.ts'
import { BOOL, I32, isClass, NONE, type PtrType, type RefType, type SpyType, STR } from '../../objects/types.ts'
import type { BuiltinFunc } from '../../objects/values.ts'
import { LOC_TYPE } from './objects.ts'
import type { Vm } from './vm.ts'

export class MemoryFuncs {
  readonly #vm: Vm
  readonly #made = new Map<string, BuiltinFunc>()

  constructor(vm: Vm) {
    this.#vm = vm
  }

  /** `unsafe::gc_ptr[T]::alloc(n: i32) -> gc_ptr[T]` */
  alloc(ptr: PtrType): BuiltinFunc {
    return this.#make(ptr, ptr.fqn.join('alloc'), [['n', I32]], ptr, { kind: 'ptrAlloc', ptr })
  }

  /** `getitem_byval(p, i, loc) -> T`, or `getitem_byref -> ref[T]` when the items are structs. */
  getItem(ptr: PtrType): BuiltinFunc {
    const byRef = ptr.item.kind === 'struct'
    const result = byRef ? this.#vm.refType(ptr.memory, ptr.item) : ptr.item
    const fqn = ptr.fqn.join(byRef ? 'getitem_byref' : 'getitem_byval')
    const params: BuiltinParams = [
      ['p', ptr],
      ['i', I32],
      ['loc', LOC_TYPE],
    ]
    return this.#make(ptr, fqn, params, result, { kind: 'ptrGetItem', ptr, byRef })
  }

  /** `store(p, i, v, loc) -> None` */
  setItem(ptr: PtrType): BuiltinFunc {
    const params: BuiltinParams = [
      ['p', ptr],
      ['i', I32],
      ['v', ptr.item],
      ['loc', LOC_TYPE],
    ]
    return this.#make(ptr, ptr.fqn.join('store'), params, NONE, { kind: 'ptrSetItem', ptr })
  }

  /** `unsafe::ptr_getfield[T]::byval(p, name, offset) -> T`, or `byref -> ref[T]` when the field is a struct. */
  getField(of: PtrType | RefType, name: string, type: SpyType): BuiltinFunc {
    // Objects give values: nobody else can change a struct inside of one.
    const byRef = type.kind === 'struct' && !isClass(of)
    const result = byRef ? this.#vm.refType(of.memory, type) : type
    const fqn = Fqn.of('unsafe')
      .join('ptr_getfield', [result.fqn])
      .join(byRef ? 'byref' : 'byval')
    const params: BuiltinParams = [
      ['p', of],
      ['name', STR],
      ['offset', I32],
    ]
    return this.#make(of, fqn, params, result, { kind: 'ptrGetField', of, field: name, byRef }, name)
  }

  /** `unsafe::ptr_setfield[T]::impl(p, name, offset, v) -> None` */
  setField(of: PtrType | RefType, name: string, type: SpyType): BuiltinFunc {
    const fqn = Fqn.of('unsafe').join('ptr_setfield', [type.fqn]).join('impl')
    const params: BuiltinParams = [
      ['p', of],
      ['name', STR],
      ['offset', I32],
      ['v', type],
    ]
    return this.#make(of, fqn, params, NONE, { kind: 'ptrSetField', of, field: name }, name)
  }

  /** `unsafe::gc_ref[T]::deref(ref) -> T` */
  deref(ref: RefType): BuiltinFunc {
    return this.#make(ref, ref.fqn.join('deref'), [['r', ref]], ref.item, { kind: 'refDeref', ref })
  }

  /** `move_slice(dst, d0, d1, src, s0, s1) -> None`: items that may overlap; both ranges are of one length. */
  moveSlice(ptr: PtrType): BuiltinFunc {
    const params: BuiltinParams = [
      ['dst', ptr],
      ['d0', I32],
      ['d1', I32],
      ['src', ptr],
      ['s0', I32],
      ['s1', I32],
    ]
    const intrinsic = { kind: 'ptrBulk', op: 'moveSlice', item: ptr.item, dst: ptr, src: ptr } as const
    return this.#make(ptr, ptr.fqn.join('move_slice'), params, NONE, intrinsic)
  }

  compare(ptr: PtrType, op: 'eq' | 'ne'): BuiltinFunc {
    const params: BuiltinParams = [
      ['p', ptr],
      ['q', ptr],
    ]
    return this.#make(ptr, ptr.fqn.join(`__${op}__`), params, BOOL, { kind: 'ptrCompare', ptr, op })
  }

  toBool(ptr: PtrType): BuiltinFunc {
    return this.#make(ptr, ptr.fqn.join('to_bool'), [['p', ptr]], BOOL, { kind: 'ptrToBool', ptr })
  }

  #make(
    of: SpyType,
    fqn: Fqn,
    params: BuiltinParams,
    result: SpyType,
    intrinsic: Intrinsic,
    variant = '',
  ): BuiltinFunc {
    const key = `${this.#vm.typeId(of)} ${fqn.text} ${variant}`
    let func = this.#made.get(key)
    if (func === undefined) {
      const type = this.#vm.funcType(
        'red',
        'plain',
        params.map(([, paramType]) => ({ type: paramType, kind: 'simple' })),
        result,
      )
      func = builtinFunc(fqn, params, result, intrinsic, { type })
      this.#made.set(key, func)
    }
    return func
  }
}
