/**
 * One frame of the map: ours against C, JavaScript and AssemblyScript, in Node and in Chromium.
 *
 *     node --import tsx bench/topo/run.ts [--rounds 31] [--columns 640] [--rows 360]
 *
 * All draw the same map, which is verified to the bit before the clock runs. The Pythons: python.ts.
 */

import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { ensurePackage } from '../../scripts/prerequisites.ts'
import { chromiumIsInstalled, launchChromium } from '../../test/support/chromium.ts'
import { serveFiles } from '../harness/files-server.ts'
import type { Rounds } from '../harness/rounds.ts'
import { standings } from '../harness/statistics.ts'
import { printTable } from '../harness/table.ts'
import type { Entry } from './contestants.ts'
import { measure, type Size } from './measure.ts'
import { prepare } from './prepare.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '31' },
    columns: { type: 'string', default: '640' },
    rows: { type: 'string', default: '360' },
  },
})
const size: Size = { columns: Number(values.columns), rows: Number(values.rows), rounds: Number(values.rounds) }

await ensurePackage()
const folder = await mkdtemp(join(tmpdir(), 'topo-bench-'))
try {
  const entries = await prepare(folder)
  print(`Node ${process.version}, CPU time`, entries, await inNode(entries))
  if (chromiumIsInstalled()) {
    const browser = await launchChromium()
    print(`Chromium ${browser.version()}`, entries, await inChromium(browser, entries))
    await browser.close()
  }
} finally {
  await rm(folder, { recursive: true })
}

function inNode(entries: readonly Entry[]): Promise<Rounds> {
  const access = {
    bytes: (file: string) => readFile(join(folder, file)) as Promise<Buffer<ArrayBuffer>>,
    module: (file: string) => import(pathToFileURL(join(folder, file)).href),
  }
  // The time of the processor: whatever else the machine does is not in it.
  return measure(entries, access, size, () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  })
}

async function inChromium(browser: Awaited<ReturnType<typeof launchChromium>>, entries: readonly Entry[]) {
  const server = await serveFiles((path) => {
    const file = join(folder, path)
    return existsSync(file) ? readFileSync(file) : undefined
  })
  const page = await browser.newPage()
  await page.goto(server.url)
  const rounds = await page.evaluate(
    ([all, how]) =>
      (globalThis as unknown as { measure(entries: readonly Entry[], size: Size): Promise<Rounds> }).measure(all, how),
    [entries, size] as const,
  )
  await server.close()
  return rounds
}

function print(where: string, entries: readonly Entry[], rounds: Rounds): void {
  const all = standings(rounds)
  // Also against the same compiler's checked C, which is the fair rival of what checks its indices.
  const checked = entries.findIndex(({ name }) => name.endsWith('indices checked'))
  const toChecked = standings(rounds.map((times) => [times[checked] ?? Number.NaN, ...times])).slice(1)
  printTable(
    `map of ${size.columns} x ${size.rows} points, ${where}, ${size.rounds} rounds`,
    ['', 'ms per frame', 'ratio', 'to checked C'],
    entries.map(({ name }, at) => [
      name,
      all[at]?.milliseconds ?? Number.NaN,
      all[at]?.ratio ?? Number.NaN,
      toChecked[at]?.ratio ?? Number.NaN,
    ]),
  )
}
