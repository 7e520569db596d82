/** `spy types`: declarations of a project. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { folderWith, spy } from '../support/spy-command.ts'

const FILES = {
  'src/waves.spy': 'def height(x: f64, t: f64) -> f64:\n    return x + t\n',
  'src/deep/words.spy': 'def join(a: str, b: str) -> str:\n    return a + b\n',
  'node_modules/other/x.spy': 'this is not looked at',
}

const types = suite('spy types')

types('writes a mirrored tree, and check is content with it', async () => {
  using folder = folderWith(FILES)
  assert.equal(await spy(['types', folder.path]), { status: 0, stdout: 'Written .spy/types\n', stderr: '' })
  const waves = readFileSync(folder.file('.spy/types/src/waves.d.spy.ts'), 'utf8')
  assert.match(waves, /^export declare function height\(x: f64, t: f64\): f64$/m)
  assert.ok(existsSync(folder.file('.spy/types/src/deep/words.d.spy.ts.map')))
  assert.not(existsSync(folder.file('.spy/types/node_modules')))
  assert.equal(await spy(['types', '--check', folder.path]), { status: 0, stdout: '', stderr: '' })
})

types('check names what is stale, and changes nothing', async () => {
  using folder = folderWith(FILES)
  await spy(['types', folder.path])
  writeFileSync(folder.file('src/waves.spy'), 'def height(x: f64) -> f64:\n    return x\n')
  rmSync(folder.file('src/deep/words.spy'))
  const before = readFileSync(folder.file('.spy/types/src/waves.d.spy.ts'), 'utf8')
  const { status, stdout, stderr } = await spy(['types', '--check', folder.path])
  assert.is(`${status}${stdout}`, '1')
  assert.match(stderr, /waves\.d\.spy\.ts is outdated: spy types brings it up to date\n/)
  assert.match(stderr, /words\.d\.spy\.ts is orphaned: /)
  assert.is(readFileSync(folder.file('.spy/types/src/waves.d.spy.ts'), 'utf8'), before)
})

types('a wrong file is told, and the others are written', async () => {
  using folder = folderWith({ ...FILES, 'src/wrong.spy': 'def f() -> str:\n    return 1\n' })
  const { status, stdout, stderr } = await spy(['types', folder.path])
  assert.is(status, 1)
  assert.is(stdout, 'Written .spy/types\n')
  assert.match(stderr, /TypeError: mismatched types\n {2}\| .*wrong\.spy:2\n/)
  assert.ok(existsSync(folder.file('.spy/types/src/waves.d.spy.ts')))
  assert.is((await spy(['types', '--check', folder.path])).status, 1)
})

types('a file, or nothing at all, is no project', async () => {
  using folder = folderWith(FILES)
  for (const path of [folder.file('src/waves.spy'), folder.file('nowhere')]) {
    const { status, stderr } = await spy(['types', path])
    assert.is(status, 1)
    assert.is(
      stderr,
      `${path} is not a folder\n  to fix it: name the folder of the project, or none for the current one\n`,
    )
  }
})

types.run()
