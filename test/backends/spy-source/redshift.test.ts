/** What `spy redshift` prints of whole programs. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printSource } from '../../../compiler/backends/spy-source.ts'
import { linearize } from '../../../compiler/lowering/linearize.ts'
import { readGolden } from '../../support/golden.ts'
import { redshiftText } from '../../support/redshift-text.ts'

/** The program in the form that the answer names. */
function print(source: string, name: string, answer: string): string {
  const errors = source.startsWith('# errors: lazy') ? 'lazy' : 'eager'
  const program = redshiftText(source, { name, errors })
  const module = program.modules.find(({ file }) => file === `/test/${name}.spy`)?.name ?? name
  switch (answer) {
    case 'redshift':
      return printSource(program, module)
    case 'redshift --full-fqn':
      return printSource(program, module, { fullFqn: true })
    case 'redshift --linearize':
      return printSource(linearize(program), module)
    default:
      throw new Error(`nobody knows how to make the answer ${answer}`)
  }
}

for (const file of ['tour', 'forms']) {
  const golden = suite(`redshift, ${file}`)
  for (const { title, source, answers } of readGolden(`redshift/${file}.golden`)) {
    golden(title, () => {
      const name = file === 'tour' ? title.slice(0, title.indexOf(':')) : 'test'
      for (const [answer, expected] of answers) {
        assert.fixture(print(source, name, answer).trimEnd(), expected)
      }
    })
  }
  golden.run()
}
