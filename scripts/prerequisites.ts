/**
 * What must have been built before tests and the demo can run: the C runtime as wasm, and the package itself as users
 * get it. Each is built only when its inputs have changed, and side by side when both have.
 */
import { spawn } from 'node:child_process'
import { existsSync, lstatSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
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
    () => runScript('scripts/build-runtime.ts'),
  )
}

/** `dist/*.js`, and declarations unless they are not asked for: what `import 'unplugin-spy/vite'` reaches. */
export async function ensurePackage({ declarations = true } = {}): Promise<void> {
  const entries = ['dist/vite', 'dist/node', 'dist/runtime/index']
  const endings = declarations ? ['.js', '.d.ts'] : ['.js']
  const built = {
    name: 'package',
    inputs: [
      'compiler',
      'plugin',
      'src',
      'scripts/build-package.ts',
      'tsdown.config.ts',
      'tsconfig.json',
      'package.json',
      'package-lock.json',
    ],
    outputs: entries.flatMap((entry) => endings.map((ending) => entry + ending)),
  }
  await Promise.all([
    ensureRuntime(),
    buildIfStale(built, () => runScript('scripts/build-package.ts', ...(declarations ? [] : ['--no-declarations']))),
  ])
  linkPackage()
}

/**
 * Lets the apps under `fixtures` say `import 'unplugin-spy/vite'`, as users do. They are packages of their own, so
 * Node's self-reference does not work for them; a link in our node_modules does.
 */
function linkPackage(): void {
  const link = join(root, 'node_modules', 'unplugin-spy')
  if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) {
    if (existsSync(link) && realpathSync(link) === realpathSync(root)) return
    rmSync(link, { recursive: true }) // a link into another checkout; only the link itself goes
  }
  symlinkSync(root, link, 'junction') // a junction needs no special right on Windows; elsewhere the word is ignored
}

/** Output of a build is only interesting when it fails. */
function runScript(path: string, ...args: readonly string[]): Promise<void> {
  process.stderr.write(`building: ${path}\n`)
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`${path} ended with code ${code}\n${output}`))
    })
  })
}
