/**
 * The parser against Python's own: sources of Python's library mean the same tree to both, where our language has the
 * construct. All of the library is compared by `npm run test:python`.
 */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseBody } from '../../compiler/syntax/parser.ts'
import { testFile } from '../support/check-stages.ts'
import { Mismatch, type PyNode, TreeComparison } from './python/compare.ts'
import { differences, librarySources } from './python/library.ts'

const SAMPLE = 60

const differential = suite('the parser against Python')

const files = librarySources()

async function compareSample(): Promise<void> {
  assert.ok(files, 'this needs python3 from 3.11 on')
  // Every n-th file, so that all parts of the library take part.
  const step = Math.ceil(files.length / SAMPLE)
  const chosen = files.filter((_, index) => index % step === 0)
  assert.ok(chosen.length > SAMPLE / 2, 'there is a library to compare with')
  assert.equal(await differences(chosen), [])
}

// Where Python may be missing, the run says that a test was skipped. Where everything is checked, it must be there.
if (files === undefined && !process.env.CI) differential.skip('trees and spans are the same', compareSample)
else differential('trees and spans are the same', compareSample)

differential('a difference is found', () => {
  const { body } = parseBody(testFile('x = f(a, b)'))
  const name = (id: string, s: number): PyNode => ({ _: 'Name', s, e: s + 1, id })
  const tree = (second: PyNode): PyNode[] => [
    {
      ...{ _: 'Assign', s: 0, e: 11, targets: [name('x', 0)] },
      value: { _: 'Call', s: 4, e: 11, func: name('f', 4), args: [name('a', 6), second], keywords: [] },
    },
  ]
  new TreeComparison('x = f(a, b)').body(body, tree(name('b', 9)))
  for (const wrong of [name('c', 9), name('b', 8), { _: 'Constant', s: 9, e: 10, value: null }]) {
    assert.throws(
      () => new TreeComparison('x = f(a, b)').body(body, tree(wrong)),
      (error: unknown) => error instanceof Mismatch,
    )
  }
})

differential.run()
