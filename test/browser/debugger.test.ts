/** The browser's own debugger shows SPy: breakpoints by line, steps, and local variables by their names. */
import type { Browser } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { launchChromium } from '../support/chromium.ts'
import { SpyDebugger, type Stop } from './support/debugger.ts'
import { copyDemo, type DemoApp, type Served, serveDev } from './support/demo-app.ts'
import { openPage, waitForMotion } from './support/demo-page.ts'

interface Context {
  browser: Browser
  app: DemoApp
  served: Served
}

const debugging = suite<Context>('the debugger of the browser')
debugging.before(async (context) => {
  context.browser = await launchChromium()
  context.app = copyDemo()
  context.served = await serveDev(context.app)
})
debugging.after(async ({ browser, served, app }) => {
  await browser?.close()
  await served?.close()
  app?.remove()
})

const TOPO = 'src/topo.spy'

async function coordinates(stop: Stop): Promise<readonly [x: number, y: number]> {
  const locals = await stop.locals()
  return [locals.get('$x') ?? Number.NaN, locals.get('$y') ?? Number.NaN]
}

debugging('stops at a line of a .spy file, shows variables, and steps to the next line', async (context) => {
  const { browser, app, served } = context
  const page = await openPage(browser)
  const debug = await SpyDebugger.attach(page)
  await page.goto(served.url)
  await waitForMotion(page)

  const url = new URL(TOPO, served.url).href
  assert.ok((await debug.sources()).includes(url), `${await debug.sources()} has ${url}`)
  const line = app.lineOf(TOPO, 'land = fractal(')
  await debug.breakAt(url, line)
  // The program runs on while a breakpoint is set: the first stop is at any point of a map.
  const first = await debug.nextStop()
  assert.is(first.place, `${TOPO}:${line}`)
  assert.is(first.func, '$topo::_survey')
  const [x, y] = await coordinates(first)
  const stop = await debug.resume()
  assert.is(stop.place, `${TOPO}:${line}`)
  const [nextX, nextY] = await coordinates(stop)
  if (nextX === 0) assert.ok(x > 0 && (nextY === y + 1 || nextY === 0), `${x}, ${y} is followed by 0, ${nextY}`)
  else assert.equal([nextX, nextY], [x + 1, y])
  const time = (await stop.locals()).get('$time') ?? 0
  assert.ok(time > 0, `${time} is the time`)

  const next = await debug.stepOver(stop)
  assert.is(next.place, `${TOPO}:${line + 1}`)
  const land = (await next.locals()).get('$land') ?? Number.NaN
  assert.ok(land !== 0 && Math.abs(land) < 2, `land is ${land}`)
  await debug.detach()
  await waitForMotion(page)
  await page.close()
})

debugging(
  'stops in functions that are expanded where they are called, whose variables have their names',
  async (context) => {
    const { browser, app, served } = context
    const page = await openPage(browser)
    const debug = await SpyDebugger.attach(page)
    await page.goto(served.url)
    await waitForMotion(page)
    const line = app.lineOf(TOPO, 'if level < 0:')
    await debug.breakAt(new URL(TOPO, served.url).href, line)
    const stop = await debug.nextStop()
    assert.is(stop.place, `${TOPO}:${line}`)
    assert.is(stop.func, '$topo::_survey')
    const locals = await stop.locals()
    const height = locals.get('$height') ?? Number.NaN
    assert.is(locals.get('$_level_above.level'), Math.floor(height * 10 + 0.5))
    await debug.detach()
    await page.close()
  },
)

debugging.run()
