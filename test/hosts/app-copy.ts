/** Apps of fixtures, copied to folders whose names are as awkward as file systems allow. */
import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export const AWKWARD = 'a b #1 50%25 ünï 山'

export interface Finished {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export class AppCopy {
  readonly #top: string
  readonly root: string

  constructor(app: string, folder = AWKWARD) {
    this.#top = realpathSync(mkdtempSync(join(tmpdir(), 'unplugin-spy-app-')))
    this.root = join(this.#top, folder)
    cpSync(join(root, 'fixtures', 'apps', app), this.root, {
      recursive: true,
      filter: (path) => !/[\\/](?:node_modules|dist|\.spy)$/.test(path),
    })
    symlinkSync(join(root, 'node_modules'), join(this.root, 'node_modules'), 'junction')
  }

  path(name: string): string {
    return join(this.root, name)
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8')
  }

  write(name: string, text: string): void {
    writeFileSync(this.path(name), text)
  }

  edit(name: string, from: string, to: string): void {
    const text = this.read(name)
    if (!text.includes(from)) throw new Error(`${name} does not contain ${from}`)
    this.write(name, text.replaceAll(from, to))
  }

  /** Files below a folder, relative to it; none if there is no such folder. */
  files(folder: string): string[] {
    const path = this.path(folder)
    return existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : []
  }

  build(host: string, env: Readonly<Record<string, string | undefined>> = {}): Promise<Finished> {
    return this.#script('build-app.ts', [host], env)
  }

  /** What `run` of a built module returns. */
  async run(module: string): Promise<unknown> {
    const { code, stdout, stderr } = await this.#script('run-app.ts', [module], {})
    if (code !== 0) throw new Error(`${module} failed\n${stderr}`)
    return JSON.parse(stdout)
  }

  #script(name: string, args: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<Finished> {
    const script = fileURLToPath(new URL(name, import.meta.url))
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, ...args], {
        cwd: this.root,
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk
      })
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk
      })
      child.on('error', reject)
      child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
    })
  }

  remove(): void {
    rmSync(this.#top, { recursive: true, force: true })
  }
}
