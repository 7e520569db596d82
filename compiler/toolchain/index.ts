/** The toolchains of this machine, behind one port. */
import { HostError } from '../text/diagnostics.ts'
import { emscriptenCandidates, findEmscripten } from './emscripten.ts'
import type { Toolchain } from './port.ts'
import { findEmbeddedClang } from './wasm-clang.ts'

export type { BuildOptions, CFiles, Profile, Toolchain, WasmBytes } from './port.ts'
export { readRuntimeSources } from './runtime-sources.ts'

export type ToolchainChoice = 'auto' | 'emscripten' | 'clang'

/** How toolchains are found; tests hand in others. */
export interface Finders {
  readonly emscripten: () => Promise<Toolchain | undefined>
  readonly clang: () => Toolchain | undefined
}

const FINDERS: Finders = { emscripten: () => findEmscripten(), clang: () => findEmbeddedClang() }

const INSTALL_CLANG = 'npm install --save-dev @yowasp/clang'
const INSTALL_EMSCRIPTEN =
  'install Emscripten (Debian, Ubuntu: apt-get install emscripten; elsewhere: git clone its emsdk repository, ' +
  './emsdk install latest, ./emsdk activate latest) and set EMSDK or PATH'

/** Answers of this process: looking for emcc takes a third of a second. */
const found = new Map<ToolchainChoice, Promise<Toolchain>>()

/**
 * The toolchain to use: the one that is named, or for `auto` Emscripten if it answers and else the embedded clang.
 *
 * @throws HostError with the command that installs one
 */
export function chooseToolchain(choice: ToolchainChoice, finders?: Finders): Promise<Toolchain> {
  if (finders !== undefined) return choose(choice, finders)
  let answer = found.get(choice)
  if (answer === undefined) {
    answer = choose(choice, FINDERS)
    found.set(choice, answer)
    answer.catch(() => found.delete(choice)) // it may be installed meanwhile
  }
  return answer
}

async function choose(choice: ToolchainChoice, finders: Finders): Promise<Toolchain> {
  const tried: string[] = []
  if (choice !== 'clang') {
    const emscripten = await finders.emscripten()
    if (emscripten !== undefined) return emscripten
    tried.push(...emscriptenCandidates(process.env))
  }
  if (choice !== 'emscripten') {
    const clang = finders.clang()
    if (clang !== undefined) return clang
    tried.push('@yowasp/clang')
  }
  throw new HostError('no C toolchain was found, and a release build needs one', {
    tried,
    fix: choice === 'emscripten' ? INSTALL_EMSCRIPTEN : INSTALL_CLANG,
  })
}
