/**
 * The embedded clang: LLVM compiled to wasm, from an optional dependency that npm installs on its own. Compiles without
 * anything that the user has to install.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { toolchainFailed } from './failure.ts'
import { FLAGS_VERSION, keepsNames } from './flags.ts'
import type { BuildOptions, CFiles, Toolchain, WasmBytes } from './port.ts'
import { tidyModule } from './tidy.ts'
import { CompilingProcess } from './wasm-clang/client.ts'

/** Undefined if the dependency is not installed. */
export function findEmbeddedClang(resolve: (name: string) => string = resolvePackage): EmbeddedClang | undefined {
  let entry: string
  try {
    entry = resolve('@yowasp/clang')
  } catch {
    return undefined
  }
  const folder = dirname(entry)
  const llvm = join(folder, 'llvm.core.wasm')
  if (!existsSync(llvm)) return undefined
  const { version } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8')) as { version: string }
  return new EmbeddedClang(llvm, version)
}

function resolvePackage(name: string): string {
  return createRequire(import.meta.url).resolve(name)
}

export class EmbeddedClang implements Toolchain {
  readonly name = 'clang'
  readonly version: string
  readonly process: CompilingProcess

  constructor(llvm: string, version: string) {
    this.version = `embedded clang ${version}, flags ${FLAGS_VERSION}`
    this.process = new CompilingProcess(llvm)
  }

  async build(sources: CFiles, options: BuildOptions): Promise<WasmBytes> {
    const compilation = await this.process.compile(sources, options)
    if (!compilation.ok) throw toolchainFailed(this.name, compilation.command, compilation.messages)
    return tidyModule(compilation.wasm, keepsNames(options))
  }

  warm(): void {
    this.process.start()
  }

  dispose(): void {
    this.process.stop()
  }
}
