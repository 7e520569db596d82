/** Dicts, sets and comprehensions. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const dicts = language('dict')

dicts(
  'keeps the order of insertion; a key that comes again goes to the end',
  `
  def f() -> str:
      d = {"a": 1, "b": 2, "c": 3}
      d["a"] = 10
      d.__delitem__("b")
      d["b"] = 5
      return str(d)
  `,
  ({ f }) => assert.is(f?.(), "{'a': 10, 'c': 3, 'b': 5}"),
)

dicts(
  'grows, and forgets what has been removed',
  `
  def f() -> i32:
      d = dict[i32, i32]()
      for i in range(1000):
          d[i * 7] = i
          if i >= 10:
              d.__delitem__((i - 10) * 7)
      sum = 0
      for k in d:
          sum += d[k]
      return sum * 100 + len(d)
  `,
  ({ f }) => assert.is(f?.(), 994510),
)

dicts(
  'looks up, with and without a default',
  `
  def f(key: str) -> i32:
      d = {"one": 1}
      return d.get(key, -1) + d.setdefault(key, 100) + d[key]
  `,
  ({ f }) => {
    assert.is(f?.('one'), 3)
    assert.is(f?.('two'), 199)
  },
)

dicts.error(
  'raises KeyError with the repr of the key',
  `
  def look(key: str) -> i32:
      d = {"one": 1}
      return d[key]
  def main() -> None:
      look("two")
  `,
  "KeyError: 'two'",
)

dicts(
  'takes tuples as keys',
  `
  def f() -> i32:
      d = {(1, 2): 3, (3, 4): 5}
      k = (3, 4)
      return d[k]
  `,
  ({ f }) => assert.is(f?.(), 5),
)

dicts(
  'compares without regard to order',
  `
  def f() -> bool:
      return {1: 2, 3: 4} == {3: 4, 1: 2} and {1: 2} != {1: 3}
  `,
  ({ f }) => assert.is(f?.(), true),
)

dicts.run()

const sets = language('set')

sets(
  'keeps one of equal values, in the order of insertion',
  `
  def f() -> str:
      s = {3, 1, 3, 2}
      return str(s) + str(s | {9}) + str(s & {1, 2}) + str(s - {1}) + str(s ^ {1, 7}) + str(2 in s)
  `,
  ({ f }) => assert.is(f?.(), '{3, 1, 2}{3, 1, 2, 9}{1, 2}{3, 2}{3, 2, 7}True'),
)

sets.run()

const comprehensions = language('comprehensions')

comprehensions(
  'fill lists, dicts and sets',
  `
  def f() -> str:
      l = [x * x for x in range(6) if x % 2 == 0]
      d = {x: str(x) for x in range(2)}
      s = {x % 2 for x in [1, 3, 4]}
      return str(l) + str(d) + str(s)
  `,
  ({ f }) => assert.is(f?.(), "[0, 4, 16]{0: '0', 1: '1'}{1, 0}"),
)

comprehensions(
  'nest, unpack, and keep their variables to themselves',
  `
  def f() -> str:
      x = 100
      pairs = [(a, b) for a in range(2) for b in range(2)]
      sums = [a + b for a, b in pairs]
      squares = [x * x for x in range(3)]
      return str(sums) + str(squares) + str(x)
  `,
  ({ f }) => assert.is(f?.(), '[0, 1, 1, 2][0, 1, 4]100'),
)

comprehensions(
  'run at import time, too',
  `
  squares = [n * n for n in range(4)]
  def f(i: i32) -> i32:
      return squares[i]
  `,
  ({ f }) => assert.is(f?.(3), 9),
)

comprehensions.run()
