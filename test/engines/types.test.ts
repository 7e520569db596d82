/** Types as values, literals, casts, names of types. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const types = language('types')

// --------------------------------------------------------------------------------------------------- types as values

types(
  'types print as themselves',
  `
  @struct
  class P:
      x: i32

  def f() -> None:
      print(i32)
      print(type(1.5))
      print(type(i32), type(type), type(object))
      print(P, type(P))
      print(type(None), type(NotImplemented))
      print(list[i32])
  `,
  ({ f }, { stdout }) => {
    f?.()
    assert.is(
      stdout(),
      `<spy type 'i32'>
<spy type 'f64'>
<spy type 'type'> <spy type 'type'> <spy type 'type'>
<spy type 'test::P' (struct)> <spy type 'types::StructType'>
<spy type 'types::NoneType'> <spy type 'types::NotImplementedType'>
<spy type '_list::list[i32]::_ListImpl' (struct)>
`,
    )
  },
)

types(
  'function types print as signatures',
  `
  def f(a: i32, b: str) -> bool:
      return True

  def nothing(a: None) -> None:
      pass

  def extra(a: i32, *r: str) -> None:
      pass

  @blue
  def b(x):
      return x

  @blue.generic
  def g(T):
      return T

  @blue.metafunc
  def m(a):
      return None

  def show() -> None:
      print(type(f))
      print(type(nothing))
      print(type(extra))
      print(type(b))
      print(type(g))
      print(type(m))
      print(type(type(f)))
  `,
  ({ show }, { stdout }) => {
    show?.()
    assert.is(
      stdout(),
      `<spy type 'def(i32, str) -> bool'>
<spy type 'def(types::NoneType) -> None'>
<spy type 'def(i32, *str) -> None'>
<spy type '@blue def(dynamic) -> dynamic'>
<spy type '@blue.generic def(dynamic) -> dynamic'>
<spy type '@blue.metafunc def(dynamic) -> dynamic'>
<spy type 'functype'>
`,
    )
  },
)

types(
  'a module-level assignment of a type is an alias; builtins has some',
  `
  Index = i32

  def next(x: Index) -> Index:
      return x + 1

  def same() -> bool:
      return int == i32 and float == f64 and complex == complex128 and Index is i32
  `,
  ({ next, same }) => {
    assert.is(next?.(2), 3)
    assert.is(same?.(), true)
  },
)

types(
  'types know their names and where they come from',
  `
  @struct
  class S[T]:
      x: T

  @blue.generic
  def made(T):
      @struct
      class P:
          x: T
      return P

  @blue.generic
  def other(T):
      return i32

  @blue.generic
  def alias(T):
      return made[T]

  def names() -> str:
      return S[i32].__name__ + " " + list[i32].__name__ + " " + i32.__name__ + " " + list[i32].__full_fqn__

  def origins() -> bool:
      return S[i32].__origin__ == S and alias[i32].__origin__ == made

  def none() -> bool:
      return i32.__origin__ is None and other[str].__origin__ is None
  `,
  ({ names, origins, none }) => {
    assert.is(names?.(), 'S[i32] list[i32] i32 _list::list[i32]::_ListImpl')
    assert.is(origins?.(), true)
    assert.is(none?.(), true)
  },
)

types(
  'objects made again by the same code get a number, those of other types get qualifiers',
  {
    'main.spy': `
      from made import one, two, three, P

      def names() -> str:
          return f"{one.__full_fqn__} {two.__full_fqn__} {three.__full_fqn__} {P[i32].__full_fqn__}"
    `,
    'made.spy': `
      @blue
      def make(T, n):
          @struct
          class S:
              x: T
          return S

      one = make(i32, 1)
      two = make(i32, 2)
      three = make(str, 1)

      @struct
      class P[T]:
          x: T
    `,
  },
  ({ names }) => {
    assert.match(
      names?.(),
      /made::make\[i32\]::S .*made::make\[i32\]::S#1 .*made::make\[str\]::S .*made::P\[i32\]::Self$/,
    )
  },
)

types(
  'red types can be compared',
  `
  def is_int(t: type) -> bool:
      return t == i32

  def same(t: type, u: type) -> bool:
      return t is u

  def f() -> str:
      return f"{is_int(i32)} {is_int(str)} {same(list[i32], list[i32])} {same(i32, u8)}"
  `,
  ({ f }) => assert.is(f?.(), 'True False True False'),
)

types(
  'a class may be named above its definition, and is the same type there',
  `
  from unsafe import raw_ptr

  def first(p: raw_ptr[S]) -> i32:
      return p[0].x

  @struct
  class S:
      x: i32

  def same() -> bool:
      return raw_ptr[S] == type(raw_ptr[S].NULL)
  `,
  ({ same }) => assert.is(same?.(), true),
)

// ---------------------------------------------------------------------------------------------------------- literals

types.error(
  'int literals are i32',
  `
  def main() -> None:
      x = 3000000000
          ^^^^^^^^^^ error: integer literal out of range
  `,
  'ValueError: integer literal 3000000000 is out of range for i32; use i64(3000000000) or u64(3000000000) to get a 64-bit value',
)

types.error(
  'literals of another type are checked by the parser',
  `
  def main() -> None:
      x = u8(256)
             ^^^ error: integer literal out of range
  `,
  'ParseError: u8 literal 256 is out of range [0, 255]',
)

types.error(
  'the place of a typed literal is its number',
  `
  def main() -> None:
      x: str = i64(1)
                   ^ error: expected \`str\`, got \`i64\`
         ^^^ note: expected \`str\` because of type declaration
  `,
  'TypeError: mismatched types',
)

// ------------------------------------------------------------------------------------------------- object and dynamic

types(
  'the static type of a blue value is never dynamic, but it can be object',
  `
  def f() -> None:
      x: dynamic = 1
      y: object = 1
      print(STATIC_TYPE(x), STATIC_TYPE(y))
  `,
  ({ f }, { stdout }) => {
    f?.()
    assert.is(stdout(), "<spy type 'i32'> <spy type 'object'>\n")
  },
)

types(
  'a red dynamic value has the static type dynamic; casting it is checked, and converts nothing',
  `
  def static_type() -> None:
      var y: dynamic = 1
      print(STATIC_TYPE(y))

  def cast() -> i32:
      var d: dynamic = 2
      i: i32 = d
      return i

  def wrong() -> f64:
      var d: dynamic = 2
      f: f64 = d
      return f
  `,
  ({ static_type, cast, wrong }, { stdout }) => {
    static_type?.()
    assert.is(stdout(), "<spy type 'dynamic'>\n")
    assert.is(cast?.(), 2)
    assert.throws(() => wrong?.(), /Invalid cast. Expected `f64`, got `i32`/)
  },
)

types(
  'casting a blue object is done while the program is compiled',
  `
  def f() -> i32:
      o: object = 4
      i: i32 = o
      return i
  `,
  ({ f }) => assert.is(f?.(), 4),
)

types.error(
  'objects have no operators',
  `
  def main() -> None:
      o: object = 1
      print(o + 1)
            ^ error: this is \`object\`
                ^ error: this is \`i32\`
            ^^^^^ note: operator::ADD called here
  `,
  'TypeError: cannot do `object` + `i32`',
)

types(
  'a constant of the module is read with the type of its value',
  `
  x: object = 1

  def f() -> i32:
      return x + 1
  `,
  ({ f }) => assert.is(f?.(), 2),
)

types.error(
  'an annotation is evaluated and must be a type',
  `
  def main() -> None:
      x: 3 = 1
         ^ error: expected \`type\`
  `,
  'TypeError: expected `type`, got `i32`',
)

types(
  'types of another module can annotate',
  {
    'main.spy': `
      import shapes

      def f() -> i32:
          p: shapes.Point = shapes.Point(3)
          return p.x
    `,
    'shapes.spy': `
      @struct
      class Point:
          x: i32
    `,
  },
  ({ f }) => assert.is(f?.(), 3),
)

types(
  'types are values that variables, fields and items can hold',
  `
  @struct
  class Column:
      name: str
      T: type

  var T: type = i32

  def main() -> str:
      before = T
      T = str
      columns = [Column("x", f64), Column("y", before)]
      return str(columns[0].T == f64) + str(columns[1].T is i32) + str(T == str) + str(columns[0] == columns[1])

  def show() -> None:
      print(T)
  `,
  ({ main, show }, { stdout }) => {
    assert.is(main?.(), 'TrueTrueTrueFalse')
    show?.()
    assert.is(stdout(), "<spy type 'str'>\n")
  },
)

types(
  'objects without a text of their own print their type',
  `
  def f() -> None:
      pass

  def show() -> None:
      print(f)
      print(repr(ValueError("x")))
  `,
  ({ show }, { stdout }) => {
    show?.()
    assert.match(
      stdout(),
      /^<spy `def\(\) -> None` object at 0x[0-9a-f]+>\n<spy `ValueError` object at 0x[0-9a-f]+>\n$/,
    )
  },
)

types.run()
