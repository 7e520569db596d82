/** What tests ask of the page of the demo. */
import type { Browser, Page } from 'playwright-core'

const PATIENCE = 30_000

/** A SPy error as the page met it. */
export interface Failure {
  readonly name: string
  readonly message: string
  /** `file:line` of all frames. */
  readonly places: readonly string[]
}

const FAILURES = `
  globalThis.failures = []
  addEventListener('error', ({ error }) => {
    const places = error?.frames?.map(({ span }) => span.file + ':' + span.startLine)
    failures.push({ name: error?.name, message: error?.message, places })
  })
  globalThis.violations = []
  addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective))
`

export async function openPage(browser: Browser, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 640, height: 400 }, ...options })
  page.setDefaultTimeout(PATIENCE)
  await page.addInitScript(FAILURES)
  return page
}

/** The frame of a fixed time: a data URL of its pixels. */
export async function stillFrame(page: Page, url: string, query: string): Promise<string> {
  await page.goto(`${url}?${query}`)
  await page.waitForSelector('body[data-frame]')
  return pixels(page)
}

export const pixels = (page: Page): Promise<string> =>
  page.evaluate(() => (document.querySelector('canvas') as HTMLCanvasElement).toDataURL())

/** How many different colours the picture has. */
export const colourCount = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.querySelector('canvas') as HTMLCanvasElement
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    return new Set(new Uint32Array(data.buffer)).size
  })

/** Seconds on the animation clock. */
export const clock = (page: Page): Promise<number> => page.evaluate(() => Number(document.body.dataset.time))

/** Asks again and again, from outside: what asks inside of the page is code that strict pages do not let run. */
export async function until(what: string, ask: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Waits until the picture moves: the clock goes on and the pixels change. */
export async function waitForMotion(page: Page): Promise<void> {
  await until('the clock runs', async () => (await clock(page)) > 0)
  const [time, picture] = [await clock(page), await pixels(page)]
  await until('the clock goes on', async () => (await clock(page)) > time + 0.2)
  if ((await pixels(page)) === picture) throw new Error('the clock goes on, but the picture stands still')
}

/** Waits until the caption counts a number of lines that is right. */
export const untilSegments = (page: Page, what: string, isRight: (segments: number) => boolean): Promise<void> =>
  until(what, async () => {
    const caption = await page.evaluate(() => document.querySelector('p')?.textContent)
    return isRight(Number(/(\d+) segments/.exec(caption ?? '')?.[1]))
  })

export const canvasWidth = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelector('canvas')?.width ?? 0)

export const failures = (page: Page): Promise<Failure[]> =>
  page.evaluate(() => (globalThis as unknown as { failures: Failure[] }).failures)

export const violations = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)

/** The text of Vite's error overlay; undefined where there is none. */
export const overlayText = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.querySelector('vite-error-overlay')?.shadowRoot?.textContent ?? undefined)
