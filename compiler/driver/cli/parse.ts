/** `spy parse`: the syntax tree of a file. */
import { dumpTree } from '../../inspect/dump-tree.ts'
import { syntaxShape } from '../../inspect/syntax-shape.ts'
import { viewTree } from '../../inspect/view-tree.ts'
import type { ModuleNode, ScopeNode } from '../../syntax/ast.ts'
import { parsePrinted } from '../../syntax/parser.ts'
import { HostError } from '../../text/diagnostics.ts'
import { SourceFile } from '../../text/source.ts'
import { stemOf } from './build-options.ts'
import type { Command, Shell } from './command.ts'
import { COMMON } from './common-options.ts'
import { PAGE_OPTIONS, writePage } from './pages.ts'
import { rootModule, symbolTableOf } from './sources.ts'

const FORMATS = ['ast', 'html'] as const

export const command: Command = {
  operands: 'FILENAME',
  about:
    'Prints the syntax tree of FILENAME. All modules that it imports are parsed too, so that their errors show up.',
  optionsFirst: false,
  file: 'required',
  options: [
    {
      names: ['-f', '--format'],
      value: 'FORMAT',
      choices: FORMATS,
      help: 'ast (default): text. html: a page to click on.',
    },
    { names: ['--printed'], help: 'FILENAME is what spy redshift has printed.' },
    ...PAGE_OPTIONS,
    ...COMMON,
  ],
  async run(call, shell) {
    const { file, options, terminal } = call
    const { name, tree, symbolTableOf } = options.has('printed')
      ? printedModule(file, shell)
      : sourceModule(file, shell)
    if (options.choice('format', FORMATS, 'ast') === 'html') {
      const view = viewTree(syntaxShape(tree), { colored: false })
      return writePage('parse', [{ title: name, tree: view }], call, shell)
    }
    const dump = dumpTree(tree, { color: terminal.colorOut, symbolTableOf })
    terminal.out(`${dump}\n`)
    return 0
  },
}

interface Parsed {
  readonly name: string
  readonly tree: ModuleNode
  readonly symbolTableOf: (node: ScopeNode) => string | undefined
}

function sourceModule(file: string, shell: Shell): Parsed {
  const module = rootModule(file, shell)
  return { name: module.name, tree: module.tree, symbolTableOf: symbolTableOf(module) }
}

/** Names of printed trees are complete, or local: they need no tables. */
function printedModule(file: string, shell: Shell): Parsed {
  const path = shell.resolve(file)
  const content = shell.world().host.read(path)
  if (content === undefined) throw new HostError(`cannot read ${path}: there is no such file`)
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content)
  return { name: stemOf(file), tree: parsePrinted(new SourceFile(path, text)), symbolTableOf: () => undefined }
}
