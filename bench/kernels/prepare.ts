/** Compiles everybody who takes part in one kernel into one folder. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type spy from '../../src/rollup.ts'
import { bundleSpy } from '../harness/bundles.ts'
import { compileWithAssemblyScript, compileWithClang, compileWithEmscripten, WITH_LIBC } from '../harness/compilers.ts'
import type { Entry } from './contestants.ts'
import type { Kernel } from './kernels.ts'

const variant = (name: string) => fileURLToPath(new URL(`./variants/${name}`, import.meta.url))

/** The source of a kernel in one of the languages. */
export const sourceOf = ({ name }: Kernel, ending: string) => variant(`${name}/${name.replace('-', '_')}${ending}`)

/** The names of the entries, in the order of the tables. Those of Emscripten are missing where it is. */
export const NAMES = {
  emcc: 'C emcc',
  emccChecked: 'C emcc checked',
  clang: 'C clang',
  clangChecked: 'C clang checked',
  releaseEmcc: 'SPy emcc',
  releaseClang: 'SPy clang',
  jit: 'SPy jit',
  javascript: 'JavaScript',
  assemblyScript: 'AS',
  assemblyScriptUnchecked: 'AS unchecked',
} as const

export async function prepare(folder: string, kernel: Kernel): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  await mkdir(join(folder, kernel.name))
  const addWasm = async (name: keyof typeof NAMES, bytes: Uint8Array | undefined) => {
    if (bytes === undefined) return
    const file = `${kernel.name}/${name}.wasm`
    await writeFile(join(folder, file), bytes)
    entries.push({ name: NAMES[name], form: 'wasm', file })
  }
  const checked = '-DCHECKED'
  const files = {
    'main.c': (await readFile(sourceOf(kernel, '.c'), 'utf8')).replace('"../kernel.h"', '"kernel.h"'),
    'kernel.h': await readFile(variant('kernel.h'), 'utf8'),
  }
  await addWasm('emcc', await compileWithEmscripten(files, ['-O3']))
  await addWasm('emccChecked', await compileWithEmscripten(files, ['-O3', checked]))
  await addWasm('clang', await compileWithClang(files, WITH_LIBC, ['-O3']))
  await addWasm('clangChecked', await compileWithClang(files, WITH_LIBC, ['-O3', checked]))

  const addOurs = async (name: keyof typeof NAMES, options: Parameters<typeof spy>[0]) => {
    await bundleSpy(sourceOf(kernel, '.spy'), join(folder, kernel.name, name), 'run.mjs', options)
    entries.push({ name: NAMES[name], form: 'module', file: `${kernel.name}/${name}/run.mjs` })
  }
  const hasEmscripten = entries.some(({ name }) => name === NAMES.emcc)
  if (hasEmscripten) await addOurs('releaseEmcc', { engine: 'c', toolchain: 'emscripten' })
  await addOurs('releaseClang', { engine: 'c', toolchain: 'clang' })
  await addOurs('jit', { engine: 'jit' })

  await copyFile(sourceOf(kernel, '.js'), join(folder, kernel.name, 'javascript.mjs'))
  entries.push({ name: NAMES.javascript, form: 'module', file: `${kernel.name}/javascript.mjs` })
  // Under another ending in the repository, because to TypeScript's eyes it is full of mistakes.
  const source = await readFile(sourceOf(kernel, '.assemblyscript'), 'utf8')
  await addWasm('assemblyScript', await compileWithAssemblyScript(source, 'incremental', []))
  const unchecked = ['--uncheckedBehavior', 'always']
  await addWasm('assemblyScriptUnchecked', await compileWithAssemblyScript(source, 'incremental', unchecked))
  return entries
}

export async function preparePage(folder: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('./page.ts', import.meta.url))],
    outfile: join(folder, 'page.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  })
  await writeFile(join(folder, 'index.html'), '<!doctype html><script type="module" src="/page.js"></script>')
}
