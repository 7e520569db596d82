/** Compiles everybody who takes part into one folder. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { rollup } from 'rollup'
import spy from '../../src/rollup.ts'
import { compileWithAssemblyScript, compileWithClang, compileWithEmscripten } from './compilers.ts'
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
  const checked = '-DCHECKED'
  const emcc = await compileWithEmscripten(['-O3'])
  await addWasm('C, emcc -O3', 'emcc.wasm', emcc)
  await addWasm('C, emcc -O3, indices checked', 'emcc-checked.wasm', await compileWithEmscripten(['-O3', checked]))
  await addWasm('C, clang -O3', 'clang.wasm', await compileWithClang(['-O3']))
  await addWasm('C, clang -O3, indices checked', 'clang-checked.wasm', await compileWithClang(['-O3', checked]))

  const addOurs = async (name: string, id: string, options: Parameters<typeof spy>[0]) => {
    entries.push({ name, form: 'module', file: await bundleOurs(join(folder, id), id, options) })
  }
  if (emcc !== undefined) await addOurs('SPy release, emcc', 'release-emcc', { engine: 'c', toolchain: 'emscripten' })
  await addOurs('SPy release, clang', 'release-clang', { engine: 'c', toolchain: 'clang' })
  await addOurs('SPy jit', 'jit', { engine: 'jit' })

  entries.push({ name: 'JavaScript', form: 'javascript' })
  await addWasm('AssemblyScript -O3', 'as.wasm', await compileWithAssemblyScript([]))
  const unchecked = await compileWithAssemblyScript(['--uncheckedBehavior', 'always'])
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

/** @returns the module, relative to the folder around it */
async function bundleOurs(folder: string, id: string, options: Parameters<typeof spy>[0]): Promise<string> {
  const bundle = await rollup({
    input: here('./variants/spy.js'),
    plugins: [spy({ ...options, types: false, cache: false })],
    onwarn(warning) {
      throw new Error(warning.message)
    },
  })
  await bundle.write({ dir: folder, format: 'es', entryFileNames: 'map.mjs', assetFileNames: '[name][extname]' })
  await bundle.close()
  return `${id}/map.mjs`
}
