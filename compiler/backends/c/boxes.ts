/**
 * Values seen as `object` or `dynamic`: the address of a box. A function per type makes them. See objects/boxes.
 */
import { boxStruct } from '../../objects/boxes.ts'
import { BOOL, NONE, type SpyType } from '../../objects/types.ts'
import type { Span } from '../../text/source.ts'
import type { Pointers } from './pointers.ts'
import { BOX } from './types.ts'
import type { Unit } from './unit.ts'

/** `(value, place) → box` */
export function boxMaker(unit: Unit, pointers: Pointers, type: SpyType, at: Span): string {
  const struct = boxStruct(type)
  const spelling = unit.types.spell(struct, at)
  const name = `${spelling}$make`
  return unit.helper(name, () => {
    const value = unit.types.declare(struct.fields[1]?.type ?? type, 'value', at)
    const map = pointers.pointerMap(struct, at)
    return [
      `SPY_INLINE ${BOX}${name}(${value}, spy_file file, spy_at at) {`,
      `    ${spelling} *box = spy_gc_alloc(1, sizeof(${spelling}), ${map}, file, at);`,
      `    *box = (${spelling}){ ${unit.data.identity(type)}, value };`,
      '    return box;',
      '}',
    ]
  })
}

/** `(bool) → box`: there are two. */
export function boolBox(unit: Unit, at: Span): string {
  return unit.helper('spy_bool$box', () => {
    const [yes, no] = [true, false].map((value) => unit.data.box({ type: BOOL, value }, at))
    return [`SPY_INLINE ${BOX}spy_bool$box(bool value) { return value ? ${yes} : ${no}; }`]
  })
}

/** `(box) → number of its dynamic type`. Through a plain word: C would not believe that different structs overlap. */
export function typeReader(unit: Unit): string {
  return unit.helper('spy_type_of', () => [
    `SPY_INLINE int32_t spy_type_of(${BOX}box) {`,
    `    return box == NULL ? ${unit.data.identity(NONE)} : (int32_t)*(const uint32_t *)box;`,
    '}',
  ])
}
