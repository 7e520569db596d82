/** `spy run`: calls `main`. */
import { normalize } from 'node:path'
import type { Warning } from '../../text/diagnostics.ts'
import { executeMain } from '../pipelines/execute.ts'
import type { Command } from './command.ts'
import { COMMON, GC_OPTIONS, keptResults, programRequest, TIMEIT } from './common-options.ts'
import { tellTime, tellWarning } from './telling.ts'

const ENGINES = ['interp', 'jit', 'c'] as const

export const command: Command = {
  operands: 'FILENAME [ARGV]...',
  about:
    'Calls main() of FILENAME. Its result is the exit status, None being 0. ARGV is what main(argv) gets behind FILENAME.',
  optionsFirst: true,
  file: 'required',
  options: [
    {
      names: ['--engine'],
      value: 'ENGINE',
      choices: ENGINES,
      help: 'interp (default): nothing is compiled, errors appear when they are reached. jit: wasm. c: wasm, through a C compiler.',
    },
    TIMEIT,
    { names: ['--no-fs'], help: 'Let the program see no files.' },
    {
      names: ['--dir'],
      value: 'HOST[::GUEST][:ro]',
      many: true,
      help: '',
      refused: 'programs cannot open files yet.',
    },
    ...GC_OPTIONS,
    ...COMMON,
  ],
  async run(call, shell) {
    const { options, terminal } = call
    const argv = [normalize(call.file), ...call.argv]
    const request = programRequest(call, shell)
    const engine = options.choice('engine', ENGINES, 'interp')
    const onWarning = (warning: Warning): void => tellWarning(warning, call)
    const { out: stdout, err: stderr } = terminal
    const kept = engine === 'c' ? await keptResults(call, shell) : {}
    const { result, time } =
      engine === 'interp'
        ? executeMain(request, argv, shell.world(), onWarning)
        : await shell.runCompiled({ engine, request, argv, stdout, stderr, onWarning, ...kept })
    if (options.has('timeit')) tellTime(time, terminal)
    return exitStatus(result)
  },
}

/** Statuses have eight bits. */
export function exitStatus(result: number): number {
  return result & 0xff
}
