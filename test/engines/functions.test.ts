/** Functions: parameters, arguments in every form of call, results, decorators, functions as values. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const functions = language('functions')

// --------------------------------------------------------------------------------------------- defaults and keywords

functions(
  'arguments are given by position or by name, what is left takes its default',
  `
  def f(a: i32, b: i32 = 2, c: i32 = 3) -> i32:
      return a * 100 + b * 10 + c

  def all() -> str:
      return f"{f(1)} {f(1, c=5)} {f(c=1, a=2)} {f(1, b=4, c=9)}"
  `,
  ({ all }) => assert.is(all?.(), '123 125 221 149'),
)

functions(
  'so are those of methods, static and class methods, through the instance and through the type',
  `
  @struct
  class P:
      x: i32

      def m(self, a: i32, b: i32 = 5) -> i32:
          return self.x * 100 + a * 10 + b

      @staticmethod
      def s(a: i32, b: i32 = 7) -> i32:
          return a * 10 + b

      @classmethod
      def c(cls: type, a: i32, b: i32 = 8) -> i32:
          return a * 10 + b

  def methods() -> str:
      p = P(1)
      return f"{p.m(3)} {p.m(a=3, b=4)} {p.m(3, b=1)} {P.m(p, 1)} {P.m(p, b=1, a=2)}"

  def static() -> str:
      p = P(1)
      return f"{P.s(1)} {P.s(b=2, a=1)} {p.s(1)} {p.s(a=3)}"

  def of_class() -> str:
      p = P(1)
      return f"{P.c(1)} {P.c(b=2, a=1)} {p.c(1)}"
  `,
  ({ methods, static: statics, of_class }) => {
    assert.is(methods?.(), '135 134 131 115 121')
    assert.is(statics?.(), '17 12 17 37')
    assert.is(of_class?.(), '18 12 18')
  },
)

functions(
  'and of fields, __new__, __call__; subscripts fill defaults',
  `
  @struct
  class P:
      x: i32
      y: i32

  @struct
  class Q:
      v: i32

      def __new__(a: i32, b: i32 = 4) -> Q:
          return Q.__make__(a * 10 + b)

      def __call__(self, a: i32, b: i32 = 6) -> i32:
          return self.v * 100 + a * 10 + b

      def __getitem__(self, i: i32, j: i32 = 9) -> i32:
          return i * 10 + j

  def fields() -> i32:
      p = P(y=2, x=1)
      return p.x * 10 + p.y

  def made() -> str:
      return f"{Q(1).v} {Q(a=1, b=2).v} {Q(b=3, a=1).v} {Q(2, b=3).v}"

  def called() -> str:
      q = Q(1)
      return f"{q(1)} {q(1, b=2)} {q(b=1, a=2)} {q[1]} {q[1, 2]}"
  `,
  ({ fields, made, called }) => {
    assert.is(fields?.(), 12)
    assert.is(made?.(), '14 12 13 23')
    assert.is(called?.(), '1416 1412 1421 19 12')
  },
)

functions(
  'and of blue functions, generics and what they make',
  `
  @blue
  def blue(a, b=2):
      return a * 10 + b

  def less[T](x: T, y: T) -> T:
      return x - y

  @blue.generic
  def make(T, n):
      def inner(x: T, k: i32 = 3) -> i32:
          return k * n
      return inner

  def f() -> str:
      return f"{blue(1)} {blue(b=5, a=3)} {less[i32](y=1, x=5)} {make[i32, 4](1)} {make[i32, 4](x=1, k=5)}"
  `,
  ({ f }) => assert.is(f?.(), '12 35 4 12 20'),
)

functions(
  'keyword arguments are evaluated where they are written',
  `
  var log: str = ""

  def step(n: i32) -> i32:
      log = log + str(n)
      return n

  def f(a: i32, b: i32, c: i32) -> i32:
      return a * 100 + b * 10 + c

  def main() -> str:
      r = f(c=step(3), a=step(1), b=step(2))
      return log + "=" + str(r)
  `,
  ({ main }) => assert.is(main?.(), '312=123'),
)

functions(
  'defaults are evaluated once, when the def is executed',
  `
  var n: i32 = 1

  def f(x: i32 = n) -> i32:
      return x

  def g() -> i32:
      n = 5
      return f()
  `,
  ({ g }) => assert.is(g?.(), 1),
)

functions.error(
  'an unknown keyword',
  `
  def f(a: i32) -> None:
  ^^^^^^^^^^^^^^^^^^^^^ note: function defined here
      pass

  def main() -> None:
      f(1, k=2)
           ^^^ error:
      ^^^^^^^^^ note: operator::CALL called here
  `,
  'TypeError: unexpected keyword argument `k`',
)

functions.error(
  'a parameter that is given twice',
  `
  def f(a: i32) -> None:
  ^^^^^^^^^^^^^^^^^^^^^ note: function defined here
      pass

  def main() -> None:
      f(1, a=2)
           ^^^ error:
      ^^^^^^^^^ note: operator::CALL called here
  `,
  'TypeError: multiple values for argument `a`',
)

functions.error(
  'a parameter that no keyword gives',
  `
  def f(a: i32, b: i32) -> None:
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: function defined here
      pass

  def main() -> None:
      f(b=2)
      ^ error: 1 argument missing
      ^^^^^^ note: operator::CALL called here
  `,
  'TypeError: missing argument `a`',
)

functions.error(
  'metafunctions take no keywords',
  `
  from operator import OpSpec

  @blue.metafunc
  def m(x):
      return OpSpec.const(1)

  def main() -> None:
      m(x=2)
        ^^^ error:
      ^^^^^^ note: operator::CALL called here
  `,
  'TypeError: metafuncs take no keyword arguments',
)

// ------------------------------------------------------------------------------------------------------- arguments

functions.error(
  'too few arguments; defaults widen what is accepted',
  `
  def f(a: i32, b: i32 = 1) -> None:
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: function defined here
      pass

  def main() -> None:
      f()
      ^ error: 1 argument missing
      ^^^ note: operator::CALL called here
  `,
  'TypeError: this function takes from 1 to 2 arguments but 0 arguments were supplied',
)

functions.error(
  'too many arguments',
  `
  def f(a: i32) -> None:
  ^^^^^^^^^^^^^^^^^^^^^ note: function defined here
      pass

  def main() -> None:
      f(1, 2, 3)
           ^^^^ error: 2 extra arguments
      ^^^^^^^^^^ note: operator::CALL called here
  `,
  'TypeError: this function takes 1 argument but 3 arguments were supplied',
)

functions.error(
  'the receiver of a method counts',
  `
  @struct
  class P:
      x: i32

      def m(self) -> None:
      ^^^^^^^^^^^^^^^^^^^ note: function defined here
          pass

  def main() -> None:
      p = P(1)
      p.m(1)
          ^ error: 1 extra argument
      ^^^^^^ note: operator::CALL_METHOD called here
  `,
  'TypeError: this function takes 1 argument but 2 arguments were supplied',
)

functions.error(
  'a default of the wrong type is an error of the call, at the default',
  `
  def f(a: i32, b: str = 1) -> None:
                         ^ error: expected \`str\`, got \`i32\`
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: function defined here
      pass

  def main() -> None:
      f(1)
      ^^^^ note: operator::CALL called here
  `,
  'TypeError: mismatched types',
)

// ----------------------------------------------------------------------------------------------------------- *args

functions(
  'extra arguments are a tuple; each is converted',
  `
  def f(a: i32, *r: f64) -> f64:
      s = 0.0
      for x in r:
          s += x
      return s * 10 + len(r) + a * 1000

  def calls() -> str:
      return f"{f(1)} {f(1, 2)} {f(1, 2, 3)}"
  `,
  ({ calls }) => assert.is(calls?.(), '1000.0 1021.0 1052.0'),
)

functions(
  'they take no defaults',
  `
  def f(a: i32 = 1, *r: i32) -> i32:
      return a * 10 + len(r)

  def calls() -> str:
      return f"{f()} {f(2)} {f(2, 3)}"
  `,
  ({ calls }) => assert.is(calls?.(), '10 20 21'),
)

functions(
  'methods of every kind have them',
  `
  @struct
  class P:
      x: i32

      def m(self, *r: i32) -> i32:
          return self.x * 10 + len(r)

      @staticmethod
      def s(*r: i32) -> i32:
          return len(r)

      @classmethod
      def c(cls: type, *r: i32) -> i32:
          return len(r)

      def __call__(self, *r: str) -> i32:
          return len(r)

  def calls() -> str:
      p = P(4)
      return f"{p.m()} {p.m(1, 2)} {P.s(1, 2, 3)} {P.c(1)} {p.s(1)} {p('a', 'b')} {p()}"
  `,
  ({ calls }) => assert.is(calls?.(), '40 42 3 1 1 2 0'),
)

functions(
  'blue functions receive them as an untyped tuple',
  `
  @blue
  def f(*args):
      return len(args)

  @blue
  def second(*args):
      return args[1]

  def g() -> str:
      return f"{f()} {f(1, 'a')} {second(1, 'a')}"
  `,
  ({ g }) => assert.is(g?.(), '0 2 a'),
)

functions.error(
  'they count as one parameter',
  `
  def f(a: i32, *r: i32) -> None:
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: function defined here
      pass

  def main() -> None:
      f()
      ^ error: 2 arguments missing
      ^^^ note: operator::CALL called here
  `,
  'TypeError: this function takes 2 arguments but 0 arguments were supplied',
)

functions.error(
  'each is checked',
  `
  def f(a: i32, *r: i32) -> None:
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: function defined here
      pass

  def main() -> None:
      f(1, 2, "a")
              ^^^ error: expected \`i32\`, got \`str\`
      ^^^^^^^^^^^^ note: operator::CALL called here
  `,
  'TypeError: mismatched types',
)

// ------------------------------------------------------------------------------------------------------ signatures

functions.error(
  'parameters of red functions have types',
  `
  def f(a) -> None:
        ^ error: type is missing here
      pass

  def main() -> None:
      pass
  `,
  "TypeError: missing type for argument 'a'",
)

functions.error(
  'red functions say what they return',
  `
  def f(a: i32):
        ^^^^^^^^ error:
      pass

  def main() -> None:
      pass
  `,
  'TypeError: missing return type',
)

functions.error(
  'without parameters, the whole line is shown',
  `
  def f():
  ^^^^^^^^ error:
      pass

  def main() -> None:
      pass
  `,
  'TypeError: missing return type',
)

functions.error(
  'an annotation is a type',
  `
  def f(a: 3) -> None:
           ^ error: expected \`type\`
      pass

  def main() -> None:
      pass
  `,
  'TypeError: expected `type`, got `i32`',
)

functions.error(
  'strings are no annotations',
  `
  def f(a: "i32") -> None:
           ^^^^^ error: expected \`type\`
      pass

  def main() -> None:
      pass
  `,
  'TypeError: expected `type`, got `str`',
)

functions.error(
  'what is returned has the declared type',
  `
  def main() -> None:
                ^^^^ note: expected \`types::NoneType\` because of return type
      return 1
             ^ error: expected \`types::NoneType\`, got \`i32\`
  `,
  'TypeError: mismatched types',
)

functions(
  'falling off the end is an error, unless None is returned',
  `
  def f(n: i32) -> i32:
      if n == 1:
          return 2

  def nothing(n: i32) -> None:
      if n == 1:
          return
  `,
  ({ f, nothing }) => {
    assert.is(f?.(1), 2)
    assert.is(nothing?.(0), undefined)
    assert.throws(() => f?.(0), /reached the end of the function without a `return`/)
  },
)

// ------------------------------------------------------------------------------------------------------ decorators

functions(
  'decorators are called from the bottom up',
  `
  @blue
  def plus_one(f):
      def w(x: i32) -> i32:
          return f(x) + 1
      return w

  @blue
  def times_ten(f):
      def w(x: i32) -> i32:
          return f(x) * 10
      return w

  @plus_one
  @times_ten
  def f(x: i32) -> i32:
      return x
  `,
  ({ f }) => assert.is(f?.(2), 21),
)

functions(
  'a name is bound to whatever its decorator gives',
  `
  @blue
  def five(f):
      return 5

  @five
  def k() -> None:
      pass

  def f() -> i32:
      return k
  `,
  ({ f }) => assert.is(f?.(), 5),
)

functions.error(
  'decorators are blue',
  `
  def wrap(x: dynamic) -> dynamic:
      return x

  @wrap
   ^^^^ error: this is red
  def f(x: i32) -> i32:
      return x

  def main() -> None:
      pass
  `,
  'TypeError: decorators must be @blue',
)

// ------------------------------------------------------------------------------------------------ functions as values

functions(
  'functions of one type can be passed, stored and called',
  `
  def add(a: i32) -> i32:
      return a + 1

  def mul(a: i32) -> i32:
      return a * 10

  def apply(k: type(add), a: i32) -> i32:
      return k(a)

  @struct
  class S:
      fn: type(add)

  def f() -> str:
      var k = add
      first = k(4)
      k = mul
      s = S(mul)
      return f"{apply(add, 1)} {apply(mul, 1)} {first} {k(4)} {s.fn(5)}"
  `,
  ({ f }) => assert.is(f?.(), '2 10 5 40 50'),
)

functions(
  'containers that import time has made hold functions, and can be given more',
  `
  def inc(x: i32) -> i32:
      return x + 1

  def double(x: i32) -> i32:
      return x * 2

  TABLE = [inc, double]
  BY_NAME = {"inc": inc, "double": double}

  def f() -> i32:
      for i in range(10):
          TABLE.append(double)
      return TABLE[0](3) * 100 + TABLE[11](4) * 10 + BY_NAME["inc"](5)
  `,
  ({ f }) => assert.is(f?.(), 486),
)

functions(
  'the type of a function is its parameters and its result, and no more',
  `
  def f(a: i32, b: i32 = 1) -> i32:
      return a

  def g(x: i32, y: i32) -> i32:
      return x

  def same() -> bool:
      return type(f) is type(g)

  def equal() -> str:
      return f"{f == g} {f == f}"
  `,
  ({ same, equal }) => {
    assert.is(same?.(), true)
    assert.is(equal?.(), 'False True')
  },
)

functions.error(
  'memory that nobody has written holds no function to call; arguments are evaluated before that is noticed',
  `
  from unsafe import gc_alloc

  def inc(x: i32) -> i32:
      return x + 1

  def two() -> i32:
      print("two")
      return 2

  def main() -> None:
      p = gc_alloc[type(inc)](2)
      p[0] = inc
      print(p[0](two()))
      print(p[1](two()))
            ^^^^ error:
  `,
  'PanicError: call of an uninitialized function value',
)

functions.error(
  'functions of different types cannot be compared',
  `
  def f(a: i32) -> i32:
      return a

  def g(a: str) -> i32:
      return 1

  def main() -> None:
      print(f == g)
            ^ error: this is \`def(i32) -> i32\`
                 ^ error: this is \`def(str) -> i32\`
            ^^^^^^ note: operator::EQ called here
  `,
  'TypeError: cannot do `def(i32) -> i32` == `def(str) -> i32`',
)

functions.error(
  'a call through a value takes no keywords: names belong to the function',
  `
  def g(a: i32) -> i32:
      return a

  def f(h: type(g)) -> i32:
      return h(a=1)
               ^^^ error:
             ^^^^^^ note: operator::CALL called here

  def main() -> None:
      f(g)
  `,
  'TypeError: unexpected keyword argument `a`',
)

functions.error(
  'a function that was made for a type and is bound to a name must be right, called or not',
  `
  @blue
  def plus_one(f):
      def w(x: i32) -> i32:
          return f(x) + "a"
                 ^^^^ error: this is \`f64\`
                        ^^^ error: this is \`str\`
                 ^^^^^^^^^^ note: operator::ADD called here
      return w

  g = plus_one(f64)
  def main() -> None:
      print(g(1))
  `,
  'TypeError: cannot do `f64` + `str`',
)

functions.error(
  'a nested function that is called before its definition is unset',
  `
  def outer(n: i32) -> i32:
      return add(n)
             ^^^ error:
      def add(x: i32) -> i32:
          return x + 1

  def main() -> None:
      print(outer(1))
  `,
  'Exception: read from uninitialized local',
)

functions(
  'built-in functions are values like others',
  `
  import math
  F = STATIC_TYPE(math.sqrt)

  def apply(f: F, x: f64) -> f64:
      return f(x)

  def hidden(x: dynamic) -> dynamic:
      return x

  def f(n: i32) -> str:
      l = [math.sqrt, math.floor]
      return f"{apply(math.sqrt, 9.0)} {l[n](2.5)} {hidden(math.fabs)(-1.5)} {l[0] == math.sqrt}"

  def wrong() -> f64:
      return apply(math.sqrt, -1.0)
  `,
  ({ f, wrong }) => {
    assert.is(f?.(1), '3.0 2.0 1.5 True')
    assert.throws(() => wrong?.(), /math domain error|expected a nonnegative input/)
  },
)

functions.run()
