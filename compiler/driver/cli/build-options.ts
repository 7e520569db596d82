/** What `build` and `cwrite` are told about the result. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, parse } from 'node:path/posix'
import type { LayoutMode } from '../../objects/layout.ts'
import { HostError } from '../../text/diagnostics.ts'
import type { BuildOptions } from '../../toolchain/port.ts'
import type { ProgramCaller } from '../pipelines/release.ts'
import type { Call, Option, OptionValues, Shell } from './command.ts'

const OPTIMIZE = ['0', '1', '2', '3', 's', 'z'] as const

const TARGETS = ['wasm', 'emscripten', 'native'] as const
const KINDS = ['lib', 'exe'] as const

export type Target = (typeof TARGETS)[number]

export const BUILD_OPTIONS: readonly Option[] = [
  {
    names: ['-o', '-b', '--build-dir', '--out-dir'],
    value: 'DIR',
    help: 'Where the result goes; default: build, beside FILENAME.',
  },
  {
    names: ['-t', '--target'],
    value: 'HOST',
    choices: TARGETS,
    help: 'wasm (default): pages and Node. emscripten: the same, with the loader of Emscripten. native: this machine.',
  },
  {
    names: ['-k', '--output-kind'],
    value: 'KIND',
    choices: KINDS,
    help: 'lib: what others import. exe: runs main(). Default: lib; of target native, exe.',
  },
  { names: ['--release'], help: 'Optimised, without checks of pointers in unsafe code (default).' },
  { names: ['--debug'], help: 'Made quickly, with names and with all checks.' },
  { names: ['--profile'], value: 'PROFILE', choices: ['debug', 'release', 'size'], help: 'size: as small as it gets.' },
  { names: ['-O', '--optimize'], value: 'LEVEL', choices: OPTIMIZE, help: 'Instead of what the profile says.' },
  { names: ['-g', '--debug-symbols'], help: 'Names, and a source map to .spy; of target native, line tables (DWARF).' },
  { names: ['--Werror'], help: 'Warnings of the C compiler are errors.' },
]

export function targetOf(options: OptionValues): Target {
  return options.choice<Target>('target', TARGETS, 'wasm')
}

export function outputKind(options: OptionValues): (typeof KINDS)[number] {
  return options.choice('output-kind', KINDS, targetOf(options) === 'native' ? 'exe' : 'lib')
}

/** Who will call the program. */
export function callerOf(options: OptionValues): ProgramCaller {
  if (targetOf(options) === 'wasm') return 'javascript'
  return outputKind(options) === 'exe' ? 'system' : 'c'
}

type Profile = BuildOptions['profile']

function profileOf(options: OptionValues): Profile {
  const otherwise = options.has('debug') && !options.has('release') ? 'debug' : 'release'
  return options.choice<Profile>('profile', ['debug', 'release', 'size'], otherwise)
}

export function layoutMode(options: OptionValues): LayoutMode {
  return profileOf(options) === 'debug' ? 'debug' : 'release'
}

/** The environment variable SPY_WERROR is the option --Werror. */
export function buildOptions(options: OptionValues, env: Shell['env']): BuildOptions {
  const strict = options.has('Werror') || env.SPY_WERROR === '1' || env.SPY_WERROR === 'true'
  const level = OPTIMIZE.find((each) => each === options.text('optimize'))
  return {
    profile: profileOf(options),
    ...(level !== undefined && { optimize: level }),
    ...(options.has('debug-symbols') && { debugInfo: true }),
    ...(strict && { strict }),
  }
}

/** Absolute, with `/`. */
export function buildFolder({ file, options }: Call, shell: Shell): string {
  const given = options.text('out-dir')
  return given === undefined ? `${dirname(shell.resolve(file))}/build` : shell.resolve(given)
}

/** Name of the file without its suffix: results are called so. */
export function stemOf(file: string): string {
  return parse(basename(file)).name
}

/** A path as the user would write it: relative to the current folder when it is inside, else absolute. */
export function shownPath(path: string, shell: Shell): string {
  const inside = `${shell.resolve('.')}/`
  return path.startsWith(inside) ? path.slice(inside.length) : path
}

/** @returns the path of what was written */
export function writeFile(folder: string, name: string, content: string | Uint8Array, mode = 0o666): string {
  const path = `${folder}/${name}`
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, content, { mode })
  } catch (error) {
    throw new HostError(`cannot write ${path}: ${(error as NodeJS.ErrnoException).code}`, { cause: error })
  }
  return path
}
