/**
 * Emscripten with all that comes with it: its libc, its loader, its linker. The result is a module as its users know
 * them: a command that runs in Node when it is imported, or a factory of instances.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { locateEmscripten } from './emscripten-search.ts'
import { BRACKET_DEPTH, DIALECT, FLAGS_VERSION, keepsNames, optimization, STRICT } from './flags.ts'
import type { CFiles, LinkOptions, SystemCompiler } from './port.ts'
import { HOST_SOURCE } from './runtime-sources.ts'
import { inFolderWith, runTool } from './workplace.ts'

/** Undefined if there is no Emscripten. */
export async function findEmscriptenLinker(
  env: NodeJS.ProcessEnv = process.env,
): Promise<EmscriptenLinker | undefined> {
  const found = await locateEmscripten(env)
  return found && new EmscriptenLinker(found.emcc, found.version)
}

export class EmscriptenLinker implements SystemCompiler {
  readonly name = 'emscripten'
  readonly version: string
  readonly #emcc: string

  constructor(emcc: string, version: string) {
    this.version = `${version}, flags ${FLAGS_VERSION}`
    this.#emcc = emcc
  }

  link({ main, files }: CFiles, options: LinkOptions): Promise<ReadonlyMap<string, Uint8Array>> {
    const scripts: ReadonlyMap<string, string> = new Map([
      [BEFORE, FOR_NODE],
      [INSIDE, insideText(options)],
      [AFTER, RUN],
    ])
    const isCommand = options.output === 'executable'
    return inFolderWith({ main, files: new Map([...files, ...scripts]) }, async (folder) => {
      const run = (args: readonly string[]) => runTool(this.name, this.#emcc, args, folder)
      await run(['-c', ...compileArguments(options), main, '-o', 'unit.o'])
      await run(['-c', ...compileArguments(options), HOST_SOURCE, '-o', 'host.o'])
      const scriptArguments = [
        '--extern-pre-js',
        BEFORE,
        '--pre-js',
        INSIDE,
        ...(isCommand ? ['--extern-post-js', AFTER] : []),
      ]
      await run([...linkArguments(options), ...scriptArguments, 'unit.o', 'host.o', '-o', 'result.mjs'])
      const read = (name: string) => readFile(join(folder, name))
      // The loader mentions the file that it loads.
      const loader = (await readFile(join(folder, 'result.mjs'), 'utf8')).replaceAll(
        'result.wasm',
        `${options.name}.wasm`,
      )
      return new Map([
        [`${options.name}.mjs`, new TextEncoder().encode(loader)],
        [`${options.name}.wasm`, await read('result.wasm')],
      ])
    })
  }
}

const BEFORE = 'spy-before.js'
const INSIDE = 'spy-inside.js'
const AFTER = 'spy-after.js'

/** What the loaders of older versions take for granted in Node, and ES modules do not have. */
const FOR_NODE = `const { require, __dirname } = globalThis.process?.getBuiltinModule
  ? {
      require: globalThis.process.getBuiltinModule('node:module').createRequire(import.meta.url),
      __dirname: globalThis.process.getBuiltinModule('node:url').fileURLToPath(new URL('.', import.meta.url)),
    }
  : {}
`

/** Older versions fetch the wasm even where it is a file. */
function insideText({ name }: LinkOptions): string {
  const url = `new URL(${JSON.stringify(encodeURIComponent(`${name}.wasm`))}, import.meta.url)`
  return `if (globalThis.process?.getBuiltinModule && !Module['wasmBinary']) {
  Module['wasmBinary'] = globalThis.process.getBuiltinModule('node:fs').readFileSync(${url})
}
`
}

const RUN = `await Module({ arguments: globalThis.process?.argv.slice(2) ?? [] })
`

function compileArguments(options: LinkOptions): readonly string[] {
  return [
    ...DIALECT.filter((flag) => flag !== '-ffreestanding'),
    `-O${optimization(options)}`,
    '-DSPY_LIBC',
    ...(options.output === 'executable' ? ['-DSPY_COMMAND'] : []),
    ...(keepsNames(options) ? ['-g', '-gdwarf-4'] : []),
    ...(options.strict ? STRICT : ['-w']),
    ...['-mbulk-memory', '-mnontrapping-fptoint', '-msign-ext'],
    `-fbracket-depth=${BRACKET_DEPTH}`,
    ...['-I', 'runtime-c/include'],
  ]
}

function linkArguments(options: LinkOptions): readonly string[] {
  const isCommand = options.output === 'executable'
  const functions = isCommand ? ['main'] : [...(options.offered ?? []), 'malloc', 'free']
  return [
    // More would hand the loader to tools that not every installation has. The C is optimised by now.
    '-O1',
    ...(keepsNames(options) ? ['-g'] : []),
    ...['-mbulk-memory', '-mnontrapping-fptoint', '-msign-ext'],
    ...['-sMODULARIZE=1', '-sEXPORT_ES6=1', '-sWASM_BIGINT=1', '-sALLOW_MEMORY_GROWTH=1'],
    '-sENVIRONMENT=web,worker,node',
    ...(isCommand
      ? ['-sEXIT_RUNTIME=1']
      : ['--no-entry', '-sEXPORTED_RUNTIME_METHODS=ccall,cwrap,UTF8ToString,stringToUTF8']),
    `-sEXPORTED_FUNCTIONS=${functions.map((name) => `_${name}`).join(',')}`,
  ]
}
