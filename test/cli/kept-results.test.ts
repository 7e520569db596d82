/** What a C compiler has made is kept in the project of the file, unless `--no-cache` is given. */
import { existsSync, readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { folderWith, spy } from '../support/spy-command.ts'

const kept = suite('kept results')

for (const command of [
  ['run', '--engine', 'c'],
  ['build', '--debug'],
]) {
  kept(`spy ${command.join(' ')} keeps what it compiles, and leaves it with --no-cache`, async () => {
    using folder = folderWith({ 'a.spy': 'def main() -> None:\n    print("hello")\n', 'node_modules/.keep': '' })
    const cache = folder.file('node_modules/.cache')

    assert.is((await spy([...command, '--no-cache', folder.file('a.spy')])).status, 0)
    assert.not(existsSync(cache), 'nothing is kept')

    assert.is((await spy([...command, folder.file('a.spy')])).status, 0)
    assert.ok(existsSync(cache), 'the result is kept')

    const results = (): number => readdirSync(cache, { recursive: true }).length
    const before = results()
    assert.is((await spy([...command, folder.file('a.spy')])).status, 0)
    assert.is(results(), before, 'the result is found again')
  })
}

kept.run()
