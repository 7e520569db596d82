/**
 * What must have been built before tests and the demo can run: the C runtime as wasm, and the package itself as users
 * get it. Each is built only when its inputs have changed.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { buildIfStale } from './freshness.ts'
import { root } from './root.ts'

/** `dist/libspy.wasm`, which the interp and jit engines load. */
export async function ensureRuntime(): Promise<void> {
  if (!existsSync(join(root, 'scripts/build-runtime.ts'))) return
  await buildIfStale(
    {
      name: 'runtime',
      inputs: ['runtime-c', 'scripts/build-runtime.ts', 'compiler/toolchain', 'package-lock.json'],
      outputs: ['dist/libspy.wasm'],
    },
    () => runNpmScript('build:runtime'),
  )
}

/** `dist/*.js` and declarations: what `import 'unplugin-spy/vite'` reaches. */
export async function ensurePackage(): Promise<void> {
  await ensureRuntime()
  await buildIfStale(
    {
      name: 'package',
      inputs: ['compiler', 'plugin', 'src', 'tsdown.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'],
      outputs: ['dist/vite.js', 'dist/node.js', 'dist/runtime/index.js'],
    },
    () => runNpmScript('build:package'),
  )
  linkPackage()
}

/**
 * Lets the apps under `fixtures` say `import 'unplugin-spy/vite'`, as users do. They are packages of their own, so
 * Node's self-reference does not work for them; a link in our node_modules does.
 */
function linkPackage(): void {
  const link = join(root, 'node_modules', 'unplugin-spy')
  if (existsSync(join(link, 'package.json')) && isLink(link)) return
  rmSync(link, { recursive: true, force: true })
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  symlinkSync(root, link, 'junction') // a junction needs no special right on Windows; elsewhere the word is ignored
}

function isLink(path: string): boolean {
  try {
    return readlinkSync(path) !== ''
  } catch {
    return false
  }
}

/** Output of a build is only interesting when it fails. */
function runNpmScript(name: string): Promise<void> {
  process.stderr.write(`npm run ${name}\n`)
  return new Promise((resolve, reject) => {
    // npm is a .cmd file on Windows, which only a shell can start. The name is one of ours, so nothing needs quoting.
    const child = spawn(`npm run --silent ${name}`, { cwd: root, shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`npm run ${name} ended with code ${code}\n${output}`))
    })
  })
}
