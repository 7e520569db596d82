/** Scopes of code that has no source. */
import type { SymbolTable } from '../../syntax/scope.ts'

export function emptyTable(name: string): SymbolTable {
  const table: SymbolTable = {
    name,
    color: 'blue',
    kind: 'module',
    parent: undefined,
    symbols: new Map(),
    slotCount: 0,
    get frame() {
      return table
    },
  }
  return table
}
