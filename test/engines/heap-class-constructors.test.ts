/** `__init__` with `*args` and as a metafunction: the call of the class is a call of it. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const constructors = language('constructors of classes')

constructors(
  '__init__ takes what is left of the arguments, and so does that of a class below',
  `
  class Bag:
      n: i32
      def __init__(self, *items: i32) -> None:
          self.n = len(items)

  class Pair(Bag):
      def __init__(self, x: i32) -> None:
          super().__init__(x, x)
          self.n += x * 10

  class More(Pair):
      def __init__(self, x: i32, *items: i32) -> None:
          super().__init__(x)
          for item in items:
              self.n += item

  class Same(More):
      pass

  made = Bag(7, 8, 9)

  def hidden(x: dynamic) -> dynamic:
      return x

  def f() -> str:
      bag: Bag = Same(1, 200, 300)
      return f"{Bag().n} {Bag(1, 2).n} {Pair(3).n} {More(1, 100).n} {bag.n} {made.n} {hidden(Bag)(1, 2, 3, 4).n}"
  `,
  ({ f }) => assert.is(f?.(), '0 2 32 112 512 3 4'),
)

constructors(
  '__init__ as a metafunction sees the types of the arguments',
  `
  from operator import OpSpec

  class Shown:
      text: str
      @blue.metafunc
      def __init__(m_self, m_x):
          T = m_x.static_type
          def show(self: Shown, x: T) -> None:
              self.text = T.__name__ + " " + str(x)
          return OpSpec(show)

  class Below(Shown):
      k: i32
      def __init__(self, k: i32) -> None:
          super().__init__("below")
          self.k = k

  def f(n: i32) -> str:
      return Shown(n).text + ", " + Shown("a").text + ", " + Below(n).text
  `,
  ({ f }) => assert.is(f?.(4), 'i32 4, str a, str below'),
)

constructors.error(
  'arguments are checked as those of a method',
  `
  class Bag:
      n: i32
      def __init__(self, *items: i32) -> None:
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: function defined here
          self.n = 0

  def main() -> None:
      Bag(1, "x")
             ^^^ error: expected \`i32\`, got \`str\`
      ^^^^^^^^^^^ note: operator::CALL_METHOD called here
  `,
  'TypeError: mismatched types',
)

constructors.refuses(
  '__init__ returns nothing, whatever it takes',
  `
  class Bag:
      n: i32
      def __init__(self, *items: i32) -> i32:
          return 1

  def main() -> None:
      Bag()
  `,
  'TypeError: __init__ must return `None`, not `i32`',
)

constructors.run()
