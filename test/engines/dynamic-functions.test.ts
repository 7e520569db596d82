/** Functions of the library on `dynamic` values, calls with names, and what `dynamic` values cannot do. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { evaluates } from '../support/expressions.ts'

const dynamic = language('functions of dynamic values')

for (const [expression, headline] of [
  ['hidden((1, 2)) + (3,)', 'TypeError: cannot do `tuple[i32, i32]` + `tuple[i32]`'],
  ['hidden((1, 2)) * 2', 'TypeError: cannot do `tuple[i32, i32]` * `i32`'],
  ['hidden((1, 2))[1:]', 'TypeError: tuple index must be blue'],
] as const) {
  dynamic.refuses(
    `what makes new types of tuples has to be known before: ${expression}`,
    `def hidden(x: dynamic) -> dynamic:\n    return x\ndef main() -> None:\n    print(${expression})\n`,
    headline,
  )
}

evaluates(
  dynamic,
  'functions and types that ask for the types of their arguments wait for the dynamic ones',
  'a = hidden(-7)\nl = hidden([3, 1])\ns = hidden("x")\nf = hidden(2.5)',
  {
    'abs(a)': '7',
    'int(f)': '2',
    'float(a)': '-7.0',
    'sorted(l)': '[1, 3]',
    'sum(l)': '4',
    'list(l)': '[3, 1]',
    'min(a, 2)': '-7',
    'max(l)': '3',
    'round(f)': '2',
    'ord(s)': '120',
    'divmod(a, 2)': '(-4, 1)',
    'hex(a)': '-0x7',
    'any(l)': 'True',
    'sorted(l, reverse=True)': '[3, 1]',
    'max(l, default=4)': '3',
    'sum([a, f])': '-4.5',
    'sum(reversed(l))': '4',
    'list(zip(l, "ab"))': "[(3, 'a'), (1, 'b')]",
    'list(enumerate(l, 1))': '[(1, 3), (2, 1)]',
    'list(reversed(l))': '[1, 3]',
    'list(reversed(s))': "['x']",
    'list(map(abs, hidden([-1, 2])))': '[1, 2]',
    'list(filter(None, hidden([0, 2])))': '[2]',
    'next(iter(l))': '3',
    'next(hidden(iter(l)))': '3',
    '[x for x in hidden((1, "a"))]': "[1, 'a']",
    'hidden((1, "a", 2.5))[hidden(-1)]': '2.5',
    '"hello"[hidden(1)]': 'e',
    '"hello"[hidden(1):hidden(3)]': 'el',
    '[4, 5, 6][hidden(2)]': '6',
    '(4, "b")[hidden(1)]': 'b',
    'callable(a)': 'False',
    'callable(hidden(abs_of))': 'True',
    'callable(hidden(i32))': 'True',
    'getattr(f, "real", 1)': '2.5',
    'getattr(f, "nothing", 1)': '1',
    'hasattr(s, "upper")': 'True',
    'hasattr(s, "nothing")': 'False',
    'f"{a:4}|{f:.3f}|{s:>3}|{a:{4}}"': '  -7|2.500|  x|  -7',
    '"{:>3}".format(s)': '  x',
    'format(a, "03")': '-07',
  },
  {
    declared: 'def hidden(x: dynamic) -> dynamic:\n    return x\ndef abs_of(x: i32) -> i32:\n    return abs(x)',
  },
)

dynamic(
  'arguments have names, and parameters defaults, whatever is called',
  `
  class Line:
      def at(self, x: i32, rise: i32 = 10) -> i32:
          return x * 100 + rise

  def scaled(x: i32, by: i32 = 2, plus: i32 = 0) -> i32:
      return x * by + plus

  def other(x: i32, k: i32, l: i32) -> i32:
      return -x

  def pick(n: i32) -> dynamic:
      if n == 0:
          return scaled
      if n == 1:
          return other
      return Line()

  def f() -> str:
      g = pick(0)
      return f"{g(3)} {g(3, 4)} {g(3, plus=1)} {g(plus=1, x=5)} {pick(1)(1, l=2, k=3)} {pick(2).at(rise=5, x=1)}"
  `,
  ({ f }) => assert.is(f?.(), '6 12 7 11 -1 105'),
)

dynamic.refuses(
  'a name that no parameter has',
  `
  def f(x: i32) -> i32:
      return x
  def hidden(x: dynamic) -> dynamic:
      return x
  def main() -> None:
      hidden(f)(y=2)
  `,
  'TypeError: unexpected keyword argument `y`',
)

dynamic(
  'what changes in place is changed for all who see it',
  `
  class Total:
      n: i32
      def __init__(self) -> None:
          self.n = 0
      def __iadd__(self, more: i32) -> Total:
          self.n = self.n + more
          return self

  def f() -> str:
      total = Total()
      var d: dynamic = total
      d += 3
      d += 4
      words = ["a"]
      d = words
      d += ["b"]
      d[0] += "!"
      d = 5
      d *= 2
      return f"{total.n} {words} {d}"
  `,
  ({ f }) => assert.is(f?.(), "7 ['a!', 'b'] 10"),
)

dynamic.refuses(
  'a type without formats of its own takes no specification',
  `
  def hidden(x: dynamic) -> dynamic:
      return x
  def main() -> None:
      print(f"{hidden(None)}")
      print(f"{hidden(None):5}")
  `,
  'TypeError: unsupported format string passed to `types::NoneType`',
)

dynamic.refuses(
  'a specification has to suit the type that a value turns out to have',
  `
  def hidden(x: dynamic) -> dynamic:
      return x
  def main() -> None:
      print(f"{hidden(3):s}")
  `,
  "ValueError: Unknown format code 's' for object of type 'i32'",
)

dynamic(
  'a function that promises no type returns None at its end',
  `
  def f(c: bool) -> dynamic:
      if c:
          return 1

  def g() -> dynamic:
      pass

  def shown() -> str:
      return str(f(True)) + str(f(False)) + str(g()) + str(f(False) is None)
  `,
  ({ shown }) => assert.is(shown?.(), '1NoneNoneTrue'),
)

dynamic(
  'blue functions are found by their identity and called with what is known',
  `
  @blue
  def double(x):
      return x * 2

  @blue
  def kind(x):
      return type(x)

  @blue.generic
  def pair(T, n):
      return n

  var kept: dynamic = double

  def pick(first: bool) -> dynamic:
      if first:
          return double
      return kind

  def calls() -> str:
      var g: dynamic = pair
      return str(kept(4)) + str(pick(True)("ab")) + str(pick(False)(1)) + str(g[i32, 7])

  def same() -> str:
      d = pick(True)
      o: object = d
      return str(d is double) + str(d is kind) + str(d == double) + str(o is double)
  `,
  ({ calls, same }) => {
    assert.is(calls?.(), "8abab<spy type 'i32'>7")
    assert.is(same?.(), 'TrueFalseTrueTrue')
  },
)

dynamic.refuses(
  'what is not known when they are called is red to them',
  `
  @blue
  def double(x):
      return x * 2

  def main() -> None:
      var d: dynamic = double
      var x: i32 = 3
      print(d(x))
  `,
  'TypeError: cannot call blue function with red arguments',
)

dynamic.refuses(
  'a variable of the type of a blue function is not called: which function that is is not known',
  `
  @blue
  def f(x):
      return x

  var v = f

  def main() -> None:
      print(v(1))
  `,
  'TypeError: cannot call objects of type `@blue def(dynamic) -> dynamic`',
)

dynamic(
  'what only blue code makes is shown when a variable holds it',
  `
  error = ValueError("x")

  def f() -> str:
      var x = error
      return str(x)[:17] + " " + str(STATIC_TYPE(x))
  `,
  ({ f }) => assert.is(f?.(), "<spy `ValueError` <spy type 'ValueError'>"),
)

dynamic.run()
