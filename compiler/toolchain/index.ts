/** The toolchains of this machine, behind one port. */
import { HostError } from '../text/diagnostics.ts'
import { findEmscripten } from './emscripten.ts'
import { findEmscriptenLinker } from './emscripten-module.ts'
import { emscriptenCandidates } from './emscripten-search.ts'
import { findNative, nativeCandidates } from './native.ts'
import type { SystemCompiler, Toolchain } from './port.ts'
import { findEmbeddedClang } from './wasm-clang.ts'

export type { BuildOptions, CFiles, LinkOptions, Profile, SystemCompiler, Toolchain, WasmBytes } from './port.ts'
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

const INSTALL_NATIVE = 'install a C compiler (Debian, Ubuntu: apt-get install gcc libc6-dev), or name one with CC'

/**
 * The C compiler of the system.
 *
 * @throws HostError with the command that installs one
 */
export async function chooseNative(
  find: () => Promise<SystemCompiler | undefined> = findNative,
): Promise<SystemCompiler> {
  const found = await find()
  if (found !== undefined) return found
  throw new HostError('no C compiler was found, and native builds need one', {
    tried: nativeCandidates(process.env),
    fix: INSTALL_NATIVE,
  })
}

/**
 * Emscripten as the linker of modules of its own.
 *
 * @throws HostError with the command that installs it
 */
export async function chooseEmscriptenLinker(
  find: () => Promise<SystemCompiler | undefined> = findEmscriptenLinker,
): Promise<SystemCompiler> {
  const found = await find()
  if (found !== undefined) return found
  throw new HostError('Emscripten was not found, and its modules need it', {
    tried: emscriptenCandidates(process.env),
    fix: INSTALL_EMSCRIPTEN,
  })
}
