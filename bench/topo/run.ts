/**
 * One frame of the map: ours against C, JavaScript and AssemblyScript, in Node and in Chromium.
 *
 *     node --import tsx bench/topo/run.ts [--rounds 31] [--columns 640] [--rows 360]
 *
 * All draw the same map, which is verified to the bit before the clock runs. The Pythons: python.ts.
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensurePackage } from '../../scripts/prerequisites.ts'
import { chromiumIsInstalled } from '../../test/support/chromium.ts'
import { nodeAccess, openInChromium, processorTime } from '../harness/places.ts'
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
  const inNode = await measure(entries, nodeAccess(folder), size, processorTime)
  print(`Node ${process.version}, CPU time`, entries, inNode)
  if (chromiumIsInstalled()) {
    const page = await openInChromium(folder)
    print(`Chromium ${page.version}`, entries, await page.measure<Rounds>(entries, size))
    await page.close()
  }
} finally {
  await rm(folder, { recursive: true })
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
