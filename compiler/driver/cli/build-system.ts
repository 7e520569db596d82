/**
 * Builds for hosts that need no JavaScript of ours.
 *
 *     native      waves            a command        libwaves.so, waves.h     a library and its header
 *     emscripten  waves.mjs/.wasm  runs in Node     waves.mjs/.wasm, waves.h  a factory, as Emscripten makes them
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { dirname } from 'node:path/posix'
import { chooseEmscriptenLinker, chooseNative, readRuntimeSources } from '../../toolchain/index.ts'
import { buildForSystem } from '../pipelines/release.ts'
import { buildFolder, buildOptions, layoutMode, outputKind, stemOf, type Target, writeFile } from './build-options.ts'
import type { Call, Shell } from './command.ts'
import { programRequest } from './common-options.ts'
import { tellTime, tellWarning } from './telling.ts'

/** @returns the path of the first file */
export async function buildSystem(target: Exclude<Target, 'wasm'>, call: Call, shell: Shell): Promise<string> {
  const { options, file } = call
  const compiler = await (target === 'native' ? chooseNative() : chooseEmscriptenLinker())
  const sourceFolder = dirname(shell.resolve(file))
  const isDebug = layoutMode(options) === 'debug'
  const { files, warnings } = await buildForSystem(
    programRequest(call, shell),
    shell.world(),
    { compiler, runtime: readRuntimeSources() },
    {
      mode: layoutMode(options),
      // Errors of native programs show the line of the source if they find it, wherever they are called.
      ...(!(isDebug && target === 'native') && { root: sourceFolder }),
      build: {
        ...buildOptions(options, shell.env),
        output: outputKind(options) === 'exe' ? 'executable' : 'library',
        name: stemOf(file),
        sourceFolder,
      },
    },
  )
  for (const warning of warnings) tellWarning(warning, call)
  const folder = buildFolder(call, shell)
  const mode = target === 'native' ? 0o777 : 0o666
  const [first] = [...files].map(([name, content], i) => writeFile(folder, name, content, i === 0 ? mode : 0o666))
  return first ?? folder
}

/**
 * Run a command in a process of its own, until it ends.
 *
 * @returns its status; 128 and the number of the signal, if one ended it
 */
export function executeSystem(path: string, { argv, options, terminal }: Call): Promise<number> {
  terminal.flush()
  const isModule = /\.m?js$/.test(path)
  const [program, args] = isModule ? [process.execPath, [path, ...argv]] : [path, argv]
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['inherit', 'pipe', 'pipe'] })
    child.stdout.setEncoding('utf8').on('data', terminal.out)
    child.stderr.setEncoding('utf8').on('data', terminal.err)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (options.has('timeit')) tellTime(performance.now() - start, terminal)
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL'])
    })
  })
}
