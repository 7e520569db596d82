/**
 * The files of a build for JavaScript, which pages and Node import without a bundler.
 *
 *     waves.js          what `waves.spy` exports: import this
 *     waves.program.js  starts the program
 *     waves.wasm        the program: waves.spy and all it imports; with -g, its map into them is beside it
 *     waves.d.ts        declarations, and their map into waves.spy
 *     spy-runtime.js    conversions between JavaScript and the program
 *
 * Of a command, `waves.js` runs `main` when it is imported; nothing is declared.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { printDts } from '../../interface/dts.ts'
import { printCommand, printFacade, printProgram } from '../../interface/facade.ts'
import { HostError, invariant } from '../../text/diagnostics.ts'
import { fileNames } from '../pipelines/file-names.ts'
import type { ReleaseBuild } from '../pipelines/release.ts'
import { type MappedModule, mapRelease } from '../pipelines/release-map.ts'
import { buildFolder, outputKind, stemOf, writeFile } from './build-options.ts'
import { packagedSources } from './build-package.ts'
import type { Call, Shell } from './command.ts'

/** @returns the path of the module to import */
export function writeModule(built: ReleaseBuild, call: Call, shell: Shell): string {
  const [model] = built.interfaces.values()
  invariant(model !== undefined, 'the file that is built is an entry')
  const folder = buildFolder(call, shell)
  const stem = stemOf(call.file)
  // In specifiers and URLs, where `#` and `?` of a file name would mean something else.
  const url = (name: string) => `./${encodeURIComponent(name)}`
  const runtimeId = './spy-runtime.js'
  const mapped = call.options.has('debug-symbols')
    ? mapSources(built, folder, url(`${stem}.wasm.map`), call, shell)
    : undefined
  const { wasm } = mapped ?? built
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(wasm.slice())).map(({ name }) => name)
  const source = call.options.has('lib')
    ? packagedSources(call, shell)[0].name
    : relative(folder, shell.resolve(call.file)).replaceAll('\\', '/')
  const programId = url(`${stem}.program.js`)
  const isCommand = outputKind(call.options) === 'exe'

  writeFile(folder, `${stem}.wasm`, wasm)
  if (mapped !== undefined) {
    writeFile(folder, `${stem}.wasm.map`, JSON.stringify({ ...mapped.map, file: `${stem}.wasm` }))
  }
  writeFile(folder, `${stem}.program.js`, printProgram({ wasm: url(`${stem}.wasm`), imports, runtimeId, isCommand }))
  copyRuntime(folder, shell, isCommand ? ['index.js'] : ['index.js', 'index.d.ts'])
  if (isCommand) return writeFile(folder, `${stem}.js`, printCommand(model, { programId, runtimeId }))
  const dts = printDts(model, { source, mapFile: encodeURIComponent(`${stem}.d.ts.map`), runtimeId })
  writeFile(folder, `${stem}.d.ts`, dts.code)
  writeFile(folder, `${stem}.d.ts.map`, JSON.stringify({ ...dts.map, file: `${stem}.d.ts` }))
  return writeFile(folder, `${stem}.js`, printFacade(model, { kind: 'release', programId, runtimeId }))
}

function mapSources(built: ReleaseBuild, folder: string, url: string, call: Call, shell: Shell): MappedModule {
  const parts = (path: string) => relative(folder, path).replaceAll('\\', '/').split('/')
  return mapRelease(built, {
    inC: fileNames(dirname(shell.resolve(call.file)), shell.world().library),
    inMap: (path) => parts(path).map(encodeURIComponent).join('/'),
    url,
  })
}

/** What the declarations of the runtime use beyond ES2022. */
const RUNTIME_LIB = '/// <reference lib="esnext.disposable" />\n'

function copyRuntime(folder: string, shell: Shell, names: readonly string[]): void {
  for (const name of names) {
    const path = shell.packageFile('dist', 'runtime', name)
    if (!existsSync(path)) {
      throw new HostError('the runtime for pages is missing', { tried: [path], fix: 'npm run build:package' })
    }
    const head = name.endsWith('.d.ts') ? RUNTIME_LIB : ''
    writeFile(folder, name.replace('index', 'spy-runtime'), head + readFileSync(path, 'utf8'))
  }
}
