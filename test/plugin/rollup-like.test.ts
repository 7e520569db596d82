/** Builds of Rollup and Rolldown, executed: one program per bundle, whatever the entries are and when they come. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Plugin as RolldownPlugin, rolldown, watch as watchRolldown } from 'rolldown'
import { type Plugin as RollupPlugin, rollup, watch as watchRollup } from 'rollup'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rolldownPlugin } from '../../plugin/hosts/rolldown.ts'
import { rollupPlugin } from '../../plugin/hosts/rollup.ts'
import type { SpyOptions } from '../../plugin/options.ts'
import type { ToyLog } from './toy/compiler.ts'
import { type Project, project, SHARED_STATE } from './toy/project.ts'
import { toyWiring } from './toy/wiring.ts'

interface Host {
  readonly name: string
  /** In watch mode. Rolldown watches only what exists, and never a folder without its own output in it. */
  readonly noticesNewFiles: boolean
  build(project: Project, options: SpyOptions, log?: ToyLog, others?: readonly Another[]): Promise<void>
  watch(project: Project, options: SpyOptions, done: (error: string | undefined) => void): { close(): Promise<void> }
}

/** A plugin that both hosts take. */
interface Another {
  readonly name: string
  load(id: string): Promise<string | undefined>
}

const HOSTS: readonly Host[] = [
  {
    name: 'Rollup',
    noticesNewFiles: true,
    async build(project, options, log, others = []) {
      const spy = rollupPlugin({ root: project.root, ...options }, toyWiring(log))
      const bundle = await rollup({ input: project.path('main.js'), plugins: [spy, [...others] as RollupPlugin[]] })
      await bundle.write({ dir: project.path('dist'), format: 'es' })
      await bundle.close()
    },
    watch(project, options, done) {
      const watcher = watchRollup({
        input: project.path('main.js'),
        plugins: [rollupPlugin({ root: project.root, ...options }, toyWiring())],
        output: { dir: project.path('dist'), format: 'es' },
      })
      watcher.on('event', tellResults(done) as never)
      return watcher
    },
  },
  {
    name: 'Rolldown',
    noticesNewFiles: false,
    async build(project, options, log, others = []) {
      const spy = rolldownPlugin({ root: project.root, ...options }, toyWiring(log))
      const bundle = await rolldown({ input: project.path('main.js'), plugins: [spy, [...others] as RolldownPlugin[]] })
      await bundle.write({ dir: project.path('dist'), format: 'es' })
      await bundle.close()
    },
    watch(project, options, done) {
      const watcher = watchRolldown({
        input: project.path('main.js'),
        plugins: [rolldownPlugin({ root: project.root, ...options }, toyWiring())],
        output: { dir: project.path('dist'), format: 'es' },
      })
      watcher.on('event', tellResults(done) as never)
      return watcher
    },
  },
]

async function message(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    return (error as Error).message
  }
  return 'no error'
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
  const runMain = async (made: Project) => ((await made.run('dist/main.js')).run as () => Promise<number[]>)()

  for (const inline of [false, true]) {
    builds(`make one program of two entries that share a module (${inline ? 'inline' : 'as a file'})`, async () => {
      const made = make(SHARED_STATE)
      const log = { describes: 0, compiles: 0 }
      await host.build(made, { inline }, log)
      assert.equal(await runMain(made), [1, 11, 12])
      assert.is(log.compiles, 1)
      assert.is(wasmFiles(made).length, inline ? 0 : 1)
    })
  }

  builds('run programs of engine jit, beside the C runtime', async () => {
    const made = make(SHARED_STATE)
    await host.build(made, { engine: 'jit', inline: false })
    assert.equal(await runMain(made), [1, 11, 12])
    assert.is(wasmFiles(made).length, 2)
  })

  builds('give each entry a program of its own when asked to', async () => {
    const made = make(SHARED_STATE)
    await host.build(made, { split: true, inline: false })
    assert.equal(await runMain(made), [1, 10, 2])
    assert.is(wasmFiles(made).length, 2)
  })

  builds('wait for an entry that another plugin delays', async () => {
    const made = make(SHARED_STATE)
    const log = { describes: 0, compiles: 0 }
    await host.build(made, { inline: false }, log, [delay(300)])
    assert.equal(await runMain(made), [1, 11, 12])
    assert.is(log.compiles, 1)
  })

  for (const inline of [false, true]) {
    const where = inline ? 'inline' : 'as a file'
    builds(`compile again for an entry that comes after the program was made (${where})`, async () => {
      const made = make(SHARED_STATE)
      const log = { describes: 0, compiles: 0 }
      await host.build(made, { inline }, log, [delay(1500)])
      assert.equal(await runMain(made), [1, 11, 12])
      assert.is(log.compiles, 2)
      assert.is(wasmFiles(made).length, inline ? 0 : 1)
    })
  }

  builds('leave no wasm behind when nothing of the program is used', async () => {
    const made = make({
      ...SHARED_STATE,
      'main.js': "import { bump_a } from './a.spy'\nexport const run = () => [7]\n",
    })
    await host.build(made, { inline: false })
    assert.equal(await runMain(made), [7])
    assert.equal(wasmFiles(made), [])
  })

  builds('tell where an error is, with a frame', async () => {
    const made = make({ ...SHARED_STATE, 'b.spy': 'def bump_b() -> i32:\n    return missing\n' })
    const text = await message(host.build(made, {}))
    assert.match(text, 'NameError: name `missing` is not defined')
    assert.match(text, `${made.path('b.spy')}:2:12`)
    assert.match(text, '2 |     return missing\n  |            ^^^^^^^ not found')
  })

  builds('do not hang when another module is broken', async () => {
    const made = make({ ...SHARED_STATE, 'lazy.js': 'export const = 1\n' })
    assert.match(await message(host.build(made, {})), 'lazy.js')
  })

  builds('give the source text of a module', async () => {
    const text = 'def f() -> i32:\n    return 1\n'
    const made = make({ 'main.js': "import text from './a.spy?raw'\nexport const run = () => text\n", 'a.spy': text })
    await host.build(made, {})
    assert.is(await runMain(made), text)
  })

  builds('build again when a module changes that only SPy imports, breaks, and gets what was missing', async () => {
    const made = make(SHARED_STATE)
    const counter = SHARED_STATE['counter.spy'] ?? ''
    const results: (string | undefined)[] = []
    const watcher = host.watch(made, { inline: false }, (error) => results.push(error))
    /** The result of the build that follows a change. */
    const next = async (change: () => void): Promise<string | undefined> => {
      const seen = results.length
      await pause(WATCHER)
      change()
      await eventually(() => assert.ok(results.length > seen))
      await pause(WATCHER)
      return results.at(-1)
    }
    try {
      await eventually(() => assert.equal(results, [undefined]))
      assert.equal(await runCopy(made), [1, 11, 12])
      assert.is(await next(() => made.write('counter.spy', counter.replace('total + n', 'total + n + n'))), undefined)
      assert.equal(await runCopy(made), [2, 22, 24])
      const failed = await next(() => made.write('counter.spy', `from later import g\n${counter}`))
      assert.match(failed ?? '', 'cannot import `later.g`')
      const appear = () => made.write('later.spy', 'def g() -> i32:\n    return 5\n')
      if (!host.noticesNewFiles) appear()
      const mend = host.noticesNewFiles ? appear : () => made.write('counter.spy', counter)
      assert.is(await next(mend), undefined)
      assert.equal(await runCopy(made), [1, 11, 12])
    } finally {
      await watcher.close()
    }
  })

  builds.run()
}

/** Milliseconds that watchers need between changes. */
const WATCHER = 200

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Until `check` no longer throws. */
async function eventually(check: () => unknown, patience = 8000): Promise<void> {
  const end = Date.now() + patience
  for (;;) {
    try {
      await check()
      return
    } catch (error) {
      if (Date.now() > end) throw error
      await pause(20)
    }
  }
}

let copies = 0

/** Run the output from a fresh copy: Node evaluates each path once. */
async function runCopy(made: Project): Promise<number[]> {
  const copy = `copy-${copies++}`
  made.copy('dist', copy)
  return ((await made.run(`${copy}/main.js`)).run as () => Promise<number[]>)()
}

interface WatchEvent {
  readonly code: string
  readonly error?: Error
  readonly result?: { close(): Promise<void> } | null
}

/** @returns a listener that tells the message of each finished build, or undefined if it went well */
function tellResults(done: (error: string | undefined) => void): (event: WatchEvent) => void {
  let failed: string | undefined
  return ({ code, error, result }) => {
    if (code === 'START') failed = undefined
    if (code === 'ERROR') failed = error?.message ?? ''
    if (code === 'END') done(failed)
    void result?.close()
  }
}

/** A plugin that takes its time for `lazy.js`. */
function delay(milliseconds: number): Another {
  return {
    name: 'slow',
    async load(id) {
      if (id.endsWith('lazy.js')) await new Promise((resolve) => setTimeout(resolve, milliseconds))
      return undefined
    },
  }
}
