/** Names and variables: which type a name has, what may be assigned, what is read where. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const names = language('names')

// ------------------------------------------------------------------------------------------- the type of a variable

names(
  'the first assignment decides about the type of a variable, later ones are converted to it',
  `
  def f() -> f64:
      x = 1.5
      x = 2
      return x
  `,
  ({ f }) => assert.is(f?.(), 2),
)

names(
  'a declaration converts its value to the declared type',
  `
  def f() -> f64:
      x: f64 = 3
      return x / 2
  `,
  ({ f }) => assert.is(f?.(), 1.5),
)

names.error(
  'an assignment that does not fit says where the type comes from: the first value',
  `
  def main() -> None:
      x = 1
          ^ note: expected \`i32\` because of type declaration
      x = "a"
          ^^^ error: expected \`i32\`, got \`str\`
  `,
  'TypeError: mismatched types',
)

names.error(
  'of two branches that give a name different types, the second in the text is wrong',
  `
  def f(c: bool) -> None:
      if c:
          x = 1
              ^ note: expected \`i32\` because of type declaration
      else:
          x = "a"
              ^^^ error: expected \`i32\`, got \`str\`

  def main() -> None:
      f(False)
  `,
  'TypeError: mismatched types',
)

names(
  'the first branch in the text decides, whichever runs first',
  `
  def f(c: bool) -> f64:
      if c:
          x = 1.5
      else:
          x = 2
      return x
  `,
  ({ f }) => {
    assert.is(f?.(false), 2)
    assert.is(f?.(true), 1.5)
  },
)

names(
  'a declaration in the other branch counts, too',
  `
  def f(c: bool) -> f64:
      if c:
          x: f64 = 1
      else:
          x = 2
      return x / 2
  `,
  ({ f }) => {
    assert.is(f?.(false), 1)
    assert.is(f?.(true), 0.5)
  },
)

names(
  'the two sides of a blue condition do not count against each other',
  `
  def f() -> i32:
      if True:
          x = 1
      else:
          x = "a"
      return x
  `,
  ({ f }) => assert.is(f?.(), 1),
)

names(
  'branches of a blue function may give a name different types',
  `
  @blue
  def pick(c):
      if c:
          x = 1
      else:
          x = "a"
      return x

  def number() -> i32:
      return pick(True)

  def text() -> str:
      return pick(False)
  `,
  ({ number, text }) => {
    assert.is(number?.(), 1)
    assert.is(text?.(), 'a')
  },
)

names.error(
  'a note about a loop variable points at the iterable',
  `
  def main() -> None:
      for i in range(2):
               ^^^^^^^^ note: expected \`i32\` because of type declaration
          i = "a"
              ^^^ error: expected \`i32\`, got \`str\`
  `,
  'TypeError: mismatched types',
)

names(
  'a loop variable may be shared by two loops, and be a parameter',
  `
  def f(i: i32) -> i32:
      s = i
      for i in range(3):
          s += i
      for i in range(10, 12):
          s += i
      return s
  `,
  ({ f }) => assert.is(f?.(100), 124),
)

names(
  'a declaration that is executed again is an assignment',
  `
  def f(n: i32) -> f64:
      s = 0.0
      for i in range(n):
          x: f64 = i
          s += x
      return s

  def keeps(n: i32) -> i32:
      for i in range(n):
          x: i32
          if i == 0:
              x = 7
      return x
  `,
  ({ f, keeps }) => {
    assert.is(f?.(4), 6)
    assert.is(keeps?.(3), 7)
  },
)

names.error(
  'two declarations of one name are an error in a red function',
  `
  def main() -> None:
      x: i32 = 1
      ^^^^^^^^^^ note: this is the previous declaration
      x: i32 = 2
      ^^^^^^^^^^ error: this is the new declaration
  `,
  'ScopeError: variable `x` already declared',
)

names.error(
  'two declarations in a blue function are an error when both are executed',
  `
  @blue
  def f():
      x: i32 = 1
      ^^^^^^^^^^ note: this is the previous declaration
      x: i32 = 2
      ^^^^^^^^^^ error: this is the new declaration
      return x

  def main() -> None:
      f()
  `,
  'ScopeError: variable `x` already declared',
)

names(
  'declarations in exclusive branches of a blue function are fine',
  `
  @blue
  def f(c):
      if c:
          x: i32 = 1
          return x
      else:
          x: str = "a"
          return x

  def number() -> i32:
      return f(True)

  def text() -> str:
      return f(False)
  `,
  ({ number, text }) => {
    assert.is(number?.(), 1)
    assert.is(text?.(), 'a')
  },
)

names(
  'assigning to the name of a builtin declares a local',
  `
  def f() -> i32:
      range = 3
      len = 4
      return range + len
  `,
  ({ f }) => assert.is(f?.(), 7),
)

names(
  'class members do not shadow names of the module',
  `
  x = 5

  @struct
  class P:
      x: i32
      y: i32

      def twice(self) -> i32:
          return self.x * 2

  def twice(n: i32) -> i32:
      return P(n, x).twice() + x
  `,
  ({ twice }) => assert.is(twice?.(3), 11),
)

// ------------------------------------------------------------------------------------------------ reading too early

names.error(
  'a declared local without a value cannot be read',
  `
  def main() -> None:
      x: i32
      print(x)
            ^ error:
  `,
  'Exception: read from uninitialized local',
)

names(
  'a local that one branch assigns is checked where it is read',
  `
  def f(c: bool) -> i32:
      if c:
          x = 1
      return x
  `,
  ({ f }) => {
    assert.is(f?.(true), 1)
    assert.throws(() => f?.(false), /read from uninitialized local/)
  },
)

names.error(
  'a local that one branch assigns cannot be changed where it may be unset',
  `
  def f(c: bool) -> i32:
      if c:
          x = 1
      x += 1
      ^ error:
      return x

  def main() -> None:
      f(False)
  `,
  'Exception: read from uninitialized local',
)

names(
  'an assignment expression whose value is known may stand where it is not always evaluated',
  `
  def told(n: i32) -> str:
      assert n > 2, (m := "small")
      return "large"
  def both(n: i32) -> i32:
      if n > 2 and (k := 5) > 4:
          return n
      return 0
  def either(n: i32) -> i32:
      return (a := 3) + n if n > 1 else (b := 4) * n
  def read(n: i32) -> i32:
      if n > 2 and (k := 5) > 4:
          return k
      return 0
  `,
  ({ told, both, either, read }) => {
    assert.is(told?.(3), 'large')
    assert.throws(() => told?.(1), 'small')
    assert.equal([both?.(1), both?.(3)], [0, 3])
    assert.equal([either?.(1), either?.(2)], [4, 5])
    assert.equal([read?.(2), read?.(3)], [0, 5])
  },
)

names(
  'variables may wait for each other, in loops and branches',
  `
  def f(n: i32) -> i32:
      while n < 3:
          for i in range(2):
              if a < (a := b):
                  b = i
              else:
                  b = a + c
                  c += b
          n += 1
      for b in range(n):
          a = b
      c = a
      return a + b + c
  `,
  ({ f }) => {
    assert.is(f?.(4), 9)
    assert.throws(() => f?.(2), /read from uninitialized local/)
  },
)

names(
  'what is assigned in an operand that may not be evaluated is checked where it is read',
  `
  def conjunction(n: i32) -> i32:
      if n > 2 and (y := n) > 3:
          return y
      return y

  def disjunction(n: i32) -> i32:
      if n > 2 or (y := n) > 1:
          return y
      return 0

  def chain(n: i32) -> i32:
      if 2 < n < (y := 10):
          return y
      return y + 1

  def choice(n: i32) -> i32:
      z = (y := n) if n > 2 else 0
      return y + z

  def message(n: i32) -> str:
      assert n > 2 or n < 0, (m := "small")
      return m
  `,
  ({ conjunction, disjunction, chain, choice, message }) => {
    const unset = /read from uninitialized local/
    assert.is(conjunction?.(4), 4)
    assert.is(conjunction?.(3), 3)
    assert.throws(() => conjunction?.(2), unset)
    assert.is(disjunction?.(2), 2)
    assert.is(disjunction?.(1), 0)
    assert.throws(() => disjunction?.(3), unset)
    assert.is(chain?.(5), 10)
    assert.is(chain?.(11), 11)
    assert.throws(() => chain?.(2), unset)
    assert.is(choice?.(3), 6)
    assert.throws(() => choice?.(2), unset)
    assert.throws(() => message?.(1), /small/)
    assert.throws(() => message?.(3), unset)
  },
)

names(
  'a loop may read what its turn before has assigned',
  `
  def f(n: i32) -> i32:
      total = 0
      i = 0
      while i < n:
          if i > 0:
              total += last
          last = i * 10
          i += 1
      return total

  def early(n: i32) -> i32:
      while n > 0:
          print(last)
          last = n
          n -= 1
      return 0
  `,
  ({ f, early }) => {
    assert.is(f?.(4), 30)
    assert.is(early?.(0), 0)
    assert.throws(() => early?.(1), /read from uninitialized local/)
  },
)

names(
  'a loop variable is declared even after zero turns, and unset then',
  `
  def f(n: i32) -> i32:
      for i in range(n):
          pass
      return i
  `,
  ({ f }) => {
    assert.is(f?.(3), 2)
    assert.throws(() => f?.(0), /read from uninitialized local/)
  },
)

names.error(
  'a name of the module cannot be read before its definition has run',
  `
  early = late + 1
          ^^^^ error: used before its definition
  late = 1

  def main() -> None:
      pass
  `,
  'NameError: name `late` is not defined',
)

names.error(
  'functions are not declared ahead: calling a later one at import time is too early',
  `
  early = later()
          ^^^^^ error: used before its definition

  def later() -> i32:
      return 1

  def main() -> None:
      pass
  `,
  'NameError: name `later` is not defined',
)

names(
  'inside of functions, names of the module may be defined later',
  `
  def f() -> i32:
      return helper() + K

  def helper() -> i32:
      return 1

  K = 2
  `,
  ({ f }) => assert.is(f?.(), 3),
)

names.error(
  'a name that nobody defines is an error where it is evaluated',
  `
  def main() -> None:
      print(nope)
            ^^^^ error: not found in this scope
  `,
  'NameError: name `nope` is not defined',
)

names.error(
  'an unknown target of += is one, too',
  `
  def main() -> None:
      nope += 1
      ^^^^ error: not found in this scope
  `,
  'NameError: name `nope` is not defined',
)

// ------------------------------------------------------------------------------------------------------ assignment

names.error(
  'a constant of the module cannot be assigned',
  `
  limit = 10
  ^^^^^^^^^^ note: const declared here (global-const)
  ^^^^^^^^^^ note: help: declare it as variable: \`var limit ...\`

  def main() -> None:
      limit += 1
      ^^^^^ error: limit is const
  `,
  'TypeError: invalid assignment target',
)

names.error(
  'an explicit const cannot be assigned again',
  `
  def main() -> None:
      const k = 1
      ^^^^^^^^^^^ note: const declared here (explicit)
      k = 2
      ^ error: k is const
  `,
  'TypeError: invalid assignment target',
)

names.error(
  'parameters of blue functions are constants',
  `
  @blue
  def f(x):
        ^ note: const declared here (blue-param)
        ^ note: blue function arguments are const by default
      x = 2
      ^ error: x is const
      return x

  def main() -> None:
      f(1)
  `,
  'TypeError: invalid assignment target',
)

names.error(
  'functions are constants',
  `
  def helper() -> None:
  ^^^^^^^^^^^^^^^^^^^^ note: const declared here (funcdef)
      pass

  def main() -> None:
      helper = 1
      ^^^^^^ error: helper is const
  `,
  'TypeError: invalid assignment target',
)

names.error(
  'a variable of an enclosing function is not ours to assign',
  `
  @blue
  def make():
      var k = 1
      def g() -> None:
          k = 2
          ^ error: k is not local
      return g

  def main() -> None:
      make()()
  `,
  'TypeError: invalid assignment target',
)

names.error(
  'an imported name cannot be assigned, even if it is a variable',
  {
    'main.spy': `
      from other import v
      ^^^^^^^^^^^^^^^^^^^ note: const declared here (import)

      def main() -> None:
          v = 5
          ^ error: v is const
    `,
    'other.spy': `
      var v: i32 = 4
    `,
  },
  'TypeError: invalid assignment target',
)

// ------------------------------------------------------------------------------------------------- module variables

names(
  'variables of the module are converted and keep their values between calls',
  `
  var total: f64 = 1

  def add(n: i32) -> f64:
      total = total + n
      return total

  def reset() -> None:
      total = 0
  `,
  ({ add, reset }) => {
    assert.is(add?.(2), 3)
    assert.is(add?.(2), 5)
    reset?.()
    assert.is(add?.(1), 1)
  },
)

names.error(
  'what is assigned to a module variable must fit its type',
  `
  var n: i32 = 0
         ^^^ note: expected \`i32\` because of type declaration

  def main() -> None:
      n = "a"
          ^^^ error: expected \`i32\`, got \`str\`
  `,
  'TypeError: mismatched types',
)

names.error(
  'a constant of the module must fit its annotation',
  `
  x: str = 1
           ^ error: expected \`str\`, got \`i32\`
     ^^^ note: expected \`str\` because of type declaration

  def main() -> None:
      pass
  `,
  'TypeError: mismatched types',
)

names(
  'a variable of another module is shared: read by its imported name, read and written through the module',
  {
    'main.spy': `
      import other
      from other import v

      def f() -> i32:
          other.v = 5
          a = v
          other.bump()
          return a * 100 + other.v * 10 + v
    `,
    'other.spy': `
      var v: i32 = 4

      def bump() -> None:
          v += 1
    `,
  },
  ({ f }) => assert.is(f?.(), 566),
)

names(
  'getattr and setattr do what is written with a dot',
  {
    'main.spy': `
      import other

      def f() -> i32:
          setattr(other, "v", getattr(other, "v") * 10)
          return other.v if hasattr(other, "v") and not hasattr(other, "w") else 0
    `,
    'other.spy': `
      var v: i32 = 4
    `,
  },
  ({ f }) => assert.is(f?.(), 40),
)

names.error(
  'nothing but variables can be assigned through a module',
  {
    'main.spy': `
      import other
      ^^^^^^^^^^^^ note: \`other\` defined here

      def main() -> None:
          other.c = 5
          ^^^^^ error: this is \`types::module\`
          ^^^^^^^^^^^ note: operator::SETATTR called here
    `,
    'other.spy': `
      c = 4
    `,
  },
  "TypeError: type `types::module` does not support assignment to attribute 'c'",
)

names(
  'import time reads variables, also in blue functions',
  {
    'main.spy': `
      from other import v
      import other

      @blue
      def read():
          return v + other.v

      k = read()
      j = v + 1

      def f() -> i32:
          return k * 10 + j
    `,
    'other.spy': `
      var v: i32 = 4
    `,
  },
  ({ f }) => assert.is(f?.(), 85),
)

names.error(
  'after import time a blue function cannot read a variable',
  `
  var n: i32 = 3

  @blue
  def f():
      return n
             ^ error: this is red

  def main() -> None:
      print(f())
  `,
  'TypeError: cannot read a variable at blue time',
)

names.error(
  'nor can it read one of another module',
  {
    'main.spy': `
      import other

      @blue
      def f():
          return other.n
                 ^^^^^^^ error: this is red

      def main() -> None:
          print(f())
    `,
    'other.spy': `
      var n: i32 = 3
    `,
  },
  'TypeError: cannot read a variable at blue time',
)

names.error(
  'nor can it assign one',
  `
  var n: i32 = 3

  @blue
  def f():
      n = 4
      ^ error: this is red
      return 1

  def main() -> None:
      print(f())
  `,
  'TypeError: cannot assign a variable at blue time',
)

names.error(
  'nor as one of several targets',
  `
  var n: i32 = 3

  @blue
  def f():
      m, n = 4, 5
         ^ error: this is red
      return m

  def main() -> None:
      print(f())
  `,
  'TypeError: cannot assign a variable at blue time',
)

names.error(
  'nor one of another module',
  {
    'main.spy': `
      import other

      @blue
      def f():
          other.n = 4
          ^^^^^^^ error: this is red
          return 1

      def main() -> None:
          print(f())
    `,
    'other.spy': `
      var n: i32 = 3
    `,
  },
  'TypeError: cannot assign a variable at blue time',
)

names(
  'at import time a blue function may assign variables',
  {
    'main.spy': `
      import other

      var mine: i32 = 1

      @blue
      def change():
          mine = 2
          other.n = 3
          return 4

      k = change()

      def f() -> i32:
          return mine * 100 + other.n * 10 + k
    `,
    'other.spy': `
      var n: i32 = 0
    `,
  },
  ({ f }) => assert.is(f?.(), 234),
)

names.error(
  'what is assigned through a module must fit the type that the variable was declared with',
  {
    'main.spy': `
      import other

      def main() -> None:
          other.n = "a"
                    ^^^ error: expected \`i32\`, got \`str\`
    `,
    'other.spy': `
      var n: i32 = 3
             ^^^ note: expected \`i32\` because of type declaration
    `,
  },
  'TypeError: mismatched types',
)

names.error(
  'so must what a walrus assigns',
  `
  var n = 3
  ^^^^^^^^^ note: expected \`i32\` because of type declaration

  def main() -> None:
      print((n := "a"))
                  ^^^ error: expected \`i32\`, got \`str\`
  `,
  'TypeError: mismatched types',
)

names.error(
  'and what is unpacked',
  `
  var n: i32 = 3
         ^^^ note: expected \`i32\` because of type declaration

  def main() -> None:
      m, n = 1, "a"
             ^^^^^^ error: expected \`i32\`, got \`str\`
  `,
  'TypeError: mismatched types',
)

// --------------------------------------------------------------------------------------------------------- __INIT__

names(
  'what __INIT__ assigns is seen by everybody',
  {
    'main.spy': `
      from other import k
      import other

      def f() -> i32:
          return k * 100 + other.own() * 10 + other.count
    `,
    'other.spy': `
      k = 1
      var count: i32 = 0

      @blue
      def __INIT__(mod):
          mod.k = 2
          mod.count = 3

      def own() -> i32:
          return k
    `,
  },
  ({ f }) => assert.is(f?.(), 223),
)

names.error(
  'it must be blue',
  `
  def __INIT__(mod: i32) -> None:
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: function defined here
      pass

  def main() -> None:
      pass
  `,
  'TypeError: the __INIT__ function must be @blue',
)

// ------------------------------------------------------------------------------------------------- captured names

names(
  'a captured name is blue and has the value that it has when the code is typed',
  `
  @blue
  def make(n):
      var k = n
      k = k + 1
      def add(x: i32) -> i32:
          return x + k
      return add

  add5 = make(4)

  def f(x: i32) -> i32:
      return add5(x)
  `,
  ({ f }) => assert.is(f?.(10), 15),
)

names(
  'a function in a red function captures blue names, and is made once',
  `
  def f(n: i32) -> i32:
      K = 10
      def add(x: i32) -> i32:
          return x + K
      return add(n)
  `,
  ({ f }) => assert.is(f?.(1), 11),
)

names.error(
  'it cannot capture a red one',
  `
  def main() -> None:
      var n: i32 = 1
      ^^^^^^^^^^^^^^ note: variable defined here
      def g() -> i32:
          return n
                 ^ error: this is red
      print(g())
  `,
  'TypeError: cannot capture a red variable',
)

names.run()
