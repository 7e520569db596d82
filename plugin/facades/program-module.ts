/**
 * The module that starts the program of a bundle. Facades import `program` from it.
 *
 *     import { compileFrom, panic, startProgram } from 'unplugin-spy/runtime'
 *     const wasm = await compileFrom(new URL('topo.wasm', import.meta.url))
 *     const host = { panic }
 *     export const program = startProgram(…)
 *
 * It imports only those host functions that the program imports, so that an app that prints nothing carries no code for
 * printing.
 */
import { toBase64, type WasmSource } from './wasm-source.ts'

export interface ProgramModule {
  /** Specifier of the runtime. */
  readonly runtime: string
  readonly wasm: Uint8Array
  readonly source: WasmSource
  /** The C runtime that a jit program shares; undefined for programs that contain theirs. */
  readonly libspy: { readonly wasm: Uint8Array; readonly source: WasmSource } | undefined
}

export function programModule({ runtime, wasm, source, libspy }: ProgramModule): string {
  const sources = libspy === undefined ? [source] : [source, libspy.source]
  const host = [...new Set([...hostImports(wasm), ...(libspy === undefined ? [] : hostImports(libspy.wasm))])].sort()
  const start = libspy === undefined ? 'startProgram' : 'startJit'
  const imports = [...new Set([...host, start, ...sources.map(loaderName)])].sort()
  const lines = [
    `import { ${imports.join(', ')} } from ${JSON.stringify(runtime)}`,
    ...sources.flatMap((each) => (each.kind === 'url' && each.prelude !== '' ? [each.prelude] : [])),
  ]
  if (libspy === undefined) {
    const given = host.length === 0 ? '' : `, { spy: { ${host.map((name) => `${name}: ${name}(guest)`).join(', ')} } }`
    lines.push(
      `const wasm = ${loaded(source)}`,
      'export const program = /* @__PURE__ */ startProgram(',
      `  (guest) => new WebAssembly.Instance(wasm${given}).exports,`,
      ')',
    )
  } else {
    lines.push(
      `const libspy = ${loaded(libspy.source)}`,
      `const wasm = ${loaded(source)}`,
      `export const program = /* @__PURE__ */ startJit(libspy, wasm, { ${host.join(', ')} })`,
    )
  }
  return `${lines.join('\n')}\n`
}

/** Names of the functions that a program asks its host for. */
export function hostImports(wasm: Uint8Array): string[] {
  const module = new WebAssembly.Module(wasm.slice())
  return WebAssembly.Module.imports(module)
    .filter((needed) => needed.module === 'spy' && needed.kind === 'function')
    .map((needed) => needed.name)
}

function loaderName(source: WasmSource): 'compileFrom' | 'compileText' {
  return source.kind === 'inline' ? 'compileText' : 'compileFrom'
}

/** An expression that gives a WebAssembly.Module. */
function loaded(source: WasmSource): string {
  if (source.kind === 'inline') return `compileText(${JSON.stringify(toBase64(source.bytes))})`
  if (!source.maybeFile) return `await compileFrom(${source.expression})`
  // Asked for at run time, not imported: a bundle for pages must not mention a module that pages do not have.
  return `await (async (url) => {
  if (url.protocol !== 'file:') return compileFrom(url)
  return WebAssembly.compile(globalThis.process.getBuiltinModule('node:fs').readFileSync(url))
})(new URL(${source.expression}))`
}
