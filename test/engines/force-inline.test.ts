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
