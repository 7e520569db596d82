/** Builds of webpack and Rspack, executed, and built again in watch mode. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type RspackOptions, rspack } from '@rspack/core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import webpack, { type Configuration } from 'webpack'
import { rspackPlugin } from '../../plugin/hosts/rspack.ts'
import { webpackPlugin } from '../../plugin/hosts/webpack.ts'
import type { SpyOptions } from '../../plugin/options.ts'
import type { ToyLog } from './toy/compiler.ts'
import { type Project, project, SHARED_STATE } from './toy/project.ts'
import { toyWiring } from './toy/wiring.ts'

/** What the tests need of both. */
interface Bundler {
  run(done: (error: Error | null, stats?: Stats) => void): void
  watch(
    options: object,
    done: (error: Error | null, stats?: Stats) => void,
  ): { close(done: () => void): void } | undefined
  close(done: () => void): void
}

interface Stats {
  readonly compilation: { readonly errors: readonly Error[]; readonly fileDependencies: Iterable<string> }
}

interface Host {
  readonly name: string
  /** Configuration of a cache on disk. */
  cacheIn(folder: string): Configuration['cache']
  create(made: Project, options: SpyOptions, config?: Configuration, log?: ToyLog): Bundler
}

function configuration(made: Project, plugin: unknown): Configuration {
  return {
    mode: 'development',
    devtool: false,
    context: made.root,
    entry: './main.js',
    target: 'web',
    experiments: { outputModule: true },
    output: { path: made.path('dist'), filename: 'main.js', module: true, library: { type: 'module' }, clean: true },
    plugins: [plugin as never],
  }
}

const HOSTS: readonly Host[] = [
  {
    name: 'webpack',
    cacheIn: (cacheDirectory) => ({ type: 'filesystem', cacheDirectory }),
    create: (made, options, config, log) =>
      webpack({
        ...configuration(made, webpackPlugin({ root: made.root, engine: 'c', ...options }, toyWiring(log))),
        ...config,
      }) as Bundler,
  },
  {
    name: 'Rspack',
    cacheIn: (directory) => ({ type: 'persistent', storage: { type: 'filesystem', directory } }) as never,
    create: (made, options, config, log) =>
      rspack({
        ...configuration(made, rspackPlugin({ root: made.root, engine: 'c', ...options }, toyWiring(log))),
        ...config,
      } as RspackOptions) as unknown as Bundler,
  },
]

function run(bundler: Bundler): Promise<Error[]> {
  return new Promise((resolve, reject) => {
    bundler.run((error, stats) => {
      bundler.close(() => (error ? reject(error) : resolve(errorsOf(stats))))
    })
  })
}

/** Without what webpack hangs on them, which is the whole compilation. */
function errorsOf(stats: Stats | undefined): Error[] {
  return [...(stats?.compilation.errors ?? [])].map(({ message }) => new Error(message))
}

let copies = 0

/** Run the output from a fresh copy: Node evaluates each path once. */
async function runMain(made: Project): Promise<unknown> {
  const copy = `copy-${copies++}`
  for (const name of readdirSync(made.path('dist'))) made.copy(`dist/${name}`, `${copy}/${name}`)
  const realFetch = globalThis.fetch
  globalThis.fetch = async (url) => new Response(readFileSync(new URL(String(url))))
  try {
    const { run } = (await import(pathToFileURL(made.path(`${copy}/main.js`)).href)) as { run(): Promise<number[]> }
    return await run()
  } finally {
    globalThis.fetch = realFetch
  }
}

for (const host of HOSTS) {
  const builds = suite(`builds of ${host.name}`)
  const open: Project[] = []
  const make = (files: Readonly<Record<string, string>>): Project => {
    const made = project(files)
    open.push(made)
    return made
  }
  builds.after.each(() => {
    for (const made of open.splice(0)) made.remove()
  })
  const wasmFiles = (made: Project) =>
    readdirSync(join(made.root, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.wasm'))

  for (const inline of [false, true]) {
    builds(`make one program of two entries that share a module (${inline ? 'inline' : 'as a file'})`, async () => {
      const made = make(SHARED_STATE)
      assert.equal(await run(host.create(made, { inline })), [])
      assert.equal(await runMain(made), [1, 11, 12])
      assert.is(wasmFiles(made).length, inline ? 0 : 1)
    })
  }

  builds('put the program into code for servers', async () => {
    const made = make(SHARED_STATE)
    assert.equal(await run(host.create(made, { inline: false }, { target: 'node' })), [])
    assert.equal(await runMain(made), [1, 11, 12])
    assert.equal(wasmFiles(made), [])
  })

  builds('run programs of engine jit in development, beside the C runtime', async () => {
    const made = make(SHARED_STATE)
    assert.equal(await run(host.create(made, { engine: undefined, inline: false })), [])
    assert.equal(await runMain(made), [1, 11, 12])
    assert.is(wasmFiles(made).length, 2)
  })

  builds('give each entry a program of its own when asked to', async () => {
    const made = make(SHARED_STATE)
    assert.equal(await run(host.create(made, { split: true, inline: false })), [])
    assert.equal(await runMain(made), [1, 10, 2])
    assert.is(wasmFiles(made).length, 2)
  })

  builds('say each error once, in its message', async () => {
    const made = make({ ...SHARED_STATE, 'b.spy': 'def bump_b() -> i32:\n    return missing\n' })
    const errors = await run(host.create(made, {}))
    const told = errors.filter(({ message }) => message.includes('NameError'))
    assert.is(told.length, 1, errors.map(({ message }) => message).join('\n'))
    assert.match(told[0]?.message ?? '', 'NameError: name `missing` is not defined')
    assert.match(told[0]?.message ?? '', `${made.path('b.spy')}:2:12`)
    assert.match(told[0]?.message ?? '', '2 |     return missing\n')
    assert.match(told[0]?.message ?? '', '  |            ^^^^^^^ not found')
  })

  builds('give the source text of a module', async () => {
    const text = 'def f() -> i32:\n    return 1\n'
    const made = make({ 'main.js': "import text from './a.spy?raw'\nexport const run = () => text\n", 'a.spy': text })
    assert.equal(await run(host.create(made, {})), [])
    assert.is(await runMain(made), text)
  })

  builds('work from a persistent cache, of which only some modules are still good', async () => {
    const made = make(SHARED_STATE)
    const cache = host.cacheIn(made.path('host-cache'))
    assert.equal(await run(host.create(made, { inline: false }, { cache })), [])
    made.write('b.spy', 'from counter import add\n\ndef bump_b() -> i32:\n    return add(100)\n')
    assert.equal(await run(host.create(made, { inline: false }, { cache })), [])
    assert.equal(await runMain(made), [1, 101, 102])
  })

  builds('build again when a module changes that only SPy imports, breaks and is mended', async () => {
    const made = make(SHARED_STATE)
    const results: Error[][] = []
    const bundler = host.create(made, { inline: false })
    const watching = bundler.watch({ aggregateTimeout: 10 }, (error, stats) => {
      results.push(error ? [error] : errorsOf(stats))
    })
    const counter = SHARED_STATE['counter.spy'] ?? ''
    try {
      await eventually(() => assert.ok(results.length >= 1))
      await pause(300)
      assert.equal(results.at(-1), [])
      assert.equal(await runMain(made), [1, 11, 12])

      let seen = results.length
      made.write('counter.spy', counter.replace('total + n', 'total + n + n'))
      await eventually(() => assert.ok(results.length > seen))
      await pause(300)
      assert.equal(results.at(-1), [])
      assert.equal(await runMain(made), [2, 22, 24])

      seen = results.length
      made.write('counter.spy', counter.replace('total + n', 'total + missing'))
      await eventually(() => assert.ok(results.length > seen))
      await pause(300)
      assert.match(results.at(-1)?.[0]?.message ?? '', 'NameError')

      seen = results.length
      made.write('counter.spy', counter)
      await eventually(() => assert.ok(results.length > seen))
      await pause(300)
      assert.equal(results.at(-1), [])
      assert.equal(await runMain(made), [1, 11, 12])
      assert.ok(results.length < 10, 'it does not build over and over')
    } finally {
      await new Promise<void>((resolve) => (watching ? watching.close(resolve) : resolve()))
    }
  })

  builds('build again when a missing module appears', async () => {
    const made = make({ ...SHARED_STATE, 'b.spy': 'from later import g\n\ndef bump_b() -> i32:\n    return g()\n' })
    const results: Error[][] = []
    const bundler = host.create(made, { inline: false })
    const watching = bundler.watch({ aggregateTimeout: 10 }, (error, stats) => {
      results.push(error ? [error] : errorsOf(stats))
    })
    try {
      await eventually(() => assert.match(results.at(-1)?.[0]?.message ?? '', 'cannot import `later.g`'))
      await pause(300)
      made.write('later.spy', 'def g() -> i32:\n    return 5\n')
      await eventually(() => assert.equal(results.at(-1), []))
      assert.equal(await runMain(made), [1, 5, 2])
      assert.ok(results.length < 10, 'it does not build over and over')
    } finally {
      await new Promise<void>((resolve) => (watching ? watching.close(resolve) : resolve()))
    }
  })

  builds.run()
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Until `check` no longer throws. */
async function eventually(check: () => unknown, patience = 5000): Promise<void> {
  const end = Date.now() + patience
  for (;;) {
    try {
      await check()
      return
    } catch (error) {
      if (Date.now() > end) throw error
      await pause(10)
    }
  }
}
