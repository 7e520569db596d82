/**
 * Symbol tables as viewers see them: nested as the scopes are, with the symbols of each.
 */
import { formatImportRef } from '../syntax/ast.ts'
import type { ScopeTables, SpySymbol, SymbolTable } from '../syntax/scope.ts'
import { spanText } from '../text/source.ts'
import { sortedSymbols, tableLabel } from './dump-symbols.ts'
import { dedent } from './node-source.ts'
import { type Shape, type ShapeField, shapeList, text, word } from './shape.ts'

export function symbolShape(tables: ScopeTables): Shape {
  return tableShape(tables.module, [...tables.tables.values()])
}

function tableShape(table: SymbolTable, all: readonly SymbolTable[]): Shape {
  const inner = all.filter(({ parent, kind }) => parent === table && kind !== 'comprehension')
  return {
    label: 'SymTable',
    short: `${table.name} (${table.color}, ${table.kind})`,
    isExpr: false,
    fields: [
      { name: 'symbols', value: shapeList(sortedSymbols(table).map(symbolNode)) },
      { name: 'scopes', value: shapeList(inner.map((each) => tableShape(each, all))) },
    ],
    source: () => tableLabel(table),
    isOpen: true,
  }
}

/** Variables are red: they may change. Constants are blue. */
function symbolNode(symbol: SpySymbol): Shape {
  const { name, varkind, origin, storage, level, span, impref } = symbol
  const isKnown = storage !== 'NameError'
  const fields: readonly (ShapeField | undefined)[] = [
    { name: 'kind', value: word(isKnown ? varkind : 'NameError') },
    isKnown ? { name: 'origin', value: word(origin) } : undefined,
    isKnown ? { name: 'storage', value: word(storage) } : undefined,
    isKnown ? { name: 'level', value: word(String(level)) } : undefined,
    impref && { name: 'import', value: word(formatImportRef(impref)) },
    span && { name: 'declared', value: text(dedent(spanText(span))) },
  ]
  return {
    label: name,
    isExpr: true,
    fields: fields.filter((field) => field !== undefined),
    color: !isKnown ? undefined : varkind === 'const' ? 'blue' : 'red',
    source: () => name,
  }
}
