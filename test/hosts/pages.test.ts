/** What only a page can run: Vite's output for pages, its workers, and its dev server while files change. */
import type { Browser, Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createServer, type PreviewServer, preview, type ViteDevServer } from 'vite'
import { launchChromium } from '../support/chromium.ts'
import { AppCopy } from './app-copy.ts'

const EXPECTED = {
  counts: [1, 11, 12],
  greeting: 'hello ünï 山',
  picked: 3,
  error: 'IndexError: list index out of range',
  goesOn: 13,
}

/** Vite takes a `#` in a path for the beginning of a fragment. */
const FOLDER = 'a b 50%25 ünï 山'

/** Milliseconds. Vite's watcher takes changes that follow each other faster for one. */
const WATCHER = 150
const PATIENCE = 30_000

interface Context {
  browser: Browser
  app: AppCopy
  page: Page
  /** What the console of the page and its errors said. */
  said: string[]
  close: (() => Promise<void>)[]
}

const open = async (context: Context): Promise<void> => {
  context.close = []
  context.said = []
  context.browser = await launchChromium()
  context.app = new AppCopy('tally', FOLDER)
  context.page = await context.browser.newPage()
  context.page.setDefaultTimeout(PATIENCE)
  await context.page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }))
  context.page.on('console', (message) => context.said.push(message.text()))
  context.page.on('pageerror', (error) => context.said.push(String(error)))
}
const close = async ({ browser, app, close }: Context): Promise<void> => {
  await browser?.close()
  for (const each of close ?? []) await each()
  app?.remove()
}

const result = async (page: Page): Promise<unknown> => {
  await page.waitForSelector('body[data-result]', { state: 'attached' })
  return JSON.parse((await page.getAttribute('body', 'data-result')) ?? '')
}

async function served(context: Context, headers: Record<string, string> = {}): Promise<string> {
  const server: PreviewServer = await preview({
    root: context.app.root,
    logLevel: 'silent',
    preview: { port: 0, headers },
  })
  context.close.push(() => server.close())
  return server.resolvedUrls?.local[0] ?? ''
}

const built = suite<Context>('pages built by Vite')
built.before.each(open)
built.after.each(close)

for (const inline of [true, false]) {
  built(`run under a strict policy, wasm ${inline ? 'inside' : 'beside'}`, async (context) => {
    const { app, page, said } = context
    app.edit('vite.config.js', 'spy()', `spy({ inline: ${inline} })`)
    const { code, stderr } = await app.build('vite')
    assert.is(code, 0, stderr)
    const csp = { 'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" }
    const url = await served(context, csp)
    const types: string[] = []
    page.on('response', (response) => {
      if (response.url().endsWith('.wasm')) types.push(response.headers()['content-type'] ?? '')
    })
    for (const name of ['index.html', 'worker.html']) {
      await page.goto(url + name)
      assert.equal(await result(page), EXPECTED, name)
    }
    assert.equal(said, [])
    assert.ok(types.every((type) => type === 'application/wasm'))
    if (!inline) assert.ok(types.length > 0)
  })
}

built.run()

async function develop(context: Context, options = ''): Promise<{ server: ViteDevServer; url: string }> {
  const { app } = context
  if (options !== '') app.edit('vite.config.js', 'spy()', `spy(${options})`)
  const cwd = process.cwd()
  process.chdir(app.root) // where a user starts Vite
  const server = await createServer({ root: app.root, logLevel: 'silent', server: { port: 0 } })
  process.chdir(cwd)
  await server.listen()
  context.close.push(() => server.close())
  return { server, url: server.resolvedUrls?.local[0] ?? '' }
}

/** The page is the one that was loaded at first. */
const mark = (page: Page) => page.evaluate(() => Object.assign(globalThis, { marked: true }))
const isMarked = (page: Page) => page.evaluate(() => 'marked' in globalThis)

async function eventually(check: () => Promise<void>): Promise<void> {
  const end = Date.now() + PATIENCE
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

const overlay = (page: Page) =>
  page.evaluate(() => document.querySelector('vite-error-overlay')?.shadowRoot?.textContent ?? '')

const dev = suite<Context>('pages of the dev server')
dev.before.each(open)
dev.after.each(close)

for (const split of [false, true]) {
  dev(`run, with ${split ? 'a program for each module' : 'one program that grows'}`, async (context) => {
    const { url } = await develop(context, split ? '{ split: true }' : '')
    await context.page.goto(`${url}index.html`)
    const counts = split ? [1, 10, 2] : [1, 11, 12]
    assert.equal(await result(context.page), { ...EXPECTED, counts, goesOn: split ? 3 : 13 })
  })
}

dev('run workers', async (context) => {
  const { url } = await develop(context)
  await context.page.goto(`${url}worker.html`)
  assert.equal(await result(context.page), EXPECTED)
})

dev('take over edits: what was captured follows, importers do not run again, counts go on', async (context) => {
  const { app, page } = context
  app.write(
    'src/page.js',
    `
      import { step } from './steps.spy'
      globalThis.runs = (globalThis.runs ?? 0) + 1
      const captured = [step].map((each) => () => each())
      globalThis.probe = () => [step(), captured[0](), globalThis.runs]
      document.body.dataset.result = 'true'
    `,
  )
  const { url } = await develop(context)
  await page.goto(`${url}index.html`)
  await result(page)
  await mark(page)
  const probe = () => page.evaluate(() => (globalThis as unknown as { probe(): number[] }).probe())
  assert.equal(await probe(), [1, 2, 1])
  let step = 1
  for (const next of [100, 1000, 10000]) {
    await page.waitForTimeout(WATCHER)
    app.edit('src/steps.spy', `add(${step})`, `add(${next})`)
    step = next
    await eventually(async () => {
      const [first = 0, second = 0, runs] = await probe()
      assert.equal([second - first, runs], [next, 1])
    })
  }
  assert.ok(await isMarked(page))
})

dev('show an error over the running page, and clear it without a reload', async (context) => {
  const { app, page } = context
  const { url } = await develop(context)
  await page.goto(`${url}index.html`)
  await result(page)
  await mark(page)
  await page.waitForTimeout(WATCHER)
  app.edit('src/leaps.spy', 'add(10)', 'add("ten")')
  await eventually(async () => assert.match(await overlay(page), 'TypeError: mismatched types'))
  assert.match(await overlay(page), 'expected `i32`, got `str`')
  await page.waitForTimeout(WATCHER)
  app.edit('src/leaps.spy', 'add("ten")', 'add(10)')
  await eventually(async () => assert.is(await overlay(page), ''))
  assert.ok(await isMarked(page))
})

dev('show an error from the first load on, and load when it is mended', async (context) => {
  const { app, page } = context
  app.edit('src/steps.spy', 'add(1)', 'add("one")')
  const { url } = await develop(context)
  await page.goto(`${url}index.html`)
  await eventually(async () => assert.match(await overlay(page), 'TypeError: mismatched types'))
  await page.waitForTimeout(WATCHER)
  app.edit('src/steps.spy', 'add("one")', 'add(1)')
  assert.equal(await result(page), EXPECTED)
  assert.is(await overlay(page), '')
})

dev('show the error again after a reload, over the last program that compiled', async (context) => {
  const { app, page } = context
  const { url } = await develop(context)
  await page.goto(`${url}index.html`)
  await result(page)
  await page.waitForTimeout(WATCHER)
  app.edit('src/leaps.spy', 'add(10)', 'add("ten")')
  await eventually(async () => assert.match(await overlay(page), 'TypeError'))
  await page.reload()
  assert.equal(await result(page), EXPECTED)
  await eventually(async () => assert.match(await overlay(page), 'TypeError'))
  await mark(page)
  app.edit('src/leaps.spy', 'add("ten")', 'add(10)')
  await eventually(async () => assert.is(await overlay(page), ''))
  assert.ok(await isMarked(page))
})

dev('load again when something that they import is gone', async (context) => {
  const { app, page, said } = context
  const { url } = await develop(context)
  await page.goto(`${url}index.html`)
  await result(page)
  await mark(page)
  await page.waitForTimeout(WATCHER)
  app.edit('src/steps.spy', 'def step()', 'def stride()')
  const missing = /does not provide an export named 'step'/
  await eventually(async () => assert.ok(said.some((text) => missing.test(text))))
  assert.not.ok(await isMarked(page))
  assert.ok(said.some((text) => text.includes('invalidate /src/steps.spy: steps: step is gone')))
})

dev.run()
