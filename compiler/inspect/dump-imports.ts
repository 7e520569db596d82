/**
 * The modules of a program as text: who imports whom, where they were looked for, in which order they are imported.
 */
import type { GraphModule, ModuleGraph } from '../modules/graph.ts'
import { folderOf } from '../modules/resolve.ts'
import { type Paint, painter } from '../text/diagnostics.ts'

/** @returns lines that end with LF; each section is followed by an empty one */
export function dumpImports(graph: ModuleGraph, options: { readonly color?: boolean } = {}): string {
  const paint = painter(options.color ?? false)
  const folders = [
    ...new Set([...graph.search.library, ...graph.entries.map(({ path }) => folderOf(path)), ...graph.search.path]),
  ]
  const path = folders.map((folder, index) => `  p${index} = ${folder}\n`).join('')
  return `Import tree:\n${importTree(graph)}\nvm.path:\n${path}\nImport order:\n${importList(graph, folders, paint)}\n`
}

function importTree(graph: ModuleGraph): string {
  const { modules } = graph
  const imported = new Set(modules.flatMap(dependenciesOf))
  const roots = modules.filter((module) => !imported.has(module))
  const seen = new Set<GraphModule>()
  return (roots.length > 0 ? roots : modules.slice(0, 1)).map((root) => subtree(root, '  ', '  ', seen)).join('')
}

function dependenciesOf(module: GraphModule): readonly GraphModule[] {
  return module.kind === 'source' ? module.dependencies : []
}

/**
 * @param prefix  what stands before the module's name
 * @param indent  what stands before the connectors of its children
 */
function subtree(module: GraphModule, prefix: string, indent: string, seen: Set<GraphModule>): string {
  const children = dependenciesOf(module)
  if (seen.has(module)) return `${prefix}${module.name} (already seen)\n`
  seen.add(module)
  const lines = children.map((child, index) => {
    const isLast = index === children.length - 1
    return subtree(child, `${indent}${isLast ? '└── ' : '├── '}`, `${indent}${isLast ? '    ' : '│   '}`, seen)
  })
  return `${prefix}${module.name}\n${lines.join('')}`
}

function importList(graph: ModuleGraph, folders: readonly string[], paint: Paint): string {
  const { order } = graph
  const width = Math.max(...order.map(({ name }) => name.length))
  return order
    .map((module, index) => {
      const what = describe(module, folders, paint)
      return `${String(index).padStart(3)} ${module.name.padStart(width)} => ${what}\n`
    })
    .join('')
}

function describe(module: GraphModule, folders: readonly string[], paint: Paint): string {
  switch (module.kind) {
    case 'source':
      return shorten(module.path, folders, paint)
    case 'native':
      return `${paint('blue', `<spy module ${module.name} (builtin)>`)} (already imported)`
    case 'missing':
      return paint('red', 'ImportError')
  }
}

function shorten(path: string, folders: readonly string[], paint: Paint): string {
  const inside = folders.filter((folder) => path.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length)
  const [folder] = inside
  if (folder === undefined) return paint('green', path)
  return `$p${folders.indexOf(folder)}${paint('green', path.slice(folder.length))}`
}
