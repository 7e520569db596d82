/**
 * Errors of wrong programs have the texts and lines of CPython 3.12. `python/errors.json` holds programs that were broken
 * at random, and what CPython said about them (`python/record_errors.py`); only the first error counts.
 */
import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseBody } from '../../compiler/syntax/parser.ts'
import { SourceFile } from '../../compiler/text/source.ts'
import { messages } from '../support/check-stages.ts'

const recorded = JSON.parse(readFileSync(new URL('python/errors.json', import.meta.url), 'utf8')) as [string, string][]

/** Programs by what is wrong with them. */
const byMessage = new Map<string, [program: string, error: string][]>()
for (const row of recorded) {
  const message = row[1].replace(/^\d+: /, '')
  byMessage.set(message, [...(byMessage.get(message) ?? []), row])
}

const errors = suite('errors as CPython has them')

for (const [message, rows] of byMessage) {
  errors(message, () => {
    const ours = rows.map(([program]) => {
      const { errors } = parseBody(new SourceFile('/test/test.spy', program))
      return [program, messages(errors)[0]]
    })
    assert.equal(ours, rows)
  })
}

errors('many kinds of them are recorded', () => assert.ok(byMessage.size > 150))

errors.run()
