/**
 * `npm run fuzz:programs`: random programs on all engines and in CPython. `-- --count 100000 --seed 7 --batch 100`.
 * `-- --journal FILE` keeps what has been done in a file; the same again goes on from there.
 * Differences are printed as small programs with their seeds. The last line is `N passed, N failed`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Comparison, comparePrograms } from '../test/support/random-programs.ts'
import { type Batch, batchesOf } from './fuzzing/batches.ts'
import { type Journal, openJournal } from './fuzzing/journal.ts'
import { Progress } from './fuzzing/progress.ts'
import { ensureRuntime } from './prerequisites.ts'

if (process.send === undefined) await ask()
else answer()

/** In a process of its own: compares what it is told to. */
function answer(): void {
  process.on('message', async ({ first, count, settings }: Batch) => {
    process.send?.(await comparePrograms(first, count, settings))
  })
}

async function ask(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '100000' },
      seed: { type: 'string' },
      batch: { type: 'string', default: '100' },
      workers: { type: 'string', default: '2' },
      journal: { type: 'string' },
    },
  })
  const journal = openJournal(values.journal, {
    seed: values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed),
    count: Number(values.count),
    batch: Number(values.batch),
  })
  const { seed, count, batch } = journal.search
  await ensureRuntime()
  console.log(`${count} programs from seed ${seed}${journal.done.size > 0 ? ', as the journal says' : ''}`)

  const todo = [...batchesOf(seed, count, batch)].filter(({ first }) => !journal.done.has(first))
  const progress = new Progress(count, sizeOf(todo), journal.differences.length)
  const batches = todo.values()
  await Promise.all(Array.from({ length: Number(values.workers) }, () => work(batches, journal, progress)))
  if (!progress.withPython) console.log('there is no python3: the engines were only compared with each other')
  console.log(`\n${count - progress.failed} passed, ${progress.failed} failed`)
  process.exitCode = progress.failed > 0 ? 1 : 0
}

function sizeOf(batches: readonly Batch[]): number {
  return batches.reduce((sum, { count }) => sum + count, 0)
}

/** Compares batches in a process, until there are none. A process that dies has found something, too. */
async function work(batches: Iterator<Batch>, journal: Journal, progress: Progress): Promise<void> {
  let worker = start()
  for (let next = batches.next(); next.done !== true; next = batches.next()) {
    const { first } = next.value
    const answered = once(worker.process, 'message') as Promise<[Comparison]>
    worker.process.send(next.value)
    const result = await Promise.race([answered, worker.exit])
    let comparison: Comparison
    if (typeof result === 'object') {
      comparison = result[0]
    } else {
      const outcomes = { process: `ended with ${result}` }
      comparison = { withPython: true, differences: [{ seed: first, outcomes, program: '' }] }
      worker = start()
    }
    journal.add({ first, differences: comparison.differences })
    progress.add(next.value, comparison)
  }
  worker.process.disconnect()
}

function start() {
  const worker = fork(fileURLToPath(import.meta.url), { execArgv: ['--import', 'tsx'] })
  const exit = once(worker, 'exit').then(([code, signal]) => String(code ?? signal))
  return { process: worker, exit }
}
