/** Operators of user-defined types: methods, reflected methods, in-place methods, metafunctions. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const methods = language('operator methods')

/** Says what has been called with what. */
const RECORDER = `
@struct
class R:
    name: str
${[
  ...['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow', 'lshift', 'rshift', 'and', 'or', 'xor', 'matmul'],
  ...['lt', 'le', 'gt', 'ge', 'eq', 'ne'],
]
  .map(
    (op) => `
    def __${op}__(self, other: R) -> str:
        return self.name + " ${op} " + other.name`,
  )
  .join('')}
    def __neg__(self) -> str:
        return "neg " + self.name
    def __pos__(self) -> str:
        return "pos " + self.name
    def __invert__(self) -> str:
        return "invert " + self.name
    def __abs__(self) -> str:
        return "abs " + self.name
    def __contains__(self, item: i32) -> str:
        return self.name + " contains " + str(item)
`

evaluates(
  methods,
  'each operator has its method, whose result type is free',
  'a = R("a")\nb = R("b")',
  {
    'a + b': 'a add b',
    'a - b': 'a sub b',
    'a * b': 'a mul b',
    'a / b': 'a truediv b',
    'a // b': 'a floordiv b',
    'a % b': 'a mod b',
    'a ** b': 'a pow b',
    'a << b': 'a lshift b',
    'a >> b': 'a rshift b',
    'a & b': 'a and b',
    'a | b': 'a or b',
    'a ^ b': 'a xor b',
    'a @ b': 'a matmul b',
    'a < b': 'a lt b',
    'a <= b': 'a le b',
    'a > b': 'a gt b',
    'a >= b': 'a ge b',
    'a == b': 'a eq b',
    'a != b': 'a ne b',
    '-a': 'neg a',
    '+a': 'pos a',
    '~a': 'invert a',
    'abs(a)': 'abs a',
    '1 in a': 'a contains 1',
  },
  { declared: RECORDER },
)

evaluates(
  methods,
  '__div__ is what / calls when there is no __truediv__',
  '',
  { 'Old(1) / 2': 'div', 'Both(1) / 2': 'truediv', '2 / Old(1)': 'rdiv' },
  {
    declared: `
@struct
class Old:
    n: i32
    def __div__(self, other: i32) -> str:
        return "div"
    def __rdiv__(self, other: i32) -> str:
        return "rdiv"
@struct
class Both:
    n: i32
    def __div__(self, other: i32) -> str:
        return "div"
    def __truediv__(self, other: i32) -> str:
        return "truediv"
`,
  },
)

evaluates(
  methods,
  'the reflected method of the right operand steps in when the left has none that takes it',
  'm = Meters(2.0)\nvar n: i32 = 3',
  {
    'm * 1.5': 'mul 3.0',
    '1.5 * m': 'rmul 3.0',
    'n * m': 'rmul 6.0',
    'm + Feet(1.0)': 'radd of Feet',
    '1.0 < m': 'gt',
    '1.0 >= m': 'le',
    '"a" + m': 'a and meters',
  },
  {
    declared: `
@struct
class Meters:
    n: f64
    def __mul__(self, k: f64) -> str:
        return "mul " + str(self.n * k)
    def __rmul__(self, k: f64) -> str:
        return "rmul " + str(self.n * k)
    def __add__(self, other: Meters) -> str:
        return "add"
    def __gt__(self, k: f64) -> str:
        return "gt"
    def __le__(self, k: f64) -> str:
        return "le"
    def __radd__(self, text: str) -> str:
        return text + " and meters"

@struct
class Feet:
    n: f64
    def __radd__(self, other: Meters) -> str:
        return "radd of Feet"
`,
  },
)

methods(
  'operands are evaluated from left to right even if the right one answers',
  `
  var log: str = ""

  @struct
  class P:
      n: i32
      def __radd__(self, other: i32) -> i32:
          return other + self.n

  def left() -> i32:
      log = log + "left "
      return 1

  def right() -> P:
      log = log + "right "
      return P(2)

  def f() -> str:
      left() + right()
      return log
  `,
  ({ f }) => assert.is(f?.(), 'left right '),
)

methods.error(
  'a method that does not take the operand is the error, when nothing steps in',
  `
  @struct
  class P:
      n: i32
      def __add__(self, other: P) -> P:
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: function defined here
          return P(self.n + other.n)

  def main() -> None:
      p = P(1) + "a"
                 ^^^ error: expected \`test::P\`, got \`str\`
          ^^^^^^^^^^ note: operator::ADD called here
  `,
  'TypeError: mismatched types',
)

methods.error(
  'the same method of both operands is not asked twice',
  `
  @struct
  class P:
      n: i32
      def __radd__(self, other: P) -> P:
          return other

  def main() -> None:
      P(1) + P(2)
      ^^^^ error: this is \`test::P\`
             ^^^^ error: this is \`test::P\`
      ^^^^^^^^^^^ note: operator::ADD called here
  `,
  'TypeError: cannot do `test::P` + `test::P`',
)

fails(
  methods,
  '',
  {
    'P(1) @ P(1)': 'TypeError: cannot do `test::P` @ `test::P`',
    '-P(1)': 'TypeError: cannot do -`test::P`',
    '+P(1)': 'TypeError: cannot do +`test::P`',
    '~P(1)': 'TypeError: cannot do ~`test::P`',
    'P(1) < P(2)': 'TypeError: cannot do `test::P` < `test::P`',
    '1 in P(1)': 'TypeError: cannot do `i32` in `test::P`',
    'P(1)[0]': 'TypeError: cannot do `test::P`[...]',
    'P(1)(2)': 'TypeError: cannot call objects of type `test::P`',
    'P(1).m()': 'TypeError: method `test::P::m` does not exist',
    'len(P(1))': 'TypeError: cannot call len(`test::P`)',
    'hash(F(1.5, P2()))': "TypeError: unhashable type 'test::F'",
  },
  {
    declared: `
@struct
class P:
    n: i32
@struct
class P2:
    def __eq__(self, o: P2) -> bool:
        return True
@struct
class F:
    x: f64
    p: P2
    def __eq__(self, o: F) -> bool:
        return True
`,
  },
)

methods(
  'op= calls the in-place method if there is one, else the plain operator',
  `
  @struct
  class Log:
      text: str
      def __iadd__(self, more: str) -> Log:
          return Log(self.text + "+=" + more)
      def __sub__(self, more: str) -> Log:
          return Log(self.text + "-" + more)

  def f() -> str:
      var log = Log("a")
      log += "b"
      log -= "c"
      return log.text
  `,
  ({ f }) => assert.is(f?.(), 'a+=b-c'),
)

methods(
  'l += m extends the list that others see, too',
  `
  def f() -> i32:
      var l = [1, 2]
      m = l
      l += [3]
      return len(m)
  `,
  ({ f }) => assert.is(f?.(), 3),
)

methods.error(
  'the result of op= must fit the variable',
  `
  def main() -> None:
      var x: i32 = 4
             ^^^ note: expected \`i32\` because of type declaration
      x /= 2
      ^^^^^^ error: expected \`i32\`, got \`f64\`
  `,
  'TypeError: mismatched types',
)

methods(
  'receiver and indices of an augmented assignment are evaluated once',
  `
  from unsafe import gc_alloc, gc_ptr
  var log: str = ""

  @struct
  class Node:
      n: i32

  def items(l: list[i32]) -> list[i32]:
      log = log + "items "
      return l

  def index() -> i32:
      log = log + "index "
      return 1

  def value() -> i32:
      log = log + "value "
      return 10

  def node(p: gc_ptr[Node]) -> gc_ptr[Node]:
      log = log + "node "
      return p

  def f() -> str:
      l = [1, 2, 3]
      items(l)[index()] += value()
      p = gc_alloc[Node](1)
      node(p).n += value()
      node(p).n *= 2
      return log + str(l[1]) + " " + str(p.n)
  `,
  ({ f }) => assert.is(f?.(), 'items index value node value node 12 20'),
)

methods(
  'a metafunction chooses the operation from the types',
  `
  from operator import OpSpec

  @struct
  class Any:
      n: i32
      @blue.metafunc
      def __add__(m_self, m_other):
          if m_other.static_type == str:
              def with_str(self: Any, other: str) -> str:
                  return str(self.n) + other
              return OpSpec(with_str)
          if m_other.static_type == i32:
              def with_int(self: Any, other: i32) -> i32:
                  return self.n + other
              return OpSpec(with_int)
          return OpSpec.NULL

  def f() -> str:
      return (Any(1) + "a") + str(Any(1) + 2)
  `,
  ({ f }) => assert.is(f?.(), '1a3'),
)

methods.error(
  'a metafunction that answers NULL means that there is no such operation',
  `
  from operator import OpSpec

  @struct
  class Any:
      n: i32
      @blue.metafunc
      def __add__(m_self, m_other):
          return OpSpec.NULL

  def main() -> None:
      Any(1) + 2
      ^^^^^^ error: this is \`test::Any\`
               ^ error: this is \`i32\`
      ^^^^^^^^^^ note: operator::ADD called here
  `,
  'TypeError: cannot do `test::Any` + `i32`',
)

methods.run()
