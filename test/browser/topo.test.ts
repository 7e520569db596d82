/** The demo in a browser: the same picture in dev and in release, and edits that take effect while it moves. */
import type { Browser, Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { launchChromium } from '../support/chromium.ts'
import { copyDemo, type DemoApp, type Served, serveDev, serveRelease } from './support/demo-app.ts'
import {
  canvasWidth,
  clock,
  colourCount,
  failures,
  openPage,
  overlayText,
  stillFrame,
  until,
  untilSegments,
  violations,
  waitForMotion,
} from './support/demo-page.ts'

const TOPO = 'src/topo.spy'

interface Context {
  browser: Browser
  app: DemoApp
  served: Served
  page: Page
}

const open = async (context: Context): Promise<void> => {
  context.browser = await launchChromium()
  context.app = copyDemo()
}
const close = async ({ browser, app }: Context): Promise<void> => {
  await browser?.close()
  app?.remove()
}

const picture = suite<Context>('the picture')
picture.before(open)
picture.after(close)

picture('is the same in dev and in release, pixel for pixel', async ({ app, browser }) => {
  const queries = ['t=20&w=640&h=400&theme=dark', 't=1234.5&w=333&h=217&theme=light']
  const draw = async (served: Served) => {
    const page = await openPage(browser)
    const frames: string[] = []
    for (const query of queries) {
      frames.push(await stillFrame(page, served.url, query))
      assert.ok((await colourCount(page)) > 100, 'the picture has many colours')
      assert.equal(await failures(page), [])
    }
    await page.close()
    await served.close()
    return frames
  }
  const dev = await draw(await serveDev(app))
  const release = await draw(await serveRelease(app))
  assert.ok(dev[0] !== dev[1], 'other times, other pictures')
  assert.ok(
    dev.every((frame, i) => frame === release[i]),
    'dev and release draw the same',
  )
})

picture('moves in a release under a strict content security policy', async ({ app, browser }) => {
  const served = await serveRelease(app, { 'content-security-policy': "script-src 'self' 'wasm-unsafe-eval'" })
  const page = await openPage(browser)
  await page.goto(served.url)
  await waitForMotion(page)
  assert.equal(await violations(page), [])
  assert.equal(await failures(page), [])
  await page.close()
  await served.close()
})

picture('stands still for people who prefer that, and fills the window', async ({ app, browser }) => {
  const served = await serveDev(app)
  const page = await openPage(browser, { reducedMotion: 'reduce', deviceScaleFactor: 2 })
  await page.goto(served.url)
  await until('the canvas is as wide as the window', async () => (await canvasWidth(page)) === 1280)
  const time = await clock(page)
  await page.setViewportSize({ width: 300, height: 200 })
  await until('the canvas follows', async () => (await canvasWidth(page)) === 600)
  assert.is(await clock(page), time)
  assert.equal(await failures(page), [])
  await page.close()
  await served.close()
})

picture('is replaced by an error that names the line in the .spy file, in release', async ({ app, browser }) => {
  app.edit(TOPO, ['counts[level] = 0', 'counts[level + 1] = 0'])
  const served = await serveRelease(app)
  const page = await openPage(browser)
  await page.goto(served.url)
  await until('there is a failure', async () => (await failures(page)).length > 0)
  await expectIndexError(page, app)
  await page.close()
  await served.close()
  app.restore(TOPO)
})

picture.run()

const editing = suite<Context>('editing topo.spy while the map moves')
editing.before(async (context) => {
  await open(context)
  context.served = await serveDev(context.app)
  context.page = await openPage(context.browser)
  await context.page.goto(context.served.url)
  await waitForMotion(context.page)
  // Lost if the page is loaded again.
  await context.page.evaluate(() => Object.assign(globalThis, { unloaded: false }))
})
editing.after(async (context) => {
  await context.page?.close()
  await context.served?.close()
  await close(context)
})

const stillLoaded = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { unloaded?: boolean }).unloaded === false)

/** @returns the places of its frames */
async function expectIndexError(page: Page, app: DemoApp): Promise<readonly string[]> {
  const [failure] = await failures(page)
  assert.is(failure?.name, 'IndexError')
  assert.is(failure?.message, 'index out of range')
  const line = app.lineOf(TOPO, 'counts[level] = 0')
  const places = failure?.places ?? []
  assert.ok(places.at(-1)?.endsWith(`${TOPO}:${line}`), `${places} ends with ${TOPO}:${line}`)
  return places
}

editing('changes the picture without a reload, and the clock goes on', async ({ app, page }) => {
  const before = await clock(page)
  app.edit(TOPO, ['RELIEF = 0.475', 'RELIEF = 0.0'])
  await untilSegments(page, 'there are no lines', (n) => n === 0)
  assert.ok((await colourCount(page)) < 4, 'flat land has no lines and one colour')
  app.restore(TOPO)
  await untilSegments(page, 'the lines are back', (n) => n > 100)
  const after = await clock(page)
  assert.ok(after > before && after < before + 60, `the clock went on from ${before} to ${after}`)
  assert.ok(await stillLoaded(page), 'the page has not been loaded again')
})

editing('takes over changes of the module that topo.spy imports', async ({ app, page }) => {
  app.edit('src/noise.spy', ['height * simplex(x, y, z)', '0.0 * simplex(x, y, z)'])
  await untilSegments(page, 'there are no lines', (n) => n === 0)
  app.restore('src/noise.spy')
  await untilSegments(page, 'the lines are back', (n) => n > 100)
  assert.ok(await stillLoaded(page))
})

editing('keeps arrays and colours when the number of levels changes', async ({ app, page }) => {
  app.edit(TOPO, ['LEVELS = 10', 'LEVELS = 3'])
  await untilSegments(page, 'there are few lines', (n) => n > 0 && n < 2000)
  app.restore(TOPO)
  await untilSegments(page, 'the lines are back', (n) => n > 2000)
  assert.ok((await colourCount(page)) > 100)
  assert.ok(await stillLoaded(page))
})

editing('shows a type error over the map, which keeps moving, and clears it', async ({ app, page }) => {
  app.edit(TOPO, ['left = time * DRIFT_X', 'left: f64 = "west"'])
  await page.waitForSelector('vite-error-overlay', { state: 'attached' })
  const text = (await overlayText(page)) ?? ''
  assert.match(text, 'TypeError: mismatched types')
  assert.match(text, /topo\.spy:\d+/)
  assert.match(text, 'left: f64 = "west"')
  assert.match(text, 'expected `f64`, got `str`')
  await waitForMotion(page)
  app.restore(TOPO)
  await page.waitForSelector('vite-error-overlay', { state: 'detached' })
  await waitForMotion(page)
  assert.ok(await stillLoaded(page))
})

editing('reports an index out of range with its line, once, and goes on after the next edit', async ({ app, page }) => {
  assert.equal(await failures(page), [])
  app.edit(TOPO, ['counts[level] = 0', 'counts[level + 1] = 0'])
  await until('there is a failure', async () => (await failures(page)).length > 0)
  const places = await expectIndexError(page, app)
  assert.ok(places.at(-2)?.includes(TOPO), `${places} tells where it is called`)
  app.restore(TOPO)
  await waitForMotion(page)
  assert.is((await failures(page)).length, 1)
  assert.ok(await stillLoaded(page))
})

editing.run()
