/**
 * What dev servers add to programs and facades so that edits reach a running app.
 *
 * The module of the program is evaluated again after each edit. The first time it starts the program; later it installs
 * the new version in the running one, which is kept where the host keeps things over updates (`import.meta.hot.data`).
 * Facades hand out functions that call whatever is installed, so neither they nor their importers run again.
 *
 * Where nothing is hot (test runners, servers without HMR), modules run again only when somebody wants them fresh, or
 * because the program has grown by an entry. The hash tells the two apart.
 */
import { toBase64, type WasmSource } from './wasm-source.ts'

export interface DevProgramModule {
  /** Specifier of the runtime. */
  readonly runtime: string
  readonly libspy: WasmSource
  readonly wasm: WasmSource
  /** JSON that describes the version to the runtime. */
  readonly version: string
  readonly hash: string
  /** Later versions have greater numbers. */
  readonly generation: number
  /** Name of the program among all that may run in one realm. */
  readonly session: string
}

export function devProgramModule(module: DevProgramModule): string {
  const { runtime, libspy, wasm, version, hash, generation, session } = module
  const loaders = [...new Set([libspy, wasm].map(({ kind }) => (kind === 'inline' ? 'compileText' : 'compileFrom')))]
  const here = [libspy, wasm].some(({ kind }) => kind === 'url') ? 'const here = import.meta.url\n' : ''
  return `import { ${[...loaders, 'startDevProgram'].join(', ')} } from ${JSON.stringify(runtime)}
${here}const version = ${version}
const kept = import.meta.hot ? import.meta.hot.data : (globalThis[Symbol.for(${JSON.stringify(session)})] ??= {})
const fresh = !kept.program || (!import.meta.hot && kept.hash === ${JSON.stringify(hash)})
const [libspy, wasm] = await Promise.all([fresh ? ${loaded(libspy)} : undefined, ${loaded(wasm)}])
if (fresh) kept.program = startDevProgram(libspy, wasm, version)
else if (kept.generation < ${generation}) kept.program.install(wasm, version)
if (fresh || kept.generation < ${generation}) Object.assign(kept, { generation: ${generation}, hash: ${JSON.stringify(hash)} })
export const program = kept.program
if (import.meta.hot) import.meta.hot.accept()
`
}

/** An expression for a WebAssembly.Module, or a promise of one. */
function loaded(source: WasmSource): string {
  if (source.kind === 'inline') return `compileText(${JSON.stringify(toBase64(source.bytes))})`
  // With a literal in its place, the host would take `import.meta.url` for one of its own assets.
  return `compileFrom(new URL(${source.expression}, here))`
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
