/**
 * `npm run build:package`: empties `dist` but for the C runtime, which another script puts there, and runs tsdown.
 * Emptying matters because chunks have a hash in their names, and everything in `dist` is published.
 *
 * `--no-declarations` leaves out the `.d.ts` files: most of the time goes into them, and the demo runs without.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'tsdown'
import config from '../tsdown.config.ts'
import { root } from './root.ts'

const { values } = parseArgs({ allowNegative: true, options: { declarations: { type: 'boolean', default: true } } })

const dist = join(root, 'dist')
if (existsSync(dist)) {
  for (const name of readdirSync(dist).filter((name) => !name.startsWith('libspy'))) {
    rmSync(join(dist, name), { recursive: true })
  }
}
process.chdir(root)
await Promise.all(
  config.map((part) =>
    build({ ...part, config: false, logLevel: 'warn', ...(values.declarations ? {} : { dts: false }) }),
  ),
)
