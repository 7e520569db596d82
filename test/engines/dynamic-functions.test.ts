/** Functions of the library on `dynamic` values, and what `dynamic` values cannot do. */
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
  },
  { declared: 'def hidden(x: dynamic) -> dynamic:\n    return x' },
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

dynamic.run()
