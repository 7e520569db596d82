/**
 * The last touch on a linked module: sections that only tools read go, unless names are to be kept. What is left is the
 * same from every linker.
 */
import { CUSTOM, filterSections } from './wasm-sections.ts'

/** A copy of `wasm`, a valid module, without the custom sections that nobody needs: of names and DWARF, if they are kept. */
export function tidyModule(wasm: Uint8Array, keepNames: boolean): Uint8Array {
  return filterSections(wasm, ({ id, name }) => id !== CUSTOM || (keepNames && (name === 'name' || isDwarf(name))))
}

/** A copy that has its names and nothing else for debuggers. */
export function withoutDwarf(wasm: Uint8Array): Uint8Array {
  return filterSections(wasm, ({ id, name }) => id !== CUSTOM || !isDwarf(name))
}

function isDwarf(name: string): boolean {
  return name.startsWith('.debug_')
}
