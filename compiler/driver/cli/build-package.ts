/**
 * What makes a build a package: `spy build --lib -o words words.spy`.
 *
 *     words/package.json   `import 'words'` is words.js; who has a SPy compiler gets the sources
 *     words/words.js ...   the module as it is built without --lib
 *     words/spy/           words.spy and the modules beside it that it imports
 */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, relative } from 'node:path/posix'
import type { SourceModule } from '../../modules/graph.ts'
import { HostError, invariant } from '../../text/diagnostics.ts'
import { buildFolder, outputKind, stemOf, targetOf, writeFile } from './build-options.ts'
import type { Call, Shell } from './command.ts'
import { readModules } from './sources.ts'
import { UsageError } from './usage-error.ts'

/** Packages hold modules: nothing else has a form of its own for them. */
export function checkLib({ options }: Call): void {
  if (!options.has('lib') || (targetOf(options) === 'wasm' && outputKind(options) === 'lib')) return
  throw new UsageError(
    "--lib makes a package of a module: it goes with '--target wasm' and '--output-kind lib'.",
    'build',
  )
}

/** Add sources and a description to a folder that a module has been built into. */
export function writePackage(call: Call, shell: Shell): void {
  const folder = buildFolder(call, shell)
  const [entry, ...others] = packagedSources(call, shell)
  for (const { name, text } of [entry, ...others]) {
    const target = `${folder}/${name}`
    writeFile(dirname(target), basename(target), text)
  }
  const stem = stemOf(call.file)
  const before = description(`${folder}/package.json`)
  const exports = { types: `./${stem}.d.ts`, spy: `./${entry.name}`, default: `./${stem}.js` }
  const after = {
    name: packageName(stem),
    version: '0.0.0',
    sideEffects: false,
    ...before,
    type: 'module',
    exports: { ...(isObject(before.exports) ? before.exports : {}), '.': exports },
    files: ['*.js', '*.wasm', '*.d.ts', '*.d.ts.map', 'spy'],
  }
  writeFile(folder, 'package.json', `${JSON.stringify(after, null, 2)}\n`)
}

/** A source in a package: its name is a path below the folder of the package. */
export interface PackagedSource {
  readonly name: string
  readonly text: string
}

/** The entry, and what it imports without the library and other packages; they keep their places towards each other. */
export function packagedSources({ file }: Call, shell: Shell): readonly [PackagedSource, ...PackagedSource[]] {
  const { entries, modules } = readModules(file, shell)
  const [entry] = entries
  invariant(entry !== undefined, 'the file is an entry')
  const isOwn = ({ path, isLibrary }: SourceModule): boolean => !isLibrary && !path.includes('/node_modules/')
  const others = modules.filter((each) => each.kind === 'source').filter((each) => each !== entry && isOwn(each))
  const base = [entry, ...others].map(({ path }) => dirname(path)).reduce(commonFolder)
  const place = ({ path, file: { text } }: SourceModule): PackagedSource => ({
    name: `spy/${relative(base, path)}`,
    text,
  })
  return [place(entry), ...others.map(place)]
}

function commonFolder(a: string, b: string): string {
  let common = a
  while (common !== b && !b.startsWith(`${common}/`)) common = dirname(common)
  return common
}

/** The description that is there: what somebody wrote into it stays. */
function description(path: string): Readonly<Record<string, unknown>> {
  if (!existsSync(path)) return {}
  try {
    const before: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isObject(before)) return before
  } catch {}
  throw new HostError(`${path} is no description of a package`, { fix: 'mend it, or move it away' })
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Names of packages have small letters, and dashes where modules have underscores. */
function packageName(stem: string): string {
  const name = stem
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  return name === '' ? 'spy-module' : name
}
