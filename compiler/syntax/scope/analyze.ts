/**
 * What every name of a module means, found out before anything runs.
 */
import type { Diagnostic } from '../../text/diagnostics.ts'
import { BUILTINS_SPAN } from '../../text/source.ts'
import type { ModuleNode } from '../ast.ts'
import { declare } from './declare.ts'
import { resolveNames } from './resolve.ts'
import { type BuiltinNames, type ScopeTables, TableBuilder } from './symbols.ts'

export interface AnalyzedScopes extends ScopeTables {
  /** Programs that are right, but may not mean what they seem to. */
  readonly warnings: readonly Diagnostic[]
}

/**
 * @param moduleName  first part of the names of the tables; the file's name without folder and suffix if left out
 * @throws SpyError of class ScopeError, at the first declaration that cannot stand
 */
export function analyzeScopes(
  module: ModuleNode,
  builtins: BuiltinNames,
  moduleName: string = stem(module.filename),
): AnalyzedScopes {
  const builtinsTable = builtinsTableOf(builtins)
  const declared = declare(module, moduleName, builtinsTable)
  const implicitImports = resolveNames(module, declared.tables)
  return { ...declared, builtins: builtinsTable, implicitImports }
}

const TABLES = new WeakMap<BuiltinNames, TableBuilder>()

/** The outermost table is the same for all modules. */
function builtinsTableOf(builtins: BuiltinNames): TableBuilder {
  const known = TABLES.get(builtins)
  if (known !== undefined) return known
  const table = new TableBuilder('builtins', 'blue', 'module', undefined)
  for (const [name, impref] of builtins.names) {
    table.define({ name, varkind: 'const', origin: 'explicit', span: BUILTINS_SPAN, typeSpan: BUILTINS_SPAN, impref })
  }
  TABLES.set(builtins, table)
  return table
}

function stem(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
}
