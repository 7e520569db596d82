/** `spy redshift`: what partial evaluation leaves of a file, as SPy; or running that. */
import { normalize } from 'node:path'
import { printSource } from '../../backends/spy-source.ts'
import { highlight } from '../../inspect/highlight.ts'
import { linearize } from '../../lowering/linearize.ts'
import { invariant } from '../../text/diagnostics.ts'
import { check } from '../pipelines/check.ts'
import type { Call, Command, Shell } from './command.ts'
import { COMMON, ERROR_MODE, programRequest, TIMEIT } from './common-options.ts'
import { exitStatus } from './run.ts'
import { tellTime, tellWarning } from './telling.ts'

export const command: Command = {
  operands: 'FILENAME [ARGV]...',
  about:
    'Prints the functions of FILENAME as partial evaluation leaves them: blue code is gone, every name has a type.',
  optionsFirst: true,
  file: 'required',
  options: [
    { names: ['-x', '--execute'], help: 'Run main() of the result instead, with ARGV.' },
    { names: ['--full-fqn'], help: 'Show complete names, and operators as calls.' },
    { names: ['--linearize'], help: 'Spell out the order of effects first, as for C.' },
    TIMEIT,
    ERROR_MODE,
    ...COMMON,
  ],
  async run(call, shell) {
    return call.options.has('execute') ? execute(call, shell) : dump(call, shell)
  },
}

function dump(call: Call, shell: Shell): number {
  const { options, terminal } = call
  const { program, interfaces, warnings } = check(programRequest(call, shell), shell.world())
  for (const warning of warnings) tellWarning(warning, call)
  const [model] = interfaces.values()
  invariant(model !== undefined, 'the file is an entry')
  const shown = options.has('linearize') ? linearize(program) : program
  const source = printSource(shown, model.module, { fullFqn: options.has('full-fqn') })
  terminal.out(terminal.colorOut ? highlight(source, 'spy') : source)
  return 0
}

async function execute(call: Call, shell: Shell): Promise<number> {
  const { options, terminal } = call
  const { result, time } = await shell.runCompiled({
    engine: 'jit',
    request: programRequest(call, shell),
    argv: [normalize(call.file), ...call.argv],
    stdout: terminal.out,
    stderr: terminal.err,
    onWarning: (warning) => tellWarning(warning, call),
  })
  if (options.has('timeit')) tellTime(time, terminal)
  return exitStatus(result)
}
