/**
 * `npm run bench`: all measurements, one after the other; `npm run bench -- topo size`: those. What each of them wants to
 * know is said at the head of `bench/<name>/run.ts`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

const known = readdirSync(join(root, 'bench'))
  .filter((name) => existsSync(join(root, 'bench', name, 'run.ts')))
  .sort()
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length > 0) throw new Error(`no measurement ${unknown.join(', ')}; there are ${known.join(', ')}`)

for (const name of wanted.length > 0 ? wanted : known) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', join('bench', name, 'run.ts')], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) process.exitCode = 1
}
