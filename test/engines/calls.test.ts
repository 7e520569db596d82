/** What can be called, and what it means: functions, types, methods, objects with `__call__`. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const calls = language('calls')

const DECLARED = `
from operator import OpSpec

@struct
class Adder:
    n: i32
    def __call__(self, x: i32, y: i32 = 100) -> i32:
        return self.n + x + y
    @classmethod
    def of(cls: type, n: i32) -> Adder:
        return Adder(n)
    @staticmethod
    def zero() -> Adder:
        return Adder(0)
    def plus(self, x: i32) -> i32:
        return self.n + x

@struct
class Holder:
    f: Adder
    @property
    def g(self) -> Adder:
        return Adder(self.f.n + 1)
    h = Adder

@struct
class Ghost:
    n: i32
    @blue.metafunc
    def __call_method__(m_self, m_name, *args_m):
        if m_name.blueval == "gone":
            return OpSpec.NULL
        if m_name.blueval == "count":
            return OpSpec.const(len(args_m))
        def value(self: Ghost) -> i32:
            return self.n
        return OpSpec(value, [m_self])
`

evaluates(
  calls,
  'methods, static and class methods, and objects with __call__',
  'a = Adder(1)',
  {
    'a(2)': '103',
    'a(2, 3)': '6',
    'a(2, y=4)': '7',
    'a.plus(10)': '11',
    'Adder.plus(a, 10)': '11',
    'Adder.of(5).n': '5',
    'a.of(6).n': '6',
    'Adder.zero().n': '0',
    'a.zero().n': '0',
  },
  { declared: DECLARED },
)

evaluates(
  calls,
  'a name that is no method is read, and what it holds is called',
  'h = Holder(Adder(1))',
  { 'h.f(1, 1)': '3', 'h.g(1, 1)': '4', 'h.h(7).n': '7', '(h.f)(1, 1)': '3' },
  { declared: DECLARED },
)

evaluates(
  calls,
  '__call_method__ alone decides about methods',
  'g = Ghost(4)',
  { 'g.anything()': '4', 'g.count(1, 2)': '2', 'g.n': '4' },
  { declared: DECLARED },
)

fails(
  calls,
  'g = Ghost(4)\na = Adder(1)',
  {
    'g.gone()': 'TypeError: method `test::Ghost::gone` does not exist',
    'a.nope()': 'TypeError: method `test::Adder::nope` does not exist',
    'i32.nope()': 'TypeError: method `type::nope` does not exist',
    'a.n()': 'TypeError: cannot call objects of type `i32`',
    '(1)(2)': 'TypeError: cannot call objects of type `i32`',
    'list(1)': 'TypeError: generic functions must be called via `[...]`',
    'a.plus()': 'TypeError: this function takes 2 arguments but 1 argument was supplied',
    'a.plus(1, 2, 3)': 'TypeError: this function takes 2 arguments but 4 arguments were supplied',
    'a()': 'TypeError: this function takes from 2 to 3 arguments but 1 argument was supplied',
    'Adder()': 'TypeError: this function takes 1 argument but 0 arguments were supplied',
  },
  { declared: DECLARED },
)

calls.error(
  'too many arguments are underlined together',
  `
  def f(a: i32) -> i32:
  ^^^^^^^^^^^^^^^^^^^^ note: function defined here
      return a

  def main() -> None:
      f(1, 2, 3)
           ^^^^ error: 2 extra arguments
      ^^^^^^^^^^ note: operator::CALL called here
  `,
  'TypeError: this function takes 1 argument but 3 arguments were supplied',
)

calls.error(
  'too few blame the callee',
  `
  def f(a: i32, b: i32, c: i32 = 1) -> i32:
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: function defined here
      return a

  def main() -> None:
      f(1)
      ^ error: 1 argument missing
      ^^^^ note: operator::CALL called here
  `,
  'TypeError: this function takes from 2 to 3 arguments but 1 argument was supplied',
)

calls.error(
  'a method that does not exist blames the receiver',
  `
  @struct
  class P:
      x: i32

  def main() -> None:
      p = P(1)
      ^ note: \`p\` defined here
      p.nope()
      ^ error: this is \`test::P\`
      ^^^^^^^^ note: operator::CALL_METHOD called here
  `,
  'TypeError: method `test::P::nope` does not exist',
)

calls(
  'any callable attribute of a module can be called, types and generics included',
  {
    'main.spy': `
      import shapes
      def f() -> i32:
          p = shapes.P(3)
          return shapes.area(p) + shapes.same[i32](4) + shapes.Box[i32](5).item
    `,
    'shapes.spy': `
      @struct
      class P:
          x: i32
      def area(p: P) -> i32:
          return p.x * p.x
      @blue.generic
      def same(T):
          def impl(x: T) -> T:
              return x
          return impl
      @struct
      class Box[T]:
          item: T
    `,
  },
  ({ f }) => assert.is(f?.(), 18),
)

calls.refuses(
  'a function that a module does not have',
  {
    'main.spy': `
      import shapes
      def main() -> None:
          shapes.nope()
    `,
    'shapes.spy': `
      def area() -> i32:
          return 1
    `,
  },
  'TypeError: method `types::module::nope` does not exist',
)

calls.run()
