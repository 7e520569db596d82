/** `spy format`, with something in place of ruff: what matters is what goes in, and what becomes of what comes out. */
import { chmodSync, readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { folderWith, spy } from '../support/spy-command.ts'

/** A program named ruff that does `script` with the file in `$path`. */
async function withRuff<R>(script: string, work: () => Promise<R>): Promise<R> {
  using folder = folderWith({ ruff: `#!/bin/sh\nfor path; do :; done\n${script}\n` })
  chmodSync(folder.file('ruff'), 0o755)
  return await withPath(`${folder.path}${delimiter}${process.env.PATH}`, work)
}

async function withPath<R>(path: string, work: () => Promise<R>): Promise<R> {
  const before = process.env.PATH
  process.env.PATH = path
  try {
    return await work()
  } finally {
    process.env.PATH = before
  }
}

const SOURCE = 'var   total:i32=0\nconst limit = 3\nvariable = "var x"\n'

const format = suite('spy format')

format('the formatter sees Python, and declarations come back with one space', async () => {
  using folder = folderWith({ 'a.spy': SOURCE })
  const file = folder.file('a.spy')
  // Whatever is no Python name would end this formatter.
  const result = await withRuff(
    'grep -q "^var···total:i32=0$" "$path" && sed -i "s/:i32=0/: i32 = 0/" "$path" && echo "1 file reformatted"',
    () => spy(['format', file]),
  )
  assert.equal(result, { status: 0, stdout: '1 file reformatted\n\n', stderr: '' })
  assert.is(readFileSync(file, 'utf8'), 'var total: i32 = 0\nconst limit = 3\nvariable = "var x"\n')
})

format('what the formatter refuses stays as it is', async () => {
  using folder = folderWith({ 'a.spy': SOURCE })
  const file = folder.file('a.spy')
  const result = await withRuff('echo "error: Failed to parse $path:1:4" >&2; exit 2', () => spy(['format', file]))
  assert.is(result.status, 1)
  assert.ok(
    result.stderr.includes(`Exception: Failed to format ${file}: error: Failed to parse it:1:4\n`),
    result.stderr,
  )
  assert.is(readFileSync(file, 'utf8'), SOURCE)
})

format('without a formatter', async () => {
  using folder = folderWith({ 'a.spy': SOURCE })
  const file = folder.file('a.spy')
  const { status, stderr } = await withPath(folder.path, () => spy(['format', file]))
  assert.is(status, 1)
  assert.is(
    stderr,
    `Traceback (most recent call last):\n\nException: Failed to format ${file}: ruff executable not found\n\n`,
  )
})

format('only .spy files are formatted', async () => {
  const { status, stdout, stderr } = await spy(['format', 'a.py'])
  assert.equal(
    { status, stdout, stderr },
    { status: 1, stdout: '', stderr: 'Error: a.py is not a .spy file or directory.\n' },
  )
})

format.run()
