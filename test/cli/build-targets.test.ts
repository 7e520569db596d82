/** `spy build` for its three hosts: commands and libraries of pages and Node, of Emscripten, and of this machine. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findEmscriptenLinker } from '../../compiler/toolchain/emscripten-module.ts'
import { findNative } from '../../compiler/toolchain/native.ts'
import { type Folder, folderWith, spy } from '../support/spy-command.ts'

const PROGRAM = `from unsafe import raw_alloc, raw_ptr

@struct
class Point:
    x: f64
    y: i32

var calls: i32 = 3

def half(n: i32) -> i32:
    return 10 // n

def move(p: Point, by: f64) -> Point:
    calls = calls + 1
    return Point(p.x + by, p.y * 2)

def shout(text: str) -> str:
    return text + "!"

def down(n: i32) -> i32:
    return down(n + 1) + 1

def main(argv: list[str]) -> int:
    for i in range(len(argv)):
        if i > 0:
            print(argv[i])
    if len(argv) == 2 and argv[1] == "deep":
        return down(0)
    return half(len(argv) - 1)
`

/** As long as the parser allows, and a little less. */
const LONG_CHAIN = `def one() -> str:
    return "x"

def main() -> None:
    print(len(${Array.from({ length: 390 }, () => 'one()').join(' + ')}))
`

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function run(program: string, args: readonly string[], cwd?: string): Ended {
  const { status, signal, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd })
  return { status: status ?? (signal === 'SIGABRT' ? 134 : -1), stdout, stderr }
}

async function build(folder: Folder, args: readonly string[], result: string): Promise<string> {
  const built = await spy(['build', ...args, '-o', folder.file('out'), folder.file('app.spy')])
  const path = folder.file(`out/${result}`)
  const mode = args.includes('--debug') ? 'debug' : 'release'
  assert.equal(built, { status: 0, stdout: `[${mode}] ${path} \n`, stderr: '' })
  return path
}

/** Until it is disposed of, a variable of the environment has this value. */
function withVariable(name: string, value: string): Disposable {
  const before = process.env[name]
  process.env[name] = value
  return {
    [Symbol.dispose]() {
      if (before === undefined) delete process.env[name]
      else process.env[name] = before
    },
  }
}

/** A command does the same whatever runs it. */
function behaves(
  start: (...args: string[]) => Ended,
  failed: { readonly status: number; readonly stderr: RegExp },
): void {
  assert.equal(start('a', 'zwölf'), { status: 5, stdout: 'a\nzwölf\n', stderr: '' })
  const end = start()
  assert.is(end.status, failed.status)
  assert.is(end.stdout, '')
  assert.match(end.stderr, failed.stderr)
}

const targets = suite('targets of spy build')

targets('a command for Node', async () => {
  using folder = folderWith({ 'app.spy': PROGRAM, 'package.json': '{"type":"module"}' })
  const path = await build(folder, ['-k', 'exe'], 'app.js')
  behaves((...args) => run(process.execPath, [path, ...args]), {
    status: 1,
    stderr: /ZeroDivisionError: integer division or modulo by zero/,
  })
  assert.not(existsSync(folder.file('out/app.d.ts')), 'nobody imports it')
})

targets('a command needs a main', async () => {
  using folder = folderWith({ 'app.spy': 'def f() -> None:\n    pass\n' })
  for (const target of ['wasm', 'native']) {
    const { status, stderr } = await spy(['build', '-t', target, '-k', 'exe', folder.file('app.spy')])
    assert.equal([status, stderr], [1, 'Cannot find function main()\n'])
  }
})

if ((await findNative()) !== undefined) {
  targets('a command of this machine', async () => {
    using folder = folderWith({ 'app.spy': PROGRAM })
    for (const profile of ['--release', '--debug']) {
      const path = await build(folder, ['-t', 'native', profile], 'app')
      behaves((...args) => run(path, args, folder.path), {
        status: 134,
        stderr:
          /^ZeroDivisionError: integer division or modulo by zero\n {3}--> \S*app.spy:11\n 11 \| {5}return 10 \/\/ n\n {4}\| \^{18}\n$/,
      })
      assert.equal(run(path, ['deep']), { status: 134, stdout: 'deep\n', stderr: 'PanicError: stack overflow\n' })
    }
  })

  targets('a command of this machine is run by -x, with its status', async () => {
    using folder = folderWith({ 'app.spy': PROGRAM })
    const result = await spy([
      'build',
      '-x',
      '-t',
      'native',
      '-o',
      folder.file('out'),
      folder.file('app.spy'),
      'a',
      'b',
    ])
    assert.equal(result, { status: 5, stdout: `[release] ${folder.file('out/app')} \na\nb\n`, stderr: '' })
  })

  targets('a library of this machine, used by a C program through its header', async () => {
    using folder = folderWith({ 'app.spy': PROGRAM })
    const library = await build(
      folder,
      ['-t', 'native', '-k', 'lib'],
      process.platform === 'darwin' ? 'libapp.dylib' : 'libapp.so',
    )
    writeFileSync(
      folder.file('use.c'),
      `#include <stdio.h>
#include "out/app.h"
int main(void) {
    spy_app$Point p = spy_app$move((spy_app$Point){ 1.5, 4 }, 2.0);
    spy_str *text = spy_app$shout(spy_new_str("zwölf", 6));
    printf("%g %d %.*s %d\\n", p.x, p.y, (int)text->length, text->utf8, *spy_app$calls$address());
    return spy_app$half(5);
}
`,
    )
    const compiled = run('cc', ['-std=c11', folder.file('use.c'), library, '-o', folder.file('use')])
    assert.equal(compiled, { status: 0, stdout: '', stderr: '' })
    assert.equal(run(folder.file('use'), []), { status: 2, stdout: '3.5 8 zwölf! 4\n', stderr: '' })
  })

  for (const compiler of ['gcc', 'clang']) {
    const native = await findNative({ ...process.env, CC: compiler })
    if (!native?.version.includes(compiler)) continue
    targets(`chains may be as long for ${compiler} as for the parser`, async () => {
      using folder = folderWith({ 'app.spy': LONG_CHAIN })
      using _ = withVariable('CC', compiler)
      const path = await build(folder, ['-t', 'native', '--debug'], 'app')
      assert.equal(run(path, []), { status: 0, stdout: '390\n', stderr: '' })
    })
  }

  targets('-g leaves line tables that name the source, and nothing else does', async () => {
    using folder = folderWith({ 'app.spy': PROGRAM })
    const plain = readFileSync(await build(folder, ['-t', 'native'], 'app'))
    assert.not(plain.includes('.debug_line'))
    const traced = readFileSync(await build(folder, ['-t', 'native', '-g'], 'app'))
    assert.ok(traced.includes('.debug_line') && traced.includes(folder.path), 'debuggers find the source')
  })
}

if ((await findEmscriptenLinker()) !== undefined) {
  targets('a command with the loader of Emscripten', async () => {
    using folder = folderWith({ 'app.spy': PROGRAM })
    const path = await build(folder, ['-t', 'emscripten', '-k', 'exe'], 'app.mjs')
    behaves((...args) => run(process.execPath, [path, ...args]), {
      status: 134,
      stderr: /^ZeroDivisionError: integer division or modulo by zero\n {3}--> app.spy:11\n/,
    })
  })

  targets('chains may be as long for the loader of Emscripten as for the parser', async () => {
    using folder = folderWith({ 'app.spy': LONG_CHAIN })
    const path = await build(folder, ['-t', 'emscripten', '-k', 'exe', '--debug'], 'app.mjs')
    assert.equal(run(process.execPath, [path]), { status: 0, stdout: '390\n', stderr: '' })
  })

  targets('a library with the loader of Emscripten', async () => {
    using folder = folderWith({ 'app.spy': PROGRAM })
    const path = await build(folder, ['-t', 'emscripten'], 'app.mjs')
    const { default: create } = (await import(pathToFileURL(path).href)) as {
      default(): Promise<Readonly<Record<string, (...args: number[]) => number>>>
    }
    const module = await create()
    assert.is(module._spy_app$half?.(3), 3)
    assert.ok(existsSync(join(folder.path, 'out', 'app.h')))
  })
}

targets.run()
