/** Chains of concatenations become one operation of up to four operands, which stay in their order. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printFunction } from '../../compiler/backends/spy-source.ts'
import { joinTexts } from '../../compiler/lowering/join-texts.ts'
import { dedent } from '../support/program-text.ts'
import { redshiftText } from '../support/redshift-text.ts'

const joins = suite('join-texts')

/** What the function `chain` returns, when it takes texts a to f and a number n. */
function returned(expression: string): string {
  const params = [...'abcdef'].map((name) => `${name}: str`).join(', ')
  const program = joinTexts(redshiftText(`def chain(${params}, n: i32) -> str:\n    return ${expression}\n`))
  const func = program.functions.get('test::chain')
  assert.ok(func)
  return /return (.*)/.exec(printFunction(func, program.humanName, 'test'))?.[1]?.replaceAll('`', '') ?? ''
}

joins('two texts are joined as ever', () => {
  assert.is(returned('a + b'), '_str::methods::__add__(a, b)')
})

joins('three are four with an empty one', () => {
  assert.is(returned('a + b + c'), "_str::concat4(a, b, c, '')")
})

joins('four are joined at once, whatever is in brackets', () => {
  assert.is(returned('a + b + c + d'), '_str::concat4(a, b, c, d)')
  assert.is(returned('a + (b + c) + d'), '_str::concat4(a, b, c, d)')
  assert.is(returned('a + (b + (c + d))'), '_str::concat4(a, b, c, d)')
})

joins('what is more is joined to what four have become', () => {
  assert.is(returned('a + b + c + d + e'), '_str::methods::__add__(_str::concat4(a, b, c, d), e)')
  assert.is(returned('a + b + c + d + e + f'), "_str::concat4(_str::concat4(a, b, c, d), e, f, '')")
})

joins('fields of f-strings are among the parts', () => {
  assert.is(returned('f"{a}: {n};"'), "_str::concat4(str::__str__(a), ': ', i32::__str__(n), ';')")
})

joins('chains are found inside of other expressions', () => {
  assert.is(returned('(a + b + c) * n'), "_str::methods::__mul__(_str::concat4(a, b, c, ''), n)")
})

joins('what joins no texts is not made anew', () => {
  const program = redshiftText(
    dedent(`
    def chain(a: str, n: i32) -> str:
        return a + str(n + 1 + 2)
    `),
  )
  assert.is(joinTexts(program).functions.get('test::chain'), program.functions.get('test::chain'))
})

joins.run()
