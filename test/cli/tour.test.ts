/**
 * A tour through the language: each file of fixtures/tour has a program, and behind it what commands print about it.
 *
 *     === title
 *     def main() -> None:
 *         print("hello")
 *     --- run interp, jit, c
 *     hello
 *     --- redshift
 *     ...
 *
 * What follows `[stderr]` is expected there; `[exit 1]` is the status. `DIR` stands for the folder of the file, `PACKAGE`
 * for ours. `#` lines under the title say why an answer is what it is.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { packageFile } from '../../compiler/node.ts'
import { folderWith, spy } from '../support/spy-command.ts'

const PACKAGE = packageFile('.')
const FOLDER = join(PACKAGE, 'fixtures', 'tour')

const tour = suite('the tour')

for (const golden of readdirSync(FOLDER).sort()) {
  const stem = golden.replace('.golden', '')
  const { title, program, answers } = parseGolden(readFileSync(join(FOLDER, golden), 'utf8'))
  for (const { args, expected } of answers) {
    tour(`${stem}: ${title}: ${args.join(' ')}`, async () => {
      using folder = folderWith({ [`${stem}.spy`]: program })
      const { status, stdout, stderr } = await spy([...args, folder.file(`${stem}.spy`)])
      const errors = stderr === '' ? '' : `[stderr]\n${stderr.trimEnd()}\n`
      const text = `${stdout}${errors}${status === 0 ? '' : `[exit ${status}]\n`}`
      assert.fixture(text.replaceAll(folder.path, 'DIR').replaceAll(PACKAGE, 'PACKAGE'), expected)
    })
  }
}

tour.run()

interface Answer {
  readonly args: readonly string[]
  readonly expected: string
}

function parseGolden(text: string): { title: string; program: string; answers: readonly Answer[] } {
  const [head = '', ...sections] = text.split(/^--- /m)
  const [first = '', ...lines] = head.split('\n')
  const program = lines.slice(lines.findIndex((line) => !line.startsWith('# '))).join('\n')
  const answers = sections.flatMap((section) => {
    const end = section.indexOf('\n')
    const expected = section.slice(end + 1)
    return section
      .slice(0, end)
      .split('; ')
      .flatMap(commandLines)
      .map((args) => ({ args, expected }))
  })
  return { title: first.replace('=== ', ''), program, answers }
}

/** `run interp, jit` is two command lines. */
function commandLines(text: string): readonly string[][] {
  const [command = '', ...rest] = text.split(' ')
  if (command !== 'run') return [[command, ...rest]]
  return rest
    .join(' ')
    .split(', ')
    .map((engine) => ['run', '--engine', engine])
}
