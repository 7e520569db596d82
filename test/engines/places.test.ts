/**
 * Where errors of running programs happened: the line of the program, on every engine and in every kind of build, also
 * when it was the library that raised.
 */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { buildDev, libspyModule, SpyError } from '../../compiler/node.ts'
import { type LoadOptions, loadProgram } from '../../src/node/load.ts'
import type { LoadedModule } from '../../src/node/loaded-module.ts'
import {
  type AnyFunction,
  clock_sleep,
  clock_time,
  fd_read,
  fd_write,
  panic,
  startJit,
} from '../../src/runtime/index.ts'
import { memoryWorld, placeProgram } from '../support/memory-world.ts'

const PROGRAM = `
  from array import array, _index
  from math import sqrt

  @struct
  class Key:
      n: i32

      def __eq__(self, other: Key) -> bool:
          return self.n // other.n == 1

      def __ne__(self, other: Key) -> bool:
          return not self == other

  def item_of_list(i: i32) -> i32:
      items = [1, 2, 3]
      return items[i] + 1

  def store_into_list(i: i32) -> None:
      items = [1, 2, 3]
      items[i] = 4

  def item_of_array(i: i32, j: i32) -> f64:
      cells = array[f64, 2](3, 4)
      return 1.0 + cells[i, j]

  def pop_of_empty() -> i32:
      items = [1]
      items.pop()
      return items.pop()

  def step_of_slice(step: i32) -> i32:
      items = [1, 2, 3]
      return len(items[::step])

  def step_of_range(step: i32) -> i32:
      n = 0
      for i in range(0, 10, step):
          n = n + i
      return n

  def size_of_array(n: i32) -> i32:
      return len(array[f64, 1](n))

  def missing(n: i32) -> i32:
      return [1, 2].index(n)

  def division(a: i32, b: i32) -> i32:
      return 10 + a // b

  def both(i: i32, b: i32) -> i32:
      items = [1, 2, 3]
      return items[i] // b

  def root(x: f64) -> f64:
      return sqrt(x)

  def raised(n: i32) -> i32:
      if n > 2:
          raise ValueError("no such row")
      return n

  def asserted(n: i32) -> i32:
      assert n < 3, "too many"
      return n

  def unset(n: i32) -> i32:
      if n < 0:
          value = 1
      return value

  def no_result(n: i32) -> i32:
      if n > 0:
          return 1

  def of_the_program(n: i32) -> i32:
      keys = [Key(1), Key(2)]
      return keys.count(Key(n))

  def outer(i: i32) -> i32:
      return item_of_list(i)

  def chosen(other: bool) -> i32:
      f = _index
      if other:
          f = raised_twice
      return f(5, 3)

  def raised_twice(i: i32, bound: i32) -> i32:
      return raised(i)
`

interface Row {
  readonly call: readonly [name: string, ...args: (number | boolean)[]]
  readonly error: string
  /** Frames outermost first: name of the function and what was being evaluated. */
  readonly frames: readonly string[]
  /** Text and source of annotations. */
  readonly annotations?: readonly string[]
}

const ROWS: readonly Row[] = [
  { call: ['item_of_list', 3], error: 'IndexError: list index out of range', frames: ['item_of_list: items[i]'] },
  { call: ['item_of_list', -4], error: 'IndexError: list index out of range', frames: ['item_of_list: items[i]'] },
  {
    call: ['store_into_list', 3],
    error: 'IndexError: list assignment index out of range',
    frames: ['store_into_list: items[i] = 4'],
  },
  { call: ['item_of_array', 1, 4], error: 'IndexError: index out of range', frames: ['item_of_array: cells[i, j]'] },
  { call: ['pop_of_empty'], error: 'IndexError: pop from empty list', frames: ['pop_of_empty: items.pop()'] },
  {
    call: ['step_of_slice', 0],
    error: 'ValueError: slice step cannot be zero',
    frames: ['step_of_slice: items[::step]'],
  },
  {
    call: ['step_of_range', 0],
    error: 'ValueError: range() arg 3 must not be zero',
    frames: ['step_of_range: range(0, 10, step)'],
  },
  {
    call: ['size_of_array', -1],
    error: 'ValueError: negative dimensions are not allowed',
    frames: ['size_of_array: array[f64, 1](n)'],
  },
  { call: ['missing', 7], error: 'ValueError: 7 is not in list', frames: ['missing: [1, 2].index(n)'] },
  {
    call: ['division', 1, 0],
    error: 'ZeroDivisionError: integer division or modulo by zero',
    frames: ['division: a // b'],
  },
  { call: ['both', 9, 1], error: 'IndexError: list index out of range', frames: ['both: items[i]'] },
  {
    call: ['both', 1, 0],
    error: 'ZeroDivisionError: integer division or modulo by zero',
    frames: ['both: items[i] // b'],
  },
  { call: ['root', -1], error: 'ValueError: math domain error', frames: ['root: sqrt(x)'] },
  { call: ['raised', 3], error: 'ValueError: no such row', frames: ['raised: raise ValueError("no such row")'] },
  {
    call: ['asserted', 3],
    error: 'AssertionError: too many',
    frames: ['asserted: assert n < 3, "too many"'],
    annotations: ['assertion failed: assert n < 3, "too many"'],
  },
  {
    call: ['unset', 1],
    error: 'Exception: read from uninitialized local',
    frames: ['unset: value'],
    annotations: [': value'],
  },
  {
    call: ['no_result', 0],
    error: 'TypeError: reached the end of the function without a `return`',
    frames: ['no_result: '],
    annotations: ['no return: '],
  },
  {
    call: ['of_the_program', 0],
    error: 'ZeroDivisionError: integer division or modulo by zero',
    frames: ['of_the_program: keys.count(Key(n))', 'Key::__eq__: self.n // other.n'],
  },
  {
    call: ['outer', 5],
    error: 'IndexError: list index out of range',
    frames: ['outer: item_of_list(i)', 'item_of_list: items[i]'],
  },
]

const { entry, files } = placeProgram(PROGRAM)
const world = memoryWorld(files)

function errorOf(run: () => unknown): SpyError {
  try {
    run()
  } catch (error) {
    return error as SpyError
  }
  throw new Error('nothing was raised')
}

const BUILDS: readonly LoadOptions[] = [
  { engine: 'interp' },
  { engine: 'jit' },
  { engine: 'c', profile: 'debug' },
  { engine: 'c', profile: 'release' },
]

for (const build of BUILDS) {
  const places = suite(`places of errors: ${build.engine} ${build.profile ?? ''}`)
  // A release knows where it was, but not how it came there: it has no names.
  const shown = build.profile === 'release' ? -1 : 0
  let module: LoadedModule

  places.before(async () => {
    ;[module] = (await loadProgram([entry], build, world)) as [LoadedModule]
  })

  for (const { call, error: headline, frames, annotations = [] } of ROWS) {
    const [name, ...args] = call
    places(call.join(' '), () => {
      const error = errorOf(() => (module.exports[name] as AnyFunction)(...args))
      assert.instance(error, SpyError)
      assert.is(String(error), headline)
      const found = error.frames.map(({ fqn, source }) => `${fqn.replace(/^test::/, '')}: ${source}`)
      assert.equal(found, frames.slice(shown))
      assert.equal(
        error.annotations.map(({ message, source }) => `${message}: ${source}`),
        annotations,
      )
    })
  }

  places('a function of the library that is called through a value', () => {
    const error = errorOf(() => module.exports.chosen?.(false))
    assert.is(String(error), 'IndexError: index out of range')
    if (build.engine !== 'c') assert.is(error.frames.at(-1)?.source, 'f(5, 3)')
    assert.is(String(errorOf(() => module.exports.chosen?.(true))), 'ValueError: no such row')
  })

  places.run()
}

const HOST = { panic, fd_write, fd_read, clock_time, clock_sleep }

const host = suite('places of errors: what a page is told')

// There the stack of wasm functions is not looked at.
host('the line of the program, on jit', () => {
  const { wasm } = buildDev({ entries: [entry] }, world, { audience: 'embedders', root: '/test' })
  const { exports } = startJit(libspyModule(), new WebAssembly.Module(wasm as BufferSource), HOST)
  const lines = files.get(entry)?.split('\n') ?? []
  for (const [name, arg, line, column] of [
    ['item_of_list', 7, '    return items[i] + 1', 12],
    ['outer', 7, '    return items[i] + 1', 12],
    ['step_of_range', 0, '    for i in range(0, 10, step):', 14],
  ] as const) {
    const error = errorOf(() => exports[`test::${name}`]?.(arg))
    const span = error.frames[0]?.span
    assert.equal([span?.file, span?.startLine, span?.startCol], ['test.spy', lines.indexOf(line) + 1, column])
  }
})

host.run()
