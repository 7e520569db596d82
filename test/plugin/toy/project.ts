/** Projects in temporary folders whose names are as awkward as file systems allow. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

export const AWKWARD = 'a b #1 50%25 ünï 山'

export interface Project {
  readonly root: string
  path(name: string): string
  write(name: string, text: string): void
  copy(from: string, to: string): void
  /** Import a module of the project; Node evaluates each path once. */
  run(name: string): Promise<Record<string, unknown>>
  remove(): void
}

export function project(files: Readonly<Record<string, string>>, folder = AWKWARD): Project {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'unplugin-spy-')))
  const root = join(top, folder)
  const path = (name: string) => join(root, name)
  const write = (name: string, text: string) => {
    mkdirSync(dirname(path(name)), { recursive: true })
    writeFileSync(path(name), text)
  }
  write('package.json', '{ "type": "module" }')
  mkdirSync(path('node_modules')) // caches of the project belong into it
  for (const [name, text] of Object.entries(files)) write(name, text)
  return {
    root,
    path,
    write,
    copy: (from, to) => cpSync(path(from), path(to), { recursive: true }),
    run: (name) => import(pathToFileURL(path(name)).href),
    remove: () => rmSync(top, { recursive: true, force: true }),
  }
}

/** Two entries, one of them behind a dynamic import, that share the state of a third module. */
export const SHARED_STATE: Readonly<Record<string, string>> = {
  'main.js': `
    import { bump_a } from './a.spy'
    export async function run() {
      const { bump_b } = await import('./lazy.js')
      return [bump_a(), bump_b(), bump_a()]
    }
  `,
  'lazy.js': "export { bump_b } from './b.spy'\n",
  'a.spy': 'from counter import add\n\ndef bump_a() -> i32:\n    return add(1)\n',
  'b.spy': 'from counter import add\n\ndef bump_b() -> i32:\n    return add(10)\n',
  'counter.spy': 'var total: i32 = 0\n\ndef add(n: i32) -> i32:\n    total = total + n\n    return total\n',
}
