/** The C compiler of the system: programs and libraries for this machine, without JavaScript. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BRACKET_DEPTH, FLAGS_VERSION, keepsNames, NATIVE_DIALECT, optimization, STRICT } from './flags.ts'
import type { CFiles, LinkOptions, SystemCompiler } from './port.ts'
import { runProcess } from './process.ts'
import { HOST_SOURCE } from './runtime-sources.ts'
import { inFolderWith, runTool } from './workplace.ts'

/** Where it may be, in order: what CC says, which may come with arguments; the names that systems use. */
export function nativeCandidates(env: NodeJS.ProcessEnv): readonly string[] {
  return [...(env.CC ? [env.CC] : []), 'cc', 'gcc', 'clang']
}

/** The first candidate that answers; undefined if none does. */
export async function findNative(env: NodeJS.ProcessEnv = process.env): Promise<NativeCompiler | undefined> {
  for (const candidate of nativeCandidates(env)) {
    const [program = '', ...args] = candidate.trim().split(/\s+/)
    const answer = await runProcess(program, [...args, '--version'], { timeout: 30_000 })
    if (answer?.exitCode !== 0) continue
    return new NativeCompiler(program, args, answer.stdout.split('\n')[0]?.trim() ?? program)
  }
  return undefined
}

export class NativeCompiler implements SystemCompiler {
  readonly name = 'native'
  readonly version: string
  readonly #program: string
  readonly #arguments: readonly string[]

  constructor(program: string, args: readonly string[], version: string) {
    this.version = `${version}, flags ${FLAGS_VERSION}`
    this.#program = program
    this.#arguments = args
  }

  link(sources: CFiles, options: LinkOptions): Promise<ReadonlyMap<string, Uint8Array>> {
    const name = outputName(options)
    return inFolderWith(sources, async (folder) => {
      // Not the name of the file: sources could be called so.
      const output = ['-o', 'result', ...(options.output === 'library' ? ['-shared'] : [])]
      const prefix = options.sourceFolder === undefined ? [] : [`-fdebug-prefix-map=${folder}=${options.sourceFolder}`]
      const inputs = [sources.main, HOST_SOURCE]
      const own = /\bclang\b/.test(this.version) ? [`-fbracket-depth=${BRACKET_DEPTH}`] : [] // gcc has no such limit
      const args = [...this.#arguments, ...compileArguments(options), ...own, ...prefix, ...inputs, ...output, '-lm']
      await runTool(this.name, this.#program, args, folder)
      return new Map([[name, await readFile(join(folder, 'result'))]])
    })
  }
}

function outputName({ output, name }: LinkOptions): string {
  if (output === 'executable') return process.platform === 'win32' ? `${name}.exe` : name
  return `lib${name}${process.platform === 'darwin' ? '.dylib' : process.platform === 'win32' ? '.dll' : '.so'}`
}

function compileArguments(options: LinkOptions): readonly string[] {
  return [
    ...NATIVE_DIALECT,
    `-O${optimization(options)}`,
    '-fPIC',
    keepsNames(options) ? '-g' : '-s',
    ...(options.strict ? STRICT : ['-w']),
    ...Object.entries(options.defines ?? {}).map(([name, text]) => `-D${name}=${text}`),
    ...['-I', 'runtime-c/include'],
  ]
}
