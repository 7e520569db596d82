/** `@force_inline`: calls become the body of the function, with the same meaning. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const inline = language('force_inline')

inline(
  'a function that is inlined does what it would do if it were called',
  `
  from __spy__ import force_inline

  var calls: i32 = 0

  def next_call() -> i32:
      calls += 1
      return calls

  @force_inline
  def clamp(x: i32, low: i32 = 0, high: i32 = 9) -> i32:
      y = x
      if y < low:
          y = low
      if y > high:
          y = high
      return y

  @force_inline
  def count(n: i32) -> None:
      for i in range(n):
          calls += 1

  def f() -> i32:
      y = clamp(next_call() * 20) * 100 + clamp(-5) * 10
      return y + clamp(7, high=4)

  def g() -> i32:
      count(3)
      count(4)
      return calls
  `,
  ({ f, g }) => {
    assert.is(f?.(), 904)
    assert.is(g?.(), 8)
  },
)

inline.error(
  'takes functions of the program only',
  `
  from __spy__ import force_inline

  x = force_inline(3)

  def main() -> None:
      pass
  `,
  "TypeError: @force_inline can only be applied to def'd functions",
)

inline.error(
  'no blue ones',
  `
  from __spy__ import force_inline

  @force_inline
  @blue
  def f(x):
  ^^^^^^^^^ error: this is not a red function
      return x

  def main() -> None:
      pass
  `,
  'TypeError: @force_inline cannot be applied to @blue functions',
)

inline.error(
  'nothing with a way to the end that has no value',
  `
  from __spy__ import force_inline

  @force_inline
  def f(x: i32) -> i32:
  ^^^^^^^^^^^^^^^^^^^^ error: missing \`return\` at the end of the body
      if x > 0:
          return 1

  def main() -> None:
      pass
  `,
  'TypeError: @force_inline requires a single tail return',
)

inline.error(
  'and nothing that returns anywhere else',
  `
  from __spy__ import force_inline

  @force_inline
  def f(x: i32) -> i32:
      if x > 0:
          return 1
          ^^^^^^^^ error: \`return\` must be the last statement of the body
      return 2

  def main() -> None:
      pass
  `,
  'TypeError: @force_inline requires a single tail return',
)

inline(
  'further arguments are one tuple in the body, too',
  `
  from __spy__ import force_inline

  var log: i32 = 0

  def note(n: i32) -> i32:
      log = log * 10 + n
      return n

  @force_inline
  def weigh(first: i32, *others: i32) -> i32:
      var sum = first * len(others)
      for other in others:
          sum = sum + other
      return sum

  def f() -> i32:
      return weigh(note(1), note(2), note(3)) * 1000 + weigh(note(4))

  def order() -> i32:
      return log
  `,
  ({ f, order }) => {
    assert.is(f?.(), 7000)
    assert.is(order?.(), 1234)
  },
)

inline.error(
  'nor with further arguments',
  `
  from __spy__ import force_inline

  @force_inline
  def f(*xs: i32) -> i32:
      return f(1, 2)
             ^^^^^^^ error: recursive inline call

  def main() -> None:
      f(1, 2)
  `,
  'TypeError: cannot inline a recursive call to @force_inline function `test::f#1`',
)

inline(
  'as a value it is an ordinary function',
  `
  from __spy__ import force_inline

  @force_inline
  def twice(n: i32) -> i32:
      return n * 2

  var chosen: STATIC_TYPE(twice) = twice

  def f(n: i32) -> i32:
      return chosen(n) + twice(n)
  `,
  ({ f }) => assert.is(f?.(4), 16),
)

inline.error(
  'a function does not become a part of itself',
  `
  from __spy__ import force_inline

  @force_inline
  def f(x: i32) -> i32:
      return f(x - 1)
             ^^^^^^^^ error: recursive inline call

  def main() -> None:
      f(1)
  `,
  'TypeError: cannot inline a recursive call to @force_inline function `test::f#__bare__`',
)

inline.error(
  'not even by way of another one',
  `
  from __spy__ import force_inline

  @force_inline
  def f(x: i32) -> i32:
      return g(x - 1)

  @force_inline
  def g(x: i32) -> i32:
      return f(x - 1)
             ^^^^^^^^ error: recursive inline call

  def main() -> None:
      f(1)
  `,
  'TypeError: cannot inline a recursive call to @force_inline function `test::f#__bare__`',
)

inline.run()
