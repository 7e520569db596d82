/** Builds of esbuild, executed, and built again in watch mode. */
import { readdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type BuildOptions, type BuildResult, build, context, type Plugin } from 'esbuild'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { esbuildPlugin } from '../../plugin/hosts/esbuild.ts'
import type { SpyOptions } from '../../plugin/options.ts'
import type { ToyLog } from './toy/compiler.ts'
import { type Project, project, SHARED_STATE } from './toy/project.ts'
import { toyWiring } from './toy/wiring.ts'

const builds = suite('builds of esbuild')
const open: Project[] = []
const make = (files: Readonly<Record<string, string>>): Project => {
  const made = project(files)
  open.push(made)
  return made
}
builds.after.each(() => {
  for (const made of open.splice(0)) made.remove()
})

function configuration(made: Project, options: SpyOptions, config: BuildOptions, log?: ToyLog): BuildOptions {
  return {
    absWorkingDir: made.root,
    entryPoints: ['main.js'],
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'dist',
    logLevel: 'silent',
    ...config,
    plugins: [...(config.plugins ?? []), esbuildPlugin(options, toyWiring(log))],
  }
}

const run = (made: Project, options: SpyOptions, config: BuildOptions = {}, log?: ToyLog): Promise<BuildResult> =>
  build(configuration(made, options, config, log))

const wasmFiles = (made: Project) => readdirSync(made.path('dist')).filter((name) => name.endsWith('.wasm'))

let copies = 0

/** Run the output from a fresh copy: Node evaluates each path once. */
async function runMain(made: Project, name = 'main.js'): Promise<unknown> {
  const copy = `copy-${copies++}`
  made.copy('dist', copy)
  const realFetch = globalThis.fetch
  globalThis.fetch = async (url) => new Response(readFileSync(new URL(String(url))))
  try {
    const { run } = (await import(pathToFileURL(made.path(`${copy}/${name}`)).href)) as { run(): Promise<number[]> }
    return await run()
  } finally {
    globalThis.fetch = realFetch
  }
}

for (const inline of [false, true]) {
  builds(`make one program of two entries that share a module (${inline ? 'inline' : 'as a file'})`, async () => {
    const made = make(SHARED_STATE)
    const log = { describes: 0, compiles: 0 }
    await run(made, { inline }, {}, log)
    assert.equal(await runMain(made), [1, 11, 12])
    assert.is(wasmFiles(made).length, inline ? 0 : 1)
    assert.is(log.compiles, 1)
  })
}

builds('put the program into code for servers', async () => {
  const made = make(SHARED_STATE)
  await run(made, { inline: false }, { platform: 'node' })
  assert.equal(await runMain(made), [1, 11, 12])
  assert.equal(wasmFiles(made), [])
})

builds('make formats without top-level await', async () => {
  const made = make(SHARED_STATE)
  const outExtension = { '.js': '.cjs' }
  await run(made, { inline: false }, { format: 'cjs', splitting: false, outExtension })
  const { run: exported } = (await made.run('dist/main.cjs')) as { run(): Promise<number[]> }
  assert.equal(await exported(), [1, 11, 12])
})

builds('make code that runs in pages and in Node where the platform is neutral', async () => {
  const made = make(SHARED_STATE)
  await run(made, { inline: false }, { platform: 'neutral' })
  assert.is(wasmFiles(made).length, 1)
  const { run: exported } = (await made.run('dist/main.js')) as { run(): Promise<number[]> }
  assert.equal(await exported(), [1, 11, 12])
})

builds('run programs of engine jit, beside the C runtime', async () => {
  const made = make(SHARED_STATE)
  await run(made, { engine: 'jit', inline: false })
  assert.equal(await runMain(made), [1, 11, 12])
  assert.is(wasmFiles(made).length, 2)
})

builds('give each entry a program of its own when asked to', async () => {
  const made = make(SHARED_STATE)
  await run(made, { split: true, inline: false })
  assert.equal(await runMain(made), [1, 10, 2])
  assert.is(wasmFiles(made).length, 2)
})

/** A plugin that takes its time for `lazy.js`. */
const slow: Plugin = {
  name: 'slow',
  setup({ onLoad }) {
    onLoad({ filter: /lazy\.js$/ }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 400))
      return undefined
    })
  },
}

builds('build again for an entry that comes after the program was made', async () => {
  const made = make(SHARED_STATE)
  const log = { describes: 0, compiles: 0 }
  await run(made, { inline: false }, { plugins: [slow] }, log)
  assert.equal(await runMain(made), [1, 11, 12])
  assert.is(log.compiles, 2)
})

builds('give the outputs of the last build where they are not written', async () => {
  const made = make(SHARED_STATE)
  const { outputFiles = [] } = await run(made, { inline: false }, { plugins: [slow], write: false })
  const [wasm] = outputFiles.filter(({ path }) => path.endsWith('.wasm'))
  const names = WebAssembly.Module.exports(new WebAssembly.Module(wasm?.contents.slice() ?? new Uint8Array()))
  assert.ok(names.some(({ name }) => name === 'b::bump_b'))
})

builds('tell where an error is', async () => {
  const made = make({ ...SHARED_STATE, 'b.spy': 'def bump_b() -> i32:\n    return missing\n' })
  const { errors } = await run(made, {}).catch((failed: BuildResult) => failed)
  const told = errors.filter(({ text }) => text.includes('NameError'))
  assert.is(told.length, 1)
  assert.is(told[0]?.text, 'NameError: name `missing` is not defined (not found)')
  const { file, line, column, length, lineText } = told[0]?.location ?? {}
  assert.match(file ?? '', /b\.spy$/)
  assert.equal([line, column, length, lineText], [2, 11, 7, '    return missing'])
})

builds('give the source text of a module', async () => {
  const text = 'def f() -> i32:\n    return 1\n'
  const made = make({ 'main.js': "import text from './a.spy?raw'\nexport const run = () => text\n", 'a.spy': text })
  await run(made, {})
  assert.is(await runMain(made), text)
})

builds('build again when a module changes that only SPy imports, or appears', async () => {
  const made = make(SHARED_STATE)
  const results: BuildResult[] = []
  const observer: Plugin = { name: 'observer', setup: ({ onEnd }) => onEnd((result) => void results.push(result)) }
  const watching = await context({
    ...configuration(made, { inline: false }, {}),
    plugins: [esbuildPlugin({ inline: false }, toyWiring()), observer],
  })
  const counter = SHARED_STATE['counter.spy'] ?? ''
  try {
    await watching.watch()
    await eventually(() => assert.is(results.length, 1))
    assert.equal(await runMain(made), [1, 11, 12])
    made.write('counter.spy', counter.replace('total + n', 'total + n + n'))
    await eventually(() => assert.is(results.length, 2))
    assert.equal(await runMain(made), [2, 22, 24])
    made.write('counter.spy', `from later import g\n${counter}`)
    await eventually(() => assert.is(results.length, 3))
    assert.match(results[2]?.errors[0]?.text ?? '', 'cannot import `later.g`')
    made.write('later.spy', 'def g() -> i32:\n    return 5\n')
    await eventually(() => assert.is(results.length, 4))
    assert.equal(results[3]?.errors, [])
    assert.equal(await runMain(made), [1, 11, 12])
  } finally {
    await watching.dispose()
  }
})

builds.run()

/** Until `check` no longer throws. */
async function eventually(check: () => unknown, patience = 8000): Promise<void> {
  const end = Date.now() + patience
  for (;;) {
    try {
      await check()
      return
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
