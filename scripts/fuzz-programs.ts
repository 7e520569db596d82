/**
 * `npm run fuzz:programs`: random programs on all engines and in CPython. `-- --count 100000 --seed 7 --batch 100`.
 * Every fifth batch collects at every allocation. Differences are printed as small programs with their seeds.
 * The last line is `N passed, N failed`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Comparison, comparePrograms } from '../test/support/random-programs.ts'
import { ensureRuntime } from './prerequisites.ts'

/** Asks for the programs of the seeds `first` up to `first + count`. */
interface Batch {
  readonly first: number
  readonly count: number
  readonly gc: 'auto' | 'stress'
}

if (process.send === undefined) await ask()
else answer()

/** In a process of its own: compares what it is told to. */
function answer(): void {
  process.on('message', async ({ first, count, gc }: Batch) => {
    process.send?.(await comparePrograms(first, count, gc))
  })
}

async function ask(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '100000' },
      seed: { type: 'string' },
      batch: { type: 'string', default: '100' },
      workers: { type: 'string', default: '2' },
    },
  })
  const count = Number(values.count)
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed)
  await ensureRuntime()
  console.log(`${count} programs from seed ${seed}`)

  const batches = batchesOf(seed, count, Number(values.batch))
  const results = await Promise.all(Array.from({ length: Number(values.workers) }, () => work(batches)))
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  if (results.some(({ withPython }) => !withPython)) {
    console.log('there is no python3: the engines were only compared with each other')
  }
  console.log(`\n${count - failed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}

function* batchesOf(seed: number, count: number, size: number): Generator<Batch> {
  for (let done = 0, number = 1; done < count; done += size, number++) {
    yield { first: seed + done, count: Math.min(size, count - done), gc: number % 5 === 0 ? 'stress' : 'auto' }
  }
}

/** A process that takes batches until there are none. */
async function work(batches: Iterator<Batch>): Promise<{ readonly failed: number; readonly withPython: boolean }> {
  const worker = fork(fileURLToPath(import.meta.url), { execArgv: ['--import', 'tsx'] })
  const died = once(worker, 'exit').then(([code]) => {
    throw new Error(`a process that compares programs ended with ${code}`)
  })
  let failed = 0
  let withPython = true
  for (let next = batches.next(); next.done !== true; next = batches.next()) {
    const answered = once(worker, 'message')
    worker.send(next.value)
    const [comparison] = (await Promise.race([answered, died])) as [Comparison]
    withPython &&= comparison.withPython
    failed += comparison.differences.length
    tell(comparison, next.value)
  }
  died.catch(() => {}) // from here on it may
  worker.disconnect()
  return { failed, withPython }
}

function tell({ differences }: Comparison, { gc }: Batch): void {
  for (const { seed, program, outcomes } of differences) {
    console.log(`\n== seed ${seed}, gc ${gc}\n${program}`)
    for (const [who, outcome] of Object.entries(outcomes)) console.log(`${who.padEnd(7)} ${outcome}`)
  }
}
