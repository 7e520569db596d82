/** Embedding: a file is loaded, on any engine, and its module is an object of JavaScript. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { errorText } from '../../compiler/driver/cli/failures.ts'
import { nodeWorld } from '../../compiler/node.ts'
import { loadProgram } from '../../src/node/load.ts'
import { wasmFrames } from '../../src/node/wasm-stack.ts'
import { type LoadedModule, type LoadOptions, load, SpyError } from '../../src/node.ts'
import { dedent } from '../support/memory-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'spy load #1 '))

function write(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, dedent(text))
  return path
}

function errorOf(run: () => unknown): SpyError {
  try {
    run()
  } catch (error) {
    return error as SpyError
  }
  throw new Error('nothing was thrown')
}

const PROGRAM = write(
  'topo map.spy',
  `
  from lib import twice

  @struct
  class Point:
      x: i32
      label: str

  LIMIT: i64 = 12
  var count: i32 = 3

  def bump(by: i32 = 1) -> i32:
      count = count + by
      return count

  def origin() -> Point:
      return Point(twice(4), "here")

  def moved(p: Point) -> Point:
      return Point(p.x + 1, p.label + "!")

  def _hidden() -> bool:
      return True

  @blue
  def half(x):
      return x

  def row(i: i32) -> i32:
      if i > 2:
          raise ValueError("no such row")
      return i

  def outer(i: i32) -> i32:
      return row(i)

  def deep(n: i32) -> i32:
      return deep(n + 1) * 31 + n

  def hello(n: i32) -> None:
      print("hello")
      print(n)
  `,
)
write('lib/lib.spy', 'def twice(n: i32) -> i32:\n    return n * 2\n')
const path = [join(folder, 'lib')]

for (const engine of ['interp', 'jit', 'c'] as const) {
  const loading = suite(`load on ${engine}`)
  const start = (options: LoadOptions = {}): Promise<LoadedModule> => load(PROGRAM, { engine, path, ...options })

  loading('functions, also private ones, are called with values of JavaScript', async () => {
    const { exports } = await start()
    assert.is(exports.bump?.(), 4)
    assert.is(exports.bump?.(10), 14)
    assert.is(exports._hidden?.(), true)
    assert.equal(Object.keys(exports), ['bump', 'origin', 'moved', '_hidden', 'row', 'outer', 'deep', 'hello'])
  })

  loading('structs are frozen objects with their fields in order', async () => {
    const { exports } = await start()
    const point = exports.origin?.()
    assert.equal(point, { x: 8, label: 'here' })
    assert.ok(Object.isFrozen(point))
    assert.equal(exports.moved?.({ x: 1, label: 'ö' }), { x: 2, label: 'ö!' })
  })

  // Classes are declared before anything else runs.
  loading('names, types and values of everything that is bound', async () => {
    const module = await start()
    assert.equal(module.names.slice(0, 5), ['Point', 'twice', 'LIMIT', 'count', 'bump'])
    assert.is(module.signature('bump'), 'def(i32) -> i32')
    assert.is(module.signature('count'), 'i32')
    assert.is(module.get('count'), 3)
    module.exports.bump?.()
    assert.is(module.get('count'), 4)
    assert.is(module.get('LIMIT'), 12n)
    assert.equal(module.get('Point'), { fqn: 'topo_map::Point', human: 'topo_map::Point' })
    assert.is(module.get('bump'), module.exports.bump)
    assert.throws(() => module.get('nothing'), /^.*topo_map\.nothing is not defined/)
    assert.throws(() => module.signature('nothing'), /topo_map\.nothing is not defined/)
  })

  loading('an error of the program is a SpyError with its frames', async () => {
    const { exports } = await start()
    const error = errorOf(() => exports.outer?.(5))
    assert.instance(error, SpyError)
    assert.is(String(error), 'ValueError: no such row')
    const frames = error.frames.map(({ fqn, span, source }) => `${fqn} ${span.startLine} ${source}`)
    const places = ['topo_map::outer 34 row(i)', 'topo_map::row 30 raise ValueError("no such row")']
    // A compiled release knows where the panic was, not who called.
    assert.equal(frames, engine === 'c' ? places.slice(-1) : places)
    assert.match(error.format(), 'raise ValueError("no such row")')
    assert.is(exports.outer?.(2), 2)
  })

  loading('an exhausted stack is told, and a reset makes the module usable', async () => {
    const module = await start()
    module.exports.bump?.()
    const error = errorOf(() => module.exports.deep?.(0))
    assert.is(String(error), 'PanicError: stack overflow')
    module.reset()
    assert.is(module.exports.bump?.(), 4)
  })

  loading('what is printed goes where the options say', async () => {
    const printed: string[] = []
    const module = await start({ stdout: (text) => printed.push(text) })
    module.exports.hello?.(7)
    module.flush()
    assert.is(printed.join(''), 'hello\n7\n')
  })

  loading('memory is that of the program', async () => {
    assert.ok((await start()).memory.buffer.byteLength > 0)
  })

  loading('a disposed module throws', async () => {
    const module = await start()
    module.dispose()
    assert.throws(() => module.exports.bump?.(), /disposed/)
  })

  loading('arguments are checked', async () => {
    const { exports } = await start()
    assert.throws(() => exports.bump?.('x'), /topo_map\.bump: argument 'by' must be a number, got string/)
  })

  loading.run()
}

const WRONG = write(
  'wrong.spy',
  `
  def fine() -> i32:
      return 1
  def bad() -> i32:
      x: str = 1
      return 2
  `,
)

const wrong = suite('programs that are wrong')

async function rejection(promise: Promise<unknown>): Promise<SpyError> {
  return promise.then(
    () => {
      throw new Error('it was accepted')
    },
    (error: SpyError) => error,
  )
}

for (const engine of ['jit', 'c'] as const) {
  wrong(`reject eagerly on ${engine}`, async () => {
    const error = await rejection(load(WRONG, { engine }))
    assert.instance(error, SpyError)
    assert.is(String(error), 'TypeError: mismatched types')
    assert.equal(error.annotations[0], {
      level: 'error',
      message: 'expected `str`, got `i32`',
      span: { file: WRONG, startLine: 4, startCol: 14, endLine: 4, endCol: 15 },
      source: '1',
    })
  })
}

for (const engine of ['interp', 'jit', 'c'] as const) {
  wrong(`raise where the error stands, on ${engine} in lazy mode`, async () => {
    const { exports } = await load(WRONG, { engine, errors: 'lazy' })
    assert.is(exports.fine?.(), 1)
    assert.is(String(errorOf(() => exports.bad?.())), 'TypeError: mismatched types')
  })
}

wrong('told as warnings where that is asked for', async () => {
  let told = ''
  const stderr = (text: string): void => {
    told += text
  }
  await load(WRONG, { errors: 'lazy', stderr })
  assert.is(told, '')
  await load(WRONG, { errors: 'warn', stderr })
  assert.match(told, /^\[warning\] Static error during redshift:\n(.|\n)*\nTypeError: mismatched types\n/)
})

wrong('what is wrong with the compiler is no error of the program, and says what to do', async () => {
  const world = nodeWorld()
  const host = {
    ...world.host,
    read(): never {
      throw new TypeError('x is not iterable')
    },
  }
  for (const engine of ['interp', 'jit', 'c'] as const) {
    const error = await rejection(loadProgram([WRONG], { engine }, { ...world, host }))
    const message = `internal error: TypeError: x is not iterable
This is a bug in unplugin-spy. Please report it, with this text and the program that causes it.`
    assert.is(error.message, message)
    assert.match(error.stack ?? '', /load\.test\.ts/)
    assert.ok(errorText(error, { color: true }).startsWith(`${message}\n    at `))
  }
})

wrong('an engine that there is not', async () => {
  const error = await rejection(load(WRONG, { engine: 'llvm' as 'jit' }))
  assert.is(String(error), "TypeError: engine: 'llvm' is not one of interp, jit, c")
})

wrong('a file that is not there', async () => {
  const error = await rejection(load(join(folder, 'nowhere.spy')))
  assert.match(String(error), /^ImportError: file `.*nowhere\.spy` does not exist$/)
})

wrong('a file that is no text', async () => {
  const file = join(folder, 'binary.spy')
  writeFileSync(file, Uint8Array.of(0x61, 0xff))
  assert.match(String(await rejection(load(file))), /^ParseError: source code is not UTF-8/)
})

wrong('syntax errors', async () => {
  const error = await rejection(load(write('syntax.spy', 'def f(:\n    pass\n')))
  assert.is(error.etype, 'ParseError')
})

wrong.run()

const stacks = suite('stacks')

stacks('frames of wasm are read from the text of V8, and nothing else', () => {
  const stack = `ValueError: no
    at raise (/app/host.ts:1:2)
    at demo::inner (wasm://wasm/9c1f2a36:wasm-function[3]:0x12c)
    at _list::list[i32]::_ListImpl::append (wasm://wasm/9c1f2a36:wasm-function[4]:0x2)
    at call (file:///app.js:3:4)`
  assert.equal(wasmFrames(stack), [
    { name: 'demo::inner', offset: 0x12c },
    { name: '_list::list[i32]::_ListImpl::append', offset: 2 },
  ])
})

stacks.after(() => rmSync(folder, { recursive: true }))

stacks.run()
