/** Where a measurement runs: this process, or a page. Both read the files of one prepared folder. */
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launchChromium } from '../../test/support/chromium.ts'
import { serveFiles } from './files-server.ts'

/** The time of the processor: whatever else the machine does is not in it. Milliseconds. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** How files of the folder are reached from Node. */
export function nodeAccess(folder: string) {
  return {
    bytes: (file: string) => readFile(join(folder, file)) as Promise<Buffer<ArrayBuffer>>,
    module: (file: string) => import(pathToFileURL(join(folder, file)).href),
  }
}

export interface Page {
  readonly version: string
  /** Calls the function `measure` of the page. */
  measure<Result>(...args: readonly unknown[]): Promise<Result>
  close(): Promise<void>
}

/** Opens `index.html` of the folder in Chromium. */
export async function openInChromium(folder: string): Promise<Page> {
  const browser = await launchChromium()
  const server = await serveFiles((path) => {
    const file = join(folder, path)
    return existsSync(file) ? readFileSync(file) : undefined
  })
  const page = await browser.newPage()
  await page.goto(server.url)
  return {
    version: browser.version(),
    measure: <Result>(...args: readonly unknown[]) =>
      page.evaluate(
        (given) =>
          (globalThis as unknown as { measure(...args: readonly unknown[]): Promise<Result> }).measure(...given),
        args,
      ),
    async close() {
      await server.close()
      await browser.close()
    },
  }
}
