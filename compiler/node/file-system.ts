/** The files of this machine as the compiler core sees them. */
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { HostError } from '../text/diagnostics.ts'
import type { Host } from '../text/source.ts'

const ABSENT: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR'])

export const fileSystem: Host = {
  read(path) {
    try {
      return readFileSync(path)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (ABSENT.has(code)) return undefined
      throw new HostError(`cannot read ${path}: ${code}`, { cause: error })
    }
  },
  realPath(path) {
    try {
      return posixPath(realpathSync.native(path))
    } catch {
      return path // a file that does not exist has no other name
    }
  },
}

/** Absolute, with `/` between its parts. */
export function posixPath(path: string): string {
  const absolute = resolve(path)
  return sep === '/' ? absolute : absolute.replaceAll(sep, '/')
}

/** The cache of the project that a folder belongs to; of the user, where no packages are installed. */
export function cacheFolder(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules'))) return join(at, 'node_modules', '.cache', 'unplugin-spy')
    if (at === dirname(at)) break
  }
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'unplugin-spy')
}
