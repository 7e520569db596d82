/** A build that has been made before says what it said then. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resolveOptions } from '../../plugin/options.ts'
import { createCompiler } from '../../plugin/programs/compiler.ts'
import { project } from './toy/project.ts'

const kept = suite('answers of earlier builds')

const FILES = {
  'src/shapes.spy': 'from circle import PI\n\ndef area(r: f64) -> f64:\n    return PI * r * r\n',
  'src/circle.spy': 'PI: f64 = 3.14\n',
}

kept('facades, bytes and watched files are the same, and follow the sources', async () => {
  const made = project(FILES)
  const options = resolveOptions(
    { toolchain: 'clang', cache: made.path('cache') },
    { root: made.root, engine: 'c', sourcemap: false },
  )
  const request = { entries: [made.path('src/shapes.spy')], engine: 'c' } as const
  const facade = { kind: 'release', runtime: 'runtime', program: 'program' } as const
  const build = async () => {
    const compiler = createCompiler(options)
    const described = await compiler.describe(request)
    const { result, inputs, missing } = await compiler.compile(request)
    await compiler.dispose()
    if (!result.ok || !described.result.ok) throw new Error('it compiles')
    const entry = result.value.interfaces.get(request.entries[0] as string)
    const first = described.result.value.get(request.entries[0] as string)
    return {
      wasm: Buffer.from(result.value.wasm).toString('hex'),
      facade: entry?.facade(facade),
      described: first?.facade(facade),
      declarations: entry?.declarations('shapes.spy', 'map').code,
      inputs: [...inputs].sort(),
      describedFrom: [...described.inputs].sort(),
      missing: [...missing].sort(),
    }
  }
  try {
    const first = await build()
    assert.equal(await build(), first)
    assert.is(first.facade, first.described)
    assert.equal(first.inputs, first.describedFrom)
    assert.equal(first.inputs, [made.path('src/circle.spy'), made.path('src/shapes.spy')])

    made.write('src/shapes.spy', 'def twice(x: f64) -> f64:\n    return 2.0 * x\n')
    const edited = await createCompiler(options).describe(request)
    if (!edited.result.ok) throw new Error('it compiles')
    const facadeNow = edited.result.value.get(request.entries[0] as string)?.facade(facade)
    assert.match(facadeNow ?? '', 'twice')
    assert.not.match(facadeNow ?? '', 'area')
  } finally {
    made.remove()
  }
})

kept.run()
