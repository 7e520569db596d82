/** Lazy mode: a statement with a static error raises it when it is reached, and the rest of the program runs. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const lazy = language('lazy errors')
const errors = { errors: 'lazy' } as const

lazy(
  'what is not reached is no error',
  `
  def f(c: bool) -> i32:
      if c:
          return 1 + "a"
      return 3
  `,
  ({ f }) => {
    assert.is(f?.(false), 3)
    assert.throws(() => f?.(true), /cannot do `i32` \+ `str`/)
  },
  errors,
)

lazy(
  'an error in a condition is one of the whole statement',
  `
  def f(n: i32) -> i32:
      if n > 0:
          if n + "a":
              return 1
          else:
              return 2
      return 3
  `,
  ({ f }) => {
    assert.is(f?.(0), 3)
    assert.throws(() => f?.(1), /cannot do `i32` \+ `str`/)
  },
  errors,
)

lazy(
  'a variable whose declaration failed is in error: statements that use it raise the same',
  `
  def f(c: bool) -> i32:
      if c:
          x = 1 + "a"
      else:
          return 5
      print(x)
      return x

  def typed(c: bool) -> i32:
      if c:
          x: i32 = "a"
          x = 2
          print(x)
      y = 3
      return y
  `,
  ({ f, typed }) => {
    assert.is(f?.(false), 5)
    assert.throws(() => f?.(true), /cannot do `i32` \+ `str`/)
    assert.is(typed?.(false), 3)
    assert.throws(() => typed?.(true), /mismatched types/)
  },
  errors,
)

lazy(
  'so is a type that could not be computed',
  `
  def f(c: bool) -> i32:
      if c:
          T = [1].nope
          x: T = 1
          print(x)
      return 1
  `,
  ({ f }) => {
    assert.is(f?.(false), 1)
    assert.throws(() => f?.(true), /has no attribute 'nope'/)
  },
  errors,
)

lazy(
  'loops that need unrolling are unrolled, others are not',
  `
  def pick() -> str:
      t = (1, "a")
      s = ""
      for i in range(2):
          s = s + str(t[i])
      return s

  def wrong(n: i32) -> i32:
      s = 0
      for i in range(3):
          s += i
          if n == 1:
              s += "a"
      return s
  `,
  ({ pick, wrong }) => {
    assert.is(pick?.(), '1a')
    assert.is(wrong?.(0), 3)
    assert.throws(() => wrong?.(1), /mismatched types|cannot do `i32` \+ `str`/)
  },
  errors,
)

lazy(
  'a loop that is wrong either way is in error where it is an ordinary loop, however long',
  `
  def few(n: i32) -> None:
      t = (1, "a")
      for i in range(2):
          print(t[i])
          print(i + t[1])

  def many() -> None:
      t = (1, "a")
      for i in range(5000):
          print(t[i])
  `,
  ({ few, many }, { stdout }) => {
    assert.throws(() => few?.(1), /tuple index must be blue/)
    assert.throws(() => many?.(), /tuple index must be blue/)
    assert.is(stdout(), '')
  },
  errors,
)

lazy(
  'what only a wrong statement reads is as if nobody read it',
  `
  def f(n: i32) -> i32:
      for i in range(n):
          def g() -> str:
              return "a"
      if n == 0:
          return 3
      return g()
  `,
  ({ f }) => {
    assert.is(f?.(0), 3)
    assert.throws(() => f?.(1), /mismatched types/)
  },
  errors,
)

lazy.error(
  'errors that are not static end compilation',
  `
  def main() -> None:
      print(nope)
            ^^^^ error: not found in this scope
  `,
  'NameError: name `nope` is not defined',
  errors,
)

for (const [statement, headline] of [
  ['wrong(1)', 'ValueError: no'],
  ['nowhere', 'NameError: name `nowhere` is not defined'],
  ['1 // 0', 'ZeroDivisionError: integer division or modulo by zero'],
] as const) {
  // The interpreter types a statement when it is reached.
  lazy.refuses(
    `what is no static error ends the compilation all the same: ${statement}`,
    `
  @blue
  def wrong(x):
      raise ValueError("no")

  def f(c: bool) -> None:
      if c:
          ${statement}

  def main() -> None:
      f(False)
  `,
    headline,
    { ...errors, engines: ['jit', 'c'] },
  )
}

lazy(
  'a StaticError that blue code raises is kept for run time, and errors in functions that nobody calls with it',
  `
  @blue
  def wrong(x):
      raise StaticError("not for " + x)

  def f(c: bool) -> i32:
      if c:
          wrong("this")
          "never" + 1
      return 1

  def unused() -> None:
      1 + "a"
  `,
  ({ f }) => {
    assert.is(f?.(false), 1)
    assert.throws(() => f?.(true), /not for this/)
  },
  errors,
)

lazy.refuses(
  'signatures, and what stands in modules, are read before there is a run time',
  `
  def f(x: 3) -> None:
      pass

  def main() -> None:
      pass
  `,
  'TypeError: expected `type`, got `i32`',
  errors,
)

lazy.run()
