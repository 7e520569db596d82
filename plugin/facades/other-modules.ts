/**
 * Modules that stand for a `.spy` file but are not its facade.
 */
import { toBase64, type WasmSource } from './wasm-source.ts'

/** `import text from './topo.spy?raw'` */
export function rawModule(text: string): string {
  return `export default ${JSON.stringify(text)}\n`
}

/** `import url from './topo.spy?url'`: where the wasm of its program is. */
export function urlModule(source: WasmSource): string {
  if (source.kind === 'inline') return `export default "data:application/wasm;base64,${toBase64(source.bytes)}"\n`
  return `${source.prelude === '' ? '' : `${source.prelude}\n`}export default String(${source.expression})\n`
}
