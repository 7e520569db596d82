/** Each helper fails when it should. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkError, checkExpression, checkModule, checkSymbols, parses } from './check-stages.ts'

const helpers = suite('helpers for stages')

const WRONG = `
  x = u8(-1)
          ^ error: integer literal out of range
`
const HEADLINE = 'ParseError: u8 literal -1 is out of range [0, 255]'

helpers('checkError wants the message, every mark, and its text', () => {
  checkError(WRONG, HEADLINE, parses)
  assert.throws(() => checkError(WRONG, 'ParseError: invalid syntax', parses))
  assert.throws(() => checkError(WRONG, HEADLINE.replace('Parse', 'Type'), parses))
  assert.throws(() => checkError(WRONG.replace(' ^', '^'), HEADLINE, parses))
  assert.throws(() => checkError(WRONG.replace('^', '^^'), HEADLINE, parses))
  assert.throws(() => checkError(WRONG.replace('out of', 'in'), HEADLINE, parses))
  assert.throws(() => checkError(WRONG.replace('error', 'note'), HEADLINE, parses))
  assert.throws(() => checkError('x = u8(-1)', HEADLINE, parses))
  assert.throws(() => checkError('x = u8(1)', HEADLINE, parses))
})

helpers('dumps are compared whole', () => {
  checkExpression('a', "Name(id='a')")
  assert.throws(() => checkExpression('a', "Name(id='b')"))
  assert.throws(() => checkExpression('a; b', "Name(id='a')"))
  assert.throws(() => checkExpression('lambda: 1', 'Auto()'))
  assert.throws(() => checkModule('', 'Module()'))
})

helpers('symbols are compared whole', () => {
  checkSymbols('x = 1', { x: 'const global-const' })
  assert.throws(() => checkSymbols('x = 1', { x: 'const auto' }))
  assert.throws(() => checkSymbols('x = 1', { y: 'const global-const' }))
})

helpers.run()
