/**
 * Where Emscripten is, and which. It answers after half a second each time, so what it said is kept in the cache folder of
 * the user until the file of the program changes.
 */
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { findProgram, runProcess } from './process.ts'

export interface Located {
  /** Paths of the programs. */
  readonly emcc: string
  readonly linker: string
  /** What it says about itself. */
  readonly version: string
}

/** Where it may be, in order: what EMCC says, the active SDK, the search path. */
export function emscriptenCandidates(env: NodeJS.ProcessEnv): readonly string[] {
  const name = process.platform === 'win32' ? 'emcc.bat' : 'emcc'
  return [
    ...(env.EMCC ? [env.EMCC] : []),
    ...(env.EMSDK ? [join(env.EMSDK, 'upstream', 'emscripten', name)] : []),
    name,
  ]
}

/**
 * The first candidate that answers; undefined if none does.
 *
 * @param memory  file with what was found before
 */
export async function locateEmscripten(
  env: NodeJS.ProcessEnv,
  memory: string = memoryFile(env),
): Promise<Located | undefined> {
  for (const candidate of emscriptenCandidates(env)) {
    const emcc = findProgram(candidate, env)
    if (emcc === undefined) continue
    const state = stateOf(emcc, env)
    const known = recall(memory, state)
    if (known !== undefined) return { emcc, ...known }
    const [version, folders] = await Promise.all([
      runProcess(emcc, ['--version'], { timeout: 30_000 }),
      runProcess(emcc, ['-print-search-dirs'], { timeout: 30_000 }),
    ])
    if (version?.exitCode !== 0) continue
    const linker = linkerIn([...programFolders(folders?.stdout ?? ''), ...sdkFolders(env)])
    if (linker === undefined) continue
    const found = { linker, version: version.stdout.split('\n')[0]?.trim() ?? emcc }
    keep(memory, { state, ...found })
    return { emcc, ...found }
  }
  return undefined
}

/** Where its clang looks for programs; it prints `programs: =/a:/b`. */
function programFolders(searchDirs: string): readonly string[] {
  return /^programs: =(.*)$/m.exec(searchDirs)?.[1]?.split(delimiter) ?? []
}

function sdkFolders({ EMSDK }: NodeJS.ProcessEnv): readonly string[] {
  return EMSDK ? [join(EMSDK, 'upstream', 'bin')] : []
}

function linkerIn(folders: readonly string[]): string | undefined {
  const name = process.platform === 'win32' ? 'wasm-ld.exe' : 'wasm-ld'
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

// ------------------------------------------------------------------------------------------------------ memory

interface Known {
  /** Differs when another Emscripten may answer. */
  readonly state: string
  readonly linker: string
  readonly version: string
}

function memoryFile(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'unplugin-spy', 'emscripten.json')
}

function stateOf(emcc: string, { EMSDK = '', EM_CONFIG = '' }: NodeJS.ProcessEnv): string {
  const real = realpathSync(emcc)
  const { mtimeMs, size } = statSync(real)
  return JSON.stringify([real, mtimeMs, size, EMSDK, EM_CONFIG])
}

function recall(file: string, state: string): Omit<Known, 'state'> | undefined {
  try {
    const known = JSON.parse(readFileSync(file, 'utf8')) as Partial<Known>
    const { linker, version } = known
    if (known.state !== state || linker === undefined || version === undefined) return undefined
    return existsSync(linker) ? { linker, version } : undefined
  } catch {
    return undefined // nothing there, or nothing whole
  }
}

/** A cache that cannot be written is no reason to fail. */
function keep(file: string, known: Known): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const own = `${file}.${process.pid}`
    writeFileSync(own, JSON.stringify(known))
    renameSync(own, file)
  } catch {}
}
