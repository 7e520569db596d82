/**
 * Emscripten: its compiler driver for C, its linker for the module. Emscripten's own linking step is left out: it would
 * add exports and a start function that our loader has no use for.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { locateEmscripten } from './emscripten-search.ts'
import {
  BRACKET_DEPTH,
  DIALECT,
  FLAGS_VERSION,
  features,
  inlining,
  keepsNames,
  linkArguments,
  optimization,
  STRICT,
} from './flags.ts'
import type { BuildOptions, CFiles, Toolchain, WasmBytes } from './port.ts'
import { tidyModule } from './tidy.ts'
import { inFolderWith, runTool } from './workplace.ts'

/** Undefined if there is none. */
export async function findEmscripten(env: NodeJS.ProcessEnv = process.env): Promise<Emscripten | undefined> {
  const found = await locateEmscripten(env)
  return found && new Emscripten(found.emcc, found.linker, found.version)
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
    return inFolderWith(sources, async (folder) => {
      // Relative names, so that messages and debug information do not show where the folder happened to be.
      await this.#run(this.#emcc, ['-c', ...compileArguments(options), sources.main, '-o', 'unit.o'], folder)
      await this.#run(this.#linker, [...linkArguments(options), 'unit.o', '-o', 'unit.wasm'], folder)
      return tidyModule(await readFile(join(folder, 'unit.wasm')), keepsNames(options))
    })
  }

  #run(program: string, args: readonly string[], cwd: string): Promise<void> {
    return runTool(this.name, program, args, cwd)
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
    ...(options.strict ? STRICT : []),
    ...Object.entries(options.defines ?? {}).map(([name, text]) => `-D${name}=${text}`),
    ...inlining(options),
    `-fbracket-depth=${BRACKET_DEPTH}`,
    ...['-I', 'runtime-c/include'],
  ]
}
