/**
 * `dynamic` and `object`: values that carry their type with them. With a `dynamic` operand every operation is chosen
 * while the program runs; `object` converts, is compared by identity, and tells its type.
 */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const dynamic = language('dynamic and object')

/** What `red(n)` gives is known only while the program runs. */
const VALUES = `
  @struct
  class Point:
      x: i32
      y: i32

      def sum(self) -> i32:
          return self.x + self.y

      def scaled(self, k: i32) -> i32:
          return self.sum() * k

      def __len__(self) -> i32:
          return 2

      def __getitem__(self, i: i32) -> i32:
          if i == 0:
              return self.x
          return self.y

      def __add__(self, other: Point) -> Point:
          return Point(self.x + other.x, self.y + other.y)

  @struct
  class Plain:
      n: i32

  def tenfold(n: i32) -> i32:
      return n * 10

  def red(n: i32) -> dynamic:
      if n == 0:
          return 5
      if n == 1:
          return 2.5
      if n == 2:
          return "abc"
      if n == 3:
          return Point(3, 4)
      if n == 4:
          return True
      if n == 5:
          return [1, 2, 3]
      if n == 6:
          return (1, "a")
      if n == 7:
          return tenfold
      if n == 8:
          return i32
      if n == 9:
          return u8(200)
      if n == 10:
          return i64(7)
      if n == 11:
          return Plain(1)
      return None
`

interface Row {
  readonly title: string
  readonly body: string
  readonly expected: string
}

const rows: Row[] = []

/** All rows are functions of one program: each program has all types that any of its values can have. */
function prints(title: string, body: string, expected: string): void {
  rows.push({ title, body, expected })
}

prints(
  'arithmetic is that of the dynamic types',
  'print(red(0) + 1, red(0) - 1, red(0) * 2, red(0) / 2, red(0) // 2, red(0) % 3, red(0) ** 2)',
  '6 4 10 2.5 2 2 25\n',
)

prints(
  'so are bit operations and shifts',
  'print(red(0) << 1, red(0) >> 1, red(0) & 4, red(0) | 2, red(0) ^ 1)',
  '10 2 4 7 4\n',
)

prints(
  'either operand may be dynamic',
  'print(1 + red(0), red(0) + red(1), red(1) + red(0), "x" + red(2))',
  '6 7.5 7.5 xabc\n',
)

prints(
  'small integers wrap as they do where their type is known',
  'print(red(9) + u8(100), red(10) * i64(3))',
  '44 21\n',
)

prints('operators of structs are found', 's = red(3) + red(3)\n      print(s.x, s.y)', '6 8\n')

prints('order', 'print(red(0) < 6, red(0) <= 5, red(0) > 5, red(0) >= 5, red(2) < "b")', 'True True False True True\n')

prints('unary operators', 'print(-red(0), ~red(0), +red(1))', '-5 -6 2.5\n')

prints(
  'equality is universal: what cannot be compared is not equal',
  'print(red(0) == 5, red(0) != 5, red(0) == "a", red(0) != "a", red(2) == "abc", red(3) == red(3), red(3) == red(11))',
  'True False False True True True False\n',
)

prints(
  'numbers of different types are compared where they can be',
  'print(red(0) == red(1), red(10) == 7)',
  'False False\n',
)

prints('None is equal to None and to nothing else', 'print(red(99) == None, red(0) == None)', 'True False\n')

prints('functions are called', 'print(red(7)(4))', '40\n')

prints('types are called', 'print(red(8)("12"), red(8)(3.7))', '12 3\n')

prints('attributes are read', 'p = red(3)\n      print(p.x, p.y, hasattr(p, "x"), hasattr(p, "q"))', '3 4 True False\n')

prints('methods are called', 'print(red(3).sum(), red(3).scaled(2))', '7 14\n')

prints('items are read', 'print(red(3)[1], red(5)[0], red(6)[1], red(2)[0])', '4 1 a a\n')

prints('items are written', 'l = red(5)\n      l[1] = 9\n      print(l[1], l)', '9 [1, 9, 3]\n')

prints('in', 'print(2 in red(5), 7 in red(5), "b" in red(2))', 'True False True\n')

prints('len and hash', 'print(len(red(2)), len(red(3)), len(red(5)), hash(red(0)))', '3 2 3 5\n')

prints(
  'str, repr and print show the value',
  'print(str(red(0)), repr(red(2)), red(1), red(4), red(5), red(6), red(99))',
  "5 'abc' 2.5 True [1, 2, 3] (1, 'a') None\n",
)

prints(
  'truth is that of the dynamic type',
  'if red(0):\n          print("5")\n      if not red(99):\n          print("not None")\n      print(not red(4), not red(2))',
  '5\nnot None\nFalse False\n',
)

prints(
  'is compares objects; values have no identity',
  'print(red(99) is None, red(0) is None, red(0) is not None, red(0) is red(0), red(99) is red(99))',
  'True False True False True\n',
)

prints(
  'type gives the dynamic type',
  'print(type(red(0)), type(red(3)), type(red(99)))\n      print(type(red(0)) is i32, type(red(0)) == str, type(red(3)) is Point)',
  "<spy type 'i32'> <spy type 'test::Point' (struct)> <spy type 'types::NoneType'>\nTrue False True\n",
)

prints(
  'casts are checked and convert nothing',
  'n: i32 = red(0)\n      s: str = red(2)\n      p: Point = red(3)\n      print(n, s, p.x)',
  '5 abc 3\n',
)

prints(
  'lists hold dynamic values',
  'l = [red(0), red(2)]\n      l.append(red(1))\n      print(len(l), l[0], l[1], l[2])',
  '3 5 abc 2.5\n',
)

dynamic(
  'operations are those of the dynamic types',
  `${VALUES}${rows.map(({ body }, i) => `\n  def row${i}() -> None:\n      ${body}\n`).join('')}`,
  (functions, { stdout }) => {
    let before = 0
    for (const [i, { title, expected }] of rows.entries()) {
      functions[`row${i}`]?.()
      assert.is(stdout().slice(before), expected, title)
      before = stdout().length
    }
  },
)

dynamic(
  'a variable of a loop changes its dynamic type',
  `
  def f(n: i32) -> str:
      var total: dynamic = 0
      for i in range(n):
          total = total + i
          if i == 2:
              total = str(total) + "!"
              break
      return str(total)
  `,
  ({ f }) => {
    assert.is(f?.(2), '1')
    assert.is(f?.(10), '3!')
  },
)

dynamic(
  'module variables and memory hold boxed values; memory that nobody has written holds None',
  `
  from unsafe import gc_alloc, gc_ptr

  @struct
  class Node:
      value: dynamic
      other: object

  var kept: dynamic = 7

  def f() -> None:
      print(kept)
      kept = "text"
      print(kept)
      node = gc_alloc[Node](1)
      print(node.value, node.other is None)
      node.value = 1.5
      node.other = 4
      n: i32 = node.other
      print(node.value + 1, n)
  `,
  ({ f }, { stdout }) => {
    f?.()
    assert.is(stdout(), '7\ntext\nNone True\n2.5 4\n')
  },
)

dynamic(
  'object: conversions, identity, type, and a checked cast in conditions',
  `
  def same(x: object) -> object:
      return x

  def f() -> None:
      n: i32 = same(3)
      s: str = same("a")
      print(n, s, same(None) is None, same(1) is None)
      print(type(same(1.5)), type(same(None)))
      if same(True):
          print("true")
      objects = [same(1), same("b")]
      last: str = objects[1]
      print(last)

  def wrong() -> None:
      if same(3):
          print("?")
  `,
  ({ f, wrong }, { stdout }) => {
    f?.()
    assert.is(stdout(), "3 a True False\n<spy type 'f64'> <spy type 'types::NoneType'>\ntrue\nb\n")
    assert.throws(() => wrong?.(), /Invalid cast. Expected `bool`, got `i32`/)
  },
)

dynamic(
  'boxes are collected, and what is held is not',
  `
  def f(n: i32) -> i32:
      var text: dynamic = ""
      parts = [text]
      for i in range(n):
          text = text + "ab"
          if i % 10 == 0:
              parts.append(text)
      var all: dynamic = 0
      for i in range(len(parts)):
          all = all + len(parts[i])
      result: i32 = all
      return result
  `,
  ({ f }) => assert.is(f?.(200), 3840),
)

const FEW_VALUES = `
  def red(n: i32) -> dynamic:
      if n == 0:
          return 5
      if n == 2:
          return "abc"
      return 1j
`

function fails(title: string, line: string, headline: string, ...under: readonly string[]): void {
  const drawn = under.map((mark) => `      ${mark}`).join('\n')
  dynamic.error(title, `${FEW_VALUES}\n  def main() -> None:\n      ${line}\n${drawn}\n`, headline)
}

fails(
  'unrelated types: the ordinary error, at the operation',
  'red(0) + red(2)',
  'TypeError: cannot do `i32` + `str`',
  '^^^^^^^^^^^^^^^ error: this is `i32`',
  '^^^^^^^^^^^^^^^ error: this is `str`',
)

fails(
  'an operator that a type does not have',
  'red(1) < red(1)',
  'TypeError: cannot do `complex128` < `complex128`',
  '^^^^^^^^^^^^^^^ error: this is `complex128`',
  '^^^^^^^^^^^^^^^ error: this is `complex128`',
)

fails('negation', '-red(2)', 'TypeError: cannot do -`str`', '^^^^^^^ error: this is `str`')

fails('calls', 'red(0)(1)', 'TypeError: cannot call objects of type `i32`', '^^^^^^^^^ error: this is `i32`')

fails(
  'attributes',
  'red(0).nothing',
  "TypeError: type `i32` has no attribute 'nothing'",
  '^^^^^^^^^^^^^^ error: this is `i32`',
)

fails(
  'methods',
  'red(2).nothing()',
  'TypeError: method `str::nothing` does not exist',
  '^^^^^^^^^^^^^^^^ error: this is `str`',
)

fails('items', 'red(0)[1]', 'TypeError: cannot do `i32`[...]', '^^^^^^^^^ error: this is `i32`')

fails('len', 'len(red(0))', 'TypeError: cannot call len(`i32`)', '^^^^^^^^^^^ error: this is `i32`')

fails(
  'a failing operation raises as it does elsewhere',
  'red(0) // 0',
  'ZeroDivisionError: integer division or modulo by zero',
)

fails('a cast to another type', 'f: f64 = red(0)', 'TypeError: Invalid cast. Expected `f64`, got `i32`')

dynamic.error(
  'object has no operators',
  `
  def main() -> None:
      x: object = 1
      x + 1
      ^ error: this is \`object\`
          ^ error: this is \`i32\`
      ^^^^^ note: operator::ADD called here
  `,
  'TypeError: cannot do `object` + `i32`',
)

dynamic.run()
