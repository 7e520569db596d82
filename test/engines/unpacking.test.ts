/** Unpacking tuples into names. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const unpacking = language('unpacking')

unpacking(
  'the right side is evaluated once and completely, then the names are assigned from left to right',
  `
  var log: str = ""
  def pair() -> tuple[i32, str]:
      log = log + "called "
      return (1, "one")
  def f() -> str:
      n, text = pair()
      return log + str(n) + text
  `,
  ({ f }) => assert.is(f?.(), 'called 1one'),
)

unpacking(
  'a, b = b, a swaps',
  `
  def f() -> i32:
      var a = 1
      var b = 2
      a, b = b, a
      return a * 10 + b
  def rotate() -> i32:
      var a = 1
      var b = 2
      var c = 3
      a, b, c = c, a, b
      return a * 100 + b * 10 + c
  `,
  ({ f, rotate }) => {
    assert.is(f?.(), 21)
    assert.is(rotate?.(), 312)
  },
)

unpacking(
  'each name is a slot: items are converted, module variables are assigned',
  `
  var total: f64 = 0.0
  def f() -> f64:
      var x: f64 = 0.0
      x, total = 3, 4
      return x + total
  `,
  ({ f }, { module }) => {
    assert.is(f?.(), 7)
    assert.is(module.get('total'), 4)
  },
)

unpacking(
  'a loop unpacks every item',
  `
  def f() -> i32:
      pairs = [(1, 10), (2, 20)]
      var sum = 0
      for a, b in pairs:
          sum += a * b
      return sum
  `,
  ({ f }) => assert.is(f?.(), 50),
)

unpacking.error(
  'only tuples can be unpacked',
  `
  def main() -> None:
      a, b = [1, 2]
             ^^^^^^ error: this is \`list[i32]\`
  `,
  'TypeError: `list[i32]` does not support unpacking',
)

unpacking.error(
  'as many names as items',
  `
  def main() -> None:
      a, b, c = 1, 2
      ^^^^^^^ error: expected 3 values
                ^^^^ error: got 2 values
  `,
  'TypeError: Wrong number of values to unpack',
)

unpacking.error(
  'one is a value',
  `
  def main() -> None:
      a, b = (1,)
      ^^^^ error: expected 2 values
             ^^^^ error: got 1 value
  `,
  'TypeError: Wrong number of values to unpack',
)

unpacking.error(
  'an item that does not fit its name',
  `
  def main() -> None:
      var a: i32 = 0
             ^^^ note: expected \`i32\` because of type declaration
      a, b = "x", 1
             ^^^^^^ error: expected \`i32\`, got \`str\`
  `,
  'TypeError: mismatched types',
)

unpacking(
  'a dynamic value is found to be a tuple while the program runs',
  `
  def hidden(x: dynamic) -> dynamic:
      return x

  def f() -> str:
      a, b = hidden((1, "a"))
      x: f64 = 0.5
      x, T = hidden((2.5, "i32"))
      a, b = b, a
      text = f"{a} {b} {x} {T}"
      for k, v in hidden({"k": 7}).items():
          text += f" {k} {v}"
      return text + str([p + q for p, q in hidden([(1, 2), (3, 4)])])
  `,
  ({ f }) => assert.is(f?.(), 'a 1 2.5 i32 k 7[3, 7]'),
)

for (const [value, headline] of [
  ['[1, 2]', 'TypeError: `list[i32]` does not support unpacking'],
  ['(1, "a", 3)', 'TypeError: Wrong number of values to unpack'],
  ['("a", 1)', 'TypeError: Invalid cast. Expected `i32`, got `str`'],
] as const) {
  unpacking.refuses(
    `or not: ${value}`,
    `
  def hidden(x: dynamic) -> dynamic:
      return x
  def main() -> None:
      a: i32 = 0
      a, b = hidden(${value})
  `,
    headline,
  )
}

unpacking.run()
