/** Loops that stand once for each item: over tuples, and over blue ranges whose number the body needs to know. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const loops = language('unrolled loops')

loops(
  'give the variable the type of each item of a tuple',
  `
  def f() -> str:
      text = ""
      for x in (1, "a", 2.5):
          y = x
          text = text + str(y) + ";"
      return text
  `,
  ({ f }) => assert.is(f?.(), '1;a;2.5;'),
)

loops(
  'know the number where the body needs it: as an index into a tuple',
  `
  def f() -> str:
      t = (10, "b", 3.5)
      text = ""
      for i in range(3):
          text = text + str(t[i]) + ";"
      return text
  `,
  ({ f }) => assert.is(f?.(), '10;b;3.5;'),
)

loops(
  'can be left, and their turns skipped',
  `
  def f() -> i32:
      total = 0
      for v in (1, 2, 3, 4):
          if v == 2:
              continue
          if v == 4:
              break
          total += v
      return total
  `,
  ({ f }) => assert.is(f?.(), 4),
)

loops(
  'leave their variable behind',
  `
  def f() -> i32:
      t = (1, 2)
      for i in range(2):
          t[i]
      n = i
      for i in range(5):
          pass
      return n * 10 + i
  `,
  ({ f }) => assert.is(f?.(), 14),
)

loops(
  'assign to a variable that is one already, and leaves it as it is',
  `
  def f() -> f64:
      t = (10, "b", 3.5)
      x: f64 = 0.25
      for x in range(2):
          t[i32(x)]
      return x + 0.5
  `,
  ({ f }) => assert.is(f?.(), 1.5),
)

loops.error(
  'give no other type to a variable that is one already',
  `
  def main() -> None:
      x: str = "a"
         ^^^ note: expected \`str\` because of type declaration
      for x in range(3):
               ^^^^^^^^ error: expected \`str\`, got \`i32\`
          pass
  `,
  'TypeError: mismatched types',
)

loops(
  'leave their names behind as the last turn has left them, wherever the loop was left',
  `
  def known() -> str:
      for x in (1, "b", 3.5):
          y = x
          if STATIC_TYPE(x) == str:
              break
      return str(x) + str(y)

  def at(last: i32) -> i32:
      for x, y in ((1, 2), (3, 4), (5, 6)):
          z = x * 10
          if x == last:
              break
      return z * 100 + x * 10 + y
  `,
  ({ known, at }) => {
    assert.is(known?.(), 'bb')
    assert.is(at?.(1), 1012)
    assert.is(at?.(3), 3034)
    assert.is(at?.(9), 5056)
  },
)

loops(
  'have no copies behind the one that leaves them for sure',
  `
  def until_text() -> i32:
      n = 0
      for x in (1, 2, "a", 1.5):
          if STATIC_TYPE(x) == str:
              break
          n = n + x
      return n

  def or_return() -> i32:
      n = 0
      for x in (1, 2, "a", 1.5):
          if STATIC_TYPE(x) == str:
              return n
          n = n + x
      return n

  def perhaps(c: bool) -> str:
      s = ""
      for x in (1, "b", 3.5):
          if c:
              continue
          s = s + str(x)
          if STATIC_TYPE(x) == str:
              break
      return s
  `,
  ({ until_text, or_return, perhaps }) => {
    assert.is(until_text?.(), 3)
    assert.is(or_return?.(), 3)
    assert.is(perhaps?.(true), '')
    assert.is(perhaps?.(false), '1b')
  },
)

loops(
  'assign to their variable as any loop does',
  `
  KNOWN = (1, 2)

  def f() -> str:
      text = ""
      for v in KNOWN:
          v += 10
          text += str(v) + " "
      for w in KNOWN:
          if (w := w * 3) > 3:
              text += str(w) + " "
      for n in KNOWN:
          for n in range(2):
              pass
          text += str(n) + " "
      return text
  `,
  ({ f }) => assert.is(f?.(), '11 12 6 1 1 '),
)

loops.run()

const variadic = language('functions with *args')

variadic(
  'receive what is left of the arguments as a tuple',
  `
  def total(first: i32, *rest: i32) -> i32:
      sum = first
      for r in rest:
          sum += r
      return sum + len(rest) * 100

  def f() -> str:
      return str(total(1)) + " " + str(total(1, 2)) + " " + str(total(1, 2, 3))
  `,
  ({ f }) => assert.is(f?.(), '1 103 206'),
)

variadic.error(
  'convert every argument',
  `
  def main() -> None:
      total(1, "x")
               ^^^ error: expected \`i32\`, got \`str\`
      ^^^^^^^^^^^^^ note: operator::CALL called here
  def total(first: i32, *rest: i32) -> i32:
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: function defined here
      return first
  `,
  'TypeError: mismatched types',
)

variadic.run()
