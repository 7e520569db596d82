/** Files that come with the package: the library in SPy, the runtime in C and as wasm. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HostError, invariant } from '../text/diagnostics.ts'
import { posixPath } from './file-system.ts'

/** Sources run from where they are written, the published package from its bundle: both stand below the root. */
function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'stdlib')) || !existsSync(join(folder, 'package.json'))) {
    invariant(folder !== dirname(folder), 'the library stands beside the code')
    folder = dirname(folder)
  }
  return folder
}

let root: string | undefined

/** Absolute path, with `/`, of something in the package. */
export function packageFile(...parts: readonly string[]): string {
  root ??= findRoot()
  return posixPath(join(root, ...parts))
}

let version: string | undefined

/** Equal for two processes only if they run the same compiler: a hash of its code, be it sources or a bundle. */
export function codeVersion(): string {
  version ??= hashFiles(dirname(fileURLToPath(import.meta.url)), packageFile())
  return version
}

/** @param start  the folder of a file of the code; all of the code is in the folder below `root` that has it */
function hashFiles(start: string, root: string): string {
  const [top = ''] = relative(root, start).split(sep)
  invariant(top !== '' && top !== '..', 'the code stands below the root of the package')
  const hash = createHash('sha256')
  const folder = join(root, top)
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.[jt]s$/.test(path))
      hash
        .update(`${path}\0`)
        .update(readFileSync(join(folder, path)))
        .update('\0')
  }
  return hash.digest('hex')
}

let libspy: WebAssembly.Module | undefined

/** The C runtime that programs of engine jit share, compiled once for the process. */
export function libspyModule(): WebAssembly.Module {
  libspy ??= new WebAssembly.Module(libspyBytes())
  return libspy
}

export function libspyBytes(): Uint8Array<ArrayBuffer> {
  const path = packageFile('dist', 'libspy.wasm')
  if (!existsSync(path)) {
    throw new HostError('libspy.wasm is missing', { tried: [path], fix: 'npm run build:runtime' })
  }
  return new Uint8Array(readFileSync(path))
}
