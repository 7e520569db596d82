/** The C sources of the runtime, which are part of every program and of the package. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HostError } from '../text/diagnostics.ts'

/** The host part of the runtime where it is not JavaScript: a translation unit of its own. */
export const HOST_SOURCE = 'runtime-c/src/libc.c'

/** By path, as toolchains want them: `runtime-c/include/spy.h`, ... */
export function readRuntimeSources(): ReadonlyMap<string, string> {
  const root = packageRoot()
  const files = new Map<string, string>()
  const read = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) read(path)
      else if (/\.[ch]$/.test(entry.name)) files.set(path, readFileSync(join(root, path), 'utf8'))
    }
  }
  read('runtime-c')
  return files
}

/** The folder that has `runtime-c`, above this file, be it source or bundled. */
function packageRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  for (let folder = here; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'runtime-c', 'include', 'spy.h'))) return folder
    if (folder === dirname(folder)) break
  }
  throw new HostError('the C sources of the runtime were not found', {
    tried: [here],
    fix: 'install the package unplugin-spy again: it contains the folder runtime-c',
  })
}
