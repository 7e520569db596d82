/** One app, built by every bundler with the real compiler, and run. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { AppCopy } from './app-copy.ts'

/** What the app does, whoever has built it. */
const EXPECTED = {
  counts: [1, 11, 12],
  greeting: 'hello ünï 山',
  picked: 3,
  error: 'IndexError: list index out of range',
  goesOn: 13,
}

interface Host {
  readonly name: string
  readonly config: string
  /** The built module; undefined where only a page can run it. */
  readonly main: string | undefined
  readonly output: string
  /** Code for servers has its wasm inside. */
  readonly inlines?: true
}

const HOSTS: readonly Host[] = [
  { name: 'rollup', config: 'rollup.config.js', output: 'dist/rollup', main: 'main.js' },
  { name: 'rolldown', config: 'rolldown.config.js', output: 'dist/rolldown', main: 'main.js' },
  { name: 'webpack', config: 'webpack.config.js', output: 'dist/webpack', main: 'main.js' },
  { name: 'rspack', config: 'rspack.config.js', output: 'dist/rspack', main: 'main.js' },
  { name: 'esbuild', config: 'esbuild.build.js', output: 'dist/esbuild', main: 'main.js' },
  { name: 'vite', config: 'vite.config.js', output: 'dist/vite', main: undefined },
  { name: 'vite-ssr', config: 'vite.config.js', output: 'dist/vite-ssr', main: 'main.js', inlines: true },
]

/** Vite takes a `#` in a path for the beginning of a fragment: in pages, and for its workers. */
const VITE_FOLDER = 'a b 50%25 ünï 山'

for (const host of HOSTS) {
  const builds = suite(`the app built by ${host.name}`)
  let app: AppCopy
  builds.before.each(() => {
    app = new AppCopy('tally', host.name === 'vite' ? VITE_FOLDER : undefined)
  })
  builds.after.each(() => app.remove())

  const build = async () => {
    const { code, stdout, stderr } = await app.build(host.name)
    assert.is(code, 0, stdout + stderr)
  }
  const wasmFiles = () => app.files(host.output).filter((name) => name.endsWith('.wasm'))
  const scripts = () =>
    app
      .files(host.output)
      .filter((name) => name.endsWith('.js'))
      .map((name) => app.read(`${host.output}/${name}`))
      .join('\n')

  for (const inline of [true, false]) {
    builds(`has its wasm ${inline ? 'inside' : 'beside'}`, async () => {
      app.edit(host.config, 'spy()', `spy({ inline: ${inline} })`)
      await build()
      const expected = inline || host.inlines ? 0 : host.name === 'vite' ? 2 : 1 // the worker has one of its own
      assert.is(new Set(wasmFiles()).size, Math.min(expected, 1), wasmFiles().join(' '))
      if (host.main !== undefined) assert.equal(await app.run(`${host.output}/${host.main}`), EXPECTED)
    })
  }

  builds('contains no module of Node and no eval', async () => {
    await build()
    const text = scripts()
    assert.not.match(text, /(?:import|from|require\()\s*["']node:/)
    assert.not.match(text, /\beval\(|new Function\(/)
    assert.ok(text.length > 500)
  })

  builds('is refused with the place of the error', async () => {
    app.edit('src/leaps.spy', 'return add(10)', 'return add("ten")')
    const { code, stderr } = await app.build(host.name)
    assert.is(code, 1)
    assert.match(stderr, 'TypeError: mismatched types')
    assert.match(stderr, host.name === 'esbuild' ? 'leaps.spy:4:15' : 'leaps.spy:4:16') // esbuild counts from 0
    assert.match(stderr, 'return add("ten")')
    assert.match(stderr, 'expected `i32`, got `str`')
  })

  builds('is refused when a module is missing', async () => {
    app.edit('src/leaps.spy', 'from tally', 'from tallly')
    const { code, stderr } = await app.build(host.name)
    assert.is(code, 1)
    assert.match(stderr, 'ImportError: cannot import `tallly.add`')
    assert.match(stderr, 'module `tallly` does not exist')
  })

  builds('is refused without a toolchain, with the command that installs one', async () => {
    app.edit(host.config, 'spy()', "spy({ toolchain: 'emscripten', cache: false })")
    const { code, stderr } = await app.build(host.name, { PATH: '', EMSDK: undefined })
    assert.is(code, 1)
    assert.match(stderr, 'no C toolchain was found')
    assert.match(stderr, 'apt-get install emscripten')
  })

  builds.run()
}
