/**
 * `npm run fuzz:engines -- --seed 1 --count 5000`: whether mutants of the programs that the tests consist of do the same on
 * the interpreter and as wasm. Each kind of difference is printed once, with the shortest program found that shows it.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Order, Progress } from './fuzzing/agreement-worker.ts'

/** Milliseconds after which a mutant counts as endless. */
const PATIENCE = 20_000

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '5000' } },
})
const first = Number(values.seed)
const end = first + Number(values.count)
const known: string[] = []
let endless = 0

console.log(`mutants ${first} to ${end - 1}`)
for (let seed = first; seed < end; ) {
  const last = await compare({ from: seed, to: end, known })
  if (last < end) endless++
  seed = last < end ? last + 1 : end
}
console.log(`\n${known.length} kinds of differences; ${endless} mutants run for ever`)
process.exitCode = known.length === 0 ? 0 : 1

/** @returns the seed at which it stopped: `to`, or that of a mutant that runs for ever */
function compare(order: Order): Promise<number> {
  const worker = fork(fileURLToPath(new URL('fuzzing/agreement-worker.ts', import.meta.url)))
  return new Promise((resolve, reject) => {
    let seed = order.from
    const isEndless = () => {
      worker.kill('SIGKILL')
      resolve(seed)
    }
    let timer = setTimeout(isEndless, PATIENCE)
    worker.on('error', reject)
    worker.on(
      'exit',
      (code) => code && reject(new Error(`the process that compares has ended with ${code} at ${seed}`)),
    )
    worker.on('message', (progress: Progress) => {
      clearTimeout(timer)
      seed = progress.seed
      if (progress.done) return resolve(seed)
      timer = setTimeout(isEndless, PATIENCE)
      if (progress.found === undefined) return
      const { kind, difference, text } = progress.found
      known.push(kind)
      const { errors, interp, jit } = difference
      console.log(`\n==== seed ${seed}, errors ${errors}\ninterp: ${interp}\njit:    ${jit}\n\n${text}`)
    })
    worker.send(order)
  })
}
