/** Colours: what is known at blue time, what that costs, and what blue functions may do. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const colours = language('colours')

// --------------------------------------------------------------------------------------------------- of expressions

colours(
  'expressions have the colour of what they are made of',
  `
  from __spy__ import COLOR, as_red
  import math

  @struct
  class P:
      x: i32

  K = 2
  var v: i32 = 3

  def red(a: i32) -> i32:
      return a

  def operators(a: i32) -> str:
      return COLOR(1 + 2) + COLOR(a + 1) + COLOR(-K) + COLOR(not True) + COLOR("a" + "b") + COLOR(K) + COLOR(v)

  def calls(a: i32) -> str:
      return COLOR(red(1)) + COLOR(len("abc")) + COLOR(str(1)) + COLOR(str(True)) + COLOR(ord("a")) + COLOR(hash(1))

  def texts(a: i32) -> str:
      folded = COLOR("abc".replace("a", "b")) + COLOR(ord(b"a")) + COLOR("a" * 3) + COLOR(repr("a")) + COLOR("a" < "b")
      return folded + COLOR("abc".upper()) + COLOR("abc"[0]) + COLOR("a" in "abc") + COLOR(str("a")) + COLOR(len(b"a"))

  def objects(a: i32) -> str:
      return COLOR(P(1)) + COLOR((1, 2)) + COLOR([1]) + COLOR(list[i32]) + COLOR(P) + COLOR(red) + COLOR(ValueError("x"))

  def conversions(a: i32) -> str:
      return COLOR(f64(K)) + COLOR(i32("3")) + COLOR(as_red(1)) + COLOR(type(1)) + COLOR(type(as_red(1))) + COLOR(math.pi)

  def logic(a: bool) -> str:
      return COLOR(False and a) + COLOR(True and a) + COLOR(a and False) + COLOR(True or a) + COLOR(False or True)

  def conditional(a: bool) -> str:
      return COLOR(1 if True else 2) + COLOR(1 if a else 2)

  def questions(a: i32) -> str:
      return COLOR(STATIC_TYPE(a)) + COLOR(COLOR(a)) + COLOR(hasattr(a, "x")) + COLOR(len((a, 2)))

  def walrus(a: i32) -> str:
      var y: i32 = 2
      return COLOR((x := 1)) + COLOR((y := 1))
  `,
  ({ operators, calls, texts, objects, conversions, logic, conditional, questions, walrus }) => {
    const short = (colors: string) => colors.replaceAll('blue', 'b').replaceAll('red', 'r')
    assert.is(short(operators?.(1)), 'brbbbbr')
    assert.is(short(calls?.(1)), 'rbrbbr')
    assert.is(short(texts?.(1)), 'bbbbbrrrrr')
    assert.is(short(objects?.(1)), 'rrrbbbb')
    assert.is(short(conversions?.(1)), 'bbrbrb')
    assert.is(short(logic?.(true)), 'brrbb')
    assert.is(short(conditional?.(true)), 'br')
    assert.is(short(questions?.(1)), 'bbbb')
    assert.is(short(walrus?.(1)), 'br')
  },
)

colours(
  'a constant result does not keep its operands from being evaluated',
  `
  var n: i32 = 0

  def step() -> i32:
      n = n + 1
      return n

  def f() -> i32:
      T = STATIC_TYPE(step())
      h = hasattr(step(), "x")
      k: T = len((step(), step()))
      return n * 10 + k
  `,
  ({ f }) => assert.is(f?.(), 42),
)

colours(
  'a right operand that is decided by a blue left one is not typed',
  `
  @struct
  class P:
      x: i32

  def positive(p: P) -> bool:
      return hasattr(p, "y") and p.y > 0

  def f() -> bool:
      return positive(P(1))
  `,
  ({ f }) => assert.is(f?.(), false),
)

colours(
  'a constant that only one branch assigns is folded where its assignment must have run',
  `
  def f(c: bool) -> i32:
      if c:
          x = 1
          return x + 1
      return 5
  `,
  ({ f }) => {
    assert.is(f?.(true), 2)
    assert.is(f?.(false), 5)
  },
)

colours(
  'what stands behind a blue condition whose taken side leaves is as dead as an else',
  `
  @blue
  def size(T):
      def f(x: T) -> i32:
          if T == i32:
              return x + 1
          elif T == f64:
              return i32(x)
          return len(x)
      return f

  @blue
  def only(T):
      def f(x: T) -> i32:
          if T != i32:
              raise TypeError("only i32")
          return x + 1
      return f

  def sizes() -> i32:
      return size(i32)(1) + size(f64)(10.5) + size(str)("abc") * 100

  def loop() -> i32:
      n = 0
      while n < 3:
          n = n + 1
          if True:
              continue
          n = n + "a"
      return n

  def good() -> i32:
      return only(i32)(1)

  def bad() -> i32:
      return only(str)("a")
  `,
  ({ sizes, loop, good, bad }) => {
    assert.is(sizes?.(), 312)
    assert.is(loop?.(), 3)
    assert.is(good?.(), 2)
    assert.throws(() => bad?.(), /only i32/)
  },
)

// -------------------------------------------------------------------------------------------------- blue functions

colours.error(
  'blue functions take blue arguments',
  `
  @blue
  def half(n):
  ^^^^^^^^^^^^ note: function defined here
      return n // 2

  def main() -> None:
      var k: i32 = 2
      print(half(k))
            ^^^^ error: this is blue
                 ^ error: this is red
            ^^^^^^^ note: operator::CALL called here
  `,
  'TypeError: cannot call blue function with red arguments',
)

colours.error(
  'variables are red even in a blue function',
  `
  @blue
  def half(n):
  ^^^^^^^^^^^^ note: function defined here
      return n // 2

  @blue
  def run(n):
      var k = n
      return half(k)
             ^^^^ error: this is blue
                  ^ error: this is red
             ^^^^^^^ note: operator::CALL called here

  def main() -> None:
      print(run(4))
  `,
  'TypeError: cannot call blue function with red arguments',
)

colours(
  'the result of a blue call is blue, whatever is returned',
  `
  from __spy__ import COLOR

  @blue
  def count(n):
      var k = 0
      for i in range(n):
          k = k + i
      return k

  def f() -> str:
      return COLOR(count(5)) + str(count(5))
  `,
  ({ f }) => assert.is(f?.(), 'blue10'),
)

colours.error(
  'of a blue method, the receiver is the callee',
  `
  @struct
  class P:
      x: i32

      @blue
      def m(self):
      ^^^^^^^^^^^^ note: function defined here
          return 1

  def main() -> None:
      var p: P = P(1)
      print(p.m())
            ^ error: this is blue
            ^ error: this is red
            ^^^^^ note: operator::CALL_METHOD called here
  `,
  'TypeError: cannot call blue function with red arguments',
)

colours.error(
  'generic functions are called with brackets',
  `
  @blue.generic
  def g(T):
  ^^^^^^^^^ note: \`g\` defined here
      return T

  def main() -> None:
      g(i32)
      ^ error: this is \`@blue.generic def(dynamic) -> dynamic\`
      ^^^^^^ note: operator::CALL called here
  `,
  'TypeError: generic functions must be called via `[...]`',
)

colours.error(
  'others are not',
  `
  @blue
  def g(T):
  ^^^^^^^^^ note: \`g\` defined here
      return T

  def main() -> None:
      g[i32]
      ^ error: this is \`@blue def(dynamic) -> dynamic\`
      ^^^^^^ note: operator::GETITEM called here
  `,
  'TypeError: cannot do `@blue def(dynamic) -> dynamic`[...]',
)

colours(
  'a captured variable has the value that it has when it is read, and in the end its last',
  `
  @blue
  def counted():
      var k = 0
      def f() -> i32:
          return k
      def twice() -> i32:
          return f() * 2
      @blue
      def once():
          return k
      s = ""
      while k < 3:
          k = k + 1
          s = s + str(f()) + str(twice()) + str(once()) + " "
      return s

  @blue
  def kept():
      var k = 1
      def f() -> i32:
          return k
      first = f()
      k = 5
      return f

  @blue
  def method():
      var k = 1
      @struct
      class P:
          x: i32
          def m(self) -> i32:
              return self.x + k
      first = P(1).m()
      k = 5
      return str(first) + str(P(1).m())

  def f() -> str:
      return counted() + str(kept()()) + " " + method()
  `,
  ({ f }) => assert.is(f?.(), '121 241 361 5 26'),
)

// --------------------------------------------------------------------------------------------------- the blue cache

colours(
  'a blue function runs once for each set of arguments, told apart by type and value',
  `
  @struct
  class P:
      x: i32

  var calls: i32 = 0

  @blue
  def kind(x):
      calls = calls + 1
      return type(x)

  p = P(1)
  q = P(1)
  r = P(2)
  nan = f64("nan")

  a = kind(1) == i32 and kind(1) == i32 and kind(1.0) == f64 and kind(True) == bool and kind(i8(1)) == i8
  four = calls
  b = kind(0.0) == kind(-0.0)
  six = calls
  c = kind(nan) == kind(nan)
  seven = calls
  d = kind(p) == kind(q) and kind(r) == P
  nine = calls

  def f() -> str:
      return f"{a} {b} {c} {d} {four} {six} {seven} {nine}"
  `,
  ({ f }) => assert.is(f?.(), 'True True True True 4 6 7 9'),
)

colours.error(
  'a struct that says itself what is equal cannot be an argument',
  `
  @struct
  class P:
      x: i32

      def __eq__(self, o: P) -> bool:
          return True

  @blue
  def show(p):
      return 1

  p = P(1)
  a = show(p)

  def main() -> None:
      pass
  `,
  'WIP: type test::P cannot be cached because it defines __eq__ or __ne__',
)

colours.error(
  'errors are not remembered, and a blue function can raise them itself',
  `
  @blue
  def bad(n):
      raise StaticError("no " + str(n))

  def main() -> None:
      bad(1)
  `,
  'StaticError: no 1',
)

colours.error(
  'blue code that runs for too long fails',
  `
  @blue
  def forever():
      while True:
          pass

  def main() -> None:
      forever()
  `,
  'Exception: blue code ran for too long (limit: 1000 steps)',
  { blueSteps: 1000 },
)

colours.error(
  'in every error mode',
  `
  @blue
  def forever():
      while True:
          pass

  def main() -> None:
      forever()
  `,
  'Exception: blue code ran for too long (limit: 1000 steps)',
  { blueSteps: 1000, errors: 'lazy' },
)

colours.run()
