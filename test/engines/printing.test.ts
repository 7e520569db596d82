/** print, str and repr. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const printing = language('printing')

printing(
  'writes str of its arguments, between them a space, and ends the line',
  `
  def f() -> None:
      var n: i32 = 3
      print("a", 1, 2.5, True)
      print("mix", i32, None)
      print(n, 12.3, "b")
      print()
      print(n)
  `,
  ({ f }, { stdout }) => {
    f?.()
    assert.is(stdout(), "a 1 2.5 True\nmix <spy type 'i32'> None\n3 12.3 b\n\n3\n")
  },
)

printing(
  'writes numbers of all types as str has them',
  `
  def show(a: i8, b: u8, c: i32, d: u32, e: i64, g: u64, x: f64, y: f32) -> None:
      print(a, b, c, d, e, g, x, y)
      print(str(a), str(b), str(c), str(d), str(e), str(g), str(x), str(y))
  `,
  ({ show }, { stdout }) => {
    show?.(-128, 255, -2147483648, 4294967295, -(2n ** 63n), 2n ** 64n - 1n, 1e300, 0.1)
    show?.(0, 0, 10, 100, 1000n, 10n ** 19n, -0, Number.POSITIVE_INFINITY)
    show?.(-1, 9, 99, 101, -4294967296n, 4294967296n, Number.NaN, 16777216)
    const lines = stdout().trimEnd().split('\n')
    assert.is(lines[0], '-128 255 -2147483648 4294967295 -9223372036854775808 18446744073709551615 1e+300 0.1')
    assert.is(lines[2], '0 0 10 100 1000 10000000000000000000 -0.0 inf')
    assert.is(lines[4], '-1 9 99 101 -4294967296 4294967296 nan 16777216.0')
    for (const at of [0, 2, 4]) assert.is(lines[at], lines[at + 1])
  },
)

printing(
  'evaluates all arguments before anything is written',
  `
  def loud(n: i32) -> i32:
      print("evaluated", n)
      return n
  def f() -> None:
      print(loud(1), loud(2), sep=str(loud(3)))
  `,
  ({ f }, { stdout }) => {
    f?.()
    assert.is(stdout(), 'evaluated 1\nevaluated 2\nevaluated 3\n132\n')
  },
)

printing(
  'sep, end and flush; None is the default',
  `
  def f() -> None:
      var n: i32 = 3
      print(1, n, 2.5, sep="-", end="!", flush=True)
      print(sep="x", end="")
      print("a", n, sep=None, end=None, file=None)
      print(n, end="")
  `,
  ({ f }, { stdout }) => {
    f?.()
    assert.is(stdout(), '1-3-2.5!a 3\n3')
  },
)

printing.error(
  'sep is a str',
  `
  def main() -> None:
      print(1, 2, sep=3)
                      ^ error: expected \`str\`, got \`i32\`
  `,
  'TypeError: mismatched types',
)

fails(printing, '', {
  'print(1, foo=2)': 'TypeError: unexpected keyword argument `foo`',
})

evaluates(
  printing,
  'floats are shown with the shortest digits that give them back',
  'var x: f64 = 1.0\nvar s: f32 = 0.1',
  {
    x: '1.0',
    'x / 3.0': '0.3333333333333333',
    'x * 1e16': '1e+16',
    'x * 1e15': '1000000000000000.0',
    'x * 0.0001': '0.0001',
    'x * 0.00001': '1e-05',
    'x * 1.5e-5': '1.5e-05',
    '-x * 0.0': '-0.0',
    'x * 1e400': 'inf',
    s: '0.1',
    's * s': '0.010000001',
    'f32(16777216.0)': '16777216.0',
    '2j': '2j',
    'complex128(-0.0, -2.5)': '(-0-2.5j)',
    'complex128(1.0, 1e400 - 1e400)': '(1+nanj)',
  },
)

evaluates(
  printing,
  'repr is str for all primitive types but text',
  'var x: f64 = 1.5\nvar t: bool = True\nvar n: u8 = 7\nvar s: str = "a\\nb"',
  {
    'repr(x)': '1.5',
    'repr(t)': 'True',
    'repr(n)': '7',
    'repr(None)': 'None',
    'repr(1j)': '1j',
    'repr(s)': "'a\\nb'",
    'repr(i32)': "<spy type 'i32'>",
    'str(NotImplemented)': 'NotImplemented',
    '[s]': "['a\\nb']",
    '(1,)': '(1,)',
    '(x, "y")': "(1.5, 'y')",
    '()': '()',
    '{"k": [1.5]}': "{'k': [1.5]}",
    'range(3)': 'range(0, 3)',
    'range(1, 9, 2)': 'range(1, 9, 2)',
    'P(1)': 'P!',
    'repr(P(1))': 'P?',
    '[P(1)]': '[P?]',
  },
  {
    declared: `
@struct
class P:
    n: i32
    def __str__(self) -> str:
        return "P!"
    def __repr__(self) -> str:
        return "P?"
`,
  },
)

evaluates(
  printing,
  'hash of equal values is equal; -1 hashes to 2, other integers to themselves',
  'var n: i32 = -1\nvar x: f64 = 0.0\nvar b: bool = True',
  {
    'hash(n)': '2',
    'hash(5)': '5',
    'hash(u32(4294967295))': '-1',
    'hash(i64(-1))': '2',
    'hash(i64(8589934592))': '0',
    'hash(b)': '1',
    'hash("abc")': '440920331',
    'hash("a")': '-468965076',
    'hash(x) == hash(-x)': 'True',
    'hash(f32(0.5)) == hash(0.5)': 'True',
    'hash((1, "a")) == hash((1, "a"))': 'True',
    'hash(1+0j) == hash(complex128(1))': 'True',
    'hash(None) == hash(None)': 'True',
  },
)

fails(printing, '', {
  'hash([1])': "TypeError: unhashable type 'list[i32]'",
  'hash({1: 2})': "TypeError: unhashable type 'dict[i32, i32]'",
  'hash(1, 2)': 'TypeError: this function takes 1 argument but 2 arguments were supplied',
})

printing(
  'takes separator and end out of dynamic values',
  `
  def f(sep: str) -> None:
      d: dynamic = sep
      print(1, 2, sep=d, end=d)
  `,
  ({ f }, { stdout }) => {
    f?.('-')
    assert.is(stdout(), '1-2-')
  },
)

printing(
  'writes to what has the methods of a file',
  `
  class Paper:
      text: str
      def __init__(self) -> None:
          self.text = ""
      def write(self, text: str) -> None:
          self.text += text
      def flush(self) -> None:
          self.text += "!"

  def f(x: f64) -> str:
      paper = Paper()
      print("a", 1, x, file=paper)
      print(1, x, sep="-", end=".", file=paper, flush=True)
      d: dynamic = paper
      print("x", file=d, flush=False)
      print("out", file=None)
      return paper.text
  `,
  ({ f }, { stdout }) => {
    assert.is(f?.(2.5), 'a 1 2.5\n1-2.5.!x\n')
    assert.is(stdout(), 'out\n')
  },
)

printing.refuses(
  'writes to nothing else',
  `
  def main() -> None:
      print("a", file=3)
  `,
  'TypeError: method `i32::write` does not exist',
)

printing(
  'what changes while the program runs is printed as it is then',
  `
  @struct
  class P:
      x: i32
      def __str__(self) -> str:
          return "P" + str(self.x + n)

  class O:
      x: i32
      def __init__(self, x: i32) -> None:
          self.x = x
      def __str__(self) -> str:
          return "O" + str(self.x)

  var n: i32 = 1
  LIST = [1]
  PAIR = ([1], "a")
  POINT = P(3)
  OBJECT = O(5)

  def f() -> None:
      for i in range(2):
          LIST.append(i)
          PAIR[0].append(i)
          n = n + 10
          OBJECT.x = i
          print(LIST)
          print(PAIR, POINT, OBJECT, sep=" ")
  `,
  ({ f }, { stdout }) => {
    f?.()
    assert.is(stdout(), '[1, 0]\n([1, 0], "a") P14 O0\n[1, 0, 1]\n([1, 0, 1], "a") P24 O1\n'.replaceAll('"', "'"))
  },
)

printing.run()
