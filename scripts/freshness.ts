/**
 * Is a built thing still what its inputs say? Contents are compared, not times, because a checkout or a copy of the
 * tree gives every file a new time. The fingerprint of the last good build lies in `node_modules/.cache`, so a fresh
 * installation builds everything once.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './root.ts'

export interface Built {
  /** Names the fingerprint file; unique among the things we build. */
  readonly name: string
  /** Files and folders, relative to the root, that decide the result. Missing ones count as empty. */
  readonly inputs: readonly string[]
  /** Files, relative to the root, that must be there afterwards. */
  readonly outputs: readonly string[]
}

/** Runs `build` unless the inputs are those of the last run that succeeded and all outputs are still there. */
export async function buildIfStale(built: Built, build: () => Promise<void>): Promise<'fresh' | 'built'> {
  const fingerprintFile = join(root, 'node_modules', '.cache', 'unplugin-spy', `${built.name}.fingerprint`)
  const fingerprint = fingerprintOf(built.inputs)
  const missing = () => built.outputs.filter((output) => !existsSync(join(root, output)))

  if (missing().length === 0 && existsSync(fingerprintFile) && readFileSync(fingerprintFile, 'utf8') === fingerprint) {
    return 'fresh'
  }
  rmSync(fingerprintFile, { force: true }) // a build that is interrupted must not look like the one before it
  await build()
  if (missing().length > 0) throw new Error(`building ${built.name} did not make ${missing().join(', ')}`)
  mkdirSync(dirname(fingerprintFile), { recursive: true })
  writeFileSync(fingerprintFile, fingerprint)
  return 'built'
}

function fingerprintOf(inputs: readonly string[]): string {
  const hash = createHash('sha256')
  for (const input of inputs) {
    for (const file of filesUnder(input)) {
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(root, file)))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

/** Paths relative to the root, in a fixed order. */
function filesUnder(path: string): string[] {
  const absolute = join(root, path)
  if (!existsSync(absolute)) return []
  if (statSync(absolute).isFile()) return [path]
  return readdirSync(absolute)
    .filter((name) => name !== 'node_modules' && name !== 'dist')
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}
