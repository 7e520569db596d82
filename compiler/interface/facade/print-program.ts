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
  /** It has a terminal: text goes to the streams of the process as it comes, not to the console line by line. */
  readonly isCommand?: boolean
}

/** What commands write to, by import; in pages there is the console. */
const STREAMS = `process ? writesTo({ stdout: (text) => process.stdout.write(text), stderr: (text) => process.stderr.write(text) })(guest) : fd_write(guest)`

/** Runs in pages and in Node, which does not fetch the URLs of files. */
export function printProgram({ wasm, imports, runtimeId = RUNTIME_ID, isCommand }: ProgramModuleOptions): string {
  const streams = isCommand === true && imports.includes('fd_write')
  const made = (name: string) => (streams && name === 'fd_write' ? STREAMS : `${name}(guest)`)
  const host = imports.map((name) => `${name}: ${made(name)}`).join(', ')
  const names = ['compileFrom', 'startProgram', ...imports, ...(streams ? ['writesTo'] : [])]
  return `import { ${names.join(', ')} } from ${JSON.stringify(runtimeId)}
${streams ? 'const process = globalThis.process\n' : ''}\
const url = new URL(${JSON.stringify(wasm)}, import.meta.url)
const module = url.protocol === 'file:'
  ? await WebAssembly.compile(globalThis.process.getBuiltinModule('node:fs').readFileSync(url))
  : await compileFrom(url)
export const program = startProgram((guest) => new WebAssembly.Instance(module, { spy: { ${host} } }).exports)
`
}
