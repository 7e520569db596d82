/** The compilers of the variants that are not ours. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const variant = (name: string) => fileURLToPath(new URL(`./variants/${name}`, import.meta.url))

/** Undefined where there is no Emscripten. */
export async function compileWithEmscripten(flags: readonly string[]): Promise<Uint8Array | undefined> {
  const emcc = process.env.EMSDK ? join(process.env.EMSDK, 'upstream', 'emscripten', 'emcc') : 'emcc'
  const folder = await mkdtemp(join(tmpdir(), 'topo-emcc-'))
  const output = join(folder, 'topo.wasm')
  try {
    await promisify(execFile)(emcc, [
      ...flags,
      variant('topo.c'),
      ...['-o', output, '--no-entry', '-s', 'STANDALONE_WASM', '-s', 'ALLOW_MEMORY_GROWTH'],
    ])
    return await readFile(output)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  } finally {
    await rm(folder, { recursive: true })
  }
}

export async function compileWithClang(flags: readonly string[]): Promise<Uint8Array> {
  const { commands, runLLVM } = await import('@yowasp/clang')
  await runLLVM(undefined, {}, { fetchProgress() {} }) // loads the compiler without telling how far it is
  const source = await readFile(variant('topo.c'), 'utf8')
  const made = await commands.clang(
    ['--target=wasm32', '-nostdlib', '-Wl,--no-entry', '-Wl,-s', ...flags, 'topo.c', '-o', 'topo.wasm'],
    { 'topo.c': source },
  )
  return made?.['topo.wasm'] as Uint8Array
}

export async function compileWithAssemblyScript(flags: readonly string[]): Promise<Uint8Array> {
  const { default: asc } = await import('assemblyscript/asc')
  // Under another ending in the repository, because to TypeScript's eyes it is full of mistakes.
  const source = await readFile(variant('topo.assemblyscript'), 'utf8')
  let bytes: Uint8Array | undefined
  const { error, stderr } = await asc.main(['topo.ts', '-o', 'topo.wasm', '-O3', '--runtime', 'stub', ...flags], {
    readFile: (name) => (name === 'topo.ts' ? source : null),
    writeFile(name, content) {
      if (name === 'topo.wasm') bytes = content as Uint8Array
    },
    listFiles: () => [],
  })
  if (error !== null || bytes === undefined) throw new Error(`AssemblyScript: ${stderr.toString()}`)
  return bytes
}
