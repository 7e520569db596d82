/** `spy format`: a file, laid out as Python programs are. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fuseDeclarations, splitDeclarations } from '../../syntax/lexer.ts'
import { HostError, SpyError } from '../../text/diagnostics.ts'
import { formatPython } from '../../toolchain/ruff.ts'
import type { Command } from './command.ts'
import { COMMON } from './common-options.ts'

export const command: Command = {
  operands: 'FILENAME',
  about: 'Formats FILENAME in place, with the formatter ruff: 88 columns, double quotes. It has to be installed.',
  optionsFirst: false,
  file: 'required',
  options: COMMON,
  async run({ file, terminal }, shell) {
    if (!file.endsWith('.spy')) {
      terminal.err(`Error: ${file} is not a .spy file or directory.\n`)
      return 1
    }
    const path = shell.resolve(file)
    const source = read(path)
    // The formatter knows only Python, where `var x` is no declaration.
    const result = await formatPython(fuseDeclarations(source))
    if ('failure' in result) {
      throw new SpyError({
        class: 'Exception',
        message: `Failed to format ${file}: ${result.failure}`,
        annotations: [],
      })
    }
    const formatted = splitDeclarations(result.text)
    if (formatted !== source) writeFileSync(path, formatted)
    terminal.out(`${result.said}\n`)
    return 0
  },
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new HostError(`cannot read ${path}: ${(error as NodeJS.ErrnoException).code}`, { cause: error })
  }
}
