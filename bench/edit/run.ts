/**
 * From saving topo.spy to the first frame that the new program draws, in Vite's dev server.
 *
 *     node --import tsx bench/edit/run.ts [--edits 20]
 *
 * Every edit changes the number of contour lines, so that a frame shows by its number of strokes which program drew it.
 * Clocks of Node and of the page are those of one machine. The window is small because nothing here has a graphics card:
 * a big one would keep all processors busy with drawing lines.
 */
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { ensurePackage } from '../../scripts/prerequisites.ts'
import { copyDemo, serveDev } from '../../test/browser/support/demo-app.ts'
import { launchChromium } from '../../test/support/chromium.ts'
import { quantile } from '../harness/statistics.ts'
import { printTable } from '../harness/table.ts'

const { values } = parseArgs({ options: { edits: { type: 'string', default: '20' } } })
const edits = Number(values.edits)
const WARMUP = 3
/** Milliseconds. */
const SETTLED = 6000
const FILE = 'src/topo.spy'
const SOURCE = 'LEVELS = 10'

/** Moments in milliseconds of one clock. */
interface Moments {
  readonly message: number
  readonly fetched: number
  readonly frame: number
}

await ensurePackage({ declarations: false })
const app = copyDemo()
const served = await serveDev(app)
const browser = await launchChromium()
try {
  const page = await browser.newPage({ viewport: { width: 640, height: 400 } })
  await page.addInitScript(watchFrames)
  await page.goto(served.url)
  await nextFrameWith(page, 10)
  await page.waitForTimeout(SETTLED) // nobody saves in the first seconds of a server, which it uses to get faster

  const parts: number[][] = []
  for (let edit = 0; edit < WARMUP + edits; edit++) {
    const levels = 11 + (edit % 5)
    const saved = now()
    app.edit(FILE, [SOURCE, `LEVELS = ${levels}`])
    const { message, fetched, frame } = await nextFrameWith(page, levels)
    if (edit >= WARMUP) parts.push([message - saved, fetched - message, frame - fetched, frame - saved])
    await page.waitForTimeout(150 + 37 * (edit % 7)) // nobody saves in step with the display
  }
  const names = ['saved to told', 'told to fetched', 'fetched to drawn', 'saved to new frame']
  printTable(
    `${edits} edits of topo.spy in Vite dev, Chromium ${browser.version()}: milliseconds`,
    ['', 'p50', 'p95', 'best'],
    names.map((name, at) => {
      const times = parts.map((moments) => moments[at] ?? Number.NaN)
      return [name, quantile(times, 0.5), quantile(times, 0.95), Math.min(...times)]
    }),
  )
  console.log('\ntold: the page has the message of the dev server; fetched: it has all files of the new program')
} finally {
  await browser.close()
  await served.close()
  app.remove()
}

function now(): number {
  return performance.timeOrigin + performance.now()
}

async function nextFrameWith(page: Page, strokes: number): Promise<Moments> {
  const moments = await page.waitForFunction(
    (wanted) => (globalThis as unknown as { frameOf(strokes: number): Moments | undefined }).frameOf(wanted),
    strokes,
    { polling: 50 },
  )
  return (await moments.jsonValue()) as Moments
}

/** Runs in the page before its own scripts: notes when the first frame with another number of strokes was finished. */
function watchFrames(): void {
  let strokes = 0
  let last: { strokes: number; frame: number } | undefined
  let message = 0
  const { stroke } = CanvasRenderingContext2D.prototype
  CanvasRenderingContext2D.prototype.stroke = function (...args: unknown[]) {
    strokes++
    return Reflect.apply(stroke, this, args)
  }
  const request = requestAnimationFrame
  globalThis.requestAnimationFrame = (callback) =>
    request((time) => {
      strokes = 0
      callback(time)
      if (last?.strokes !== strokes) last = { strokes, frame: performance.timeOrigin + performance.now() }
    })
  const Socket = WebSocket
  globalThis.WebSocket = class extends Socket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args)
      this.addEventListener('message', ({ data }) => {
        if (String(data).includes('"update"')) message = performance.timeOrigin + performance.now()
      })
    }
  }
  Object.assign(globalThis, {
    frameOf(wanted: number) {
      if (last?.strokes !== wanted) return undefined
      const ends = performance
        .getEntriesByType('resource')
        .map((entry) => performance.timeOrigin + (entry as PerformanceResourceTiming).responseEnd)
        .filter((end) => end <= (last?.frame ?? 0))
      return { message, fetched: Math.max(message, ...ends), frame: last.frame }
    },
  })
}
