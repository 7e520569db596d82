/** The script of pages that show trees, as it was built with the package. */
import { existsSync, readFileSync } from 'node:fs'
import { HostError, packageFile } from '../../compiler/node.ts'

export function viewerScript(): string {
  const path = packageFile('dist', 'viewer.js')
  if (existsSync(path)) return readFileSync(path, 'utf8')
  throw new HostError('the viewer of trees is missing', { tried: [path], fix: 'npm run build:package' })
}
