/** `spy symtable`: what each name of a file means. */
import { dumpSymbols } from '../../inspect/dump-symbols.ts'
import { symbolShape } from '../../inspect/symbol-shape.ts'
import { viewTree } from '../../inspect/view-tree.ts'
import type { Command } from './command.ts'
import { COMMON } from './common-options.ts'
import { PAGE_OPTIONS, writePage } from './pages.ts'
import { rootModule } from './sources.ts'

const FORMATS = ['text', 'html'] as const

export const command: Command = {
  operands: 'FILENAME',
  about: 'Prints the symbol tables of FILENAME: what is declared where, and what is taken from outside.',
  optionsFirst: false,
  file: 'required',
  options: [
    {
      names: ['-f', '--format'],
      value: 'FORMAT',
      choices: FORMATS,
      help: 'text (default). html: a page to click on.',
    },
    ...PAGE_OPTIONS,
    ...COMMON,
  ],
  async run(call, shell) {
    const { file, options, terminal } = call
    const { name, scopes } = rootModule(file, shell)
    if (options.choice('format', FORMATS, 'text') === 'html') {
      const tree = viewTree(symbolShape(scopes), { colored: true })
      return writePage('symtable', [{ title: name, tree }], call, shell)
    }
    terminal.out(dumpSymbols(scopes, { color: terminal.colorOut }))
    return 0
  },
}
