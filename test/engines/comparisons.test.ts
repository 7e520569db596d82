/** Equality, order, identity, membership, `and` and `or`. */
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const comparisons = language('comparisons')

// ----------------------------------------------------------------------------------------------- equality and order

evaluates(
  comparisons,
  'numbers are compared by value, text by code points',
  'var a: i32 = 3\nvar x: f64 = 3.0\nvar u: u32 = u32(4000000000)\nvar s: str = "pear"\nvar nan: f64 = 1e400 - 1e400',
  {
    'a == 3': 'True',
    'a != 3': 'False',
    'a < x': 'False',
    'a <= x': 'True',
    'u > u32(1)': 'True',
    's == "pear"': 'True',
    's < "plum"': 'True',
    's >= "peach"': 'True',
    '"Z" < "a"': 'True',
    '"é" > "z"': 'True',
    '"😀" > "￿"': 'True',
    '"" < s': 'True',
    'nan == nan': 'False',
    'nan != nan': 'True',
    'nan < 1.0': 'False',
  },
)

evaluates(comparisons, 'bytes are compared byte by byte', 'var a: bytes = b"ab"', {
  'a == b"ab"': 'True',
  'a != b"ab"': 'False',
  'a < b"b"': 'True',
  'a >= b"abc"': 'False',
})

evaluates(
  comparisons,
  'lists and tuples are compared item by item; what is derived needs no method',
  'a = [1, 2]\nb = [1, 3]\nvar n: i32 = 2\nt = (1, n)',
  {
    'a == [1, 2]': 'True',
    'a != [1, 2]': 'False',
    'a != b': 'True',
    'a < b': 'True',
    'a <= a': 'True',
    'a > b': 'False',
    '[1] < a': 'True',
    '[2] >= a': 'True',
    '[[1], [2]] == [[1], [2]]': 'True',
    '[[1], [2]] != [[1], [3]]': 'True',
    't == (1, 2)': 'True',
    't != (1, 2)': 'False',
    't < (1, 3)': 'True',
    't <= (1, 2)': 'True',
    't > (0, 9)': 'True',
    't >= (2, 0)': 'False',
    '("a", 1.5) < ("b", 0.5)': 'True',
  },
)

comparisons.error(
  'values of unrelated types are not compared',
  `
  def main() -> None:
      s = "a"
      print(s == None)
            ^ error: this is \`str\`
                 ^^^^ error: this is \`types::NoneType\`
            ^^^^^^^^^ note: operator::EQ called here
  `,
  'TypeError: cannot do `str` == `types::NoneType`',
)

fails(comparisons, '', {
  '1 == "a"': 'TypeError: cannot do `i32` == `str`',
  '1 != None': 'TypeError: cannot do `i32` != `types::NoneType`',
  'i32 == 1': 'TypeError: cannot do `type` == `i32`',
  '(1, 2) == (1, "a")': 'TypeError: mismatched types',
  '[1] == ["a"]': 'TypeError: mismatched types',
})

evaluates(comparisons, 'reference types without a method are equal when they are the same', '', {
  'None == None': 'True',
  'None != None': 'False',
  'i32 == i32': 'True',
  'int == i32': 'True',
  'i32 != str': 'True',
  'list[i32] == list[i32]': 'True',
  'list[i32] == list[str]': 'False',
})

evaluates(
  comparisons,
  'structs are compared field by field, nested ones too',
  'p = P(1, Q("a"))\nvar s: str = "a"',
  {
    'p == P(1, Q(s))': 'True',
    'p != P(1, Q(s))': 'False',
    'p == P(2, Q(s))': 'False',
    'p == P(1, Q("b"))': 'False',
  },
  {
    declared: `
@struct
class Q:
    name: str

@struct
class P:
    n: i32
    q: Q
`,
  },
)

evaluates(
  comparisons,
  'the missing one of == and != is the negation of the other',
  'a = Even(2)\nb = Even(4)\nc = Odd(1)\nd = Odd(3)',
  { 'a == b': 'True', 'a != b': 'False', 'c != d': 'False', 'c == d': 'True', 'a == Even(3)': 'False' },
  {
    declared: `
@struct
class Even:
    n: i32
    def __eq__(self, other: Even) -> bool:
        return self.n % 2 == other.n % 2

@struct
class Odd:
    n: i32
    def __ne__(self, other: Odd) -> bool:
        return self.n % 2 != other.n % 2
`,
  },
)

// --------------------------------------------------------------------------------------------------------- identity

evaluates(
  comparisons,
  'is asks whether two references are one object',
  'var n: i32 = 42',
  {
    'None is None': 'True',
    'n is None': 'False',
    'n is not None': 'True',
    'i32 is int': 'True',
    'i32 is str': 'False',
    'type(n) is i32': 'True',
    'f is f': 'True',
    'f is g': 'False',
  },
  { declared: 'def f() -> None:\n    pass\ndef g() -> None:\n    pass' },
)

comparisons.error(
  'values have no identity',
  `
  def main() -> None:
      a = [1]
      print(a is a)
            ^ error: this is \`list[i32]\`
                 ^ error: this is \`list[i32]\`
            ^ note: cannot use \`is\` between value types as they don't have an identity
            ^^^^^^ note: operator::IS called here
  `,
  'TypeError: cannot do `list[i32]` is `list[i32]`',
)

comparisons.error(
  'nor are they different',
  `
  def main() -> None:
      x = 1
      print(x is not 2)
            ^ error: this is \`i32\`
                     ^ error: this is \`i32\`
            ^ note: cannot use \`is not\` between value types as they don't have an identity
            ^^^^^^^^^^ note: operator::ISNOT called here
  `,
  'TypeError: cannot do `i32` is not `i32`',
)

// ------------------------------------------------------------------------------------------------------- membership

evaluates(
  comparisons,
  'in searches text, containers, ranges, and asks __contains__',
  'var n: i32 = 3\nl = [1, 2, 3]\nd = {"a": 1}',
  {
    '"ell" in "hello"': 'True',
    '"" in "hello"': 'True',
    '"x" not in "hello"': 'True',
    'n in l': 'True',
    'n + 1 in l': 'False',
    'n not in l': 'False',
    '"a" in d': 'True',
    '"b" in d': 'False',
    'n in (1, 2, 3)': 'True',
    'n in ()': 'False',
    'n in range(3)': 'False',
    'n in range(1, 10, 2)': 'True',
    'n in {1, 2}': 'False',
    'n in Evens()': 'False',
    'n + 1 in Evens()': 'True',
  },
  {
    declared: `
@struct
class Evens:
    def __contains__(self, n: i32) -> bool:
        return n % 2 == 0
`,
  },
)

comparisons.error(
  'in needs __contains__ on the right',
  `
  def main() -> None:
      print(1 in 2)
            ^ error: this is \`i32\`
                 ^ error: this is \`i32\`
            ^^^^^^ note: operator::IN called here
  `,
  'TypeError: cannot do `i32` in `i32`',
)

comparisons.error(
  'not in fails as in does',
  `
  def main() -> None:
      print("a" not in [1])
            ^^^ error: expected \`i32\`, got \`str\`
            ^^^^^^^^^^^^^^ note: operator::IN called here
  `,
  'TypeError: mismatched types',
)

evaluates(
  comparisons,
  'in evaluates left before right',
  '',
  { 'show("a", 1) in numbers()': 'True', log: 'a numbers ' },
  {
    declared: `
var log: str = ""
def show(name: str, n: i32) -> i32:
    log = log + name + " "
    return n
def numbers() -> list[i32]:
    log = log + "numbers "
    return [1, 2]
`,
  },
)

// ------------------------------------------------------------------------------------------------ chains, and, or

evaluates(
  comparisons,
  'a chain compares neighbours and evaluates every operand once',
  '',
  {
    'show(1) < show(2) < show(3)': 'True',
    log: '123',
    'show(2) < show(1) < show(9)': 'False',
    'log + ""': '12321',
    '1 < 3 > 2 == 2': 'True',
    '0 <= 5 < 5': 'False',
    '1 < 2 in [2]': 'True',
  },
  {
    declared: `
var log: str = ""
def show(n: i32) -> i32:
    log = log + str(n)
    return n
`,
  },
)

evaluates(
  comparisons,
  'and, or give a bool and stop at the operand that decides',
  'var n: i32 = 2\nvar zero: i32 = 0',
  {
    'n and 5': 'True',
    'zero or ""': 'False',
    'zero and seen(1)': 'False',
    'n or seen(2)': 'True',
    'n and seen(3)': 'True',
    'zero or seen(4)': 'True',
    log: '34',
    'not n': 'False',
    'not zero': 'True',
    'n and not zero or seen(5)': 'True',
  },
  {
    declared: `
var log: str = ""
def seen(n: i32) -> bool:
    log = log + str(n)
    return True
`,
  },
)

evaluates(
  comparisons,
  'what a blue left operand decides leaves the right one untyped',
  'p = P(3)\nx = 1',
  {
    'hasattr(p, "n") and p.n > 0': 'True',
    'hasattr(x, "n") and x.n > 0': 'False',
    'not hasattr(x, "n") or x.n > 0': 'True',
    'COLOR(False and p.n > 0)': 'blue',
    'COLOR(True and p.n > 0)': 'red',
    'COLOR(p.n > 0 and False)': 'red',
  },
  {
    declared: `
from __spy__ import COLOR
@struct
class P:
    n: i32
def red() -> P:
    return P(1)
`,
  },
)

comparisons.run()
