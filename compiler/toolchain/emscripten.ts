/**
 * Emscripten: its compiler driver for C, its linker for the module. Emscripten's own linking step is left out: it would
 * add exports and a start function that our loader has no use for.
 */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { toolchainFailed } from './failure.ts'
import { DIALECT, FLAGS_VERSION, features, keepsNames, linkArguments, optimization } from './flags.ts'
import type { BuildOptions, CFiles, Toolchain, WasmBytes } from './port.ts'
import { runProcess } from './process.ts'
import { tidyModule } from './tidy.ts'

/** Where it may be, in order: what EMCC says, the active SDK, the search path. */
export function emscriptenCandidates(env: NodeJS.ProcessEnv): readonly string[] {
  const name = process.platform === 'win32' ? 'emcc.bat' : 'emcc'
  return [
    ...(env.EMCC ? [env.EMCC] : []),
    ...(env.EMSDK ? [join(env.EMSDK, 'upstream', 'emscripten', name)] : []),
    name,
  ]
}

/** The first candidate that answers; undefined if none does. */
export async function findEmscripten(env: NodeJS.ProcessEnv = process.env): Promise<Emscripten | undefined> {
  for (const emcc of emscriptenCandidates(env)) {
    const [version, folders] = await Promise.all([
      runProcess(emcc, ['--version'], { timeout: 30_000 }),
      runProcess(emcc, ['-print-search-dirs'], { timeout: 30_000 }),
    ])
    if (version?.exitCode !== 0) continue
    const linker = linkerIn([...programFolders(folders?.stdout ?? ''), ...sdkFolders(env)])
    if (linker === undefined) continue
    return new Emscripten(emcc, linker, version.stdout.split('\n')[0]?.trim() ?? emcc)
  }
  return undefined
}

/** Where its clang looks for programs; it prints `programs: =/a:/b`. */
function programFolders(searchDirs: string): readonly string[] {
  return /^programs: =(.*)$/m.exec(searchDirs)?.[1]?.split(delimiter) ?? []
}

function sdkFolders({ EMSDK }: NodeJS.ProcessEnv): readonly string[] {
  return EMSDK ? [join(EMSDK, 'upstream', 'bin')] : []
}

function linkerIn(folders: readonly string[]): string | undefined {
  const name = process.platform === 'win32' ? 'wasm-ld.exe' : 'wasm-ld'
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

export class Emscripten implements Toolchain {
  readonly name = 'emscripten'
  readonly version: string
  readonly #emcc: string
  readonly #linker: string

  constructor(emcc: string, linker: string, version: string) {
    this.version = `${version}, flags ${FLAGS_VERSION}`
    this.#emcc = emcc
    this.#linker = linker
  }

  async build(sources: CFiles, options: BuildOptions): Promise<WasmBytes> {
    const folder = await mkdtemp(join(tmpdir(), 'unplugin-spy-'))
    try {
      for (const [path, text] of sources.files) {
        await mkdir(join(folder, dirname(path)), { recursive: true })
        await writeFile(join(folder, path), text)
      }
      // Relative names, so that messages and debug information do not show where the folder happened to be.
      await this.#run(this.#emcc, ['-c', ...compileArguments(options), sources.main, '-o', 'unit.o'], folder)
      await this.#run(this.#linker, [...linkArguments(options), 'unit.o', '-o', 'unit.wasm'], folder)
      return tidyModule(await readFile(join(folder, 'unit.wasm')), keepsNames(options))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async #run(program: string, args: readonly string[], cwd: string): Promise<void> {
    const result = await runProcess(program, args, { cwd })
    if (result === undefined) throw toolchainFailed(this.name, program, 'it is not there any more')
    if (result.exitCode !== 0) throw toolchainFailed(this.name, program, result.stderr || result.stdout)
  }

  warm(): void {}

  dispose(): void {}
}

function compileArguments(options: BuildOptions): readonly string[] {
  return [
    ...DIALECT,
    `-O${optimization(options)}`,
    '-mcpu=mvp',
    ...features(options).map((feature) => `-m${feature}`),
    ...(keepsNames(options) ? ['-g', '-gdwarf-4'] : []),
    ...Object.entries(options.defines ?? {}).map(([name, text]) => `-D${name}=${text}`),
    ...['-I', 'runtime-c/include'],
  ]
}
