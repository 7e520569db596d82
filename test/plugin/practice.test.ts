/** Compiling while nobody waits. */
import { setTimeout as wait } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Practice } from '../../plugin/programs/practice.ts'

const practice = suite('practice')

const AT_ONCE = { quiet: 0, pause: 0 }

/** Waits for rounds that come one after the other. */
async function settle(count: () => number): Promise<number> {
  for (let before = -1; before !== count(); await wait(30)) before = count()
  return count()
}

practice('goes on for a while, and comes to an end', async () => {
  let rounds = 0
  const practising = new Practice(AT_ONCE)
  practising.begin(() => rounds++)
  const all = await settle(() => rounds)
  assert.ok(all > 1)
  practising.begin(() => rounds++)
  assert.is(await settle(() => rounds), all)
})

practice('stops when somebody comes, and goes on with what they asked for', async () => {
  const rounds: string[] = []
  const practising = new Practice({ quiet: 0, pause: 2 })
  practising.begin(() => rounds.push('old'))
  while (rounds.length === 0) await wait(1)
  practising.stop()
  const before = rounds.length
  practising.begin(() => rounds.push('new'))
  await settle(() => rounds.length)
  assert.ok(rounds.length > before)
  assert.equal([...new Set(rounds.slice(before))], ['new'])
})

practice("an error ends it, and is nobody's", async () => {
  let rounds = 0
  const practising = new Practice(AT_ONCE)
  practising.begin(() => {
    rounds++
    throw new Error('a file is gone')
  })
  assert.is(await settle(() => rounds), 1)
})

practice.run()
