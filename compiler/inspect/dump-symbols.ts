/**
 * Symbol tables as text.
 *
 *     <SymTable 'm::f' (red, function)>
 *         [0] var   n
 *         [1] var   total      [cell]
 *         [2] const i32          => <ImportRef builtins.i32>
 */
import { formatImportRef } from '../syntax/ast.ts'
import type { ScopeTables, SpySymbol, SymbolTable } from '../syntax/scope.ts'
import { type Paint, painter } from '../text/diagnostics.ts'

/** @returns lines that end with LF; each table is followed by an empty one */
export function dumpSymbols(tables: ScopeTables, options: { readonly color?: boolean } = {}): string {
  const paint = painter(options.color ?? false)
  let out = 'Implicit imports:\n'
  for (const module of tables.implicitImports) out += `    ${module}\n`
  out += '\n'
  for (const table of tables.tables.values()) {
    if (table.kind !== 'comprehension') out += `${dumpTable(table, paint)}\n`
  }
  return out
}

/** `<SymTable 'm::f' (red, function)>` */
export function tableLabel(table: SymbolTable): string {
  return `<SymTable '${table.name}' (${table.color}, ${table.kind})>`
}

function dumpTable(table: SymbolTable, paint: Paint): string {
  const depth = table.name.split('::').length - 1
  const indent = '    '.repeat(depth)
  const lines = sortedSymbols(table).map((symbol) => `${indent}    ${dumpSymbol(symbol, paint)}\n`)
  return `${indent}${tableLabel(table)}\n${lines.join('')}`
}

/** Own symbols first, then those of the scopes around; constants before variables, `@return` and its like last. */
export function sortedSymbols(table: SymbolTable): readonly SpySymbol[] {
  return [...table.symbols.values()].sort(bySortKey)
}

function dumpSymbol(symbol: SpySymbol, paint: Paint): string {
  const { name, storage, varkind, level, impref } = symbol
  if (storage === 'NameError') return `[ ] NameError  ${name}`
  const shown = paint(varkind === 'const' ? 'blue' : 'red', name.padEnd(10))
  const cell = storage === 'cell' ? '[cell]' : ''
  const ref = impref === undefined ? '' : ` => <ImportRef ${formatImportRef(impref)}>`
  return `[${level}] ${varkind.padEnd(5)} ${shown} ${cell} ${ref}`
}

function bySortKey(a: SpySymbol, b: SpySymbol): number {
  if (a.level !== b.level) return a.level - b.level
  if (a.varkind !== b.varkind) return a.varkind === 'const' ? -1 : 1
  return compareCodePoints(a.name.replaceAll('@', '~'), b.name.replaceAll('@', '~'))
}

function compareCodePoints(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
