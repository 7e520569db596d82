/** From files to programs, with everything that comes from outside handed in. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shortHash } from '../../compiler/driver/pipelines/hash.ts'
import {
  type ArtifactStore,
  buildDev,
  buildRelease,
  check,
  chooseToolchain,
  emitProgramC,
  libspyModule,
  printFacade,
  printProgram,
  readRuntimeSources,
  rememberReads,
  SpyError,
  type Toolchain,
} from '../../compiler/node.ts'
import { type DevVersion, startDevProgram } from '../../src/runtime/index.ts'
import { memoryWorld, type ProgramText, placeProgram } from '../support/memory-world.ts'

function build(program: ProgramText) {
  const { entry, files } = placeProgram(program)
  return buildDev({ entries: [entry] }, memoryWorld(files), { audience: 'facades' })
}

const fingerprints = suite('fingerprints')

const PROGRAM = `
from noise import at

var speed: f64 = 1.5
names = ["a", "b"]

def height(x: f64) -> f64:
    if x < 0.0:
        raise ValueError("negative")
    return at(x) * speed
`
const NOISE = `
def at(x: f64) -> f64:
    return x * 2.0
`

const hashOf = (main: string, noise = NOISE) => build({ 'main.spy': main, 'noise.spy': noise }).hash

fingerprints('an edit of comments, blank lines and documentation changes nothing', () => {
  const before = hashOf(PROGRAM)
  assert.is(hashOf(`\n# new\n\n${PROGRAM.trimStart()}`), before)
  assert.is(hashOf(PROGRAM.replace('    return', '    # why\n    return')), before)
  assert.is(hashOf(PROGRAM, NOISE.replace('    return', '    """\n    Noise.\n    """\n    return')), before)
})

for (const [what, from, to] of [
  ['a constant', '2.0', '2.5'],
  ['a message', 'negative', 'below'],
  ['an operator', 'x < 0.0', 'x <= 0.0'],
  ['the first value of a variable', '= 1.5', '= 1.25'],
  ['the type of a variable', 'speed: f64', 'speed: f32'],
  ['a name', 'height', 'depth'],
  ['a parameter', 'height(x: f64)', 'height(x: f64, y: f64 = 1.0)'],
  ['text in memory of import time', '"b"', '"c"'],
] as const) {
  fingerprints(`${what} changes it`, () => {
    assert.is.not(hashOf(PROGRAM.replace(from, to), NOISE.replace(from, to)), hashOf(PROGRAM))
  })
}

fingerprints('are made with cyrb53', () => {
  assert.is(shortHash('a'), Number(7929297801672961).toString(16).padStart(14, '0'))
  assert.is(shortHash('abc'), shortHash(new TextEncoder().encode('abc')))
})

fingerprints.run()

const reads = suite('reads')

reads('are remembered, also what is not there and also if the program is wrong', () => {
  const { entry, files } = placeProgram({ 'main.spy': 'import other\nimport nowhere\n', 'other.spy': 'import main\n' })
  const world = memoryWorld(files)
  const remembered = rememberReads(world.host, world.library)
  assert.throws(
    () => check({ entries: [entry], path: ['/lib'] }, { ...world, host: remembered.host }),
    (error: unknown) => error instanceof SpyError && error.etype === 'ImportError',
  )
  assert.equal(remembered.inputs, ['/test/main.spy', '/test/other.spy'])
  assert.ok(remembered.missing.includes('/test/nowhere.spy'))
  assert.ok(remembered.missing.includes('/lib/nowhere.spy'))
})

reads.run()

const dev = suite('development builds')

const versionOf = (built: ReturnType<typeof build>) => JSON.parse(built.version) as DevVersion
const moduleOf = (built: ReturnType<typeof build>) => new WebAssembly.Module(built.wasm as BufferSource)

const COUNTER = `
var count: i32 = 0
var seen: list[str] = []

def next(name: str) -> i32:
    count = count + 1
    seen.append(name)
    return count

def names() -> list[str]:
    return seen
`

dev('an update keeps variables and all they refer to, and functions that were taken before call it', () => {
  const first = build(COUNTER)
  const program = startDevProgram(libspyModule(), moduleOf(first), versionOf(first))
  const module = program.module('test') as Record<string, (...args: unknown[]) => unknown>
  const { next, names } = module
  next?.('first')
  const second = build(COUNTER.replace('count + 1', 'count + 10'))
  assert.is.not(second.hash, first.hash)
  program.install(moduleOf(second), versionOf(second))
  assert.is(next?.('second'), 11)
  assert.equal(names?.(), ['first', 'second'])
})

dev('a struct with another field starts anew', () => {
  const text = (fields: string) => `
@struct
class P:
${fields}

def make() -> P:
    return P(1, 2)

var p: P = make()

def bump() -> None:
    p = P(p.x + 1, p.y)
def x() -> i32:
    return p.x
`
  const first = build(text('    x: i32\n    y: i32'))
  const program = startDevProgram(libspyModule(), moduleOf(first), versionOf(first))
  const { bump, x } = program.module('test') as Record<string, () => unknown>
  bump?.()
  const { info } = console
  const told: string[] = []
  console.info = (line: string) => told.push(line)
  try {
    const same = build(`${text('    x: i32\n    y: i32')}\ndef more() -> None:\n    pass\n`)
    program.install(moduleOf(same), versionOf(same))
    assert.is(x?.(), 2)
    const other = build(text('    x: i32\n    y: i64'))
    program.install(moduleOf(other), versionOf(other))
  } finally {
    console.info = info
  }
  assert.is(x?.(), 1)
  assert.equal(told, ['[spy] test::p starts anew: its value could not be kept'])
})

dev('a class stays the same over updates, as long as its fields do', () => {
  const text = '@struct\nclass P:\n    x: i32\n\ndef make() -> P:\n    return P(1)\n'
  const first = build(text)
  const program = startDevProgram(libspyModule(), moduleOf(first), versionOf(first))
  const { P, make } = program.module('test') as { readonly P: new () => unknown; readonly make: () => unknown }
  assert.instance(make(), P)
  const second = build(text.replace('P(1)', 'P(2)'))
  program.install(moduleOf(second), versionOf(second))
  assert.instance(make(), P)
  assert.equal({ ...(make() as object) }, { x: 2 })
})

dev('an interface knows what is declared where', () => {
  const model = build(`
"""
A module.
"""
var count: i32 = 0

def area(r: f64, scale: f64 = 2.0) -> list[f64]:
    """
    Area of a circle.
    """
    return [r * scale]

def any(x: dynamic) -> None:
    pass

@blue
def half(x):
    return x
`).interfaces.get('/test/test.spy')
  const [area] = model?.functions ?? []
  assert.is(area?.declaration, 'def area(r: f64, scale: f64 = 2.0) -> list[f64]')
  assert.is(area?.doc, 'Area of a circle.')
  assert.is(area?.place?.line, 6)
  assert.equal(
    model?.refused.map(({ name }) => name),
    ['any'],
  )
  assert.equal(
    model?.names.map(({ name }) => name),
    ['count', 'area', 'any', 'half'],
  )
})

dev.run()

const releases = suite('releases')

function memoryStore(): ArtifactStore & { readonly size: number } {
  const kept = new Map<string, Uint8Array>()
  return {
    get: async (key) => kept.get(key),
    put: async (key, bytes) => void kept.set(key, bytes),
    get size() {
      return kept.size
    },
  }
}

releases('the same C is compiled once', async () => {
  let builds = 0
  const toolchain: Toolchain = {
    name: 'clang',
    version: '1',
    async build() {
      builds++
      return Uint8Array.of(builds)
    },
    warm() {},
    dispose() {},
  }
  const tools = { toolchain, runtime: new Map<string, string>(), store: memoryStore() }
  const options = { mode: 'release', audience: 'facades', build: { profile: 'release' } } as const
  const release = async (text: string, more: object = {}) => {
    const { entry, files } = placeProgram(text)
    const { wasm } = await buildRelease({ entries: [entry] }, memoryWorld(files), tools, { ...options, ...more })
    return wasm[0]
  }
  const program = 'def f() -> i32:\n    return 1\n'
  assert.is(await release(program), 1)
  assert.is(await release(program), 1)
  assert.is(await release(program.replace('1', '2')), 2)
  assert.is(await release(program, { build: { profile: 'size' } }), 3)
})

releases('programs do not tell in which folders they were built', async () => {
  const { entry, files } = placeProgram(
    { 'app/main.spy': 'from row import row\ndef f(i: i32) -> i32:\n    return row(i) + [1, 2][i]\n' },
    '/home/somebody/project',
  )
  const all = new Map([...files, ['/home/somebody/lib/row.spy', 'def row(i: i32) -> i32:\n    return 10 // i\n']])
  const request = { entries: [entry], path: ['/home/somebody/lib'] }
  const options = { mode: 'release', audience: 'facades', root: '/home/somebody/project' } as const
  const { c } = emitProgramC(request, memoryWorld(all), options)
  const text = [...c.files.values()].join('')
  assert.not.match(text, 'somebody')
  assert.match(text, '"app/main.spy"')
  assert.match(text, '"../lib/row.spy"')
})

releases('a facade runs a program that a C compiler made, and pages need nothing else', async () => {
  const { entry, files } = placeProgram(`
@struct
class Point:
    x: f64
    y: f64

var moved: i32 = 0

def move(p: Point, by: f64 = 1.0) -> Point:
    moved = moved + 1
    return Point(p.x + by, p.y)

def words(text: list[str]) -> str:
    var all = ""
    for word in text:
        all = all + word + ";"
    return all

def fail(i: i32) -> i32:
    return [1, 2][i]
`)
  const tools = { toolchain: await chooseToolchain('auto'), runtime: readRuntimeSources() }
  const built = await buildRelease({ entries: [entry] }, memoryWorld(files), tools, {
    mode: 'release',
    audience: 'facades',
    build: { profile: 'release' },
  })
  const module = new WebAssembly.Module(built.wasm as BufferSource)
  const imports = WebAssembly.Module.imports(module)
  assert.equal(
    imports.map((each) => `${each.module}.${each.name}`),
    ['spy.panic'],
  )
  const folder = mkdtempSync(join(tmpdir(), 'spy release #1 '))
  const runtimeId = new URL('../../src/runtime/index.ts', import.meta.url).href
  writeFileSync(join(folder, 'program.wasm'), built.wasm)
  const names = imports.map((each) => each.name)
  writeFileSync(join(folder, 'program.mjs'), printProgram({ wasm: './program.wasm', imports: names, runtimeId }))
  const [model] = built.interfaces.values()
  assert.ok(model)
  writeFileSync(
    join(folder, 'test.mjs'),
    printFacade(model, { kind: 'release', programId: './program.mjs', runtimeId }),
  )
  const facade = (await import(pathToFileURL(join(folder, 'test.mjs')).href)) as {
    readonly default: { moved: number; reset(): void }
    readonly Point: new (x: number, y: number) => { readonly x: number; readonly y: number }
    readonly move: (p: object, by?: number) => object
    readonly words: (text: readonly string[]) => string
    readonly fail: (i: number) => number
  }
  rmSync(folder, { recursive: true })
  const { default: demo, Point, move, words, fail } = facade
  assert.equal(move(new Point(1, 2)), new Point(2, 2))
  assert.equal(move({ x: 1, y: 2 }, 5), new Point(6, 2))
  assert.is(demo.moved, 2)
  demo.moved = 7
  move(new Point(0, 0))
  assert.is(demo.moved, 8)
  assert.is(words(['größer', '😀']), 'größer;😀;')
  assert.throws(() => fail(5), /list index out of range/)
  assert.is(fail(1), 2)
  demo.reset()
  assert.is(demo.moved, 0)
})

releases.run()
