/**
 * Memory that is used again: does it stay flat, what does it cost, how long does it stop the program?
 *
 *     npm run bench -- memory
 *     node --import tsx bench/memory/run.ts --gigabytes 100 --calls 1000000
 *
 * Goals: flat memory over a million calls; one call that allocates 100 GB ends below 64 MiB; the collector costs at most
 * 15% on a string kernel over none at all; calls of numbers cost at most 1.2 times those of the bare export.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type LoadedModule, load } from '../../src/node.ts'
import { runRounds } from '../harness/rounds.ts'
import { quantile, standings } from '../harness/statistics.ts'
import { printTable } from '../harness/table.ts'
import { PROGRAM } from './program.ts'
import { scalarCalls } from './scalar-calls.ts'

const { values } = parseArgs({
  options: { gigabytes: { type: 'string', default: '10' }, calls: { type: 'string', default: '1000000' } },
})
const CALLS = Number(values.calls)
const GIGABYTES = Number(values.gigabytes)

const ENGINES = ['jit', 'c'] as const
const MIB = 2 ** 20
/** Bytes of one string of the long call. */
const STRING = 100_000

type Numbers = Readonly<Record<string, (...args: number[]) => number>>

const exportsOf = (module: LoadedModule) => module.exports as unknown as Numbers
const mib = (module: LoadedModule) => module.memory.buffer.byteLength / MIB

function flatness(module: LoadedModule): readonly number[] {
  const { build_and_drop } = exportsOf(module)
  const sizes: number[] = []
  for (let i = 1; i <= CALLS; i++) {
    build_and_drop?.(10)
    if (i === Math.round(CALLS / 100) || i === Math.round(CALLS / 2) || i === CALLS) sizes.push(mib(module))
  }
  return sizes
}

/** Seconds, and MiB at the end. */
function longCall(module: LoadedModule): readonly number[] {
  const start = performance.now()
  exportsOf(module).churn?.(Math.round((GIGABYTES * 1e9) / STRING), STRING)
  return [(performance.now() - start) / 1000, mib(module)]
}

/** MiB that are alive, and milliseconds of collections that find them so. */
function pauses(module: LoadedModule): readonly number[] {
  exportsOf(module).keep?.(19)
  const times: number[] = []
  let alive = 0
  for (let i = 0; i < 30; i++) {
    const start = performance.now()
    alive = module.gc()
    times.push(performance.now() - start)
  }
  return [alive / MIB, quantile(times, 0.5), Math.max(...times)]
}

async function inFolder(use: (path: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'spy-bench-'))
  try {
    const path = join(folder, 'memory.spy')
    writeFileSync(path, PROGRAM)
    await use(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

await inFolder(async (path) => {
  const flat: (readonly (string | number)[])[] = []
  const long: (readonly (string | number)[])[] = []
  const costs: (readonly (string | number)[])[] = []
  const stops: (readonly (string | number)[])[] = []
  const scalars: (readonly (string | number)[])[] = []
  for (const engine of ENGINES) {
    flat.push([engine, ...flatness(await load(path, { engine }))])
    long.push([engine, ...longCall(await load(path, { engine }))])

    const [none, auto] = await Promise.all([load(path, { engine, gc: 'none' }), load(path, { engine })])
    const contestants = [none, auto].map((module, i) => ({
      name: i === 0 ? 'none' : 'auto',
      run: () => exportsOf(module).text_kernel?.(20_000),
    }))
    const rounds = runRounds(contestants, { rounds: 31, warmup: 3, clock: () => performance.now() })
    const [without, within] = standings(rounds)
    costs.push([engine, without?.milliseconds ?? 0, within?.milliseconds ?? 0, within?.ratio ?? 0])

    const holder = await load(path, { engine })
    stops.push([engine, ...pauses(holder)])

    const [bare, facade] = standings(
      runRounds(await scalarCalls(path, engine), { rounds: 15, warmup: 3, clock: () => performance.now() }),
    )
    scalars.push([engine, bare?.milliseconds ?? 0, facade?.milliseconds ?? 0, facade?.ratio ?? 0])
  }
  printTable(
    `${CALLS.toLocaleString('en-US')} calls that build and drop lists: MiB after`,
    ['', '1%', '50%', '100%'],
    flat,
  )
  printTable(`One call that allocates ${GIGABYTES} GB`, ['', 'seconds', 'MiB at the end'], long)
  printTable('String kernel: ms', ['', 'gc none', 'gc auto', 'ratio'], costs)
  printTable('Collections of what is alive', ['', 'MiB alive', 'median ms', 'longest ms'], stops)
  printTable('A million calls of numbers: ms', ['', 'bare export', 'facade', 'ratio'], scalars)
})
