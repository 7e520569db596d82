/**
 * `spy build`: a folder that pages and Node import without a bundler.
 *
 *     waves.js          what `waves.spy` exports: import this
 *     waves.program.js  starts the program
 *     waves.wasm        the program: waves.spy and all it imports
 *     waves.d.ts        declarations, and their map into waves.spy
 *     spy-runtime.js    conversions between JavaScript and the program
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { normalize, relative } from 'node:path'
import { dirname } from 'node:path/posix'
import { pathToFileURL } from 'node:url'
import { printDts } from '../../interface/dts.ts'
import { printFacade, printProgram } from '../../interface/facade.ts'
import { HostError, invariant } from '../../text/diagnostics.ts'
import { chooseToolchain, readRuntimeSources, type ToolchainChoice } from '../../toolchain/index.ts'
import { buildRelease, emitProgramC, type ReleaseBuild } from '../pipelines/release.ts'
import { BUILD_OPTIONS, buildFolder, buildOptions, layoutMode, shownPath, stemOf } from './build-options.ts'
import type { Call, Command, Shell } from './command.ts'
import { COMMON, ERROR_MODE, GC_OPTIONS, programRequest, TIMEIT } from './common-options.ts'
import { exitStatus } from './run.ts'
import { tellTime, tellWarning } from './telling.ts'

const TOOLCHAINS: readonly ToolchainChoice[] = ['auto', 'emscripten', 'clang']

export const command: Command = {
  operands: 'FILENAME [ARGV]...',
  about:
    'Compiles FILENAME and all it imports through C. The result is an ES module, its wasm and its declarations, for pages and ' +
    'Node, without a bundler.',
  optionsFirst: true,
  file: 'required',
  options: [
    ...BUILD_OPTIONS,
    {
      names: ['--toolchain'],
      value: 'NAME',
      choices: TOOLCHAINS,
      help: 'auto (default): Emscripten if emcc is found, else the embedded clang.',
    },
    { names: ['--no-compile'], help: 'Write the C and stop.' },
    { names: ['--no-cache'], help: 'Neither use results of earlier builds nor keep this one.' },
    { names: ['-x', '--execute'], help: 'Run main() of the result with ARGV; its result is the exit status.' },
    TIMEIT,
    ERROR_MODE,
    ...GC_OPTIONS,
    ...COMMON,
  ],
  async run(call, shell) {
    const { options, terminal } = call
    if (options.has('no-compile')) return writeC(call, shell)
    const built = await compile(call, shell)
    for (const warning of built.warnings) tellWarning(warning, call)
    const module = writeModule(built, call, shell)
    terminal.out(`[${layoutMode(options)}] ${shownPath(module, shell)} \n`)
    return options.has('execute') ? execute(module, call) : 0
  },
}

async function compile(call: Call, shell: Shell): Promise<ReleaseBuild> {
  const { options, file } = call
  const toolchain = await chooseToolchain(options.choice('toolchain', TOOLCHAINS, 'auto'))
  const store = options.has('no-cache') ? undefined : await shell.artifacts(dirname(shell.resolve(file)))
  const request = { ...programRequest(call, shell), runsMain: options.has('execute') }
  const tools = { toolchain, runtime: readRuntimeSources(), ...(store !== undefined && { store }) }
  try {
    return await buildRelease(request, shell.world(), tools, {
      mode: layoutMode(options),
      audience: 'facades',
      root: dirname(shell.resolve(file)),
      build: buildOptions(options),
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
  })
  for (const warning of warnings) tellWarning(warning, call)
  const folder = `${buildFolder(call, shell)}/src`
  const paths = [...c.files].map(([name, text]) => writeFile(folder, name, text))
  terminal.out(`C files:      ${paths.map((path) => shownPath(path, shell)).join(', ')}\n`)
  return 0
}

/** @returns the path of the module to import */
function writeModule({ wasm, interfaces }: ReleaseBuild, call: Call, shell: Shell): string {
  const [model] = interfaces.values()
  invariant(model !== undefined, 'the file that is built is an entry')
  const folder = buildFolder(call, shell)
  const stem = stemOf(call.file)
  // In specifiers and URLs, where `#` and `?` of a file name would mean something else.
  const url = (name: string) => `./${encodeURIComponent(name)}`
  const runtimeId = './spy-runtime.js'
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(wasm.slice())).map(({ name }) => name)
  const source = relative(folder, shell.resolve(call.file)).replaceAll('\\', '/')
  const dts = printDts(model, { source, mapFile: encodeURIComponent(`${stem}.d.ts.map`), runtimeId })

  writeFile(folder, `${stem}.wasm`, wasm)
  writeFile(folder, `${stem}.program.js`, printProgram({ wasm: url(`${stem}.wasm`), imports, runtimeId }))
  writeFile(folder, `${stem}.d.ts`, dts.code)
  writeFile(folder, `${stem}.d.ts.map`, JSON.stringify({ ...dts.map, file: `${stem}.d.ts` }))
  copyRuntime(folder, shell)
  const facade = printFacade(model, { kind: 'release', programId: url(`${stem}.program.js`), runtimeId })
  return writeFile(folder, `${stem}.js`, facade)
}

/** What the declarations of the runtime use beyond ES2022. */
const RUNTIME_LIB = '/// <reference lib="esnext.disposable" />\n'

function copyRuntime(folder: string, shell: Shell): void {
  const read = (name: string): string => {
    const path = shell.packageFile('dist', 'runtime', name)
    if (existsSync(path)) return readFileSync(path, 'utf8')
    throw new HostError('the runtime for pages is missing', { tried: [path], fix: 'npm run build:package' })
  }
  writeFile(folder, 'spy-runtime.js', read('index.js'))
  writeFile(folder, 'spy-runtime.d.ts', RUNTIME_LIB + read('index.d.ts'))
}

function writeFile(folder: string, name: string, content: string | Uint8Array): string {
  const path = `${folder}/${name}`
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, content)
  } catch (error) {
    throw new HostError(`cannot write ${path}: ${(error as NodeJS.ErrnoException).code}`, { cause: error })
  }
  return path
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
