/** A copy of the demo that a test may edit, served as users serve it. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, createServer, preview } from 'vite'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const demo = join(root, 'fixtures', 'apps', 'vite-topo')

export interface DemoApp {
  readonly folder: string
  /** Write a file anew, with each text replaced. The texts must be there. */
  edit(file: string, ...replacements: readonly (readonly [from: string, to: string])[]): void
  /** The file as the demo has it. */
  restore(file: string): void
  /** Number of the line that has the text. */
  lineOf(file: string, text: string): number
  remove(): void
}

/** The copy stands inside the repository, where it finds the packages that the demo finds. */
export function copyDemo(): DemoApp {
  const copies = join(root, '.cache', 'browser-tests')
  mkdirSync(copies, { recursive: true })
  const folder = mkdtempSync(join(copies, 'topo-'))
  cpSync(demo, folder, {
    recursive: true,
    filter: (path) => !['node_modules', '.spy', 'dist'].some((name) => path === join(demo, name)),
  })
  const original = (file: string) => readFileSync(join(demo, file), 'utf8')
  return {
    folder,
    edit(file, ...replacements) {
      let text = original(file)
      for (const [from, to] of replacements) {
        if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}`)
        text = text.replace(from, to)
      }
      writeFileSync(join(folder, file), text)
    },
    restore: (file) => writeFileSync(join(folder, file), original(file)),
    lineOf: (file, text) => original(file).slice(0, original(file).indexOf(text)).split('\n').length,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export interface Served {
  readonly url: string
  close(): Promise<void>
}

const local = { host: '127.0.0.1', port: 0 }

export async function serveDev({ folder }: DemoApp): Promise<Served> {
  const server = await createServer({
    root: folder,
    configFile: join(folder, 'vite.config.ts'),
    cacheDir: join(folder, '.vite'),
    logLevel: 'silent',
    server: local,
  })
  await server.listen()
  return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() }
}

export async function serveRelease({ folder }: DemoApp, headers: Record<string, string> = {}): Promise<Served> {
  const config = { root: folder, configFile: join(folder, 'vite.config.ts'), logLevel: 'silent' } as const
  await build(config)
  const server = await preview({ ...config, preview: { ...local, headers } })
  return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() }
}
