/**
 * A program as a library for other C code: its functions under the names that FQNs have in C, with structs as structs,
 * and the header that declares them.
 */
import { type GcPath, gcPaths } from '../../objects/gc-pointers.ts'
import type { SpyType } from '../../objects/types.ts'
import type { Cell } from '../../objects/values.ts'
import { BUILTINS_SPAN } from '../../text/source.ts'
import { commentText } from './literals.ts'
import { localName } from './names.ts'
import { enterFrame, LEAVE, pointerPaths, storeRoot } from './roots.ts'
import { declaration, hasValue } from './types.ts'
import type { CFunction, Unit } from './unit.ts'

export interface PublicDeclaration {
  readonly name: string
  /** As the header shows it: `int32_t spy_m$f(int32_t n)`. */
  readonly prototype: string
  readonly definition: string
}

export function emitPublicFunction(unit: Unit, func: CFunction): PublicDeclaration {
  const { tree } = func
  const params = tree.params.filter(({ type }) => hasValue(type))
  const names = params.map(({ name }) => localName(name))
  const list = params.map(({ type }, i) => unit.types.declare(type, names[i] as string, tree.span))
  const result = unit.types.spell(tree.type.result, tree.span)
  const name = unit.names.fqn(tree.fqn)
  const prototype = `${declaration(result, name)}(${list.length === 0 ? 'void' : list.join(', ')})`

  const pointers = params.flatMap(({ type }, i) => pointersOf(type, names[i] as string))
  const call = `${func.name}(${[...names, ...(func.isTracked ? [unit.place(tree.span)] : [])].join(', ')});`
  const before: string[] = []
  const after: string[] = []
  if (unit.collects && (pointers.length > 0 || unit.mayAllocate(func))) {
    // What is passed is held for the whole call, because nobody else does.
    if (pointers.length > 0) {
      before.push(enterFrame(pointers.length), ...pointers.map((text, slot) => `${storeRoot(slot, text)};`))
      after.push(LEAVE)
    }
    before.push('spy_gc_boundary();')
  }
  const run = hasValue(tree.type.result)
    ? [`${declaration(result, '$result')} = ${call}`, ...after, 'return $result;']
    : [call, ...after]
  return { name, prototype, definition: `SPY_PUBLIC ${prototype} { ${[...before, ...run].join(' ')} }` }
}

function pointersOf(type: SpyType, name: string): readonly string[] {
  const paths: readonly GcPath[] = gcPaths(type)
  return paths.length === 0 ? [] : pointerPaths(type).map((path) => name + path)
}

/** The address of a variable. */
export function emitPublicVariable(unit: Unit, cell: Cell): PublicDeclaration {
  const variable = unit.cell(cell, BUILTINS_SPAN)
  const name = `${variable}$address`
  const prototype = `${unit.types.itemPointer(cell.valueType, BUILTINS_SPAN)}${name}(void)`
  return { name, prototype, definition: `SPY_PUBLIC ${prototype} { return &${variable}; }` }
}

const HELPERS: readonly PublicDeclaration[] = [
  {
    name: 'spy_new_str',
    prototype: 'spy_str *spy_new_str(const char *utf8, uint32_t length)',
    definition: '{ return spy_str_from_utf8((const uint8_t *)utf8, length, SPY_UNKNOWN_CHARS); }',
  },
  { name: 'spy_hold', prototype: 'void spy_hold(const void *object)', definition: '{ spy_gc_pin(object); }' },
  { name: 'spy_release', prototype: 'void spy_release(const void *object)', definition: '{ spy_gc_unpin(object); }' },
  { name: 'spy_flush_output', prototype: 'void spy_flush_output(void)', definition: '{ spy_flush(); }' },
]

export const HELPER_NAMES: readonly string[] = HELPERS.map(({ name }) => name)

export function helperDefinitions(): readonly string[] {
  return HELPERS.map(({ prototype, definition }) => `SPY_PUBLIC ${prototype} ${definition}`)
}

/** KEEP IN STEP: string-layout (runtime-c/include/spy/str.h) */
const BASE_TYPES = `typedef struct spy_str {
    uint32_t length; /* bytes */
    int32_t hash;
    uint8_t *utf8;
    uintptr_t utf8_length;
    uint32_t chars;
} spy_str;
typedef spy_str spy_bytes;
typedef struct { double re, im; } spy_complex128;`

/** @param declarations  of functions and variables, in order */
export function headerText(unit: Unit, name: string, declarations: readonly PublicDeclaration[]): string {
  const guard = `SPY_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_H`
  const types = unit.types.definitions()
  return `/* ${commentText(name)}: what the library offers. */
#ifndef ${guard}
#define ${guard}

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef SPY_BASE_TYPES
#define SPY_BASE_TYPES
${BASE_TYPES}
#endif
${types.length === 0 ? '' : `\n${types.join('\n')}\n`}
${declarations.map(({ prototype }) => `${prototype};`).join('\n')}

/*
 * A string of UTF-8 bytes. Objects live as long as something leads to them: a variable of the library, another object,
 * the arguments of a call while it runs, or a hold on them. Each hold needs a release.
 */
${HELPERS.map(({ prototype }) => `${prototype};`).join('\n')}

#ifdef __cplusplus
}
#endif

#endif
`
}
