/**
 * What dev servers add to programs and facades so that edits reach a running app.
 *
 * The module of the program is evaluated again after each edit. The first time it starts the program; later it installs
 * the new version in the running one, which is kept where the host keeps things over updates (`import.meta.hot.data`).
 * Facades hand out functions that call whatever is installed, so neither they nor their importers run again.
 *
 * Where nothing is hot (test runners, servers without HMR), modules run again only when somebody wants them fresh, or
 * because the program has grown by an entry. The hash tells the two apart.
 *
 * The bytes are inside. That saves a request per edit, and nothing has to be waited for: a worker that waited while it
 * is loaded would miss the messages that arrive meanwhile.
 */
import { toBase64 } from './wasm-source.ts'

export interface DevProgramModule {
  /** Specifier of the runtime. */
  readonly runtime: string
  /** Specifier of `devSupportModule`. */
  readonly support: string
  readonly wasm: Uint8Array
  /** Path at which the server has the source map; undefined if there is none. */
  readonly sourceMap: string | undefined
  /** JSON that describes the version to the runtime. */
  readonly version: string
  readonly hash: string
  /** Later versions have greater numbers. */
  readonly generation: number
  /** Name of the program among all that may run in one realm. */
  readonly session: string
}

export function devProgramModule(module: DevProgramModule): string {
  const { runtime, support, wasm, sourceMap, version, hash, generation, session } = module
  const bytes = JSON.stringify(toBase64(wasm))
  // The address of the server is known to the page alone. With a literal in the place of `map`, Vite would take the URL
  // for one of an asset.
  const url = sourceMap === undefined ? 'undefined' : 'String(new URL(map, import.meta.url))'
  return `import { startDevProgram } from ${JSON.stringify(runtime)}
import { compile, libspy } from ${JSON.stringify(support)}
const version = ${version}
const hash = ${JSON.stringify(hash)}
const map = ${JSON.stringify(sourceMap ?? '')}
const kept = import.meta.hot ? import.meta.hot.data : (globalThis[Symbol.for(${JSON.stringify(session)})] ??= {})
const isFresh = !kept.program || (!import.meta.hot && kept.hash === hash)
if (isFresh || kept.generation < ${generation}) {
  const wasm = compile(${bytes}, ${url})
  if (isFresh) kept.program = startDevProgram(libspy, wasm, version)
  else kept.program.install(wasm, version)
  Object.assign(kept, { generation: ${generation}, hash })
}
export const program = kept.program
if (import.meta.hot) import.meta.hot.accept()
`
}

/**
 * What all dev programs need, in a module that no edit changes: the C runtime, and a function that makes a module from
 * text. Debuggers want an absolute URL of the source map, because there is nothing that it could be relative to.
 */
export function devSupportModule(libspy: Uint8Array): string {
  return `const bytesOf = (base64) =>
  Uint8Array.fromBase64?.(base64) ?? Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
const leb128 = (size) => [(size & 127) | 128, size >> 7]
const lengthAndText = (text) => {
  const bytes = new TextEncoder().encode(text)
  return [...leb128(bytes.length), ...bytes]
}
export const compile = (base64, sourceMap) => {
  const bytes = bytesOf(base64)
  if (sourceMap === undefined) return new WebAssembly.Module(bytes)
  const content = [...lengthAndText('sourceMappingURL'), ...lengthAndText(sourceMap)]
  const section = [0, ...leb128(content.length), ...content]
  const all = new Uint8Array(bytes.length + section.length)
  all.set(bytes)
  all.set(section, bytes.length)
  return new WebAssembly.Module(all)
}
export const libspy = new WebAssembly.Module(bytesOf(${JSON.stringify(toBase64(libspy))}))
`
}

/**
 * Facades accept themselves: nothing of an importer has to run again as long as what it imported is still there, with
 * the same type. If not, the importers are told.
 *
 * @param name  of the module, for people
 */
export function acceptFacade(name: string, signatures: ReadonlyMap<string, string>): string {
  return `if (import.meta.hot) {
  const before = ${JSON.stringify(Object.fromEntries(signatures))}
  import.meta.hot.data.signatures = before
  import.meta.hot.accept(() => {
    const after = import.meta.hot.data.signatures
    const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name))
    const changed = Object.keys(before).filter((name) => Object.hasOwn(after, name) && after[name] !== before[name])
    const reasons = [...gone.map((name) => name + ' is gone'), ...changed.map((name) => name + ' has another type')]
    if (reasons.length > 0) import.meta.hot.invalidate(${JSON.stringify(`${name}: `)} + reasons.join(', '))
  })
}
`
}
