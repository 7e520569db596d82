/** Files that come with the package: the library in SPy, the runtime in C and as wasm. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
