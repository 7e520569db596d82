/** What bindings cost an app: the facade, the module that starts the program and all of the runtime that they need. */
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printFacade } from '../../compiler/interface/facade.ts'
import { F64, I32, STR } from '../../compiler/objects/types.ts'
import { type Bound, func, interfaceOf } from '../support/interfaces.ts'
import { listType } from '../support/library-types.ts'

const PROGRAM = `
import { compileFrom, panic, startProgram } from 'unplugin-spy/runtime'
const wasm = await compileFrom(new URL('topo.wasm', import.meta.url))
export const program = startProgram((guest) => new WebAssembly.Instance(wasm, { spy: { panic: panic(guest) } }).exports)
`

/** Minified and compressed bytes of an app that uses every function. */
async function glueSize(attributes: Readonly<Record<string, Bound>>): Promise<number> {
  const model = interfaceOf('def f() -> None: pass\n', attributes, 'release')
  const files: Readonly<Record<string, string>> = {
    'spy:program': PROGRAM,
    'spy:facade': printFacade(model, { kind: 'release', programId: 'spy:program' }),
    'spy:app': `export { ${Object.keys(attributes).join(', ')} } from 'spy:facade'`,
  }
  const { outputFiles } = await build({
    entryPoints: ['spy:app'],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    alias: { 'unplugin-spy/runtime': fileURLToPath(new URL('../../src/runtime/index.ts', import.meta.url)) },
    plugins: [
      {
        name: 'memory',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^spy:/ }, ({ path }) => ({ path, namespace: 'memory' }))
          onLoad({ filter: /.*/, namespace: 'memory' }, ({ path }) => ({
            contents: files[path],
            resolveDir: process.cwd(),
          }))
        },
      },
    ],
  })
  return gzipSync((outputFiles[0] as { readonly contents: Uint8Array }).contents, { level: 9 }).length
}

const size = suite('size of bindings')

size('functions of numbers cost at most 1.0 kB', async () => {
  const bytes = await glueSize({ add: func([I32, I32], I32), area: func([F64], F64) })
  assert.ok(bytes <= 1000, `${bytes} bytes`)
})

size('strings and lists cost at most 2.0 kB', async () => {
  const bytes = await glueSize({
    add: func([I32, I32], I32),
    greet: func([STR], STR),
    smooth: func([listType(F64)], listType(F64)),
    split: func([STR], listType(STR)),
  })
  assert.ok(bytes <= 2000, `${bytes} bytes`)
})

size.run()
