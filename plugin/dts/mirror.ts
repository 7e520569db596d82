/**
 * Where declarations are: in a tree that mirrors the project, so that sources stay alone in theirs.
 *
 *     src/topo.spy  →  .spy/types/src/topo.d.spy.ts, .spy/types/src/topo.d.spy.ts.map
 *
 * TypeScript looks for `./topo.spy` in `topo.d.spy.ts` (allowArbitraryExtensions), and takes the two trees for one
 * (rootDirs). An editor that goes to a definition follows the map into the `.spy` file.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, posix, relative, sep } from 'node:path'
import { packageFile } from '../../compiler/node.ts'
import { toPosix } from '../ids.ts'
import type { EntryInterface } from '../programs.ts'

const FOLDER = '.spy'

/** Another version may write other declarations. */
const PACKAGE_VERSION = (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }).version
const ENDING = '.d.spy.ts'

export const CONFIG_FILE = `${FOLDER}/tsconfig.spy.json`

const CONFIG = `{
  "compilerOptions": {
    "rootDirs": ["..", "./types"],
    "allowArbitraryExtensions": true
  }
}
`

/** Everything in the folder is generated. */
const IGNORE = '*\n'

/** A generated file: its path, absolute, and its text. */
export interface Generated {
  readonly path: string
  readonly text: string
}

/** What is the same for every project. */
export function fixedFiles(root: string): Generated[] {
  return [
    { path: join(root, CONFIG_FILE), text: CONFIG },
    { path: join(root, FOLDER, '.gitignore'), text: IGNORE },
  ]
}

/**
 * Declarations and map of one source.
 *
 * @returns nothing for sources outside of the root: no tree of ours mirrors them
 */
export function declarationFiles(root: string, source: string, described: EntryInterface): Generated[] {
  const path = declarationPath(root, source)
  if (path === undefined) return []
  const mapFile = `${basename(path)}.map`
  const { code, map } = described.declarations(toPosix(relative(dirname(path), source)).replaceAll(sep, '/'), mapFile)
  return [
    { path, text: code },
    { path: join(dirname(path), mapFile), text: map },
  ]
}

export function declarationPath(root: string, source: string): string | undefined {
  const inside = toPosix(relative(root, source)).replaceAll(sep, '/')
  if (inside.startsWith('../') || posix.isAbsolute(inside) || /^[a-zA-Z]:/.test(inside)) return undefined
  return join(root, FOLDER, 'types', inside.replace(/\.spy$/, ENDING))
}

/** The source that a generated file of the tree was made from. */
export function sourceOf(root: string, path: string): string {
  const inside = relative(join(root, FOLDER, 'types'), path).replace(/\.d\.spy\.ts(?:\.map)?$/, '.spy')
  return toPosix(join(root, inside))
}

/** Every generated file that the tree has. */
export function presentFiles(root: string): string[] {
  const folder = join(root, FOLDER, 'types')
  return readNames(folder)
    .filter((name) => name.endsWith(ENDING) || name.endsWith(`${ENDING}.map`))
    .map((name) => join(folder, name))
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    return [] // nothing has been generated yet
  }
}

export function isCurrent({ path, text }: Generated): boolean {
  try {
    return readFileSync(path, 'utf8') === text
  } catch {
    return false
  }
}

/** Whole or not at all: a type checker may be reading. What is right is left alone, so that nobody is woken up. */
export function writeGenerated(file: Generated): void {
  if (isCurrent(file)) return
  mkdirSync(dirname(file.path), { recursive: true })
  const unfinished = `${file.path}.${process.pid}.${Math.random().toString(36).slice(2)}`
  writeFileSync(unfinished, file.text)
  renameSync(unfinished, file.path)
}

/**
 * Whether all declarations have been written since the sources were changed last. Looks at times only, which is cheap;
 * sources that were just checked out look newer than they are.
 */
export function seemsCurrent(root: string, sources: readonly string[]): boolean {
  const stamp = stampFile(root, sources)
  const written = modified(stamp.path)
  if (written === undefined || !isCurrent(stamp)) return false
  return sources.every((source) => (modified(source) ?? Number.POSITIVE_INFINITY) <= written)
}

/** Remember that all declarations have been written. */
export function stampWritten(root: string, sources: readonly string[]): void {
  const stamp = stampFile(root, sources)
  removeGenerated(stamp.path) // its time is what counts
  writeGenerated(stamp)
}

function stampFile(root: string, sources: readonly string[]): Generated {
  const text = [PACKAGE_VERSION, ...sources.map((source) => relative(root, source))].join('\n')
  return { path: join(root, FOLDER, 'types', '.written'), text: `${text}\n` }
}

function modified(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs
}

export function removeGenerated(path: string): void {
  rmSync(path, { force: true })
}
