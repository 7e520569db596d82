/** Values cross between JavaScript and programs, both ways, on every engine. */
import * as assert from 'uvu/assert'
import { SpyArray } from '../../src/node.ts'
import { language } from '../support/engines.ts'

const values = language('values')

const SCALARS = {
  i8: [-128, 127],
  u8: [0, 255],
  i32: [-(2 ** 31), 2 ** 31 - 1],
  u32: [0, 2 ** 32 - 1],
  i64: [-(2n ** 63n), 2n ** 63n - 1n],
  u64: [0n, 2n ** 64n - 1n],
  f32: [0.5, -Infinity],
  f64: [0.1, -0],
  bool: [true, false],
  str: ['', 'größer 😀'],
} as const

for (const [type, examples] of Object.entries(SCALARS)) {
  values(
    `${type} comes back as it went`,
    `
    def same(x: ${type}) -> ${type}:
        return x

    def in_list(x: list[${type}]) -> list[${type}]:
        return x

    var kept: list[${type}] = []
    def keep(x: ${type}) -> None:
        kept.append(x)
    `,
    ({ same, in_list, keep }, { module }) => {
      for (const example of examples) {
        assert.is(same?.(example), example)
        assert.equal(Array.from(in_list?.([example, example])), [example, example])
        keep?.(example)
      }
      assert.equal([...(module.get('kept') as Iterable<unknown>)], examples)
    },
  )
}

values(
  'lists of lists and of tuples',
  `
  def rows(xs: list[list[i32]]) -> list[list[i32]]:
      xs.append([7])
      return xs

  def pairs(xs: list[tuple[str, f64]]) -> list[tuple[str, f64]]:
      return xs

  def swap(p: tuple[i32, str]) -> tuple[str, i32]:
      return p[1], p[0]

  def none() -> None:
      pass
  `,
  ({ rows, pairs, swap, none }) => {
    assert.equal(
      rows?.([[1, 2], []]).map((row: Int32Array) => [...row]),
      [[1, 2], [], [7]],
    )
    assert.equal(
      pairs?.([
        ['a', 1],
        ['ö', 0.5],
      ]),
      [
        ['a', 1],
        ['ö', 0.5],
      ],
    )
    assert.equal(swap?.([3, 'x']), ['x', 3])
    assert.is(none?.(), undefined)
  },
)

values(
  'a list that came from JavaScript grows in the program',
  `
  def grown(xs: list[i32], n: i32) -> list[i32]:
      for i in range(n):
          xs.append(i)
      return xs
  `,
  ({ grown }) => {
    assert.equal(grown?.([], 5), new Int32Array([0, 1, 2, 3, 4]))
    assert.equal(grown?.([9, 8], 3), new Int32Array([9, 8, 0, 1, 2]))
  },
)

values(
  'structs with structs, and structs of one field',
  `
  @struct
  class Inner:
      flag: bool
      name: str

  @struct
  class Outer:
      id: u8
      inner: Inner
      items: list[f64]

  @struct
  class One:
      value: i64

  def outer(o: Outer) -> Outer:
      return Outer(o.id, Inner(not o.inner.flag, o.inner.name + "!"), o.items)

  def one(o: One) -> One:
      return One(o.value * o.value)
  `,
  ({ outer, one }) => {
    const given = { id: 200, inner: { flag: true, name: 'x' }, items: [1, 2] }
    assert.equal(outer?.(given), { id: 200, inner: { flag: false, name: 'x!' }, items: new Float64Array([1, 2]) })
    assert.equal(one?.({ value: 7 }), { value: 49n })
  },
)

values(
  'arrays are windows on the memory of the program',
  `
  from array import array

  var grid = array[f64, 2](2, 3)

  def the_grid() -> array[f64, 2]:
      return grid

  def at(i: i32, j: i32) -> f64:
      return grid[i, j]

  def put(i: i32, j: i32, x: f64) -> None:
      grid[i, j] = x

  def total(xs: array[i32, 1]) -> i32:
      var sum = 0
      for i in range(len(xs)):
          sum = sum + xs[i]
      return sum

  def take_room(n: i32) -> None:
      room = array[f64, 1](n)
  `,
  ({ the_grid, at, put, total, take_room }) => {
    const grid = the_grid?.() as SpyArray<number>
    assert.instance(grid, SpyArray)
    assert.equal(grid.shape, [2, 3])
    put?.(1, 2, 5.5)
    assert.is(grid.at(1, 2), 5.5)
    grid.set(0, 1, 2.5)
    assert.is(at?.(0, 1), 2.5)
    take_room?.(200_000) // memory grows
    assert.equal([...grid], [0, 2.5, 0, 0, 0, 5.5])
    assert.is(total?.([1, 2, 3]), 6)
    assert.is(total?.(new Int32Array([4, 5])), 9)
  },
)

values(
  'defaults are those of the source',
  `
  def f(a: i32, b: i64 = -5, c: f64 = 1e300, d: str = "it's", e: bool = True) -> str:
      return str(a) + " " + str(b) + " " + str(c) + " " + d + " " + str(e)
  `,
  ({ f }) => {
    assert.is(f?.(1), "1 -5 1e+300 it's True")
    assert.is(f?.(1, 2, undefined, 'x', false), '1 2 1e+300 x False')
  },
)

values(
  'variables are read, whatever their type',
  `
  @struct
  class P:
      x: i32
      y: f64

  var p: P = P(1, 2.5)
  var name: str = "start"
  var flags: tuple[bool, i32] = (True, 200)

  def change() -> None:
      p = P(p.x + 1, -p.y)
      name = name + "!"
      flags = (False, 100)
  `,
  ({ change }, { module }) => {
    assert.equal(module.get('p'), { x: 1, y: 2.5 })
    assert.is(module.get('name'), 'start')
    change?.()
    assert.equal(module.get('p'), { x: 2, y: -2.5 })
    assert.is(module.get('name'), 'start!')
    assert.equal(module.get('flags'), [false, 100])
  },
)

const MANY = Array.from({ length: 3000 }, (_, i) => i)

values(
  'displays may be long',
  `
  def total() -> i32:
      n = 0
      for item in [${MANY.join(', ')}]:
          n = n + item
      return n

  def at(key: i32) -> i32:
      table = {${MANY.map((i) => `${i}: ${i * 2}`).join(', ')}}
      return table[key]
  `,
  ({ total, at }) => {
    assert.is(total?.(), (2999 * 3000) / 2)
    assert.is(at?.(2999), 5998)
  },
)

const longest = (operator: string, first: string): string => `${first}${` ${operator} x`.repeat(399)}`

values(
  'so may chains of operators, up to what the parser allows',
  `
  def added(x: i32) -> i32:
      return ${longest('+', 'x')}

  def text(x: str) -> str:
      return ${longest('+', 'x')}

  def compared(x: i32) -> bool:
      return ${longest('<=', 'x')}

  def negated(x: i32) -> i32:
      return ${'-'.repeat(399)}x
  `,
  ({ added, text, compared, negated }) => {
    assert.is(added?.(3), 1200)
    assert.is(text?.('ab'), 'ab'.repeat(400))
    assert.is(compared?.(1), true)
    assert.is(negated?.(1), -1)
  },
)

values.run()
