/** Random programs give the same on every engine, though compiled ones collect at every allocation. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { randomTextProgram } from '../support/random-texts.ts'

const COUNT = Number(process.env.SPY_TEST_PROGRAMS ?? 12)

const random = language('random programs that collect always')

for (let seed = 1; seed <= COUNT; seed++) {
  let expected: unknown
  random(
    `number ${seed}`,
    randomTextProgram(seed),
    ({ main }, { engine }) => {
      const results = [1, 2, 5].map((n) => main?.(n))
      expected ??= results
      assert.equal(results, expected, `on ${engine}`)
    },
    { gc: 'stress' },
  )
}

random.run()
