/** However a program is wrong, it is told as an error of the program. `npm run fuzz` looks for longer. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { corpus } from './corpus.ts'
import { mutantOf } from './mutants.ts'
import { headline, Outcomes } from './outcomes.ts'

const fuzz = suite('mutants of programs')

const programs = corpus()

fuzz('there are programs to start from', () => {
  assert.ok(programs.length > 300, String(programs.length))
})

fuzz('the same number makes the same mutant', () => {
  assert.is(mutantOf(7, programs), mutantOf(7, programs))
  assert.is.not(mutantOf(7, programs), mutantOf(8, programs))
})

fuzz('are results or errors of the program', () => {
  const outcomes = new Outcomes()
  for (let seed = 0; seed < 150; seed++) {
    const text = mutantOf(seed, programs)
    const mistake = outcomes.of(text)
    assert.is(mistake, undefined, mistake && `seed ${seed}, ${mistake.stage}: ${headline(mistake.error)}\n${text}`)
  }
})

fuzz.run()
