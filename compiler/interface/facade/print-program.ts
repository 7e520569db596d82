/**
 * The module that starts a program where no bundler takes part, and exports it to the facades: `export const program`.
 * There is one per program, so that all of its `.spy` files share their state.
 */
import { RUNTIME_ID } from './print-facade.ts'

export interface ProgramModuleOptions {
  /** URL of the wasm relative to the module. */
  readonly wasm: string
  /** Names that the wasm imports from `spy`: the program gets the host functions that it needs and no others. */
  readonly imports: readonly string[]
  readonly runtimeId?: string
}

/** Runs in pages and in Node, which does not fetch the URLs of files. */
export function printProgram({ wasm, imports, runtimeId = RUNTIME_ID }: ProgramModuleOptions): string {
  const host = imports.map((name) => `${name}: ${name}(guest)`).join(', ')
  return `import { ${['compileFrom', 'startProgram', ...imports].join(', ')} } from ${JSON.stringify(runtimeId)}
const url = new URL(${JSON.stringify(wasm)}, import.meta.url)
const module = url.protocol === 'file:'
  ? await WebAssembly.compile(globalThis.process.getBuiltinModule('node:fs').readFileSync(url))
  : await compileFrom(url)
export const program = startProgram((guest) => new WebAssembly.Instance(module, { spy: { ${host} } }).exports)
`
}
