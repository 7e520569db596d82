/** `spy cwrite`: the C of a program. */
import { dirname } from 'node:path'
import { highlight } from '../../inspect/highlight.ts'
import { emitProgramC } from '../pipelines/release.ts'
import { BUILD_OPTIONS, buildFolder, callerOf, layoutMode } from './build-options.ts'
import type { Command } from './command.ts'
import { COMMON, GC_OPTIONS, programRequest } from './common-options.ts'
import { tellWarning } from './telling.ts'

export const command: Command = {
  operands: 'FILENAME',
  about:
    'Prints the C that FILENAME and all it imports become, under the name that it has in a build. Nothing is compiled.',
  optionsFirst: true,
  file: 'required',
  options: [...BUILD_OPTIONS, ...GC_OPTIONS, ...COMMON],
  async run(call, shell) {
    const { terminal, options } = call
    const { c, warnings } = emitProgramC(programRequest(call, shell), shell.world(), {
      mode: layoutMode(options),
      audience: 'facades',
      root: dirname(shell.resolve(call.file)),
      caller: callerOf(options),
    })
    for (const warning of warnings) tellWarning(warning, call)
    for (const [name, text] of c.files) {
      terminal.out(`\n---- ${buildFolder(call, shell)}/src/${name} ----\n`)
      terminal.out(terminal.colorOut ? highlight(text, 'c') : text)
    }
    return 0
  },
}
