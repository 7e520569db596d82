/**
 * How programs call their source files. What is given away must not tell in which folders it was built.
 */

/**
 * From paths of source files to their names: relative to `root`, those of the library `stdlib/...`.
 *
 * @param root     absolute, with `/`; without one files are called by their paths
 * @param library  folders of the standard library
 */
export function fileNames(root: string | undefined, library: readonly string[]): (path: string) => string {
  if (root === undefined) return (path) => path
  return (path) => {
    const folder = library.find((candidate) => path.startsWith(`${candidate}/`))
    if (folder === undefined) return relativePath(root, path)
    return `stdlib/${folder.slice(folder.lastIndexOf('/') + 1)}${path.slice(folder.length)}`
  }
}

function relativePath(root: string, path: string): string {
  const from = root.split('/').filter((part) => part !== '')
  const to = path.split('/').filter((part) => part !== '')
  let shared = 0
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/')
}
