/** What users do wrong, and what they are told: class, place, and that nothing else happens. */
import { mkdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { folderWith, spy } from '../support/spy-command.ts'

const ENGINES = ['interp', 'jit', 'c'] as const

const bad = suite('bad input')

/** The same text on every engine, and from `redshift` too; `DIR` stands for the folder. */
async function fails(files: Readonly<Record<string, string | Uint8Array>>, expected: string): Promise<void> {
  using folder = folderWith(files)
  const [entry = ''] = Object.keys(files)
  const commands = [...ENGINES.map((engine) => ['run', '--engine', engine]), ['redshift'], ['cwrite']]
  for (const command of commands) {
    const { status, stdout, stderr } = await spy([...command, folder.file(entry)])
    assert.is(`${status}${stdout}`, '1', command.join(' '))
    assert.fixture(stderr.replaceAll(folder.path, 'DIR').trimEnd(), expected, command.join(' '))
  }
}

bad('a syntax error', async () => {
  await fails(
    { 'a.spy': 'def main() -> None:\n    x = = 3\n' },
    `Traceback (most recent call last):

ParseError: invalid syntax
  | DIR/a.spy:2
  |     x = = 3
  | |_________|`,
  )
})

bad('a syntax error in an imported module', async () => {
  await fails(
    { 'a.spy': 'from b import f\n\ndef main() -> None:\n    f()\n', 'b.spy': 'def f() -> None:\n    yield 3\n' },
    `Traceback (most recent call last):

ParseError: not implemented yet: Yield
  | DIR/b.spy:2
  |     yield 3
  |     |_____| this is not supported`,
  )
})

bad('a missing module', async () => {
  using folder = folderWith({ 'a.spy': 'import nosuch\n\ndef main() -> None:\n    pass\n' })
  for (const engine of ENGINES) {
    const { status, stdout, stderr } = await spy(['run', '--engine', engine, folder.file('a.spy')])
    assert.is(`${status}${stdout}`, '1')
    const expected = `Traceback (most recent call last):

ImportError: cannot import \`nosuch\`
  | DIR/a.spy:1
  | import nosuch
  | |___________| module \`nosuch\` does not exist

  | DIR/a.spy:1
  | import nosuch
  | |___________| looked for DIR/nosuch.spy, `
    assert.ok(stderr.replaceAll(folder.path, 'DIR').startsWith(expected), stderr)
  }
})

bad('a Python module', async () => {
  using folder = folderWith({
    'a.spy': 'from snake import f\n\ndef main() -> None:\n    f()\n',
    'snake.py': 'def f(): pass\n',
  })
  const { stderr } = await spy([folder.file('a.spy')])
  assert.match(stderr, /ImportError: cannot import `snake\.f`\n/)
  assert.match(stderr, / file `snake\.py` exists, but py files cannot be imported\n/)
})

bad('a missing export', async () => {
  await fails(
    { 'a.spy': 'from b import f, nope\n\ndef main() -> None:\n    f()\n', 'b.spy': 'def f() -> None:\n    pass\n' },
    `Traceback (most recent call last):
  * [module] a at DIR/a.spy:1
  | from b import f, nope
  | |___________________|

ImportError: cannot import \`b.nope\`
  | DIR/a.spy:1
  | from b import f, nope
  |                  |__| attribute \`nope\` does not exist in module \`b\``,
  )
})

bad('a circle of imports', async () => {
  await fails(
    {
      'a.spy': 'from b import f\n\ndef g() -> None:\n    pass\n\ndef main() -> None:\n    f()\n',
      'b.spy': 'from a import g\n\ndef f() -> None:\n    g()\n',
    },
    `Traceback (most recent call last):
  * [module] b at DIR/b.spy:1
  | from a import g
  | |_____________|

ImportError: cannot import \`a.g\`
  | DIR/b.spy:1
  | from a import g
  | |_____________| module \`a\` does not exist

  | DIR/b.spy:1
  | from a import g
  | |_____________| this is likely a circular import (WIP)`,
  )
})

bad('a file that is not UTF-8', async () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('# ok\n# caf'), 0xe9, 0x0a])
  await fails(
    { 'a.spy': bytes },
    `Traceback (most recent call last):

ParseError: source code is not UTF-8: byte 0xe9 at position 10
  | DIR/a.spy:2
  | # caf\ufffd
  | |____|`,
  )
})

bad('no such file', async () => {
  using folder = folderWith({})
  for (const command of ['run', 'redshift', 'parse', 'symtable', 'imports', 'cwrite', 'build']) {
    const { status, stderr } = await spy([command, folder.file('nosuch.spy')])
    assert.is(status, 1, command)
    assert.is(
      stderr,
      `Traceback (most recent call last):\n\nImportError: file \`${folder.file('nosuch.spy')}\` does not exist\n\n`,
    )
  }
})

bad('a folder instead of a file', async () => {
  using folder = folderWith({})
  mkdirSync(folder.file('dir.spy'))
  const { status, stderr } = await spy([folder.file('dir.spy')])
  assert.is(status, 1)
  assert.match(stderr, /ImportError: file `.*dir\.spy` does not exist/)
})

bad('a static error is found before anything runs, in the interpreter when it is reached', async () => {
  using folder = folderWith({
    'a.spy': 'def main() -> None:\n    print("so far")\n    x: str = 1\n',
  })
  const frame = (where: string) => `Traceback (most recent call last):
  * ${where} at DIR/a.spy:3
  |     x: str = 1
  |              ^

TypeError: mismatched types
  | DIR/a.spy:3
  |     x: str = 1
  |              ^ expected \`str\`, got \`i32\`

  | DIR/a.spy:3
  |     x: str = 1
  |        |_| expected \`str\` because of type declaration


`
  const answer = async (engine: string) => {
    const { stdout, stderr } = await spy(['run', '--engine', engine, folder.file('a.spy')])
    return { stdout, stderr: stderr.replaceAll(folder.path, 'DIR') }
  }
  assert.equal(await answer('interp'), { stdout: 'so far\n', stderr: frame('a::main') })
  for (const engine of ['jit', 'c']) {
    const stderr = `Static error during redshift:\n${frame('[redshift] a::main')}`
    assert.equal(await answer(engine), { stdout: '', stderr })
  }
})

bad('an index that is out of range names its line, on every engine', async () => {
  using folder = folderWith({
    'a.spy': `def pick(items: list[i32], i: i32) -> i32:
    return items[i]

def main() -> None:
    print(pick([1, 2, 3], 1))
    print(pick([1, 2, 3], 7))
`,
  })
  for (const engine of ENGINES) {
    const { status, stdout, stderr } = await spy(['run', '--engine', engine, folder.file('a.spy')])
    assert.is(status, 1, engine)
    assert.is(stdout, '2\n', engine)
    assert.match(stderr, /\n\nIndexError: list index out of range\n\n$/, engine)
    assert.match(stderr, /a\.spy:2\n/, engine)
  }
})

bad('instances without end', async () => {
  using folder = folderWith({
    'a.spy': `@blue.generic
def wrap(T):
    def f(n: i32) -> i32:
        if n == 0:
            return 0
        return wrap[tuple[T, i32]](n - 1)
    return f

def main() -> None:
    print(wrap[i32](3))
`,
  })
  for (const mode of ['eager', 'lazy']) {
    const { status, stderr } = await spy(['redshift', '-E', mode, folder.file('a.spy')])
    assert.is(status, 1)
    assert.fixture(
      stderr.replaceAll(folder.path, 'DIR'),
      `Traceback (most recent call last):

Exception: blue code makes instances of \`f\` without end
  | DIR/a.spy:3
  |     def f(n: i32) -> i32:
  |     |__________________| each of them asks for another one


`,
    )
  }
  // Evaluated, the program has an end.
  assert.equal(await spy([folder.file('a.spy')]), { status: 0, stdout: '0\n', stderr: '' })
})

bad('recursion without end', async () => {
  using folder = folderWith({
    'a.spy':
      'def f(n: int) -> int:\n    return f(n + 1) + 1\n\ndef main() -> None:\n    print("before")\n    print(f(0))\n',
  })
  for (const engine of ENGINES) {
    const { status, stderr } = await spy(['run', '--engine', engine, folder.file('a.spy')])
    assert.is(status, 1, engine)
    assert.match(stderr, /\n\nPanicError: stack overflow\n/, engine)
    if (engine === 'c') continue // a release has no names
    const told = stderr.replaceAll(folder.path, 'DIR').replace(/repeated \d+/, 'repeated N')
    const frame = '  * a::f at DIR/a.spy:2\n  |     return f(n + 1) + 1\n  |            |______|\n'
    assert.fixture(
      told,
      `Traceback (most recent call last):
  * a::main at DIR/a.spy:6
  |     print(f(0))
  |           |__|
${frame.repeat(3)}  * [the frame above repeated N more times]

PanicError: stack overflow
  | DIR/a.spy:2
  |     return f(n + 1) + 1
  |            |______|


`,
      engine,
    )
  }
})

bad('paths with blanks, number signs and other scripts are names like any other', async () => {
  using folder = folderWith({
    'my app #1/größe?.spy': 'from 点 import f\n\ndef main() -> None:\n    print(f())\n    assert False\n',
    'my app #1/点.spy': 'def f() -> int:\n    return 42\n',
  })
  const file = folder.file('my app #1/größe?.spy')
  for (const engine of ENGINES) {
    const { status, stdout, stderr } = await spy(['run', '--engine', engine, file])
    assert.is(`${stdout}${status}`, '42\n1', engine)
    assert.ok(stderr.includes(`at ${file}:5\n`), stderr)
    assert.match(stderr, /AssertionError: assertion failed\n/)
  }
  assert.is((await spy(['redshift', file])).status, 0)
  assert.is((await spy(['cwrite', file])).status, 0)
})

bad.run()
