/** Executing modules and class bodies: what may stand there, and what is bound. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const definitions = language('definitions')

definitions(
  'a class body may compute: attributes, unpacking, conditions',
  `
  WIDE = True

  @struct
  class P:
      N = 1
      N = 2
      a, b = 3, 4
      x: i32
      if WIDE:
          y: i32
      else:
          z: str

  def f() -> i32:
      return P.N * 1000 + P.a * 100 + P.b * 10 + P(1, 2).y
  `,
  ({ f }) => assert.is(f?.(), 2342),
)

definitions(
  'fields can be declared by a dict of names and types',
  `
  @struct
  class P:
      first: i32
      __extra_fields__ = {"a": i32, "b": f64}

  def f() -> f64:
      p = P(1, 2, 3.5)
      return p.first * 100 + p.a * 10 + p.b
  `,
  ({ f }) => assert.is(f?.(), 123.5),
)

definitions(
  'or by a dict that blue code has made',
  `
  from __spy__ import interp_dict

  @blue
  def columns(n):
      d = interp_dict[str, type]()
      d["name"] = str
      d["count"] = n
      return d

  @struct
  class Row:
      id: i32
      __extra_fields__ = columns(f64)

  def main() -> str:
      r = Row(1, "a", 2)
      return r.name + str(r.count + f64(r.id))
  `,
  ({ main }) => assert.is(main?.(), 'a3.0'),
)

definitions(
  'assigning to a declared field makes it an attribute of the class',
  `
  @struct
  class P:
      x: i32
      y: i32
      x = 4

  def f() -> i32:
      return P.x * 10 + P(7).y
  `,
  ({ f }) => assert.is(f?.(), 47),
)

definitions(
  'attributes never refer to names outside',
  `
  y = 10

  @struct
  class P:
      x: i32
      y = 20

  def f() -> i32:
      return P.y + y
  `,
  ({ f }) => assert.is(f?.(), 30),
)

definitions.error(
  'a field is declared once',
  `
  @struct
  class P:
      x: i32
      ^^^^^^ note: this is the previous declaration
      x: str
      ^^^^^^ error: this is the new declaration

  def main() -> None:
      pass
  `,
  'ScopeError: variable `x` already declared',
)

definitions.error(
  'fields have no defaults',
  `
  @struct
  class P:
      x: i32 = 3
               ^ error: this is not supported

  def main() -> None:
      pass
  `,
  'TypeError: default values in fields not supported yet',
)

const NOT_IN_CLASSES: readonly (readonly [statement: string, label: string])[] = [
  ['while True: pass', 'While'],
  ['for i in range(3): pass', 'For'],
  ['x += 1', 'AugAssign'],
  ['x.y = 1', 'SetAttr'],
  ['x[0] = 1', 'SetItem'],
  ['assert True', 'Assert'],
  ['raise ValueError', 'Raise'],
  ['return 1', 'Return'],
  ['print(1)', 'StmtExpr'],
  ['class Inner: pass', 'ClassDef'],
  ['def f[T](x: T) -> T: pass', 'GenericFuncDef'],
]

for (const [statement, label] of NOT_IN_CLASSES) {
  definitions.error(
    `${statement} does not stand in a class body`,
    `
    @struct
    class P:
        ${statement}
        ${'^'.repeat(statement.length)} error: this is not supported

    def main() -> None:
        pass
    `,
    `TypeError: \`${label}\` not supported inside a classdef`,
  )
}

definitions.error(
  'a second text in a class is no docstring',
  `
  @struct
  class P:
      "what it is for"
      "and more"
      ^^^^^^^^^^ error: this is not supported

  def main() -> None:
      pass
  `,
  'TypeError: `StmtExpr` not supported inside a classdef',
)

definitions.error(
  'a field has no value while the class is defined',
  `
  @struct
  class P:
      x: i32
      K = x
          ^ error:

  def main() -> None:
      pass
  `,
  'Exception: read from uninitialized local',
)

definitions.error(
  'unpacking takes as many values as there are names',
  `
  @struct
  class P:
      a, b = 1, 2, 3
      ^^^^ error: expected 2 values
             ^^^^^^^ error: got 3 values

  def main() -> None:
      pass
  `,
  'TypeError: Wrong number of values to unpack',
)

definitions(
  'a class may stand anywhere in a function',
  `
  def f(c: bool) -> i32:
      if True:
          @struct
          class S:
              x: i32
          return S(4).x
      return 0
  `,
  ({ f }) => assert.is(f?.(true), 4),
)

definitions.error(
  'a function is no struct',
  `
  @struct
   ^^^^^^ error: \`struct\` does not have a method \`__new__\`
   ^^^^^^ note: operator::CALL called here
  def f() -> None:
      pass

  def main() -> None:
      pass
  `,
  'TypeError: cannot instantiate `struct`',
)

definitions(
  'a definition in a loop or branch is there behind it',
  `
  @blue
  def make(n):
      T = i32
      var i: i32 = 0
      while i < n:
          def twice(x: i32) -> T:
              return x * 2
          def same[U](x: U) -> U:
              return x
          @struct
          class Box:
              item: T
          i += 1
      return Box(twice(same[i32](n))).item

  def blue() -> i32:
      return make(3)

  def red(n: i32) -> i32:
      for i in range(n):
          def g() -> i32:
              return 7
      return g()
  `,
  ({ blue, red }) => {
    assert.is(blue?.(), 6)
    assert.is(red?.(2), 7)
    assert.throws(() => red?.(0), /read from uninitialized local/)
  },
)

definitions(
  'a definition that is executed again binds the name anew',
  `
  def f() -> f64:
      total = 0.0
      for T in (i32, f64):
          @struct
          class Box:
              item: T
          def half(x: Box) -> f64:
              return x.item / 2
          total += half(Box(3))
      return total
  `,
  ({ f }) => assert.is(f?.(), 3),
)

definitions.error(
  'a function is defined once',
  `
  def f() -> None:
  ^^^^^^^^^^^^^^^ note: this is the previous declaration
      pass

  def f() -> None:
  ^^^^^^^^^^^^^^^ error: this is the new declaration
      pass

  def main() -> None:
      pass
  `,
  'ScopeError: variable `f` already declared',
)

definitions.error(
  'classes are declared first, so a function of the same name comes second',
  `
  def S() -> None:
  ^^^^^^^^^^^^^^^ error: this is the new declaration
      pass

  @struct
  class S:
  ^^^^^^^^ note: this is the previous declaration
      x: i32

  def main() -> None:
      pass
  `,
  'ScopeError: variable `S` already declared',
)

definitions.error(
  'an imported name is bound once',
  {
    'main.spy': `
      from other import a
      ^^^^^^^^^^^^^^^^^^^ note: this is the previous declaration
      from other import b as a
      ^^^^^^^^^^^^^^^^^^^^^^^^ error: this is the new declaration

      def main() -> None:
          pass
    `,
    'other.spy': `
      a = 1
      b = 2
    `,
  },
  'ScopeError: variable `a` already declared',
)

definitions(
  'everything of a module can be reached through it',
  {
    'main.spy': `
      import other

      def f() -> str:
          p = other.P(1)
          return f"{p.x} {other.g[i32](3)} {other.a} {hasattr(other, 'a')} {hasattr(other, 'zz')}"
    `,
    'other.spy': `
      a = 2

      @struct
      class P:
          x: i32

      def g[T](x: T) -> T:
          return x
    `,
  },
  ({ f }) => assert.is(f?.(), '1 3 2 True False'),
)

definitions.error(
  'and nothing else',
  {
    'main.spy': `
      import other
      ^^^^^^^^^^^^ note: \`other\` defined here

      def main() -> None:
          print(other.zz)
                ^^^^^ error: this is \`types::module\`
                ^^^^^^^^ note: operator::GETATTR called here
    `,
    'other.spy': `
      a = 1
    `,
  },
  "TypeError: type `types::module` has no attribute 'zz'",
)

definitions.error(
  'a missing function of a module is a missing method',
  {
    'main.spy': `
      import other
      ^^^^^^^^^^^^ note: \`other\` defined here

      def main() -> None:
          other.nope()
          ^^^^^ error: this is \`types::module\`
          ^^^^^^^^^^^^ note: operator::CALL_METHOD called here
    `,
    'other.spy': `
      a = 1
    `,
  },
  'TypeError: method `types::module::nope` does not exist',
)

definitions.error(
  'types known only at run time cannot be instantiated',
  `
  def make(t: type) -> None:
      t(1)
      ^ error: this is red
      ^^^^ note: operator::CALL called here

  def main() -> None:
      make(i32)
  `,
  'TypeError: instantiation of red types is not yet supported',
)

definitions.error(
  'an attribute of a class keeps the type of its first value',
  `
  @struct
  class P:
      N = 1
          ^ note: expected \`i32\` because of type declaration
      N = "many"
          ^^^^^^ error: expected \`i32\`, got \`str\`

  def main() -> None:
      pass
  `,
  'TypeError: mismatched types',
)

definitions(
  'a field that gets a value in the class body is an attribute of the declared type',
  `
  @struct
  class P:
      scale: f64
      scale = 3
      x: i32

  def f() -> str:
      return str(P.scale) + " " + str(P(1).x)
  `,
  ({ f }) => assert.is(f?.(), '3.0 1'),
)

definitions.run()
