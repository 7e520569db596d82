/** `spy parse`: the syntax tree of a file. */
import { dumpTree } from '../../inspect/dump-tree.ts'
import { syntaxShape } from '../../inspect/syntax-shape.ts'
import { viewTree } from '../../inspect/view-tree.ts'
import type { Command } from './command.ts'
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
    ...PAGE_OPTIONS,
    ...COMMON,
  ],
  async run(call, shell) {
    const { file, options, terminal } = call
    const module = rootModule(file, shell)
    if (options.choice('format', FORMATS, 'ast') === 'html') {
      const tree = viewTree(syntaxShape(module.tree), { colored: false })
      return writePage('parse', [{ title: module.name, tree }], call, shell)
    }
    const dump = dumpTree(module.tree, { color: terminal.colorOut, symbolTableOf: symbolTableOf(module) })
    terminal.out(`${dump}\n`)
    return 0
  },
}
