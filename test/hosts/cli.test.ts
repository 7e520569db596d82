/** The command as users get it: the built package, in processes of its own. */
import { type ExecFileSyncOptionsWithStringEncoding, execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { root } from '../../scripts/root.ts'
import { folderWith } from '../support/spy-command.ts'

const CLI = join(root, 'dist', 'cli.js')

interface Result {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

interface ProcessOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

function spy(args: readonly string[], options: ProcessOptions = {}): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', ...options })
  return { status, stdout, stderr }
}

const PROGRAM = `"""
Words and numbers.
"""
from helper import twice

GREETING = "hello"

@struct
class Point:
    x: f64
    y: f64

var calls: i32 = 0

def area(p: Point) -> f64:
    """
    Of the rectangle between the origin and \`p\`.
    """
    calls = calls + 1
    return p.x * p.y

def shout(text: str) -> str:
    return text + "!"

def pick(items: list[i32], i: i32) -> i32:
    return items[i]

def main(argv: list[str]) -> int:
    print(len(argv))
    return twice(21)
`

const FILES = {
  'my app #1/wörds?.spy': PROGRAM,
  'my app #1/helper.spy': 'def twice(n: i32) -> i32:\n    return n * 2\n',
}

const command = suite('the command in a process')

command('prints, and ends with the status of main', () => {
  using folder = folderWith({ 'a.spy': 'def main() -> int:\n    print("out")\n    return 7\n' })
  for (const engine of ['interp', 'jit', 'c']) {
    assert.equal(spy(['run', '--engine', engine, 'a.spy'], { cwd: folder.path }), {
      status: 7,
      stdout: 'out\n',
      stderr: '',
    })
  }
  assert.equal(
    spy(['--version']).stdout,
    `${(createRequire(import.meta.url)('../../package.json') as { version: string }).version}\n`,
  )
})

command('stops quietly when nobody reads on', () => {
  using folder = folderWith({
    'a.spy': 'def main() -> None:\n    for i in range(200000):\n        print("a line of text that fills the pipe")\n',
  })
  const options: ExecFileSyncOptionsWithStringEncoding = { encoding: 'utf8', shell: '/bin/sh' }
  const line = `'${process.execPath}' '${CLI}' run '${folder.file('a.spy')}' | head -n 1`
  assert.is(
    execFileSync(line, [], { ...options, stdio: ['ignore', 'pipe', 'inherit'] }),
    'a line of text that fills the pipe\n',
  )
})

command.run()

const build = suite('spy build')

build('makes a folder that Node imports', () => {
  using folder = folderWith(FILES)
  const file = folder.file('my app #1/wörds?.spy')
  const out = folder.file('out #2')
  const { status, stdout, stderr } = spy(['build', '-o', 'out #2', file], { cwd: folder.path })
  assert.equal({ status, stdout, stderr }, { status: 0, stdout: '[release] out #2/wörds?.js \n', stderr: '' })
  assert.equal(readdirSync(out).sort(), [
    'spy-runtime.d.ts',
    'spy-runtime.js',
    'wörds?.d.ts',
    'wörds?.d.ts.map',
    'wörds?.js',
    'wörds?.program.js',
    'wörds?.wasm',
  ])
  const url = `${pathToFileURL(out).href}/${encodeURIComponent('wörds?.js')}`
  const script = `
    import * as words from ${JSON.stringify(url)}
    const failure = (use) => { try { use() } catch (error) { return [error.name, error.message] } }
    console.log(JSON.stringify([
      words.shout('héllo'), words.area({ x: 3, y: 4 }), words.default.calls, words.GREETING,
      words.pick([5, 6, 7], -1), failure(() => words.pick([5], 3)),
    ]))
  `
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  assert.equal(JSON.parse(printed), ['héllo!', 12, 1, 'hello', 7, ['IndexError', 'list index out of range']])
})

build('the result stands alone: nothing but its own files is imported', () => {
  using folder = folderWith(FILES)
  spy(['build', '-o', 'out', 'my app #1/wörds?.spy'], { cwd: folder.path })
  for (const name of readdirSync(folder.file('out')).filter((each) => each.endsWith('.js'))) {
    const text = readFileSync(folder.file(`out/${name}`), 'utf8')
    for (const [, from] of text.matchAll(/\bfrom ?"([^"]+)"/g)) assert.match(from ?? '', /^\.\//)
  }
})

build('declarations are those of the module, and TypeScript takes them', () => {
  using folder = folderWith({
    ...FILES,
    'app.ts': `import words, { area, Point, shout } from './out/words.js'
const a: number = area(new Point(1, 2))
const s: string = shout('x')
const n: number = words.calls
// @ts-expect-error a string is no number
area('x')
export { a, n, s }
`,
  })
  writeFileSync(folder.file('words.spy'), PROGRAM)
  writeFileSync(folder.file('helper.spy'), FILES['my app #1/helper.spy'])
  assert.is(spy(['build', '-o', 'out', 'words.spy'], { cwd: folder.path }).status, 0)
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022']
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...options, 'app.ts'], {
    cwd: folder.path,
    encoding: 'utf8',
  })
  assert.is(stdout, '')
  assert.is(status, 0)
})

build('the profiles', () => {
  using folder = folderWith({ 'a.spy': 'def f(x: i32) -> i32:\n    return x + 1\n' })
  assert.is(spy(['build', 'a.spy'], { cwd: folder.path }).stdout, '[release] build/a.js \n')
  assert.is(spy(['build', '--debug', '-o', 'debug', 'a.spy'], { cwd: folder.path }).stdout, '[debug] debug/a.js \n')
  assert.is(
    spy(['build', '--profile', 'size', '-o', 'small', 'a.spy'], { cwd: folder.path }).stdout,
    '[release] small/a.js \n',
  )
  const size = (path: string) => readFileSync(folder.file(path)).length
  assert.ok(size('small/a.wasm') < size('debug/a.wasm'), 'small')
  assert.ok(size('build/a.wasm') < size('debug/a.wasm'), 'release')
})

build('--lib lays it out as a package, for users without the compiler and with it', () => {
  using folder = folderWith({
    'src/words.spy': 'from parts.helper import twice\n\ndef four(n: i32) -> i32:\n    return twice(twice(n))\n',
    'src/parts/helper.spy': 'def twice(n: i32) -> i32:\n    return n * 2\n',
    'node_modules/words/package.json': '{ "version": "3.1.4", "license": "MIT", "exports": { "./more": "./more.js" } }',
    'app.mjs': "import { four } from 'words'\nconsole.log(four(3))\n",
    'use.spy': 'from words import four\n\ndef main() -> None:\n    print(four(5))\n',
  })
  const options = { cwd: folder.path }
  const { status, stderr } = spy(['build', '--lib', '-o', 'node_modules/words', 'src/words.spy'], options)
  assert.is(`${status}${stderr}`, '0')
  assert.is(execFileSync(process.execPath, ['app.mjs'], { ...options, encoding: 'utf8' }), '12\n')
  assert.is(spy(['run', 'use.spy'], options).stdout, '20\n')
  const description = JSON.parse(readFileSync(folder.file('node_modules/words/package.json'), 'utf8'))
  assert.is(description.version, '3.1.4')
  assert.equal(Object.keys(description.exports), ['./more', '.'])
  const map = JSON.parse(readFileSync(folder.file('node_modules/words/words.d.ts.map'), 'utf8'))
  assert.equal(map.sources, ['spy/words.spy'])
  const native = spy(['build', '--lib', '-t', 'native', 'src/words.spy'], options)
  assert.is(native.status, 2)
  assert.match(native.stderr, /--lib makes a package of a module/)
})

build('-x runs what was built, with its status', () => {
  using folder = folderWith(FILES)
  const { status, stdout, stderr } = spy(['build', '-x', 'my app #1/wörds?.spy', 'one', '-o'], { cwd: folder.path })
  assert.is(stderr, '')
  assert.is(stdout, '[release] my app #1/build/wörds?.js \n3\n')
  assert.is(status, 42)
  using other = folderWith({ 'a.spy': 'def f() -> None:\n    pass\n' })
  assert.equal(spy(['build', '-x', other.file('a.spy')]), {
    status: 1,
    stdout: '',
    stderr: 'Cannot find function main()\n',
  })
})

build('--no-compile writes C', () => {
  using folder = folderWith({ 'a.spy': 'def f(x: i32) -> i32:\n    return x + 1\n' })
  const { stdout } = spy(['build', '--no-compile', 'a.spy'], { cwd: folder.path })
  const [, path = ''] = /^C files: {6}(build\/src\/\w+\.c)\n$/.exec(stdout) ?? []
  assert.match(readFileSync(folder.file(path), 'utf8'), /#include/)
})

build('without a toolchain it says which command installs one', () => {
  using folder = folderWith({ 'a.spy': 'def f() -> int:\n    return 1\n' })
  const env = { PATH: folder.path }
  const { status, stdout, stderr } = spy(['build', '--toolchain', 'emscripten', folder.file('a.spy')], { env })
  assert.is(`${status}${stdout}`, '1')
  assert.match(stderr, /^no C toolchain was found, .*\n {2}tried: emcc\n {2}to fix it: .*apt-get install emscripten/)
})

build('a toolchain that fails is quoted', () => {
  using folder = folderWith({
    'a.spy': 'def f() -> int:\n    return 1\n',
    // Answers as Emscripten does, and then compiles nothing.
    emcc: `#!/bin/sh
case "$1" in
  --version) echo "emcc (test) 0.0.0";;
  -print-search-dirs) echo "programs: =$(dirname "$0")";;
  *) echo "a.c:1:1: error: out of order" >&2; exit 1;;
esac
`,
    'wasm-ld': '',
  })
  chmodSync(folder.file('emcc'), 0o755)
  const env = { EMCC: folder.file('emcc'), PATH: process.env.PATH }
  const { status, stdout, stderr } = spy(['build', '--toolchain', 'emscripten', folder.file('a.spy')], { env })
  assert.is(`${status}${stdout}`, '1')
  assert.match(stderr, /^the C toolchain "emscripten" failed: .*\n {2}a\.c:1:1: error: out of order\n/)
})

build('what cannot be written is told', () => {
  using folder = folderWith({ 'a.spy': 'def f() -> None:\n    pass\n', out: 'a file' })
  const { status, stderr } = spy(['build', '-o', 'out', 'a.spy'], { cwd: folder.path })
  assert.is(status, 1)
  assert.match(stderr, /^cannot write .*\/out\/a\.wasm: (EEXIST|ENOTDIR)\n$/)
})

build.run()
