/** Remembers what a compilation asked the outside for: the files whose change would change its result. */
import type { Host } from '../../text/source.ts'

export interface Reads {
  readonly host: Host
  /** Files that were read. */
  readonly inputs: readonly string[]
  /** Files that were looked for and are not there. */
  readonly missing: readonly string[]
}

/** @param library  folders whose files never change */
export function rememberReads(host: Host, library: readonly string[]): Reads {
  const inputs = new Set<string>()
  const missing = new Set<string>()
  const isLibrary = (path: string) => library.some((folder) => path.startsWith(`${folder}/`))
  return {
    host: {
      read(path) {
        const content = host.read(path)
        if (!isLibrary(path)) (content === undefined ? missing : inputs).add(path)
        return content
      },
      realPath: (path) => host.realPath(path),
    },
    get inputs() {
      return [...inputs]
    },
    get missing() {
      return [...missing]
    },
  }
}
