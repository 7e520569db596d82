/**
 * Files that exist in a test only, for stages that need no more of the world than a host.
 */
import type { Host } from '../../compiler/text/source.ts'

/** @param files  content by absolute path */
export function memoryHost(files: Readonly<Record<string, string | Uint8Array>>): Host {
  const byPath = new Map(Object.entries(files))
  return { read: (path) => byPath.get(path), realPath: (path) => path }
}
