/**
 * What the collector sees of a program in C: slots of functions, variables, memory of import time.
 *
 *     SPY_ROOTS(2);                      the frame of a function with two slots, see runtime-c/include/spy/gc.h
 *     $roots.slots[0] = name;            before a call that may collect
 *     SPY_END($roots);                   at each end of the function
 */
import { gcPaths } from '../../objects/gc-pointers.ts'
import type { SpyType } from '../../objects/types.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { Span } from '../../text/source.ts'
import type { FuncRoots, RootStore } from '../../typed/roots.ts'
import { fieldName, localName } from './names.ts'
import { hasValue } from './types.ts'
import type { Unit } from './unit.ts'

export const LEAVE = 'SPY_END($roots);'

export function enterFrame(slots: number): string {
  return `SPY_ROOTS(${slots});`
}

/** An assignment, without its semicolon. `value` may be NULL. */
export function storeRoot(slot: number, value: string): string {
  return `$roots.slots[${slot}] = ${value}`
}

export function plannedStore(unit: Unit, { slot, value }: RootStore, at: Span): string {
  if (value === null) return storeRoot(slot, 'NULL')
  const { of, index } = value
  const [text, type] = 'name' in of ? [localName(of.name), of.type] : [unit.cell(of, at), of.valueType]
  return storeRoot(slot, text + (pointerPaths(type)[index] ?? ''))
}

/** Locals that are stored somewhere: they need a value before the first call. */
export function storedLocals({ stores }: FuncRoots): ReadonlySet<string> {
  const names = [...stores.values()].flat().flatMap(({ value }) => (value && 'name' in value.of ? [value.of.name] : []))
  return new Set(names)
}

/** For each gc pointer in a value of the type, what to write behind the value to have it: `.items.p`. */
export function pointerPaths(type: SpyType): readonly string[] {
  return gcPaths(type).map((path) => {
    let text = ''
    let inner = type
    for (const name of path) {
      const field = inner.kind === 'struct' ? inner.fields.find((each) => each.name === name) : undefined
      invariant(field !== undefined, 'paths lead through fields')
      text += `.${fieldName(name)}`
      inner = field.type
    }
    return inner.kind === 'ptr' || inner.kind === 'ref' ? `${text}.p` : text
  })
}

/** The address of a constant that says where gc pointers are in items of this type; NULL if there are none. */
export function pointerMap(unit: Unit, item: SpyType, at: Span): string {
  const paths = gcPaths(item)
  if (paths.length === 0) return 'NULL'
  const spelling = unit.types.spell(item, at)
  const offsets = paths.map((path) =>
    path.length === 0 ? '0' : `SPY_OFFSETOF(${spelling}, ${path.map(fieldName).join('.')})`,
  )
  const name = `SPY_map_${spelling.replace(/[^A-Za-z0-9_$]/g, '')}`
  unit.helper(name, () => [
    `static const spy_pointer_map ${name} = {`,
    `    sizeof(${spelling}), ${offsets.length}, { ${offsets.join(', ')} }`,
    '};',
  ])
  return `&${name}`
}

/** What the collector asks the program for: each variable and each block of import time that holds gc pointers. */
export function rootSection(unit: Unit): readonly string[] {
  const lines: string[] = []
  const add = (address: string, count: number, type: SpyType, at: Span): void => {
    if (!hasValue(type) || gcPaths(type).length === 0 || count === 0) return
    lines.push(`    spy_mark_items((const uint8_t *)${address}, ${count}, ${pointerMap(unit, type, at)});`)
  }
  for (const { name, type, at } of unit.variables) add(`&${name}`, 1, type, at)
  for (const { name, block, at } of unit.data.blocks) add(name, block.count, block.item, at)
  return ['static void spy_mark_program(void) {', ...lines, '}']
}
