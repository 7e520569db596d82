/** The command line itself: which command is meant, where options stand, what is printed where, and the exit status. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type CommandOptions, folderWith, spy } from '../support/spy-command.ts'

const HELLO = `def main() -> None:
    print("hello")
`

const ARGV = `def main(argv: list[str]) -> int:
    for arg in argv:
        print(arg)
    return len(argv)
`

async function check(
  args: readonly string[],
  expected: { readonly status?: number; readonly stdout?: string; readonly stderr?: string },
  options?: CommandOptions,
): Promise<void> {
  assert.equal(await spy(args, options), { status: 0, stdout: '', stderr: '', ...expected })
}

function box(message: string): string {
  return `╭─ Error ${'─'.repeat(70)}╮\n│ ${message.padEnd(76)} │\n╰${'─'.repeat(78)}╯\n`
}

const commands = suite('which command is meant')

commands('alone it shows the help, and is content', async () => {
  const { status, stdout, stderr } = await spy([])
  assert.is(status, 0)
  assert.is(stderr, '')
  assert.match(stdout, /^Usage: spy \[COMMAND\] \[OPTIONS\] FILENAME \[ARGV\]\.\.\.\n/)
  for (const command of ['run', 'build', 'redshift', 'cwrite', 'parse', 'symtable', 'imports']) {
    assert.match(stdout, new RegExp(`^  ${command} +[A-Z]`, 'm'))
  }
  assert.is((await spy(['--help'])).stdout, stdout)
  assert.is((await spy(['-h'])).stdout, stdout)
})

commands('every command has a help of its own, in any spelling', async () => {
  for (const command of ['run', 'build', 'redshift', 'rs', 'cwrite', 'parse', 'symtable', 'imports', 'execute']) {
    const { status, stdout, stderr } = await spy([command, '--help'])
    assert.is(`${status}${stderr}`, '0')
    assert.match(stdout, new RegExp(`^Usage: spy (run|redshift|${command}) \\[OPTIONS\\] FILE`))
    assert.is((await spy([command, '-h'])).stdout, stdout)
  }
})

commands('a file without a command is run', async () => {
  using folder = folderWith({ 'hello.spy': HELLO })
  await check([folder.file('hello.spy')], { stdout: 'hello\n' })
  const { stdout, stderr } = await spy(['--timeit', folder.file('hello.spy')])
  assert.is(stdout, 'hello\n')
  assert.match(stderr, /^main\(\): \d+\.\d{3} seconds\n$/)
})

commands('-h before a file is the help of run', async () => {
  assert.match((await spy(['-h', 'hello.spy'])).stdout, /^Usage: spy run /)
})

commands('the version', async () => {
  await check(['--version'], { stdout: '1.2.3\n' })
})

commands('a word that is no command is refused', async () => {
  const stderr = `Usage: spy [COMMAND] [OPTIONS] FILENAME [ARGV]...\nTry 'spy -h' for help.\n${box("No such command 'foo'.")}`
  await check(['foo'], { status: 2, stderr })
})

commands.run()

const options = suite('options and operands')

async function refuses(args: readonly string[], message: string, usage: string): Promise<void> {
  const [command] = args
  const stderr = `Usage: spy ${command} [OPTIONS] ${usage}\nTry 'spy ${command} -h' for help.\n${box(message)}`
  await check(args, { status: 2, stderr })
}

options('a missing file', async () => {
  await refuses(['run'], "Missing argument 'FILENAME'.", 'FILENAME [ARGV]...')
})

options('an unknown option', async () => {
  await refuses(['run', '--wat', 'a.spy'], 'No such option: --wat', 'FILENAME [ARGV]...')
  await refuses(['parse', 'a.spy', '-q'], 'No such option: -q', 'FILENAME')
})

options('a number that is none', async () => {
  for (const value of ['0', '1e3', '-5', 'many']) {
    const { status, stderr } = await spy(['run', `--blue-steps=${value}`, 'a.spy'])
    assert.is(status, 2)
    assert.ok(stderr.includes(`Invalid value for '--blue-steps': '${value}' is not a number of 1 or more.`), stderr)
  }
})

options('a limit for blue code', async () => {
  using folder = folderWith({
    'a.spy': '@blue\ndef forever():\n    while True:\n        pass\n\ndef main() -> None:\n    forever()\n',
  })
  for (const command of [['run'], ['run', '--engine', 'jit'], ['redshift'], ['cwrite'], ['colorize']]) {
    const { status, stderr } = await spy([...command, '--blue-steps', '1000', folder.file('a.spy')])
    assert.is(status, 1, command.join(' '))
    assert.match(stderr, /\n\nException: blue code ran for too long \(limit: 1000 steps\)\n/, command.join(' '))
    assert.match(stderr, /\* a::forever at .*a\.spy:3\n/)
  }
})

options('a value that is none of the choices', async () => {
  const message = "Invalid value for '-E' / '--error-mode': 'x' is not one of 'eager', 'lazy', 'warn'."
  const usage = 'FILENAME [ARGV]...'
  const stderr = `Usage: spy redshift [OPTIONS] ${usage}\nTry 'spy redshift -h' for help.\n`
  const result = await spy(['redshift', '-E', 'x', 'a.spy'])
  assert.is(result.status, 2)
  assert.ok(result.stderr.startsWith(stderr))
  assert.ok(result.stderr.includes(message))
})

options('values that are missing, and values that nobody wants', async () => {
  await refuses(['run', '--engine'], "Option '--engine' requires an argument.", 'FILENAME [ARGV]...')
  await refuses(['run', '--timeit=3', 'a.spy'], "Option '--timeit' does not take a value.", 'FILENAME [ARGV]...')
})

options('more than one file', async () => {
  await refuses(['parse', 'a.spy', 'b.spy'], 'Got unexpected extra argument (b.spy)', 'FILENAME')
})

options('all that follows the file belongs to the program', async () => {
  using folder = folderWith({ 'a.spy': ARGV })
  const file = folder.file('a.spy')
  for (const engine of ['interp', 'jit', 'c']) {
    await check(['run', '--engine', engine, file, '1', '--timeit', '--', '-x'], {
      status: 5,
      stdout: `${file}\n1\n--timeit\n--\n-x\n`,
    })
  }
  await check(['redshift', '-x', file, '-h'], { status: 2, stdout: `${file}\n-h\n` })
})

options('where no program is run they may stand anywhere', async () => {
  using folder = folderWith({ 'a.spy': HELLO })
  const before = await spy(['parse', '--color', 'always', folder.file('a.spy')])
  const behind = await spy(['parse', folder.file('a.spy'), '--color=always'])
  assert.is(before.status, 0)
  assert.equal(before, behind)
})

options('what main gets first is the path as it was typed, tidied', async () => {
  using folder = folderWith({ 'a.spy': ARGV })
  await check([`${folder.path}/./b/../a.spy`], { status: 1, stdout: `${folder.file('a.spy')}\n` })
})

options.run()

const statuses = suite('the exit status')

async function exits(program: string, status: number): Promise<void> {
  using folder = folderWith({ 'a.spy': program })
  for (const engine of ['interp', 'jit', 'c']) {
    assert.is((await spy(['run', '--engine', engine, folder.file('a.spy')])).status, status, engine)
  }
}

statuses('is what main returns, in eight bits', async () => {
  await exits('def main() -> int:\n    return 3\n', 3)
  await exits('def main() -> int:\n    return -1\n', 255)
  await exits('def main() -> i32:\n    return 300\n', 44)
  await exits('def main() -> None:\n    pass\n', 0)
})

statuses('is 1 for an error of the program', async () => {
  await exits('def main() -> None:\n    raise ValueError("no")\n', 1)
  await exits('def main() -> None:\n    x: str = 1\n', 1)
})

statuses('is 1 without a main', async () => {
  using folder = folderWith({ 'a.spy': 'def f() -> None:\n    pass\n' })
  for (const engine of ['interp', 'jit', 'c']) {
    await check(['run', '--engine', engine, folder.file('a.spy')], {
      status: 1,
      stderr: 'Cannot find function main()\n',
    })
  }
  await check(['redshift', '-x', folder.file('a.spy')], { status: 1, stderr: 'Cannot find function main()\n' })
})

statuses.run()

const mains = suite('what main may be')

async function refusesMain(program: string, error: string): Promise<void> {
  using folder = folderWith({ 'm.spy': program })
  for (const engine of ['interp', 'jit']) {
    const { status, stdout, stderr } = await spy(['run', '--engine', engine, folder.file('m.spy')])
    assert.is(`${status}${stdout}`, '1')
    assert.fixture(stderr.replaceAll(folder.path, ''), `Traceback (most recent call last):\n\n${error}\n\n\n`)
  }
}

mains('no parameters but argv', async () => {
  await refusesMain(
    'def main(a: int, b: list[str]) -> None:\n    pass\n',
    `TypeError: \`main\` has the wrong signature
  | /m.spy:1
  | def main(a: int, b: list[str]) -> None:
  |          |__________________| parameters must be \`main(argv: list[str])\``,
  )
})

mains('no result but None and int', async () => {
  await refusesMain(
    'def main() -> str:\n    return ""\n',
    `TypeError: \`main\` has the wrong signature
  | /m.spy:1
  | def main() -> str:
  |               |_| the only valid return types are \`None\`, \`int\` and \`i32\``,
  )
})

mains('the whole header is shown where no result is declared', async () => {
  await refusesMain(
    '@blue\ndef main():\n    return 1\n',
    `TypeError: \`main\` has the wrong signature
  | /m.spy:2
  | def main():
  | |_________| the only valid return types are \`None\`, \`int\` and \`i32\``,
  )
})

mains('a function', async () => {
  await refusesMain(
    'main = 3\n',
    `TypeError: \`main\` is not a function
  | /m.spy:1
  | main = 3
  | |______| this is \`i32\``,
  )
})

mains('is looked at when import time has passed', async () => {
  const program = '@blue\ndef one() -> int:\n    print("importing")\n    return 1\n\nx = one()\n'
  using folder = folderWith({ 'm.spy': program })
  await check([folder.file('m.spy')], { status: 1, stdout: 'importing\n', stderr: 'Cannot find function main()\n' })
})

mains.run()

const streams = suite('streams')

streams('output that comes before an error stands before it', async () => {
  using folder = folderWith({ 'a.spy': 'def main() -> None:\n    print("before")\n    raise ValueError("then")\n' })
  for (const engine of ['interp', 'jit', 'c']) {
    const { stdout, stderr } = await spy(['run', '--engine', engine, folder.file('a.spy')])
    assert.is(stdout, 'before\n', engine)
    assert.match(stderr, /^Traceback \(most recent call last\):\n(.|\n)*\n\nValueError: then\n\n$/)
  }
})

streams('an error with annotations ends with two empty lines, one without with one', async () => {
  using folder = folderWith({ 'a.spy': 'x = 1 + ""\n' })
  assert.match((await spy([folder.file('a.spy')])).stderr, /called here\n\n\n$/)
  assert.match((await spy([folder.file('b.spy')])).stderr, /does not exist\n\n$/)
})

streams('colours are for terminals, unless somebody says otherwise', async () => {
  using folder = folderWith({ 'a.spy': 'x = 1 + ""\n' })
  const isColored = async (args: readonly string[], options: CommandOptions) =>
    (await spy([...args, folder.file('a.spy')], options)).stderr.includes('\x1b[31;01mTypeError\x1b[00m')
  assert.is(await isColored(['run'], {}), false)
  assert.is(await isColored(['run'], { isTTY: true }), true)
  assert.is(await isColored(['run'], { isTTY: true, env: { NO_COLOR: '1' } }), false)
  assert.is(await isColored(['run'], { env: { FORCE_COLOR: '1' } }), true)
  assert.is(await isColored(['run', '--color', 'never'], { isTTY: true, env: { FORCE_COLOR: '1' } }), false)
  assert.is(await isColored(['run', '--color=always'], { env: { NO_COLOR: '1' } }), true)
})

streams('redshifted source is coloured like this', async () => {
  using folder = folderWith({ 'rs1.spy': 'def foo(x: int) -> int:\n    return x + 2 * 3\n' })
  const { stdout } = await spy(['redshift', folder.file('rs1.spy')], { isTTY: true })
  const def = '\x1b[34;01mdef\x1b[00m \x1b[00mfoo\x1b[00m(x: \x1b[35;01mi32\x1b[00m) -> \x1b[35;01mi32\x1b[00m:'
  assert.is(stdout, `${def}\n    \x1b[34;01mreturn\x1b[00m x + \x1b[33;01m6\x1b[00m\n`)
})

streams('warn tells what was put off, and goes on', async () => {
  using folder = folderWith({ 'w.spy': 'def f() -> int:\n    return ""\n' })
  const { status, stdout, stderr } = await spy(['redshift', '-E', 'warn', folder.file('w.spy')])
  assert.is(status, 0)
  assert.match(stdout, /raise TypeError\('mismatched types'\) # \/\.\.\.\/w\.spy:2\n/)
  assert.fixture(
    stderr.replaceAll(folder.path, 'DIR'),
    `[warning] Static error during redshift:
Traceback (most recent call last):
  * [redshift] w::f at DIR/w.spy:2
  |     return ""
  |            ^^

TypeError: mismatched types
  | DIR/w.spy:2
  |     return ""
  |            ^^ expected \`i32\`, got \`str\`

  | DIR/w.spy:1
  | def f() -> int:
  |            |_| expected \`i32\` because of return type


`,
  )
  const lazy = await spy(['redshift', '-E', 'lazy', folder.file('w.spy')])
  assert.equal(lazy, { status: 0, stdout, stderr: '' })
})

streams('what was put off is raised when it is reached, on compiled engines too', async () => {
  using folder = folderWith({
    'w.spy': 'def main() -> None:\n    print("so far")\n    x: str = 1\n    print("never")\n',
  })
  for (const engine of ['jit', 'c']) {
    const lazy = await spy(['run', '--engine', engine, '-E', 'lazy', folder.file('w.spy')])
    assert.is(`${lazy.status}${lazy.stdout}`, '1so far\n', engine)
    assert.match(lazy.stderr, /^Traceback (.|\n)*TypeError: mismatched types\n/)
    const warn = await spy(['run', '--engine', engine, '-E', 'warn', folder.file('w.spy')])
    assert.match(warn.stderr, /^\[warning\] (.|\n)*TypeError: mismatched types\n(.|\n)*\nTraceback/)
  }
})

streams('a module that hides one of the library is told, and runs', async () => {
  using folder = folderWith({
    'a.spy': 'from array import f\n\ndef main() -> None:\n    print(f())\n',
    'array.spy': 'def f() -> int:\n    return 1\n',
  })
  for (const engine of ['interp', 'jit', 'c']) {
    const { status, stdout, stderr } = await spy(['run', '--engine', engine, folder.file('a.spy')])
    assert.is(`${status}${stdout}`, '01\n', engine)
    assert.match(stderr, /^\[warning\] (.|\n)*hides the module of the standard library\n/, engine)
  }
})

streams.run()
