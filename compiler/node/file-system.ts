/** The files of this machine as the compiler core sees them. */
import { readFileSync, realpathSync } from 'node:fs'
import { resolve, sep } from 'node:path'
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
