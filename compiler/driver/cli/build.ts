/**
 * `spy build`: a program compiled through C, for one of three hosts.
 *
 *     wasm        our own loader: a folder that pages and Node import, see build-module.ts
 *     emscripten  Emscripten's loader and libc, see build-system.ts
 *     native      this machine: a command, or a library with its header
 */
import { normalize } from 'node:path'
import { dirname } from 'node:path/posix'
import { pathToFileURL } from 'node:url'
import { chooseToolchain, readRuntimeSources, type ToolchainChoice } from '../../toolchain/index.ts'
import { buildRelease, emitProgramC, type ReleaseBuild } from '../pipelines/release.ts'
import { writeModule } from './build-module.ts'
import {
  BUILD_OPTIONS,
  buildFolder,
  buildOptions,
  callerOf,
  layoutMode,
  outputKind,
  shownPath,
  targetOf,
  writeFile,
} from './build-options.ts'
import { checkLib, writePackage } from './build-package.ts'
import { buildSystem, executeSystem } from './build-system.ts'
import type { Call, Command, Shell } from './command.ts'
import { COMMON, GC_OPTIONS, keptResults, programRequest, TIMEIT } from './common-options.ts'
import { exitStatus } from './run.ts'
import { tellTime, tellWarning } from './telling.ts'

const TOOLCHAINS: readonly ToolchainChoice[] = ['auto', 'emscripten', 'clang']

export const command: Command = {
  operands: 'FILENAME [ARGV]...',
  about:
    'Compiles FILENAME and all it imports through C. The result is an ES module, its wasm and its declarations, for pages and ' +
    'Node, without a bundler; or, by --target, what another host runs.',
  optionsFirst: true,
  file: 'required',
  options: [
    ...BUILD_OPTIONS,
    {
      names: ['--toolchain'],
      value: 'NAME',
      choices: TOOLCHAINS,
      help: 'Of target wasm. auto (default): Emscripten if emcc is found, else the embedded clang.',
    },
    { names: ['--lib'], help: 'Lay the result out as a package, for users with and without this compiler.' },
    {
      names: ['--static'],
      help: '',
      refused: 'wasm has nothing to link at run time, and native programs are linked as the system does it.',
    },
    { names: ['--no-compile'], help: 'Write the C and stop.' },
    { names: ['-x', '--execute'], help: 'Run main() of the result with ARGV; its result is the exit status.' },
    TIMEIT,
    ...GC_OPTIONS,
    ...COMMON,
  ],
  async run(call, shell) {
    const { options, terminal } = call
    checkLib(call)
    if (options.has('no-compile')) return writeC(call, shell)
    const target = targetOf(options)
    const isCommand = outputKind(options) === 'exe'
    let result: string
    if (target === 'wasm') {
      const built = await compile(call, shell)
      for (const warning of built.warnings) tellWarning(warning, call)
      result = writeModule(built, call, shell)
      if (options.has('lib')) writePackage(call, shell)
    } else {
      result = await buildSystem(target, call, shell)
    }
    terminal.out(`[${layoutMode(options)}] ${shownPath(result, shell)} \n`)
    if (!options.has('execute')) return 0
    return target !== 'wasm' || isCommand ? executeSystem(result, call) : execute(result, call)
  },
}

async function compile(call: Call, shell: Shell): Promise<ReleaseBuild> {
  const { options, file } = call
  const toolchain = await chooseToolchain(options.choice('toolchain', TOOLCHAINS, 'auto'))
  toolchain.warm() // while the program is read
  const request = { ...programRequest(call, shell), runsMain: options.has('execute') || outputKind(options) === 'exe' }
  const tools = { toolchain, runtime: readRuntimeSources(), ...(await keptResults(call, shell)) }
  try {
    return await buildRelease(request, shell.world(), tools, {
      mode: layoutMode(options),
      audience: outputKind(options) === 'exe' ? 'commands' : 'facades',
      root: dirname(shell.resolve(file)),
      build: buildOptions(options, shell.env),
    })
  } finally {
    toolchain.dispose()
  }
}

function writeC(call: Call, shell: Shell): number {
  const { options, terminal } = call
  const { c, warnings } = emitProgramC(programRequest(call, shell), shell.world(), {
    mode: layoutMode(options),
    audience: 'facades',
    root: dirname(shell.resolve(call.file)),
    caller: callerOf(options),
  })
  for (const warning of warnings) tellWarning(warning, call)
  const folder = `${buildFolder(call, shell)}/src`
  const paths = [...c.files].map(([name, text]) => writeFile(folder, name, text))
  terminal.out(`C files:      ${paths.map((path) => shownPath(path, shell)).join(', ')}\n`)
  return 0
}

/** What was built, as an app would use it. */
async function execute(path: string, { file, argv, options, terminal }: Call): Promise<number> {
  terminal.flush()
  const { main } = (await import(pathToFileURL(path).href)) as { main(argv?: readonly string[]): unknown }
  const start = performance.now()
  const result = main([normalize(file), ...argv])
  if (options.has('timeit')) tellTime(performance.now() - start, terminal)
  return exitStatus(typeof result === 'number' ? result : 0)
}
