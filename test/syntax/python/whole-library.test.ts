/**
 * The parser against Python's, over the whole library of Python: about two thousand files. `npm run test:python`
 *
 * A part of it is among the ordinary tests (`../python.test.ts`).
 */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { differences, librarySources } from './library.ts'

const library = suite("Python's library")

library('means the same to both parsers', async () => {
  const files = librarySources()
  assert.ok(files, 'this needs python3 from 3.11 on')
  assert.ok(files.length > 100, 'there is a library to compare with')
  assert.equal(await differences(files), [])
})

library.run()
