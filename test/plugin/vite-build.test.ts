/** Builds of Vite for pages, servers and workers, executed where Node can. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { build, type InlineConfig, type Rolldown } from 'vite'
import { vitePlugin } from '../../plugin/hosts/vite.ts'
import type { SpyOptions } from '../../plugin/options.ts'
import { type Project, project, SHARED_STATE } from './toy/project.ts'
import { toyWiring } from './toy/wiring.ts'

const builds = suite('builds of Vite')
const open: Project[] = []
const make = (files: Readonly<Record<string, string>>, folder?: string): Project => {
  const made = project(files, folder)
  open.push(made)
  return made
}
builds.after.each(() => {
  for (const made of open.splice(0)) made.remove()
})

/** For its workers, Vite takes a `#` in a path for the beginning of a fragment. */
const VITE_PATH = 'a b 50%25 ünï 山'

async function run(made: Project, options: SpyOptions, config: InlineConfig = {}): Promise<void> {
  await build({
    root: made.root,
    logLevel: 'silent',
    configFile: false,
    plugins: [vitePlugin(options, toyWiring())],
    ...config,
    build: {
      modulePreload: false,
      minify: false,
      rolldownOptions: {
        input: made.path('main.js'),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js' },
      },
      ...config.build,
    },
  })
}

const wasmFiles = (made: Project) =>
  readdirSync(join(made.root, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.wasm'))
const outputs = (made: Project) =>
  readdirSync(join(made.root, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(made.root, 'dist', name), 'utf8'))
    .join('\n')
const runMain = async (made: Project) => ((await made.run('dist/main.js')).run as () => Promise<number[]>)()

builds('put the program into the page when it is small', async () => {
  const made = make(SHARED_STATE)
  await run(made, {})
  assert.equal(wasmFiles(made), [])
  assert.equal(await runMain(made), [1, 11, 12])
})

builds('emit the program as a hashed asset, under the base', async () => {
  const made = make(SHARED_STATE)
  await run(made, { inline: false }, { base: '/some/base/' })
  const [file] = wasmFiles(made)
  assert.match(file ?? '', /^assets\/program-[\w-]+\.wasm$/)
  assert.match(outputs(made), `"/some/base/${file}"`)
  assert.not.match(outputs(made), 'node:')
})

builds('emit the program beside the code when the base is relative', async () => {
  const made = make(SHARED_STATE)
  await run(made, { inline: false }, { base: './' })
  const realFetch = globalThis.fetch
  globalThis.fetch = async (url) => new Response(readFileSync(new URL(String(url))))
  try {
    assert.equal(await runMain(made), [1, 11, 12])
  } finally {
    globalThis.fetch = realFetch
  }
})

builds('put the program into code for servers, whatever its size', async () => {
  const made = make(SHARED_STATE)
  await run(made, { inline: false }, { build: { ssr: true, rolldownOptions: { input: made.path('main.js') } } })
  assert.equal(wasmFiles(made), [])
  assert.equal(await runMain(made), [1, 11, 12])
})

builds('make libraries in formats without top-level await', async () => {
  const made = make(SHARED_STATE)
  const lib = { entry: made.path('main.js'), formats: ['cjs' as const], fileName: () => 'main.cjs' }
  await run(made, { inline: false }, { build: { lib, rolldownOptions: {} } })
  const { run: exported } = (await made.run('dist/main.cjs')).default as { run: () => Promise<number[]> }
  assert.equal(await exported(), [1, 11, 12])
})

for (const [what, config] of [
  ['without any configuration', {}],
  ['of format iife', { worker: { format: 'iife' } }],
] as const) {
  builds(`build workers ${what}: with the program inside, so that they miss no message`, async () => {
    const made = make(
      {
        ...SHARED_STATE,
        'main.js': `export const worker = () => new Worker(new URL('./worker.js', import.meta.url))\n`,
        'worker.js': "import { bump_a } from './a.spy'\npostMessage(bump_a())\n",
      },
      VITE_PATH,
    )
    await run(made, { inline: false }, config)
    assert.equal(wasmFiles(made), [])
    const worker = readdirSync(join(made.root, 'dist/assets')).find((name) => name.startsWith('worker'))
    const text = readFileSync(join(made.root, 'dist/assets', worker ?? ''), 'utf8')
    assert.match(text, 'a::bump_a')
    assert.not.match(text, /\bawait\b/)
  })
}

builds('tell where an error is, with a frame', async () => {
  const made = make({ ...SHARED_STATE, 'b.spy': 'def bump_b() -> i32:\n    return missing\n' })
  let message = ''
  try {
    await run(made, {})
  } catch (error) {
    message = (error as Error).message
  }
  assert.match(message, 'NameError: name `missing` is not defined')
  assert.match(message, '2 |     return missing\n  |            ^^^^^^^ not found')
})

builds('are the same whatever the order in which entries are found', async () => {
  const made = make(SHARED_STATE)
  const swapped = make({
    ...SHARED_STATE,
    'main.js':
      SHARED_STATE['main.js']?.replace('./a.spy', './b.spy').replace('{ bump_a }', '{ bump_b as bump_a }') ?? '',
    'lazy.js': "export { bump_a as bump_b } from './a.spy'\n",
  })
  await run(made, { inline: false })
  await run(swapped, { inline: false })
  assert.equal(wasmFiles(made), wasmFiles(swapped))
})

builds('delete nothing that others emit', async () => {
  const made = make(SHARED_STATE)
  const other: Rolldown.Plugin = {
    name: 'other',
    buildStart() {
      this.emitFile({ type: 'asset', fileName: 'other.wasm', source: 'x' })
    },
  }
  await run(made, { inline: false }, { plugins: [vitePlugin({ inline: false }, toyWiring()), other] })
  assert.ok(existsSync(join(made.root, 'dist/other.wasm')))
  assert.is(wasmFiles(made).length, 2)
})

builds.run()
