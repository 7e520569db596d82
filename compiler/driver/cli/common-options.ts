/** Options that several commands have. */
import { dirname } from 'node:path'
import type { ArtifactStore } from '../artifacts.ts'
import type { Gc } from '../pipelines/collection.ts'
import type { ProgramRequest } from '../pipelines/front-end.ts'
import type { Call, Option, OptionValues, Shell } from './command.ts'
import { COLOR_CHOICES } from './terminal.ts'
import { notANumber } from './usage-error.ts'

const HELP: Option = { names: ['-h', '--help'], help: 'Show this text.' }

const COLOR: Option = {
  names: ['--color'],
  value: 'WHEN',
  choices: COLOR_CHOICES,
  help: 'auto (default): on terminals, unless NO_COLOR is set.',
}

const ERROR_MODES = ['eager', 'lazy', 'warn'] as const

const ERROR_MODE: Option = {
  names: ['-E', '--error-mode'],
  value: 'MODE',
  choices: ERROR_MODES,
  help: 'What becomes of static errors. eager (default): stop. lazy: raise them when they are reached. warn: that, and tell.',
}

const BLUE_STEPS: Option = {
  names: ['--blue-steps'],
  value: 'N',
  help: 'How many steps @blue code may take before it counts as endless. Default: 100 million.',
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

/** Options that are known from elsewhere or yet to come. */
const REFUSED: readonly Option[] = [
  { names: ['--spdb'], help: '', refused: 'the debugger is not implemented yet.' },
  {
    names: ['--extra-vm-module'],
    value: 'PATH',
    help: '',
    refused: 'modules that are not written in SPy are not implemented yet.',
  },
  { names: ['--no-spyc'], help: '', refused: 'nothing is written beside sources. --no-cache is about builds.' },
  { names: ['--pdb'], help: '', refused: 'no Python is at work here that could be looked into.' },
]

/** For every command. What has no meaning for one does nothing there. */
export const COMMON: readonly Option[] = [
  ERROR_MODE,
  BLUE_STEPS,
  { names: ['--no-cache'], help: 'Neither use results of earlier builds nor keep this one.' },
  { names: ['--no-spy-toml'], help: 'Take no notice of spy.toml.' },
  COLOR,
  { names: ['--version'], help: 'Show the version.' },
  HELP,
  ...REFUSED,
]

/** Where results of C compilers are kept for the next time, unless they are not to be. */
export async function keptResults({ file, options }: Call, shell: Shell): Promise<{ readonly store?: ArtifactStore }> {
  return options.has('no-cache') ? {} : { store: await shell.artifacts(dirname(shell.resolve(file))) }
}

/** The program that starts with FILE. */
export function programRequest({ file, options, terminal }: Call, shell: Shell): ProgramRequest {
  return {
    entries: [shell.resolve(file)],
    errors: options.choice('error-mode', ERROR_MODES, 'eager') === 'eager' ? 'eager' : 'lazy',
    gc: gcMode(options),
    ...blueSteps(options),
    output: terminal.out,
  }
}

function blueSteps(options: OptionValues): Pick<ProgramRequest, 'blueSteps'> {
  const text = options.text('blue-steps')
  if (text === undefined) return {}
  if (!/^[1-9][0-9]*$/.test(text)) throw notANumber('--blue-steps', text)
  return { blueSteps: Number(text) }
}

function gcMode(options: OptionValues): Gc {
  const mode = options.choice('gc', GC_MODES, 'auto')
  return mode === 'auto' && options.has('gc-stress') ? 'stress' : mode
}
