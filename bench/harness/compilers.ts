/** The compilers of the variants that are not ours. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A C program by the names of its files; the first is compiled, the others it may include. */
export type CFiles = Readonly<Record<string, string>>

/** Undefined where there is no Emscripten. */
export async function compileWithEmscripten(files: CFiles, flags: readonly string[]): Promise<Uint8Array | undefined> {
  const emcc = process.env.EMSDK ? join(process.env.EMSDK, 'upstream', 'emscripten', 'emcc') : 'emcc'
  const folder = await mkdtemp(join(tmpdir(), 'bench-emcc-'))
  const output = join(folder, 'output.wasm')
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    await promisify(execFile)(emcc, [
      ...flags,
      join(folder, mainFile(files)),
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

/** @param target  flags of the linker, too: `FREESTANDING`, or `WITH_LIBC` */
export async function compileWithClang(
  files: CFiles,
  target: readonly string[],
  flags: readonly string[],
): Promise<Uint8Array> {
  const { commands, runLLVM } = await import('@yowasp/clang')
  await runLLVM(undefined, {}, { fetchProgress() {} }) // loads the compiler without telling how far it is
  const made = await commands.clang([...target, '-Wl,-s', ...flags, mainFile(files), '-o', 'output.wasm'], { ...files })
  return made?.['output.wasm'] as Uint8Array
}

export const FREESTANDING = ['--target=wasm32', '-nostdlib', '-Wl,--no-entry']
export const WITH_LIBC = ['-mexec-model=reactor']

function mainFile(files: CFiles): string {
  return Object.keys(files)[0] as string
}

/**
 * @param runtime  `stub` never frees anything; `incremental` is its collector
 */
export async function compileWithAssemblyScript(
  source: string,
  runtime: 'stub' | 'incremental',
  flags: readonly string[],
): Promise<Uint8Array> {
  const { default: asc } = await import('assemblyscript/asc')
  let bytes: Uint8Array | undefined
  const { error, stderr } = await asc.main(['main.ts', '-o', 'main.wasm', '-O3', '--runtime', runtime, ...flags], {
    readFile: (name) => (name === 'main.ts' ? source : null),
    writeFile(name, content) {
      if (name === 'main.wasm') bytes = content as Uint8Array
    },
    listFiles: () => [],
  })
  if (error !== null || bytes === undefined) throw new Error(`AssemblyScript: ${stderr.toString()}`)
  return bytes
}
