/** What tests ask of the page of the demo. */
import type { Browser, Page } from 'playwright-core'

/** A SPy error as the page met it. */
export interface Failure {
  readonly name: string
  readonly message: string
  /** `file:line` of the innermost frame. */
  readonly place: string
}

const FAILURES = `
  globalThis.failures = []
  addEventListener('error', ({ error }) => {
    const span = error?.frames?.at(-1)?.span
    failures.push({ name: error?.name, message: error?.message, place: span && span.file + ':' + span.startLine })
  })
  globalThis.violations = []
  addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective))
`

export async function openPage(browser: Browser, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 640, height: 400 }, ...options })
  page.setDefaultTimeout(30_000)
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

/** Waits until the picture moves: the clock goes on and the pixels change. */
export async function waitForMotion(page: Page): Promise<void> {
  const [time, picture] = [await clock(page), await pixels(page)]
  await page.waitForFunction((before) => Number(document.body.dataset.time) > before + 0.2, time)
  if ((await pixels(page)) === picture) throw new Error('the clock goes on, but the picture stands still')
}

export const failures = (page: Page): Promise<Failure[]> =>
  page.evaluate(() => (globalThis as unknown as { failures: Failure[] }).failures)

export const violations = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations)

/** The text of Vite's error overlay; undefined where there is none. */
export const overlayText = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.querySelector('vite-error-overlay')?.shadowRoot?.textContent ?? undefined)
