/**
 * `npm run fuzz -- --seed 1 --count 5000`: compiles and runs mutants of the programs that the tests consist of. Whatever
 * is wrong with a program, it must be told as an error of the program; everything else is printed, with the shortest
 * program found that shows it.
 */
import { parseArgs } from 'node:util'
import { corpus } from '../test/fuzz/corpus.ts'
import { mutantOf } from '../test/fuzz/mutants.ts'
import { headline, Outcomes, shrink } from '../test/fuzz/outcomes.ts'

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '5000' } },
})
const first = Number(values.seed)
const count = Number(values.count)

const programs = corpus()
const outcomes = new Outcomes()
const seen = new Set<string>()
console.log(`${count} mutants of ${programs.length} programs, seeds from ${first}`)
for (let seed = first; seed < first + count; seed++) {
  const text = mutantOf(seed, programs)
  const start = performance.now()
  const mistake = outcomes.of(text)
  const time = performance.now() - start
  if (time > 10_000) console.log(`\nseed ${seed} took ${(time / 1000).toFixed(0)} s`)
  if (mistake === undefined || seen.has(headline(mistake.error))) continue
  seen.add(headline(mistake.error))
  console.log(`\n==== seed ${seed}, ${mistake.stage}: ${headline(mistake.error)}`)
  console.log(await shrink(text, outcomes, mistake))
}
console.log(`\n${seen.size} kinds of mistakes`)
process.exitCode = seen.size === 0 ? 0 : 1
