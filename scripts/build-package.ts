/**
 * `npm run build:package`: empties `dist` but for what other scripts put there, and runs tsdown. Emptying matters because
 * chunks have a hash in their names, and everything in `dist` is published.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'tsdown'
import { root } from './root.ts'

const KEPT = ['libspy.wasm']

const dist = join(root, 'dist')
if (existsSync(dist)) {
  for (const name of readdirSync(dist).filter((name) => !KEPT.includes(name))) {
    rmSync(join(dist, name), { recursive: true })
  }
}
await build({ cwd: root, logLevel: 'warn' })
