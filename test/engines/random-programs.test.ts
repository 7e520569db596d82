/**
 * Random programs do the same on every engine, and in CPython; also when compiled code collects at every allocation.
 * `npm run fuzz:programs` runs many more of them.
 */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shrink } from '../support/random-programs/shrink.ts'
import { type Line, printed, say } from '../support/random-programs/text.ts'
import { comparePrograms, type Difference } from '../support/random-programs.ts'

const COUNT = Number(process.env.SPY_TEST_PROGRAMS ?? 10)

const random = suite('random programs')

const SETTINGS = [
  { gc: 'auto', build: 'release' },
  { gc: 'stress', build: 'quick' },
] as const

for (const [i, settings] of SETTINGS.entries()) {
  random(`agree, gc ${settings.gc}, build ${settings.build}`, async () => {
    const { differences } = await comparePrograms(1 + 999 * i, COUNT, settings)
    assert.is(differences.map(shown).join('\n'), '')
  })
}

function shown({ seed, outcomes, program }: Difference): string {
  return `seed ${seed}\n${program}${JSON.stringify(outcomes, undefined, 2)}`
}

random('are made smaller, as long as they show the trouble', async () => {
  const line = (text: string, ...body: Line[]): Line =>
    body.length > 0 ? { text: say`${text}`, body } : { text: say`${text}` }
  const program = [line('a = 1'), line('if a:', line('b = 2'), line('trouble()')), line('c = 3')]
  const smallest = await shrink(program, async (candidate) => printed(candidate, 'spy').includes('trouble'))
  assert.is(printed(smallest, 'spy'), 'trouble()\n')
})

random.run()
