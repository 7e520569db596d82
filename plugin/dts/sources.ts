/**
 * The `.spy` files of a project.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { toPosix } from '../ids.ts'

/** Folders whose contents belong to somebody else, or are made. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'dist', 'build', 'out', 'coverage'])

/** @returns absolute paths, with `/`, sorted */
export function findSources(root: string): string[] {
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
