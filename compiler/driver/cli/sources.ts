/** The front end alone, for commands that show what it found. */
import { tableLabel } from '../../inspect/dump-symbols.ts'
import { BUILTIN_NAMES } from '../../machine/builtins/names.ts'
import { discoverModules, type ModuleGraph, type SourceModule } from '../../modules/graph.ts'
import type { ScopeNode } from '../../syntax/ast.ts'
import { invariant } from '../../text/diagnostics.ts'
import type { Shell } from './command.ts'

/** @throws SpyError for a syntax error in any of the modules */
export function readModules(file: string, shell: Shell): ModuleGraph {
  const { host, library } = shell.world()
  return discoverModules(shell.resolve(file), host, BUILTIN_NAMES, { library, path: [] })
}

export function rootModule(file: string, shell: Shell): SourceModule {
  const [root] = readModules(file, shell).entries
  invariant(root !== undefined, 'the file is an entry')
  return root
}

/** How dumps call the symbol tables of a module. */
export function symbolTableOf({ scopes }: SourceModule): (node: ScopeNode) => string | undefined {
  return (node) => {
    const table = scopes.tables.get(node)
    return table && tableLabel(table)
  }
}
