/**
 * What programs cost their visitors: the smallest ones as wasm, by each toolchain that is there; and the demo, with all
 * JavaScript that is not the app's own.
 *
 *     node --import tsx bench/size/run.ts
 *
 * The app is built for release with every module that we wrote or generated in a chunk of its own, so that it is
 * minified as usual and can be weighed alone.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { findEmscripten } from '../../compiler/toolchain/emscripten.ts'
import { findEmbeddedClang } from '../../compiler/toolchain/wasm-clang.ts'
import { ensurePackage } from '../../scripts/prerequisites.ts'
import { printTable } from '../harness/table.ts'
import { releaseOf, SMALL_PROGRAMS } from './small-programs.ts'

const toolchains = (await Promise.all([findEmscripten(), findEmbeddedClang()])).filter((found) => found !== undefined)
const small = []
for (const program of SMALL_PROGRAMS) {
  const sizes = []
  for (const toolchain of toolchains) sizes.push((await releaseOf(program, toolchain)).length)
  small.push([program.name, program.limit, ...sizes] as const)
}
for (const toolchain of toolchains) toolchain.dispose()
printTable('the smallest programs: bytes of wasm', ['', 'goal', ...toolchains.map(({ name }) => name)], small)

const APP = fileURLToPath(new URL('../../fixtures/apps/vite-topo', import.meta.url))
const GLUE = 'spy-glue'

await ensurePackage({ declarations: false })
const outDir = await mkdtemp(join(tmpdir(), 'topo-size-'))
try {
  const ownFile = /\/vite-topo\/(index\.html|src\/[^/]+\.(ts|css))$/
  const isGlue = (id: string) => !ownFile.test(id.replace(/\?.*/, '')) && !id.startsWith('\0vite/')
  const { output } = (await build({
    root: APP,
    configFile: join(APP, 'vite.config.ts'),
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      modulePreload: false,
      rolldownOptions: { output: { codeSplitting: { groups: [{ name: GLUE, test: isGlue }] } } },
    },
  })) as Rolldown.RolldownOutput

  const rows = output.flatMap((file) => {
    if (file.type === 'chunk' && file.name === GLUE) return [weigh('glue', Buffer.from(file.code))]
    if (file.type === 'asset' && file.fileName.endsWith('.wasm')) return [weigh('wasm', Buffer.from(file.source))]
    return []
  })
  const total = [1, 2, 3].map((column) => rows.reduce((sum, row) => sum + Number(row[column]), 0))
  printTable('the demo, built for release: bytes', ['', 'raw', 'gzip -9', 'brotli'], [...rows, ['together', ...total]])
  for (const file of output) {
    if (file.type === 'chunk' && file.name === GLUE) {
      console.log(`\nglue is: ${file.moduleIds.map((id) => id.split('/').slice(-2).join('/')).join(', ')}`)
    }
  }
} finally {
  await rm(outDir, { recursive: true })
}

function weigh(name: string, bytes: Uint8Array): [string, number, number, number] {
  return [name, bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length]
}
