/** `spy parse`: the syntax tree of a file. */
import { tableLabel } from '../../inspect/dump-symbols.ts'
import { dumpTree } from '../../inspect/dump-tree.ts'
import type { Command } from './command.ts'
import { COMMON } from './common-options.ts'
import { rootModule } from './sources.ts'

export const command: Command = {
  operands: 'FILENAME',
  about:
    'Prints the syntax tree of FILENAME. All modules that it imports are parsed too, so that their errors show up.',
  optionsFirst: false,
  file: 'required',
  options: COMMON,
  async run({ file, terminal }, shell) {
    const { tree, scopes } = rootModule(file, shell)
    const dump = dumpTree(tree, {
      color: terminal.colorOut,
      symbolTableOf: (node) => {
        const table = scopes.tables.get(node)
        return table && tableLabel(table)
      },
    })
    terminal.out(`${dump}\n`)
    return 0
  },
}
