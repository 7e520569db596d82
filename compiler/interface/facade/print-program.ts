/**
 * The module that starts a program and exports it to the facades: `export const program`. There is one per program, so
 * that all `.spy` files of a bundle share their state.
 */
import { RUNTIME_ID } from './print-facade.ts'

/** Where the bytes are: an expression of JavaScript for their URL, or the bytes themselves. */
export type WasmSource =
  | { readonly kind: 'url'; readonly expression: string }
  | { readonly kind: 'inline'; readonly base64: string }

export interface ReleaseProgramOptions {
  readonly wasm: WasmSource
  /** Names that the wasm imports from `spy`: the app gets the host functions that it needs and no others. */
  readonly imports: readonly string[]
  readonly runtimeId?: string
}

/** With bytes inlined the program is there at once, otherwise the module waits for them. */
export function printReleaseProgram({ wasm, imports, runtimeId = RUNTIME_ID }: ReleaseProgramOptions): string {
  const load = wasm.kind === 'inline' ? 'compileText' : 'compileFrom'
  const source = wasm.kind === 'inline' ? `compileText('${wasm.base64}')` : `await compileFrom(${wasm.expression})`
  const host = imports.map((name) => `${name}: ${name}(guest)`)
  const imported = host.length === 0 ? '' : `, { spy: { ${host.join(', ')} } }`
  return `import { ${[load, 'startProgram', ...imports].join(', ')} } from ${JSON.stringify(runtimeId)}
const module = ${source}
export const program = startProgram((${host.length === 0 ? '' : 'guest'}) => new WebAssembly.Instance(module${imported}).exports)
`
}

export interface DevProgramOptions {
  /** libspy.wasm. */
  readonly libspy: WasmSource
  readonly wasm: WasmSource
  /** JSON of the version: the variables and the modules. */
  readonly version: string
  /** An expression for an object that outlives updates, such as `import.meta.hot.data`; without one there are none. */
  readonly keep?: string
  readonly runtimeId?: string
}

/** Evaluated again after each edit: the first time it starts the program, later it installs the new version. */
export function printDevProgram({ libspy, wasm, version, keep, runtimeId = RUNTIME_ID }: DevProgramOptions): string {
  const bytes = (source: WasmSource) =>
    source.kind === 'inline' ? `compileText('${source.base64}')` : `await compileFrom(${source.expression})`
  const loaders = new Set([libspy, wasm].map(({ kind }) => (kind === 'inline' ? 'compileText' : 'compileFrom')))
  const start = `startDevProgram(${bytes(libspy)}, module, version, devHost)`
  const head = `import { ${[...loaders, 'devHost', 'startDevProgram'].join(', ')} } from ${JSON.stringify(runtimeId)}
const module = ${bytes(wasm)}
const version = ${version}
`
  if (keep === undefined) return `${head}export const program = ${start}\n`
  return `${head}const kept = ${keep}?.program
export const program = kept ?? ${start}
if (kept) program.install(module, version)
else if (${keep}) ${keep}.program = program
`
}
