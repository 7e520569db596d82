/** Statements: loops, branches, blue conditions, assertions, what is refused. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const statements = language('statements')

statements(
  'if, elif, else take the first branch whose condition holds',
  `
  def sign(n: i32) -> str:
      if n < 0:
          return "negative"
      elif n == 0:
          return "zero"
      else:
          return "positive"
  `,
  ({ sign }) => assert.equal([sign?.(-5), sign?.(0), sign?.(5)], ['negative', 'zero', 'positive']),
)

statements(
  'while tests before each turn; break and continue mean the innermost loop',
  `
  def f() -> str:
      var text = ""
      var i = 0
      while i < 3:
          i += 1
          var j = 0
          while True:
              j += 1
              if j == 2:
                  continue
              if j > 3:
                  break
              text = text + str(i) + str(j) + " "
      return text

  def never() -> i32:
      var n = 0
      while n > 0:
          n = 100
      return n
  `,
  ({ f, never }) => {
    assert.is(f?.(), '11 13 21 23 31 33 ')
    assert.is(never?.(), 0)
  },
)

statements(
  'an expression statement is evaluated, and its value dropped',
  `
  var n: i32 = 0
  def next() -> i32:
      n += 1
      return n
  def f() -> i32:
      next()
      next() + next()
      3
      "text"
      return n
  `,
  ({ f }) => assert.is(f?.(), 3),
)

statements(
  'pass does nothing',
  `
  def f() -> None:
      pass
  `,
  ({ f }) => assert.is(f?.(), undefined),
)

// --------------------------------------------------------------------------------------------------- blue conditions

statements(
  'the dead side of a blue condition is not typed',
  `
  const DEBUG = False

  @struct
  class P:
      x: i32

  @blue
  def kind(T):
      if T == i32:
          return "int"
      return "other"

  def f() -> i32:
      p = P(1)
      if DEBUG:
          p.nothing()
          undefined_name
      if hasattr(p, "y"):
          return p.y
      elif kind(i32) == "int":
          return p.x + 10
      else:
          return "not an int"

  def g() -> i32:
      while DEBUG:
          undefined_name
      n: i32 = 3 if not DEBUG else "text" + 1
      return n
  `,
  ({ f, g }) => {
    assert.is(f?.(), 11)
    assert.is(g?.(), 3)
  },
)

statements(
  'the dead side makes no blue call',
  `
  @blue
  def explode():
      raise StaticError("called")

  def f() -> i32:
      if False:
          explode()
      x = False and explode()
      y = 1 if True else explode()
      return y
  `,
  ({ f }) => assert.is(f?.(), 1),
)

statements(
  'in blue functions only the taken branch counts',
  `
  @blue
  def make(T):
      if T == str:
          def impl(x: T) -> i32:
              return len(x)
          return impl
      else:
          def impl(x: T) -> i32:
              return x + 1
          return impl

  def f() -> i32:
      return make(str)("abc") * 10 + make(i32)(4)
  `,
  ({ f }) => assert.is(f?.(), 35),
)

statements(
  'both branches of a red condition may declare a variable of one type',
  `
  def f(c: bool) -> f64:
      if c:
          x = 1.5
      else:
          x = 2.5
      return x
  `,
  ({ f }) => assert.equal([f?.(true), f?.(false)], [1.5, 2.5]),
)

// ------------------------------------------------------------------------------------------------------- conditional

statements(
  'a if c else b evaluates the chosen side only',
  `
  var log: str = ""
  def seen(n: i32) -> i32:
      log = log + str(n)
      return n
  def f(c: bool) -> i32:
      return seen(1) if c else seen(2)
  def all() -> str:
      f(True)
      f(False)
      f(True)
      return log
  `,
  ({ all }) => assert.is(all?.(), '121'),
)

statements(
  'its type is the union of its sides; an int becomes the float of the other',
  `
  def f(c: bool) -> f64:
      return 1 if c else 2.5
  def g(c: bool) -> i32:
      return (1 if c else 2) + 1
  def h(c: bool, x: f32) -> f32:
      return x if c else 2
  `,
  ({ f, g, h }) => {
    assert.equal([f?.(true), f?.(false)], [1, 2.5])
    assert.is(g?.(true), 2)
    assert.is(h?.(false, 0.5), 2)
  },
)

statements(
  'a walrus assigns and is worth what it assigns',
  `
  def f(n: i32) -> i32:
      if (half := n // 2) > 10:
          return half
      return (other := half + 1) + other
  `,
  ({ f }) => assert.equal([f?.(40), f?.(4)], [20, 6]),
)

// --------------------------------------------------------------------------------------------------------- assertions

statements(
  'an assertion that holds does not evaluate its message',
  `
  var log: str = ""
  def message() -> str:
      log = log + "evaluated"
      return "no"
  def f(n: i32) -> str:
      assert n == 1, message()
      assert "text"
      return log
  `,
  ({ f }, { engine }) => {
    assert.is(f?.(1), '', engine)
    assert.throws(
      () => f?.(2),
      (error: Error) => error.message.includes('no'),
    )
  },
)

statements.error(
  'an assertion that fails without message',
  `
  def main() -> None:
      var n: i32 = 1
      assert n > 1
      ^^^^^^^^^^^^ error: assertion failed
  `,
  'AssertionError: assertion failed',
)

statements.error(
  'an assertion that fails with a message',
  `
  def main() -> None:
      var n: i32 = 1
      assert n > 1, "n is " + str(n)
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: assertion failed
  `,
  'AssertionError: n is 1',
)

// ----------------------------------------------------------------------------------------------- class bodies, refused

statements.error(
  'a class body takes fields, assignments, conditions and functions only',
  `
  @struct
  class P:
      x: i32
      for i in range(3):
      ^^^^^^^^^^^^^^^^^^ error: this is not supported
          pass

  def main() -> None:
      P(1)
  `,
  'TypeError: `For` not supported inside a classdef',
)

statements.error(
  'fields have no default values',
  `
  @struct
  class P:
      x: i32 = 0
               ^ error: this is not supported

  def main() -> None:
      P(1)
  `,
  'TypeError: default values in fields not supported yet',
)

statements(
  'a class body may choose its members by a blue condition',
  `
  @blue.generic
  def box(T):
      @struct
      class Box:
          item: T
          if T == str:
              def text(self) -> str:
                  return self.item
          else:
              def text(self) -> str:
                  return str(self.item)
      return Box

  def f() -> str:
      return box[str]("a").text() + box[i32](1).text()
  `,
  ({ f }) => assert.is(f?.(), 'a1'),
)

statements.refuses(
  'falling off the end of a function that returns something',
  `
  def f(n: i32) -> i32:
      if n > 0:
          return n

  def main() -> None:
      f(-1)
  `,
  'TypeError: reached the end of the function without a `return`',
)

statements.run()
