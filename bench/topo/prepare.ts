/** Compiles everybody who takes part into one folder. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type spy from '../../src/rollup.ts'
import { bundleSpy } from '../harness/bundles.ts'
import {
  compileWithAssemblyScript,
  compileWithClang,
  compileWithEmscripten,
  FREESTANDING,
} from '../harness/compilers.ts'
import type { Entry } from './contestants.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The first entry is what the others are compared with. Without Emscripten, its entries are left out. */
export async function prepare(folder: string): Promise<Entry[]> {
  const entries: Entry[] = []
  const addWasm = async (name: string, file: string, bytes: Uint8Array | undefined) => {
    if (bytes === undefined) return
    await writeFile(join(folder, file), bytes)
    entries.push({ name, form: 'wasm', file })
  }
  const files = { 'topo.c': await readFile(here('./variants/topo.c'), 'utf8') }
  const checked = '-DCHECKED'
  const emcc = await compileWithEmscripten(files, ['-O3'])
  await addWasm('C, emcc -O3', 'emcc.wasm', emcc)
  await addWasm(
    'C, emcc -O3, indices checked',
    'emcc-checked.wasm',
    await compileWithEmscripten(files, ['-O3', checked]),
  )
  const withClang = (...flags: string[]) => compileWithClang(files, FREESTANDING, ['-O3', ...flags])
  await addWasm('C, clang -O3', 'clang.wasm', await withClang())
  await addWasm('C, clang -O3, indices checked', 'clang-checked.wasm', await withClang(checked))

  const addOurs = async (name: string, id: string, options: Parameters<typeof spy>[0]) => {
    await bundleSpy(here('./variants/spy.js'), join(folder, id), 'map.mjs', options)
    entries.push({ name, form: 'module', file: `${id}/map.mjs` })
  }
  if (emcc !== undefined) await addOurs('SPy release, emcc', 'release-emcc', { engine: 'c', toolchain: 'emscripten' })
  await addOurs('SPy release, clang', 'release-clang', { engine: 'c', toolchain: 'clang' })
  await addOurs('SPy jit', 'jit', { engine: 'jit' })

  entries.push({ name: 'JavaScript', form: 'javascript' })
  // Under another ending in the repository, because to TypeScript's eyes it is full of mistakes.
  const source = await readFile(here('./variants/topo.assemblyscript'), 'utf8')
  await addWasm('AssemblyScript -O3', 'as.wasm', await compileWithAssemblyScript(source, 'stub', []))
  const unchecked = await compileWithAssemblyScript(source, 'stub', ['--uncheckedBehavior', 'always'])
  await addWasm('AssemblyScript -O3, unchecked', 'as-unchecked.wasm', unchecked)

  await build({
    entryPoints: [here('./page.ts')],
    outfile: join(folder, 'page.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  })
  await writeFile(join(folder, 'index.html'), '<!doctype html><script type="module" src="/page.js"></script>')
  return entries
}
