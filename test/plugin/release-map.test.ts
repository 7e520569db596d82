/** The option `sourcemap` of releases: the wasm brings its map into the `.spy` files, if that was asked for. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resolveOptions, type SpyOptions } from '../../plugin/options.ts'
import { createCompiler } from '../../plugin/programs/compiler.ts'
import { project } from './toy/project.ts'

const maps = suite('the source map of a bundled release')

const SHAPES = 'def area(r: f64) -> f64:\n    return 3.14 * r * r\n'

async function mapOf(options: SpyOptions): Promise<string | undefined> {
  const made = project({ 'src/shapes.spy': SHAPES })
  const host = { root: made.root, engine: 'c', sourcemap: true } as const
  const compiler = createCompiler(resolveOptions({ toolchain: 'clang', cache: made.path('cache'), ...options }, host))
  try {
    const { result } = await compiler.compile({ entries: [made.path('src/shapes.spy')], engine: 'c' })
    if (!result.ok) throw result.error
    const module = new WebAssembly.Module(result.value.wasm as BufferSource)
    assert.is(WebAssembly.Module.customSections(module, '.debug_line').length, 0)
    const [url] = WebAssembly.Module.customSections(module, 'sourceMappingURL')
    return url && new TextDecoder().decode(url)
  } finally {
    await compiler.dispose()
    made.remove()
  }
}

maps('nobody downloads a map unless it was asked for, whatever the maps of JavaScript are', async () => {
  assert.is(await mapOf({}), undefined)
})

maps('with it, the wasm says where its lines come from', async () => {
  const [, data] = (await mapOf({ sourcemap: true }))?.split('data:application/json;base64,') ?? []
  const map = JSON.parse(Buffer.from(data ?? '', 'base64').toString()) as {
    sources: string[]
    sourcesContent: string[]
  }
  assert.equal(map.sources, ['spy:///src/shapes.spy'])
  assert.equal(map.sourcesContent, [SHAPES])
})

maps.run()
