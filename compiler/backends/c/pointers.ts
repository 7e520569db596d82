/**
 * Access to memory: a few functions per pointer type, written when something uses them. In debug builds a pointer is an
 * address and a length, and accesses through it are checked; in release builds it is the address.
 */
import { holdsGcPointers } from '../../objects/gc-pointers.ts'
import type { PtrType, SpyType } from '../../objects/types.ts'
import type { Span } from '../../text/source.ts'
import { pointerMap } from './roots.ts'
import { hasValue } from './types.ts'
import type { Unit } from './unit.ts'

/** The place of an access: two more parameters where it is checked. */
const PLACE = 'spy_file file, spy_at at'

export class Pointers {
  readonly #unit: Unit

  constructor(unit: Unit) {
    this.#unit = unit
  }

  get #checked(): boolean {
    return this.#unit.types.mode === 'debug'
  }

  /** Where the collector finds pointers in items of this type: the address of a constant, or NULL. */
  pointerMap(item: SpyType, at: Span): string {
    return pointerMap(this.#unit, item, at)
  }

  #params(...params: readonly string[]): string {
    return [...params, ...(this.#checked ? [PLACE] : [])].join(', ')
  }

  #check(access: 'SPY_GETITEM' | 'SPY_STORE' | 'SPY_GETFIELD', index: string): readonly string[] {
    return this.#checked ? [`    spy_check_pointer(${access}, p.p, ${index}, p.length, file, at);`] : []
  }

  /** `(n, place) → pointer` to zeroed items. */
  alloc(ptr: PtrType, at: Span): string {
    const { types } = this.#unit
    const type = types.spell(ptr, at)
    return this.#unit.helper(`${type}$alloc`, () => {
      const size = hasValue(ptr.item) ? `sizeof(${types.spell(ptr.item, at)})` : '0'
      // Raw memory that holds gc pointers is a root.
      const isPlain = ptr.memory === 'raw' && !(this.#unit.collects && holdsGcPointers(ptr.item))
      const map = isPlain ? '' : `${pointerMap(this.#unit, ptr.item, at)}, `
      const alloc = ptr.memory === 'gc' ? 'spy_gc_alloc' : isPlain ? 'spy_raw_alloc' : 'spy_raw_alloc_mapped'
      const block = `${alloc}(n, ${size}, ${map}file, at)`
      return [
        `SPY_INLINE ${type} ${type}$alloc(int32_t n, ${PLACE}) {`,
        `    return (${type}){ ${this.#checked ? `${block}, n` : block} };`,
        '}',
      ]
    })
  }

  /** `(p, i[, place]) → item`. */
  getItem(ptr: PtrType, at: Span): string {
    const { types } = this.#unit
    const type = types.spell(ptr, at)
    return this.#unit.helper(`${type}$getitem_byval`, () => [
      `SPY_INLINE ${types.declare(ptr.item, `${type}$getitem_byval`, at)}(${this.#params(`${type} p`, 'int32_t i')}) {`,
      ...this.#check('SPY_GETITEM', 'i'),
      '    return p.p[i];',
      '}',
    ])
  }

  /** `(p, i[, place]) → reference` to an item; it has the type of the pointer. */
  getItemRef(ptr: PtrType, at: Span): string {
    const type = this.#unit.types.spell(ptr, at)
    return this.#unit.helper(`${type}$getitem_byref`, () => [
      `SPY_INLINE ${type} ${type}$getitem_byref(${this.#params(`${type} p`, 'int32_t i')}) {`,
      ...this.#check('SPY_GETITEM', 'i'),
      `    return (${type}){ p.p + i${this.#checked ? ', 1' : ''} };`,
      '}',
    ])
  }

  /** `(p, i, v[, place])`. */
  setItem(ptr: PtrType, at: Span): string {
    const { types } = this.#unit
    const type = types.spell(ptr, at)
    return this.#unit.helper(`${type}$store`, () => [
      `SPY_INLINE void ${type}$store(${this.#params(`${type} p`, 'int32_t i', types.declare(ptr.item, 'v', at))}) {`,
      ...this.#check('SPY_STORE', 'i'),
      '    p.p[i] = v;',
      '}',
    ])
  }

  /** `(p, i, place)`: there is such an item, although it takes no memory; debug builds only. */
  checkItem(ptr: PtrType, access: 'SPY_GETITEM' | 'SPY_STORE', at: Span): string {
    const type = this.#unit.types.spell(ptr, at)
    const name = `${type}$${access === 'SPY_STORE' ? 'store' : 'getitem'}_none`
    return this.#unit.helper(name, () => [
      `SPY_INLINE void ${name}(${this.#params(`${type} p`, 'int32_t i')}) {`,
      ...this.#check(access, 'i'),
      '}',
    ])
  }

  /** `(p, place) → T *`: the item that fields are accessed in; debug builds only. */
  fieldsOf(ptr: PtrType, at: Span): string {
    const { types } = this.#unit
    const type = types.spell(ptr, at)
    return this.#unit.helper(`${type}$fields`, () => [
      `SPY_INLINE ${types.itemPointer(ptr.item, at)}${type}$fields(${this.#params(`${type} p`)}) {`,
      ...this.#check('SPY_GETFIELD', '0'),
      '    return p.p;',
      '}',
    ])
  }
}
