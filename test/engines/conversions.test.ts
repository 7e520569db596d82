/** Implicit conversions, where they happen, and explicit ones. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const conversions = language('conversions')

// --------------------------------------------------------------------------------------------------------- implicit

/** From each type to the types it becomes by itself; everything else is refused. */
const IMPLICIT: Readonly<Record<string, readonly string[]>> = {
  i8: ['i32', 'i64', 'f64'],
  u8: ['i32', 'i64', 'f64'],
  i32: ['i8', 'u8', 'u32', 'i64', 'f32', 'f64', 'bool', 'complex128'],
  u32: ['i32', 'i64', 'f64'],
  i64: ['u64', 'f64'],
  u64: ['i64', 'f64'],
  f32: ['f64'],
  f64: ['f32', 'complex128'],
  bool: [],
  complex128: [],
  str: ['complex128'],
}

const SAMPLES: Readonly<Record<string, string>> = { bool: 'True', complex128: '2j', str: '"2"' }

const NUMBERS = ['i8', 'u8', 'i32', 'u32', 'i64', 'u64', 'f32', 'f64', 'bool', 'complex128', 'str']

conversions(
  'a value becomes what its slot wants, for the pairs of the table',
  `
${Object.entries(IMPLICIT)
  .flatMap(([from, targets]) => targets.map((to) => `  def ${from}_to_${to}(x: ${from}) -> ${to}:\n      return x`))
  .join('\n')}
  def f() -> str:
      return "compiled"
  `,
  (functions) => {
    assert.is(functions.i32_to_i8?.(300), 44)
    assert.is(functions.i32_to_u8?.(-1), 255)
    assert.is(functions.i32_to_u32?.(-1), 4294967295)
    assert.is(functions.i32_to_bool?.(2), true)
    assert.is(functions.i32_to_f64?.(-7), -7)
    assert.is(functions.u32_to_i32?.(4294967295), -1)
    assert.is(functions.u32_to_f64?.(4294967295), 4294967295)
    assert.is(functions.u64_to_i64?.(18446744073709551615n), -1n)
    assert.is(functions.i64_to_u64?.(-1n), 18446744073709551615n)
    assert.is(functions.i64_to_f64?.(2n ** 53n + 1n), 2 ** 53)
    assert.is(functions.f64_to_f32?.(0.1), Math.fround(0.1))
    assert.is(functions.f64_to_f32?.(1e300), Number.POSITIVE_INFINITY)
  },
)

for (const from of NUMBERS) {
  const allowed = IMPLICIT[from] ?? []
  for (const to of NUMBERS) {
    if (from === to || allowed.includes(to)) continue
    const sample = SAMPLES[from] ?? `${from}(2)`
    conversions.refuses(
      `${from} does not become ${to} by itself`,
      `
      def main() -> None:
          var x: ${from} = ${sample}
          y: ${to} = x
      `,
      'TypeError: mismatched types',
      // The rule is decided before there is an engine.
      { engines: ['interp'] },
    )
  }
}

evaluates(
  conversions,
  'constants are converted at blue time',
  'x: f64 = 3\ny: i8 = 300\nz: complex128 = 2\nb: bool = 2',
  { x: '3.0', y: '44', z: '(2+0j)', b: 'True', 'COLOR(x)': 'blue' },
  { declared: 'from __spy__ import COLOR' },
)

// ----------------------------------------------------------------------------------------- where, and what errors say

conversions.error(
  'a declaration says where its type stands',
  `
  def main() -> None:
      x: i32 = 1.5
               ^^^ error: expected \`i32\`, got \`f64\`
         ^^^ note: expected \`i32\` because of type declaration
  `,
  'TypeError: mismatched types',
)

conversions.error(
  'a variable without declared type has the type of its first value',
  `
  def main() -> None:
      x = 1
          ^ note: expected \`i32\` because of type declaration
      x = "a"
          ^^^ error: expected \`i32\`, got \`str\`
  `,
  'TypeError: mismatched types',
)

conversions.error(
  'return says where the result is declared',
  `
  def f() -> i32:
             ^^^ note: expected \`i32\` because of return type
      return "a"
             ^^^ error: expected \`i32\`, got \`str\`

  def main() -> None:
      f()
  `,
  'TypeError: mismatched types',
)

conversions.error(
  'a parameter says where the function is',
  `
  def f(x: i32) -> i32:
  ^^^^^^^^^^^^^^^^^^^^ note: function defined here
      return x

  def main() -> None:
      f("a")
        ^^^ error: expected \`i32\`, got \`str\`
      ^^^^^^ note: operator::CALL called here
  `,
  'TypeError: mismatched types',
)

conversions.error(
  'a condition says nothing else',
  `
  @struct
  class P:
      x: i32

  def main() -> None:
      if P(1):
         ^^^^ error: expected \`bool\`, got \`test::P\`
          pass
  `,
  'TypeError: mismatched types',
)

conversions.error(
  'the message of an assertion is a str',
  `
  def main() -> None:
      assert 1 == 2, 3
                     ^ error: expected \`str\`, got \`i32\`
  `,
  'TypeError: mismatched types',
)

conversions.error(
  'a module variable is a slot like any other',
  `
  var n: i32 = 1
         ^^^ note: expected \`i32\` because of type declaration

  def main() -> None:
      n = "a"
          ^^^ error: expected \`i32\`, got \`str\`
  `,
  'TypeError: mismatched types',
)

// -------------------------------------------------------------------------------------------- conversions of the user

const TEMPERATURE = `
from operator import OpSpec

@struct
class Celsius:
    degrees: f64
    @blue.metafunc
    def __convert_to__(m_expected, m_self_type, m_self):
        if m_expected.blueval == f64:
            def to_f64(self: Celsius) -> f64:
                return self.degrees
            return OpSpec(to_f64)
        return OpSpec.NULL

@struct
class Name:
    text: str
    @blue.metafunc
    def __convert_from__(m_expected, m_got, m_value):
        if m_got.blueval == str:
            def from_str(value: str) -> Name:
                return Name(value)
            return OpSpec(from_str)
        return OpSpec.NULL

def degrees(x: f64) -> f64:
    return x

def text(n: Name) -> str:
    return n.text
`

evaluates(
  conversions,
  '__convert_to__ and __convert_from__ make slots accept more',
  'c = Celsius(20.5)\nvar s: str = "ann"',
  { 'degrees(c)': '20.5', 'text(s)': 'ann', 'text("bob")': 'bob' },
  { declared: TEMPERATURE },
)

fails(
  conversions,
  '',
  {
    'text(1)': 'TypeError: mismatched types',
    'text(Celsius(1.0))': 'TypeError: mismatched types',
  },
  { declared: TEMPERATURE },
)

conversions(
  'an answer with arguments says where the value goes, which is converted once more',
  `
  from operator import MetaArg, OpSpec

  @struct
  class Tagged:
      tag: i32
      value: f64
      @blue.metafunc
      def __convert_from__(m_expected, m_got, m_value):
          def tagged(tag: i32, value: f64) -> Tagged:
              return Tagged.__make__(tag, value)
          return OpSpec(tagged, [MetaArg("blue", i32, 7), m_value])

  def show(t: Tagged) -> str:
      return str(t.tag) + " " + str(t.value)

  def f(n: i32) -> str:
      return show(3) + ", " + show(n)
  `,
  ({ f }) => assert.is(f?.(4), '7 3.0, 7 4.0'),
)

const CONVERTER = `
  from operator import OpSpec
  from __spy__ import as_red

  @struct
  class Age:
      years: i32`

conversions.error(
  'a converter gives what is wanted: there is no second conversion',
  `${CONVERTER}
      @blue.metafunc
      def __convert_to__(m_expected, m_self_type, m_self):
          def years(self: Age) -> i32:
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: function defined here
              return self.years
          return OpSpec(years)

  def main() -> None:
      x: f64 = Age(7)
               ^^^^^^ error: expected \`f64\`, got \`i32\`
         ^^^ note: expected \`f64\` because of type declaration
  `,
  'TypeError: mismatched types',
)

conversions.error(
  'a conversion method that is no metafunction is called with the two types and the value',
  `${CONVERTER}
      def __convert_to__(self) -> i32:
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: function defined here
          return self.years

  def main() -> None:
      x: i32 = Age(7)
  `,
  'TypeError: this function takes 1 argument but 3 arguments were supplied',
)

conversions.error(
  'a blue converter takes blue values',
  `${CONVERTER}
      @blue.metafunc
      def __convert_from__(m_expected, m_got, m_value):
          @blue
          def aged(x: i32) -> Age:
          ^^^^^^^^^^^^^^^^^^^^^^^ note: function defined here
              return Age.__make__(x)
          return OpSpec(aged)

  def main() -> None:
      print(Age(3).years)
      young: Age = 3
      old: Age = as_red(80)
                 ^^^^^^^^^^ error: this is red
  `,
  'TypeError: cannot call blue function with red arguments',
)

// --------------------------------------------------------------------------------------------------------- explicit

evaluates(
  conversions,
  'int types convert to each other by wrapping',
  'var a: i32 = -1\nvar b: i64 = i64(4294967297)\nvar c: u8 = 200\nvar d: u64 = u64(18446744073709551615)',
  {
    'u8(a)': '255',
    'u32(a)': '4294967295',
    'u64(a)': '18446744073709551615',
    'i64(a)': '-1',
    'i32(b)': '1',
    'i8(c)': '-56',
    'i32(c)': '200',
    'i8(d)': '-1',
    'i64(d)': '-1',
    'i32(a)': '-1',
    'int(a)': '-1',
  },
)

evaluates(
  conversions,
  'floats truncate toward zero and saturate; nan gives 0',
  'var x: f64 = 12.9\nvar big: f64 = 1e300\nvar inf: f64 = 1e400\nvar s: f32 = -2.5',
  {
    'i32(x)': '12',
    'i32(-x)': '-12',
    'i32(big)': '2147483647',
    'i32(-big)': '-2147483648',
    'i32(-2147483649.0)': '-2147483648',
    'i64(inf)': '9223372036854775807',
    'i64(-inf)': '-9223372036854775808',
    'i32(inf - inf)': '0',
    'u8(big)': '255',
    'u8(-x)': '0',
    'i8(-big)': '-128',
    'u64(big)': '18446744073709551615',
    'u32(4294967295.0)': '4294967295',
    'i32(s)': '-2',
    'f64(s)': '-2.5',
    'f32(x)': '12.9',
    'f64(i64(9007199254740993))': '9007199254740992.0',
  },
)

evaluates(
  conversions,
  'bool converts explicitly, both ways',
  'var t: bool = True\nvar n: u8 = 0\nvar x: f64 = 0.5\nvar s: str = "a"',
  {
    'i32(t)': '1',
    'f64(t)': '1.0',
    'u64(t)': '1',
    'bool(n)': 'False',
    'bool(x)': 'True',
    'bool(t)': 'True',
    'bool(s)': 'True',
    'bool("")': 'False',
    'bool([1])': 'True',
    'bool(None)': 'False',
    'bool(0j)': 'False',
  },
)

evaluates(conversions, 'constructors without argument give zero or nothing', '', {
  'i32()': '0',
  'u64()': '0',
  'f64()': '0.0',
  'bool()': 'False',
  'str()': '',
  'complex128()': '0j',
  'float()': '0.0',
})

evaluates(
  conversions,
  'text becomes a number as in Python',
  'var s: str = " -1_000 "\nvar x: str = "1e3"\nvar z: str = " ( 1-2.5j ) "',
  {
    'i32(s)': '-1000',
    'int(s)': '-1000',
    'i64("9223372036854775807")': '9223372036854775807',
    'u8("255")': '255',
    'int("ff", 16)': '255',
    'int("0b11", 0)': '3',
    'f64(x)': '1000.0',
    'float("inf")': 'inf',
    'f32("0.1")': '0.1',
    'complex128(z)': '(1-2.5j)',
    'complex128("5")': '(5+0j)',
    'complex128("j")': '1j',
    'complex("1+j")': '(1+1j)',
  },
)

fails(conversions, 'var s: str = "x"', {
  'i32(s)': "ValueError: invalid literal for int() with base 10: 'x'",
  'i32("")': "ValueError: invalid literal for int() with base 10: ''",
  'u8("300")': 'OverflowError: u8 value 300 out of range [0, 255]',
  'u64("-1")': 'OverflowError: u64 value -1 out of range [0, 18446744073709551615]',
  'f64(s)': "ValueError: could not convert string to float: 'x'",
  'complex128("1 + 2j")': 'ValueError: complex() arg is a malformed string',
  'complex128("-4.5j+1.23")': 'ValueError: complex() arg is a malformed string',
  'complex128(" (   ) ")': 'ValueError: complex() arg is a malformed string',
})

conversions.error(
  'a constructor that does not exist blames the type',
  `
  def main() -> None:
      i32(None)
      ^^^ error: this is \`type\`
      ^^^^^^^^^ note: operator::CALL called here
  `,
  'TypeError: cannot call objects of type `type`',
)

fails(conversions, '', {
  'i32(1, 2, 3)': 'TypeError: cannot call objects of type `type`',
  'f64(1.0, 2)': 'TypeError: cannot call objects of type `type`',
  'i32(1j)': 'TypeError: cannot call objects of type `type`',
  'object()': 'TypeError: cannot instantiate `object`',
})

conversions.run()
