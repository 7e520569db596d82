/**
 * Small programs against the same in C, JavaScript and AssemblyScript.
 *
 *     npm run bench -- kernels
 *     node --import tsx bench/kernels/run.ts [n-body sort ...] [--rounds 15] [--chromium] [--interp]
 *
 * All of a kernel give the same number, which is verified before the clock runs; rounds are interleaved. Goals: a release
 * costs at most 1.05 times C where SPy checks nothing (geometric mean), at most 1.10 times C that checks its indices
 * elsewhere, and less than JavaScript and AssemblyScript everywhere.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensurePackage } from '../../scripts/prerequisites.ts'
import { load } from '../../src/node.ts'
import { nodeAccess, openInChromium, processorTime } from '../harness/places.ts'
import { type Rounds, runRounds } from '../harness/rounds.ts'
import { standings } from '../harness/statistics.ts'
import { printTable } from '../harness/table.ts'
import { type Entry, loadEntries, type Run } from './contestants.ts'
import { KERNELS, type Kernel } from './kernels.ts'
import { measure } from './measure.ts'
import { NAMES, prepare, preparePage, sourceOf } from './prepare.ts'
import { Report } from './report.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '15' },
    chromium: { type: 'boolean', default: false },
    interp: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const kernels = KERNELS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
if (kernels.length === 0) throw new Error(`no such kernel; there are ${KERNELS.map(({ name }) => name).join(', ')}`)

await ensurePackage()
const folder = await mkdtemp(join(tmpdir(), 'kernels-bench-'))
try {
  const prepared: (readonly [Kernel, readonly Entry[]])[] = []
  for (const kernel of kernels) prepared.push([kernel, await prepare(folder, kernel)])

  const inNode = new Report(`Node ${process.version}, CPU time`)
  for (const [kernel, entries] of prepared) {
    const work = { size: kernel.size, rounds }
    inNode.add(kernel, entries, await measure(entries, nodeAccess(folder), work, processorTime))
  }
  inNode.print()
  if (values.chromium) await reportChromium(prepared)
  if (values.interp) await reportInterpreter(prepared)
} finally {
  await rm(folder, { recursive: true })
}

async function reportChromium(all: readonly (readonly [Kernel, readonly Entry[]])[]): Promise<void> {
  await preparePage(folder)
  const page = await openInChromium(folder)
  const report = new Report(`Chromium ${page.version}`)
  for (const [kernel, entries] of all) {
    report.add(kernel, entries, await page.measure<Rounds>(entries, { size: kernel.size, rounds }))
  }
  report.print()
  await page.close()
}

/** On small sizes, in rounds of its own: the others would wait for it. */
async function reportInterpreter(all: readonly (readonly [Kernel, readonly Entry[]])[]): Promise<void> {
  const rows: (string | number)[][] = []
  for (const [kernel, entries] of all) {
    const inC = entries.filter(({ name }) => name === NAMES.clang)
    const [c] = await loadEntries(inC, nodeAccess(folder))
    const module = await load(sourceOf(kernel, '.spy'), { engine: 'interp' })
    const runs = [c?.run, module.exports.run as unknown as Run]
    const contestants = runs.map((run, at) => ({ name: `${at}`, run: () => run?.(kernel.small) }))
    const [, interp] = standings(runRounds(contestants, { rounds: 3, warmup: 1, clock: () => performance.now() }))
    rows.push([kernel.name, interp?.milliseconds ?? Number.NaN, interp?.ratio ?? Number.NaN])
  }
  printTable('Interpreter', ['', 'ms', 'ratio to C'], rows)
}
