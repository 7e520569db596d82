/** `spy imports`: the modules of a program. */
import { dumpImports } from '../../inspect/dump-imports.ts'
import type { Command } from './command.ts'
import { COMMON } from './common-options.ts'
import { readModules } from './sources.ts'

export const command: Command = {
  operands: 'FILENAME',
  about:
    'Prints which modules FILENAME leads to, where they are, and in which order they are imported. A missing one is no error here.',
  optionsFirst: false,
  file: 'required',
  options: COMMON,
  async run({ file, terminal }, shell) {
    terminal.out(dumpImports(readModules(file, shell), { color: terminal.colorOut }))
    return 0
  },
}
