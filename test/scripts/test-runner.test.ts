/** The test runner counts what passed and notices everything that did not, also what uvu itself overlooks. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Outcome {
  readonly code: number
  readonly lastLine: string
  readonly output: string
}

/** Runs the runner on a folder of small test files; each text is the part after the imports. */
function runRunner(files: Readonly<Record<string, string>>, words: readonly string[] = []): Promise<Outcome> {
  const parent = join(root, 'node_modules', '.cache', 'unplugin-spy') // inside, so that `uvu` is found from there
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'runner-'))
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), `import { suite } from 'uvu'\nconst test = suite('invented')\n${text}\n`)
  }
  const args = ['--import', 'tsx', 'scripts/test.ts', '--folder', relative(root, folder), ...words]
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd: root, env: { ...process.env, FORCE_COLOR: '0' } },
      (error, stdout, stderr) => {
        rmSync(folder, { recursive: true, force: true })
        const output = stdout + stderr
        resolve({ code: Number(error?.code ?? 0), lastLine: stdout.trimEnd().split('\n').at(-1) ?? '', output })
      },
    )
  })
}

const PASSING = `test('a', () => {}); test('b', async () => {}); test.run()`

const runner = suite('the test runner')

runner('adds up the tests of all files and says so in the last line', async () => {
  const { code, lastLine } = await runRunner({ 'one.test.ts': PASSING, 'two.test.ts': PASSING })
  assert.equal({ code, lastLine }, { code: 0, lastLine: '4 passed, 0 failed' })
})

runner(
  'fails for a failing test, an unloadable file, a crash, a hook that throws and a file without tests',
  async () => {
    const { code, lastLine, output } = await runRunner({
      'a-fails.test.ts': `test('wrong sum', () => { throw new Error('2 is not 3') }); test('ok', () => {}); test.run()`,
      'b-unloadable.test.ts': `import './nowhere.ts'`,
      'c-crashes.test.ts': `test('leaves', () => process.exit(0)); test.run()`,
      'd-hook.test.ts': `test.before(() => { throw new Error('hook') }); test('x', () => {}); test.run()`,
      'e-empty.test.ts': '',
      'f-late.test.ts': `test('y', () => new Promise(() => setTimeout(() => { throw new Error('late') }))); test.run()`,
      'g-fine.test.ts': PASSING,
    })
    assert.equal({ code, lastLine }, { code: 1, lastLine: '3 passed, 6 failed' })
    for (const text of ['2 is not 3', 'nowhere.ts', 'the process ended', 'hook of this suite', 'no test ran', 'late']) {
      assert.ok(output.includes(text), `"${text}" is missing in:\n${output}`)
    }
  },
)

runner('runs the files whose path holds a word, and fails when there are none', async () => {
  const files = { 'one.test.ts': PASSING, 'two.test.ts': `throw new Error('not asked for')` }
  assert.is((await runRunner(files, ['one.test'])).lastLine, '2 passed, 0 failed')
  const none = await runRunner(files, ['three'])
  assert.equal([none.code, none.lastLine], [1, '0 passed, 0 failed'])
})

runner.run()
