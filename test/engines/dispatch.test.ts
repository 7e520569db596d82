/** The dispatch protocol as programs see it: metafunctions, MetaArg, OpSpec, OPERATORs. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const dispatch = language('dispatch')

dispatch(
  'a metafunction sees the colour, the static type and the value of its arguments',
  `
  from operator import OpSpec

  @blue.metafunc
  def describe(m):
      if m.color == "blue":
          return OpSpec.const(m.color + " " + m.static_type.__name__ + " " + str(m.blueval))
      return OpSpec.const(m.color + " " + m.static_type.__name__)

  def f() -> str:
      x = True
      var y: f64 = 1
      return describe(x) + ", " + describe(y)
  `,
  ({ f }) => assert.is(f?.(), 'blue bool True, red f64'),
)

dispatch.error(
  'a red argument has no value',
  `
  from operator import OpSpec

  @blue.metafunc
  def value(m):
      return OpSpec.const(m.blueval)
                          ^^^^^^^^^ note: operator::GETATTR called here

  def main() -> None:
      var y: i32 = 1
      print(value(y))
            ^^^^^^^^ note: operator::CALL called here
  `,
  'ValueError: oparg is not blue',
)

dispatch(
  'MetaArgs can be made, and are equal when colour, type and value are',
  `
  from operator import MetaArg, OpSpec

  def add(a: i32, b: i32) -> i32:
      return a + b

  @blue.metafunc
  def plus4(m):
      return OpSpec(add, [m, MetaArg("blue", i32, 4)])

  @blue
  def same(a, b):
      x = MetaArg("blue", i32, a)
      return x == MetaArg("blue", i32, b)

  @blue
  def red():
      return MetaArg("red", i32, None) == MetaArg("red", i32, 3)

  def f() -> str:
      var y: i32 = 1
      return f"{plus4(y)} {same(1, 1)} {same(1, 2)} {red()}"
  `,
  ({ f }) => assert.is(f?.(), '5 True False True'),
)

dispatch.error(
  'their colour is a string',
  `
  from operator import MetaArg

  @blue
  def make():
      return MetaArg(3, i32, None)

  def main() -> None:
      make()
  `,
  'TypeError: MetaArg color must be a string, got i32',
)

dispatch.error(
  'and there are two colours',
  `
  from operator import MetaArg

  @blue
  def make():
      return MetaArg("green", i32, None)

  def main() -> None:
      make()
  `,
  "TypeError: MetaArg color must be 'red' or 'blue', got 'green'",
)

dispatch(
  'an OpSpec names a function, and the arguments if they are not those of the operation',
  `
  from operator import OpSpec

  def sub(a: i32, b: i32) -> i32:
      return a - b

  @blue.metafunc
  def plain(a, b):
      return OpSpec(sub)

  @blue.metafunc
  def swapped(a, b):
      return OpSpec(sub, [b, a])

  @blue.metafunc
  def constant(a, b):
      return OpSpec.const(7)

  def f(x: i32, y: i32) -> str:
      return f"{plain(x, y)} {swapped(x, y)} {constant(x, y)}"
  `,
  ({ f }) => assert.is(f?.(5, 3), '2 -2 7'),
)

dispatch(
  'a metafunction reached through two operations gives each its own arguments',
  `
  from operator import OpSpec

  @struct
  class P:
      x: i32

      @blue.metafunc
      def __repr__(m):
          return OpSpec(show, [m])

  def show(p: P) -> str:
      return "P" + str(p.x)

  def f() -> str:
      p = P(1)
      q = P(2)
      return str(p) + repr(q) + str(q)
  `,
  ({ f }) => assert.is(f?.(), 'P1P2P2'),
)

dispatch.error(
  'OpSpec.NULL says that the operation does not exist',
  `
  from operator import OpSpec

  @blue.metafunc
  def m(a):
  ^^^^^^^^^ note: \`m\` defined here
      return OpSpec.NULL

  def main() -> None:
      m(1)
      ^ error: this is \`@blue.metafunc def(dynamic) -> dynamic\`
      ^^^^ note: operator::CALL called here
  `,
  'TypeError: cannot call objects of type `@blue.metafunc def(dynamic) -> dynamic`',
)

dispatch.error(
  'a metafunction answers with an OpSpec',
  `
  @blue.metafunc
  def m(a):
  ^^^^^^^^^ note: metafunc defined here
      return 1

  def main() -> None:
      m(1)
      ^ error: this is a metafunc
      ^^^^ note: operator::CALL called here
  `,
  'TypeError: wrong metafunc return type: expected `operator::OpSpec`, got `i32`',
)

dispatch.error(
  'it is called with as many arguments as it has parameters',
  `
  from operator import OpSpec

  @blue.metafunc
  def m(a):
  ^^^^^^^^^ note: function defined here
      return OpSpec.const(1)

  def main() -> None:
      m(1, 2)
      ^^^^^^^ note: operator::CALL called here
  `,
  'TypeError: this function takes 1 argument but 2 arguments were supplied',
)

dispatch.error(
  'the function of an OpSpec is checked like any call',
  `
  from operator import OpSpec

  def add(a: i32, b: i32) -> i32:
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: function defined here
      return a + b

  @blue.metafunc
  def m(a):
      return OpSpec(add, [])

  def main() -> None:
      m(1)
      ^^^^ note: operator::CALL called here
  `,
  'TypeError: this function takes 2 arguments but 0 arguments were supplied',
)

dispatch.error(
  'red arguments of an OpSpec are those that the metafunction was given',
  `
  from operator import MetaArg, OpSpec

  def neg(a: i32) -> i32:
      return -a

  @blue.metafunc
  def m(a):
      return OpSpec(neg, [MetaArg("red", i32, None)])

  def main() -> None:
      m(1)
      ^^^^ note: operator::CALL called here
  `,
  'TypeError: a red MetaArg of an OpSpec must be one of the arguments of the metafunction',
)

dispatch(
  'OPERATORs are blue functions from MetaArgs to an OpImpl; a type stands for a red operand of it',
  `
  from operator import (ADD, SUB, MUL, DIV, FLOORDIV, MOD, POW, LSHIFT, RSHIFT, AND, OR, XOR, MATMUL)
  from operator import (EQ, NE, UNIVERSAL_EQ, UNIVERSAL_NE, LT, LE, GT, GE, IS, ISNOT, IN, NEG, POS, INVERT, NOT)
  from operator import (GETATTR, HASATTR, SETATTR, GETITEM, SETITEM, CALL, CALL_METHOD, CONVERT, RAISE)
  from operator import (MetaArg, OpSpec, OpImpl)

  def f(a: i32, b: i32) -> i32:
      return a

  def impls() -> bool:
      T = STATIC_TYPE(ADD(i32, i32))
      U = STATIC_TYPE(CALL(MetaArg("blue", type(f), f), i32, i32))
      V = STATIC_TYPE(UNIVERSAL_EQ(i32, str))
      return T == OpImpl and U == OpImpl and V == OpImpl
  `,
  ({ impls }) => assert.is(impls?.(), true),
)

dispatch.error(
  'they raise what the operation would raise',
  `
  from operator import ADD

  def main() -> None:
      ADD(i32, str)
          ^^^ error: this is \`i32\`
               ^^^ error: this is \`str\`
  `,
  'TypeError: cannot do `i32` + `str`',
)

dispatch(
  'what implements operations can be called by its name',
  `
  from operator import i32_add, i32_mul, object_is

  def f(a: i32) -> str:
      return f"{i32_add(a, 2)} {i32_mul(a, a)} {object_is(None, None)}"
  `,
  ({ f }) => assert.is(f?.(3), '5 9 True'),
)

dispatch(
  'so can what implements operations on dynamic values, and the checked downcast',
  `
  from operator import dynamic_add, dynamic_str, from_dynamic

  def main() -> str:
      a: dynamic = 1
      b: i32 = from_dynamic[i32](dynamic_add(a, 2))
      return dynamic_str(a) + str(b)
  `,
  ({ main }) => assert.is(main?.(), '13'),
)

dispatch.run()
