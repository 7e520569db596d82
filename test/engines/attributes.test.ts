/** Reading and writing attributes; getattr, setattr, hasattr. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const attributes = language('attributes')

const POINT = `
@struct
class P:
    x: i32
    y: i32
    kind = "point"
    @property
    def sum(self) -> i32:
        return self.x + self.y
    def twice(self) -> i32:
        return self.x * 2
    @staticmethod
    def origin() -> P:
        return P(0, 0)
`

evaluates(
  attributes,
  'fields, properties and class attributes are read alike',
  'p = P(1, 2)',
  {
    'p.x': '1',
    'p.y': '2',
    'p.sum': '3',
    'p.kind': 'point',
    'P.kind': 'point',
    'P.origin().x': '0',
    'p.origin().y': '0',
    'P.twice(p)': '2',
    'getattr(p, "y")': '2',
    'hasattr(p, "x")': 'True',
    'hasattr(p, "sum")': 'True',
    'hasattr(p, "z")': 'False',
    'hasattr(1, "size")': 'False',
    'hasattr(p, "twice")': 'True',
    'hasattr(P, "twice")': 'True',
    'hasattr(P, "kind")': 'True',
    'hasattr(P, "x")': 'False',
    'hasattr(P, "sum")': 'False',
    'P.__name__': 'P',
  },
  { declared: POINT },
)

attributes.error(
  'an attribute that does not exist blames the object',
  `
  @struct
  class P:
      x: i32

  def main() -> None:
      p = P(1)
      ^ note: \`p\` defined here
      p.z
      ^ error: this is \`test::P\`
      ^^^ note: operator::GETATTR called here
  `,
  "TypeError: type `test::P` has no attribute 'z'",
)

attributes.error(
  'a type says that it is a type',
  `
  def main() -> None:
      i32.foo
      ^^^ error: this is \`type\`
      ^^^^^^^ note: operator::GETATTR called here
  `,
  "TypeError: type `type` has no attribute 'foo'",
)

attributes.error(
  'structs are immutable',
  `
  @struct
  class P:
      x: i32

  def main() -> None:
      p = P(1)
      ^ note: \`p\` defined here
      p.x = 2
      ^ error: this is \`test::P\`
      ^^^^^^^ note: operator::SETATTR called here
  `,
  "TypeError: type `test::P` does not support assignment to attribute 'x'",
)

attributes(
  'fields are written through pointers',
  `
  from unsafe import gc_alloc

  @struct
  class P:
      x: i32
      y: f64

  def f() -> f64:
      p = gc_alloc[P](1)
      p.x = 3
      p.y = 4
      setattr(p, "x", 5)
      return p.x + p.y
  `,
  ({ f }) => assert.is(f?.(), 9),
)

attributes.error(
  'what is written must fit the field',
  `
  from unsafe import gc_alloc

  @struct
  class P:
      x: i32

  def main() -> None:
      p = gc_alloc[P](1)
      p.x = "a"
            ^^^ error: expected \`i32\`, got \`str\`
      ^^^^^^^^^ note: operator::SETATTR called here
  `,
  'TypeError: mismatched types',
)

attributes.error(
  'the name of an attribute is known at blue time',
  `
  @struct
  class P:
      x: i32

  def main() -> None:
      var name: str = "x"
      getattr(P(1), name)
                    ^^^^ error: this is red
                    ^^^^ note: operator::GETATTR called here
      ^^^^^^^^^^^^^^^^^^^ note: operator::CALL called here
  `,
  'TypeError: expected blue argument',
)

fails(
  attributes,
  '',
  {
    'getattr(P(1), 1)': 'TypeError: mismatched types',
    'getattr(P(1), "q")': "TypeError: type `test::P` has no attribute 'q'",
    'hasattr(P(1), 1)': 'TypeError: mismatched types',
    'P(1).m': 'TypeError: method `test::P::m` can only be called',
    'hasattr(P(1))': 'TypeError: this function takes 2 arguments but 1 argument was supplied',
  },
  { declared: '@struct\nclass P:\n    x: i32\n    def m(self) -> None:\n        pass' },
)

attributes(
  '__getattribute__ alone decides; __getattr__ comes last',
  `
  from operator import OpSpec

  @struct
  class Proxy:
      n: i32
      @blue.metafunc
      def __getattribute__(m_self, m_name):
          name = m_name.blueval
          if name == "secret":
              return OpSpec.NULL
          return OpSpec.const("all of " + name)

  @struct
  class Last:
      n: i32
      def __getattr__(self, name: str) -> str:
          return "no " + name

  def f() -> str:
      p = Proxy(1)
      q = Last(2)
      return p.n + ", " + p.other + ", " + str(q.n) + ", " + q.missing + ", " + str(hasattr(p, "secret"))
  `,
  ({ f }) => assert.is(f?.(), 'all of n, all of other, 2, no missing, False'),
)

attributes(
  '__setattr__ is asked for names that the type does not have',
  `
  var log: str = ""

  @struct
  class Open:
      n: i32
      def __setattr__(self, name: str, value: i32) -> None:
          log = log + name + "=" + str(value)

  def f() -> str:
      o = Open(1)
      o.size = 3
      return log
  `,
  ({ f }) => assert.is(f?.(), 'size=3'),
)

attributes(
  'attributes of a module are static: constants, types, functions, and variables as they are now',
  {
    'main.spy': `
      import shop
      def f() -> str:
          shop.sold = shop.sold + 1
          shop.sold += 10
          b = shop.Box(shop.size)
          return str(shop.double(b.n)) + " " + str(shop.sold) + " " + str(hasattr(shop, "nope"))
    `,
    'shop.spy': `
      const size: i32 = 4
      var sold: i32 = 0
      @struct
      class Box:
          n: i32
      def double(n: i32) -> i32:
          return n * 2
    `,
  },
  ({ f }) => assert.is(f?.(), '8 11 False'),
)

attributes.error(
  'a missing attribute of a module',
  {
    'main.spy': `
      import shop
      ^^^^^^^^^^^ note: \`shop\` defined here
      def main() -> None:
          shop.nope
          ^^^^ error: this is \`types::module\`
          ^^^^^^^^^ note: operator::GETATTR called here
    `,
    'shop.spy': `
      const size: i32 = 4
    `,
  },
  "TypeError: type `types::module` has no attribute 'nope'",
)

attributes(
  'dir tells the names of a value, in alphabetical order',
  `
  import math

  @struct
  class A:
      x: i32

      def m(self) -> i32:
          return 1

  def main() -> str:
      return str(dir(5)) + str("x" in dir(A(1)) and "m" in dir(A) and "__make__" in dir(A)) + str("pi" in dir(math))
  `,
  ({ main }) => assert.is(main?.(), "['__new__', '__repr__', '__str__']TrueTrue"),
)

attributes.run()
