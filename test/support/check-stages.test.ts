/** Each helper fails when it should. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkError, checkExpression, checkModule, checkSymbols, parses } from './check-stages.ts'

function fails(check: () => void): void {
  let hasFailed = false
  try {
    check()
  } catch (error) {
    if (!(error instanceof assert.Assertion)) throw error
    hasFailed = true
  }
  assert.ok(hasFailed, 'the check fails')
}

const helpers = suite('helpers for stages')

const WRONG = `
  x = u8(-1)
          ^ error: integer literal out of range
`
const HEADLINE = 'ParseError: u8 literal -1 is out of range [0, 255]'

helpers('checkError wants the message, every mark, and its text', () => {
  checkError(WRONG, HEADLINE, parses)
  fails(() => checkError(WRONG, 'ParseError: invalid syntax', parses))
  fails(() => checkError(WRONG, HEADLINE.replace('Parse', 'Type'), parses))
  fails(() => checkError(WRONG.replace(' ^', '^'), HEADLINE, parses))
  fails(() => checkError(WRONG.replace('^', '^^'), HEADLINE, parses))
  fails(() => checkError(WRONG.replace('out of', 'in'), HEADLINE, parses))
  fails(() => checkError(WRONG.replace('error', 'note'), HEADLINE, parses))
  fails(() => checkError('x = u8(-1)', HEADLINE, parses))
  fails(() => checkError('x = u8(1)', HEADLINE, parses))
})

helpers('dumps are compared whole', () => {
  checkExpression('a', "Name(id='a')")
  fails(() => checkExpression('a', "Name(id='b')"))
  fails(() => checkExpression('a; b', "Name(id='a')"))
  fails(() => checkExpression('lambda: 1', 'Auto()'))
  fails(() => checkModule('', 'Module()'))
})

helpers('symbols are compared whole', () => {
  checkSymbols('x = 1', { x: 'const global-const' })
  fails(() => checkSymbols('x = 1', { x: 'const auto' }))
  fails(() => checkSymbols('x = 1', { y: 'const global-const' }))
})

helpers.run()
