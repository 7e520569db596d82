/**
 * `npm run lock`: brings package-lock.json up to date with package.json, on a machine whose registry does not carry
 * every package.
 *
 * Tools with native parts list one optional package per platform. `npm install` leaves those that it could not find
 * out of the lock file, and `npm ci` then refuses the file as incomplete. Their versions are exact and their platforms
 * are in their names, which is all that npm needs in order to skip them; on such a platform it fetches them by version.
 */
import { execSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

interface LockedPackage {
  readonly version?: string
  readonly dev?: true
  readonly optional?: true
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
}

interface LockFile {
  packages: Record<string, LockedPackage>
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

if (process.argv[1] === import.meta.filename) {
  execSync('npm install --package-lock-only', { cwd: root, stdio: 'inherit' })
  const path = join(root, 'package-lock.json')
  const lock = JSON.parse(readFileSync(path, 'utf8')) as LockFile
  const added = completeLockFile(lock)
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`${added.length} packages for other platforms added`)
}

/** Adds what is missing, in place, and returns where. */
export function completeLockFile(lock: LockFile): string[] {
  const added: string[] = []
  for (const [owner, { optionalDependencies, dev }] of Object.entries(lock.packages)) {
    if (owner === '' || optionalDependencies === undefined) continue
    const names = Object.keys(optionalDependencies)
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (findPackage(lock, owner, name, version) !== undefined) continue
      if (!/^\d/.test(version)) throw new Error(`${owner}: the version of ${name} is not exact: ${version}`)
      // Where a package for this platform went, the others can go too.
      const sibling = names.map((other) => findPackage(lock, owner, other, version)).find((at) => at !== undefined)
      const folder = sibling?.slice(0, sibling.lastIndexOf('node_modules/')) ?? `${owner}/`
      const place = `${folder}node_modules/${name}`
      const free = lock.packages[place] === undefined
      const at = free ? place : `${owner}/node_modules/${name}`
      lock.packages[at] = { version, ...platformOf(name), ...(dev && { dev }), optional: true }
      added.push(at)
    }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  return added
}

/** Where Node would find the package from `owner`, if that has the right version. */
function findPackage(lock: LockFile, owner: string, name: string, version: string): string | undefined {
  for (let folder = `${owner}/`; ; folder = folder.slice(0, folder.lastIndexOf('node_modules/'))) {
    const found = lock.packages[`${folder}node_modules/${name}`]
    if (found) return !/^\d/.test(version) || found.version === version ? `${folder}node_modules/${name}` : undefined
    if (folder === '') return undefined
  }
}

/** `@rollup/rollup-linux-x64-musl` is for `linux`, `x64`, `musl`. */
function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.slice(name.lastIndexOf('/') + 1).split('-')
  const system = words.find((word) => SYSTEMS.includes(word))
  const processor = words.find((word) => PROCESSORS.includes(word))
  if (processor === undefined) throw new Error(`no platform in the name ${name}`)
  const musl = words.some((word) => word.startsWith('musl'))
  const libc = system === 'linux' && (musl || words.some((word) => word.startsWith('gnu')))
  return {
    ...(libc && { libc: [musl ? 'musl' : 'glibc'] }),
    cpu: [processor],
    ...(system !== undefined && { os: [system] }),
  }
}
