/** Options that several commands have. */
import type { Gc } from '../pipelines/collection.ts'
import type { ProgramRequest } from '../pipelines/front-end.ts'
import type { Call, Option, OptionValues, Shell } from './command.ts'
import { COLOR_CHOICES } from './terminal.ts'

export const HELP: Option = { names: ['-h', '--help'], help: 'Show this text.' }

export const COLOR: Option = {
  names: ['--color'],
  value: 'WHEN',
  choices: COLOR_CHOICES,
  help: 'auto (default): on terminals, unless NO_COLOR is set.',
}

const ERROR_MODES = ['eager', 'lazy', 'warn'] as const

export const ERROR_MODE: Option = {
  names: ['-E', '--error-mode'],
  value: 'MODE',
  choices: ERROR_MODES,
  help: 'What becomes of static errors. eager (default): stop. lazy: raise them when they are reached. warn: that, and tell.',
}

const GC_MODES = ['auto', 'none'] as const

/** For commands that compile. */
export const GC_OPTIONS: readonly Option[] = [
  {
    names: ['--gc'],
    value: 'MODE',
    choices: GC_MODES,
    help: 'auto (default): memory that nothing leads to is used again. none: never, and no collector is linked.',
  },
  { names: ['--gc-stress'], help: 'Collect at every allocation, to find mistakes of the compiler.' },
]

export const TIMEIT: Option = { names: ['--timeit'], help: 'Tell how long main() took.' }

/** For every command. */
export const COMMON: readonly Option[] = [COLOR, HELP]

/** The program that starts with FILE. */
export function programRequest({ file, options, terminal }: Call, shell: Shell): ProgramRequest {
  return {
    entries: [shell.resolve(file)],
    errors: options.choice('error-mode', ERROR_MODES, 'eager') === 'eager' ? 'eager' : 'lazy',
    gc: gcMode(options),
    output: terminal.out,
  }
}

function gcMode(options: OptionValues): Gc {
  const mode = options.choice('gc', GC_MODES, 'auto')
  return mode === 'auto' && options.has('gc-stress') ? 'stress' : mode
}
