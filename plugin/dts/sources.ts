/**
 * The `.spy` files of a project.
 */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { HostError } from '../../compiler/node.ts'
import { toPosix } from '../ids.ts'

/** Folders whose contents belong to somebody else, or are made. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'dist', 'build', 'out', 'coverage'])

/**
 * @returns absolute paths, with `/`, sorted
 * @throws HostError if there is no such folder
 */
export function findSources(root: string): string[] {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new HostError(`${root} is not a folder`, {
      fix: 'name the folder of the project, or none for the current one',
    })
  }
  const found: string[] = []
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name) && !entry.name.startsWith('.')) visit(join(folder, entry.name))
      } else if (entry.name.endsWith('.spy')) found.push(toPosix(join(folder, entry.name)))
    }
  }
  visit(root)
  return found.sort()
}
