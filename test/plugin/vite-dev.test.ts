/** Vite's dev server: what a module runner in Node sees of it, over edits, and what a page would be sent. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createServer, createServerModuleRunner, type HotPayload, type InlineConfig, type ViteDevServer } from 'vite'
import { vitePlugin } from '../../plugin/hosts/vite.ts'
import type { SpyOptions } from '../../plugin/options.ts'
import type { ToyLog } from './toy/compiler.ts'
import { type Project, project } from './toy/project.ts'
import { toyWiring } from './toy/wiring.ts'

const dev = suite('the dev server of Vite')

interface Running {
  readonly made: Project
  readonly server: ViteDevServer
  /** Everything that pages would have been sent. */
  readonly payloads: HotPayload[]
  readonly log: ToyLog
}

/** Milliseconds that Vite's watcher needs to begin, and again after a change, to notice the next one. */
const WATCHER = 100

const running: Running[] = []

async function start(
  files: Readonly<Record<string, string>>,
  options: SpyOptions = {},
  config: InlineConfig = {},
): Promise<Running> {
  const made = project(files, 'a b 50%25 ünï 山')
  const log = { describes: 0, compiles: 0 }
  const server = await createServer({
    root: made.root,
    configFile: false,
    logLevel: 'silent',
    plugins: [vitePlugin(options, toyWiring(log))],
    ...config,
    server: { middlewareMode: true, ws: false, ...config.server },
  })
  const payloads: HotPayload[] = []
  const { hot } = server.environments.client
  const send = hot.send.bind(hot)
  hot.send = (...args: [never]) => {
    if (typeof args[0] === 'object') payloads.push(args[0])
    send(...args)
  }
  const started = { made, server, payloads, log }
  running.push(started)
  await pause(WATCHER)
  return started
}

dev.after.each(async () => {
  for (const { server, made } of running.splice(0)) {
    await server.close()
    made.remove()
  }
})

/** Until `check` no longer throws. */
async function eventually(check: () => unknown, patience = 3000): Promise<void> {
  const end = Date.now() + patience
  for (;;) {
    try {
      await check()
      return
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const COUNTER = `
var count: i32 = 0

def version() -> i32:
    return 1

def bump() -> i32:
    count = count + 1
    return count
`

/** Counts how often the importer runs, and keeps what it imported first. */
const PROBE = `
  import { version, bump } from './counter.spy'
  globalThis.__probe ??= { runs: 0 }
  globalThis.__probe.runs++
  export const captured = version
  export const probe = () => ({ direct: version(), captured: captured(), count: bump(), runs: globalThis.__probe.runs })
`

interface Probe {
  probe(): { direct: number; captured: number; count: number; runs: number }
}

function resetProbe(): void {
  delete (globalThis as { __probe?: unknown }).__probe
}

dev('runs modules on the server', async () => {
  const { server } = await start({
    'main.js': "import { bump_a } from './a.spy'\nexport const run = () => bump_a()\n",
    'a.spy': 'def bump_a() -> i32:\n    return 41 + 1\n',
  })
  const { run } = (await server.ssrLoadModule('/main.js')) as { run(): number }
  assert.is(run(), 42)
})

dev('installs edits: captured functions follow, importers do not run again, variables keep their value', async () => {
  resetProbe()
  const { made, server } = await start({ 'main.js': PROBE, 'counter.spy': COUNTER })
  const runner = createServerModuleRunner(server.environments.ssr, { hmr: { logger: false } })
  const { probe } = (await runner.import('/main.js')) as Probe
  assert.equal(probe(), { direct: 1, captured: 1, count: 1, runs: 1 })
  for (let version = 2; version <= 4; version++) {
    made.write('counter.spy', COUNTER.replace('return 1', `return ${version}`))
    await eventually(() => assert.is(probe().direct, version))
    await pause(WATCHER)
  }
  const { count, ...rest } = probe()
  assert.equal(rest, { direct: 4, captured: 4, runs: 1 })
  assert.ok(count > 4, 'the count goes on')
  await runner.close()
})

dev('installs edits of a module that only SPy imports', async () => {
  resetProbe()
  const { made, server } = await start({
    'main.js': "import { f } from './a.spy'\nexport const run = () => f()\n",
    'a.spy': 'from deep import g\n\ndef f() -> i32:\n    return g()\n',
    'deep.spy': 'def g() -> i32:\n    return 1\n',
  })
  const runner = createServerModuleRunner(server.environments.ssr, { hmr: { logger: false } })
  const { run } = (await runner.import('/main.js')) as { run(): number }
  assert.is(run(), 1)
  made.write('deep.spy', 'def g() -> i32:\n    return 2\n')
  await eventually(() => assert.is(run(), 2))
  await runner.close()
})

dev('touches nothing when neither code nor interface have changed', async () => {
  const { made, server, payloads } = await start({ 'main.js': PROBE, 'counter.spy': COUNTER })
  const { client } = server.environments
  for (const url of ['/main.js', '/counter.spy', 'unplugin-spy/virtual/program']) {
    await client.transformRequest(url)
  }
  made.write('counter.spy', `${COUNTER}# a comment\n`)
  await pause(300)
  assert.equal(payloads, [])
})

dev('sends pages the program alone when only code has changed', async () => {
  const { made, server, payloads } = await start({ 'main.js': PROBE, 'counter.spy': COUNTER })
  const { client } = server.environments
  for (const url of ['/main.js', '/counter.spy', 'unplugin-spy/virtual/program']) {
    await client.transformRequest(url)
  }
  made.write('counter.spy', COUNTER.replace('return 1', 'return 2'))
  await eventually(() => assert.is(payloads.length, 1))
  const [payload] = payloads
  const paths = payload?.type === 'update' ? payload.updates.map(({ path }) => path) : []
  assert.equal(paths, ['\0unplugin-spy/virtual/program'])
})

dev('shows errors over the running page, and takes them away', async () => {
  const { made, server, payloads, log } = await start({ 'main.js': PROBE, 'counter.spy': COUNTER })
  const { client } = server.environments
  const program = 'unplugin-spy/virtual/program'
  for (const url of ['/main.js', '/counter.spy', program]) await client.transformRequest(url)
  const before = (await client.transformRequest(program))?.code

  made.write('counter.spy', COUNTER.replace('return 1', 'return nothing'))
  await eventually(() => assert.is(payloads.length, 2))
  assert.equal(payloads[0], { type: 'update', updates: [] })
  const shown = payloads[1]
  assert.is(shown?.type, 'error')
  if (shown?.type !== 'error') return
  assert.is(shown.err.message, 'NameError: name `nothing` is not defined')
  assert.equal(shown.err.loc, { file: made.path('counter.spy'), line: 5, column: 11 })
  assert.match(shown.err.frame ?? '', '5 |     return nothing\n  |            ^^^^^^^ not found')
  assert.is((await client.transformRequest(program))?.code, before, 'pages that load now get the last good program')

  await pause(WATCHER)
  made.write('counter.spy', COUNTER)
  await eventually(() => assert.is(payloads.length, 3))
  assert.equal(payloads[2], { type: 'update', updates: [] })
  assert.is(log.compiles, 3)
})

dev('tells an error from the first load on, and recovers', async () => {
  const { made, server } = await start({ 'main.js': PROBE, 'counter.spy': 'from absent import g\n' })
  const failed = await server.ssrLoadModule('/main.js').then(
    () => undefined,
    (error: Error & { loc?: object; frame?: string }) => error,
  )
  assert.is(failed?.message, 'ImportError: cannot import `absent.g`')
  assert.match(failed?.frame ?? '', '1 | from absent import g\n  | ^')
  made.write('absent.spy', 'def g() -> i32:\n    return 1\n')
  made.write('counter.spy', `from absent import g\n${COUNTER}`)
  await eventually(async () => assert.is(((await server.ssrLoadModule('/main.js')) as Probe).probe().direct, 1))
})

dev('compiles again when a missing module appears', async () => {
  const { made, server, payloads } = await start({
    'main.js': "import { f } from './a.spy'\nexport const run = () => f()\n",
    'a.spy': 'def f() -> i32:\n    return 1\n',
  })
  const { client } = server.environments
  for (const url of ['/main.js', '/a.spy', 'unplugin-spy/virtual/program']) await client.transformRequest(url)
  made.write('a.spy', 'from later import g\n\ndef f() -> i32:\n    return g()\n')
  await eventually(() => assert.is(payloads.at(-1)?.type, 'error'))
  await pause(WATCHER)
  made.write('later.spy', 'def g() -> i32:\n    return 2\n')
  await eventually(() => {
    const last = payloads.at(-1)
    assert.is(last?.type === 'update' && last.updates.length, 1)
  })
})

dev('adds an entry to a running program: state is shared, what ran before is not started again', async () => {
  const { server } = await start({
    'main.js': `
      import { bump } from './counter.spy'
      export const run = async () => [bump(), (await import('./lazy.js')).twice(), bump()]
    `,
    'lazy.js': "export { twice } from './twice.spy'\n",
    'counter.spy': COUNTER,
    'twice.spy': 'from counter import bump\n\ndef twice() -> i32:\n    return bump() * 10\n',
  })
  const runner = createServerModuleRunner(server.environments.ssr, { hmr: { logger: false } })
  const { run } = (await runner.import('/main.js')) as { run(): Promise<number[]> }
  assert.equal(await run(), [1, 20, 3])
  assert.equal(await run(), [4, 50, 6])
  await runner.close()
})

dev('adds an entry where nothing is hot, too', async () => {
  const { server } = await start(
    {
      'main.js': `
        import { bump } from './counter.spy'
        export const run = async () => [bump(), (await import('./lazy.js')).twice(), bump()]
      `,
      'lazy.js': "export { twice } from './twice.spy'\n",
      'counter.spy': COUNTER,
      'twice.spy': 'from counter import bump\n\ndef twice() -> i32:\n    return bump() * 10\n',
    },
    {},
    { server: { hmr: false } },
  )
  const { run } = (await server.ssrLoadModule('/main.js')) as { run(): Promise<number[]> }
  assert.equal(await run(), [1, 20, 3])
})

dev('gives modules that are evaluated afresh a fresh program where nothing is hot', async () => {
  const { server, made } = await start({ 'main.js': PROBE, 'counter.spy': COUNTER }, {}, { server: { hmr: false } })
  const load = async () => ((await server.ssrLoadModule('/main.js')) as Probe).probe()
  resetProbe()
  assert.is((await load()).count, 1)
  assert.is((await load()).count, 2)
  server.environments.ssr.moduleGraph.invalidateAll()
  assert.is((await load()).count, 1)
  made.write('counter.spy', COUNTER.replace('return 1', 'return 5'))
  await eventually(async () => assert.is((await load()).direct, 5))
})

dev('tells importers when an export vanishes or changes its type', async () => {
  const { server, made } = await start({ 'main.js': PROBE, 'counter.spy': COUNTER })
  resetProbe()
  const runner = createServerModuleRunner(server.environments.ssr, { hmr: { logger: false } })
  await runner.import('/main.js')
  const sent: HotPayload[] = []
  const { hot } = server.environments.ssr
  const send = hot.send.bind(hot)
  hot.send = (...args: [never]) => {
    if (typeof args[0] === 'object') sent.push(args[0])
    send(...args)
  }
  made.write('counter.spy', COUNTER.replace('def bump() ->', 'def bump(by: i32) ->'))
  await eventually(() => assert.ok(sent.some(({ type }) => type === 'full-reload')))
  await runner.close()
})

dev('serves bytes with their type, for ever', async () => {
  const { server } = await start(
    { 'main.js': "import url from './counter.spy?url'\nexport default url\n", 'counter.spy': COUNTER },
    {},
    { base: '/base/', server: { middlewareMode: false, ws: undefined, port: 0 } },
  )
  await server.listen()
  const origin = server.resolvedUrls?.local[0] ?? ''
  const text = await (await fetch(`${origin}counter.spy?import&url`)).text()
  const [, path = ''] = /"\/base\/(@spy\/[0-9a-f]+\.wasm)"/.exec(text) ?? []
  const response = await fetch(origin + path)
  assert.is(response.headers.get('content-type'), 'application/wasm')
  assert.match(response.headers.get('cache-control') ?? '', 'immutable')
  assert.ok(WebAssembly.validate(new Uint8Array(await response.arrayBuffer())))
  const again = await fetch(origin + path, { headers: { 'If-None-Match': response.headers.get('etag') ?? '' } })
  assert.is(again.status, 304)
  assert.is((await fetch(`${origin}@spy/00.wasm`)).status, 404)
})

dev('makes programs without waiting, so that workers miss no message', async () => {
  const { server } = await start({ 'main.js': PROBE, 'counter.spy': COUNTER })
  for (const url of ['unplugin-spy/virtual/program', 'unplugin-spy/virtual/dev', '/counter.spy']) {
    const { code = '' } = (await server.environments.client.transformRequest(url)) ?? {}
    assert.ok(code.length > 100, url)
    assert.not.match(code, /\bawait\b/)
  }
})

dev.run()
