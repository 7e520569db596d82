/** `spy symtable`: what each name of a file means. */
import { dumpSymbols } from '../../inspect/dump-symbols.ts'
import type { Command } from './command.ts'
import { COMMON } from './common-options.ts'
import { rootModule } from './sources.ts'

export const command: Command = {
  operands: 'FILENAME',
  about: 'Prints the symbol tables of FILENAME: what is declared where, and what is taken from outside.',
  optionsFirst: false,
  file: 'required',
  options: COMMON,
  async run({ file, terminal }, shell) {
    terminal.out(dumpSymbols(rootModule(file, shell).scopes, { color: terminal.colorOut }))
    return 0
  },
}
