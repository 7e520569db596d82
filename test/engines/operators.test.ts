/** Binary and unary operators of the built-in number types: which operands they take, and what they compute. */
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const operators = language('operators')

evaluates(operators, 'the arithmetic of i32', 'var a: i32 = -7\nvar b: i32 = 3', {
  'a + b': '-4',
  'a - b': '-10',
  'a * b': '-21',
  'a / b': '-2.3333333333333335',
  'a // b': '-3',
  'a % b': '2',
  '7 % -b': '-2',
  'a ** b': '-343',
  'b ** 0': '1',
  'a & b': '1',
  'a | b': '-5',
  'a ^ b': '-6',
  'b << 2': '12',
  'a >> 1': '-4',
  '-a': '7',
  '+a': '-7',
  '~a': '6',
})

evaluates(operators, 'integers wrap at their width', 'var big: i32 = 2147483647\nvar low: i32 = big + 1', {
  'big + 1': '-2147483648',
  'low - 1': '2147483647',
  'big * 2': '-2',
  '-low': '-2147483648',
  'low // -1': '-2147483648',
  'low % -1': '0',
  '(-2) ** 31': '-2147483648',
  '3 ** 40': '689956897',
})

evaluates(
  operators,
  'i8 and u8 wrap at every step of an expression',
  'var a: i8 = 100\nvar z: u8 = 0\nvar one: u8 = 1\nvar three: i8 = 3',
  {
    'a + a': '-56',
    'a + a > i8(0)': 'False',
    'z - one': '255',
    'z - one == u8(255)': 'True',
    'u8(255) + one': '0',
    'three ** i8(10)': '-87',
    '~z': '255',
    '~three': '-4',
    '-three': '-3',
  },
)

evaluates(
  operators,
  'i64 and u64 are exact up to 64 bits',
  'var a: i64 = i64(9223372036854775807)\nvar b: u64 = u64(18446744073709551615)\nvar d: i64 = i64(-2)',
  {
    'a + i64(1)': '-9223372036854775808',
    'a // d': '-4611686018427387904',
    'a % d': '-1',
    'a / i64(2)': '4.611686018427388e+18',
    'b + u64(1)': '0',
    'b // u64(10)': '1844674407370955161',
    'b > u64(1)': 'True',
    'b >> u64(63)': '1',
    '~b': '0',
    'i64(3) ** i64(39)': '4052555153018976267',
  },
)

evaluates(operators, 'u32 counts from 0 to 2 ** 32 - 1', 'var a: u32 = u32(4294967295)', {
  'a + u32(1)': '0',
  'a // u32(2)': '2147483647',
  'a > u32(1)': 'True',
  'a % u32(10)': '5',
  'a >> u32(31)': '1',
  '~a': '0',
  'a / u32(2)': '2147483647.5',
})

evaluates(
  operators,
  'a shift by the width or more leaves 0, or -1',
  'var one: i32 = 1\nvar neg: i32 = -8\nvar n: i32 = 32\nvar w: i64 = i64(-1)\nvar b: u8 = 255',
  {
    'one << n': '0',
    'one << 31': '-2147483648',
    'neg >> n': '-1',
    'one >> n': '0',
    'w >> i64(64)': '-1',
    'w << i64(63)': '-9223372036854775808',
    'w << i64(64)': '0',
    'b >> u8(8)': '0',
    'b << u8(4)': '240',
  },
)

evaluates(operators, 'operations of constants give the same, at blue time', '', {
  '-7 // 2': '-4',
  '-7 % 3': '2',
  '7 % -3': '-2',
  '2147483647 + 1': '-2147483648',
  '0 ** 0': '1',
  '1 << 40': '0',
  'i8(100) + i8(100)': '-56',
  'u8(5) - u8(6)': '255',
  '1 + 2.5': '3.5',
  '1.0 // 0.1': '9.0',
  '-True': '-1',
  'f32(0.1) + f32(0.2)': '0.3',
})

fails(operators, 'var z: i32 = 0', {
  '1 / z': 'ZeroDivisionError: division by zero',
  '1 // z': 'ZeroDivisionError: integer division or modulo by zero',
  '1 % z': 'ZeroDivisionError: integer modulo by zero',
  'z ** (z - 1)': 'ZeroDivisionError: 0 cannot be raised to a negative power',
  '2 ** (z - 1)': 'ValueError: integer ** negative exponent',
  '1 << (z - 1)': 'ValueError: negative shift count',
  '1 >> (z - 1)': 'ValueError: negative shift count',
  '1.5 / z': 'ZeroDivisionError: float division by zero',
  '1.5 // z': 'ZeroDivisionError: float floor division by zero',
  '1.5 % z': 'ZeroDivisionError: float modulo by zero',
})

fails(operators, '', {
  '1 // 0': 'ZeroDivisionError: integer division or modulo by zero',
  '1 / 0': 'ZeroDivisionError: division by zero',
  'u8(1) % u8(0)': 'ZeroDivisionError: integer modulo by zero',
  '0.0 ** -1.0': 'ZeroDivisionError: 0.0 cannot be raised to a negative power',
  '(-8.0) ** 0.5': 'ValueError: math domain error',
})

evaluates(
  operators,
  'f64 computes as Python does',
  'var x: f64 = 5.0\nvar y: f64 = -3.0\nvar inf: f64 = 1e400\nvar tenth: f64 = 0.1',
  {
    'x / y': '-1.6666666666666667',
    'x // y': '-2.0',
    'x % y': '-1.0',
    '-x % -y': '1.0',
    '-x % inf': 'inf',
    'x % -inf': '-inf',
    'x % inf': '5.0',
    '3.0 % y': '-0.0',
    '-3.0 % -y': '0.0',
    '1.0 // tenth': '9.0',
    '-1.0 // inf': '-1.0',
    'x ** 400.0 ** 2.0': 'inf',
    'x ** y': '0.008',
    'inf - inf': 'nan',
    'inf - inf == inf - inf': 'False',
    '-x': '-5.0',
    '+x': '5.0',
  },
)

evaluates(operators, 'f32 computes in single precision', 'var x: f32 = 0.1\nvar y: f32 = 3.0', {
  x: '0.1',
  'x + x': '0.2',
  'x * y': '0.3',
  'y / x': '30.0',
  'y // x': '29.0',
  'f32(16777216.0) + f32(1.0)': '16777216.0',
  'f32(3.4028234663852886e38) * f32(2.0)': 'inf',
  '-x': '-0.1',
  'x == 0.1': 'False',
})

evaluates(
  operators,
  'integers mix with floats: in f64 with f64, in f32 with f32',
  'var x: f64 = 7.5\nvar s: f32 = 2.5\nvar a: i8 = 2\nvar b: u8 = 2\nvar c: i32 = 2\nvar d: u32 = u32(2)\nvar e: i64 = i64(2)\nvar f: u64 = u64(2)',
  {
    'x + a': '9.5',
    'b * x': '15.0',
    'x - c': '5.5',
    'd / x': '0.26666666666666666',
    'x ** e': '56.25',
    'f < x': 'True',
    'x // c': '3.0',
    'x % e': '1.5',
    's * c': '5.0',
    's + b': '4.5',
    'a * s': '5.0',
    'd < s': 'True',
    's % c': '0.5',
    's // c': '1.0',
    's + x': '10.0',
    's == 2.5': 'True',
  },
)

fails(operators, 'var a: i8 = 1\nvar w: i64 = i64(1)\nvar x: f32 = 1.0\nvar t: bool = True', {
  'a + 1': 'TypeError: cannot do `i8` + `i32`',
  'w > 0': 'TypeError: cannot do `i64` > `i32`',
  'w + a': 'TypeError: cannot do `i64` + `i8`',
  'x * w': 'TypeError: cannot do `f32` * `i64`',
  't + 1': 'TypeError: cannot do `bool` + `i32`',
  '1 == t': 'TypeError: cannot do `i32` == `bool`',
  't ** t': 'TypeError: cannot do `bool` ** `bool`',
  '1.5 & 1': 'TypeError: cannot do `f64` & `i32`',
  '1.5 << 1.5': 'TypeError: cannot do `f64` << `f64`',
  'a @ a': 'TypeError: cannot do `i8` @ `i8`',
  '"a" % 1': 'TypeError: cannot do `str` % `i32`',
})

evaluates(operators, 'bool has bitwise operators and comparisons', 'var t: bool = True\nvar f: bool = False', {
  't & f': 'False',
  't | f': 'True',
  't ^ t': 'False',
  't == f': 'False',
  't != f': 'True',
  'f < t': 'True',
  't <= f': 'False',
})

operators.error(
  'what does not exist says both operands and the operator',
  `
  def main() -> None:
      var a: i64 = i64(1)
      print(a + 1)
            ^ error: this is \`i64\`
                ^ error: this is \`i32\`
            ^^^^^ note: operator::ADD called here
  `,
  'TypeError: cannot do `i64` + `i32`',
)

operators.error(
  'there is no negation of unsigned integers',
  `
  def main() -> None:
      var a: u8 = 1
      ^^^^^^^^^^^^^ note: \`a\` defined here
      print(-a)
             ^ error: this is \`u8\`
            ^^ note: operator::NEG called here
  `,
  'TypeError: cannot do -`u8`',
)

operators.error(
  'not of something without truth value blames the operand',
  `
  @struct
  class P:
      x: i32

  def main() -> None:
      p = P(1)
      print(not p)
                ^ error: expected \`bool\`, got \`test::P\`
  `,
  'TypeError: mismatched types',
)

fails(operators, 'var t: bool = True', {
  '~t': 'TypeError: cannot do ~`bool`',
  '-t': 'TypeError: cannot do -`bool`',
  '+t': 'TypeError: cannot do +`bool`',
  '~1.5': 'TypeError: cannot do ~`f64`',
  '-"a"': 'TypeError: cannot do -`str`',
})

evaluates(
  operators,
  'complex128',
  'var a: complex128 = complex128(1.0, 2.0)\nvar b: complex128 = 3.0 - 1.5j\nvar i: i32 = 2\nvar w: i64 = i64(3)\nvar s: f32 = 0.5',
  {
    'a + b': '(4+0.5j)',
    'a - b': '(-2+3.5j)',
    'a * b': '(6+4.5j)',
    'a / b': '0.6666666666666666j',
    '-(1-2.5j)': '(-1+2.5j)',
    '+a': '(1+2j)',
    'a == b': 'False',
    'a != b': 'True',
    'a * i': '(2+4j)',
    'i + a': '(3+2j)',
    'a + 1.5': '(2.5+2j)',
    'a + w': '(4+2j)',
    's * a': '(0.5+1j)',
    'a ** 2': '(-3+4j)',
    'a == 1': 'False',
    'complex128(2, 0) == 2': 'True',
    'a.real': '1.0',
    'a.imag': '2.0',
    'a.conjugate()': '(1-2j)',
    '(1e200+1e200j) / (1e200+1e200j)': '(1+0j)',
  },
)

fails(operators, 'var z: complex128 = 0j', {
  '1j / z': 'ZeroDivisionError: complex division by zero',
  'z < z': 'TypeError: cannot do `complex128` < `complex128`',
  'z // z': 'TypeError: cannot do `complex128` // `complex128`',
})

operators.run()
