/** Built-in functions: of iterables and of numbers. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const builtins = language('builtin functions')

evaluates(builtins, 'functions of iterables', 'l = [3, 1, 2]\nvar n: i32 = 4', {
  'any([0, 0, 3])': 'True',
  'any([0, 0])': 'False',
  'all([1, 2])': 'True',
  'all(["a", ""])': 'False',
  'any("")': 'False',
  'sum(l)': '6',
  'sum(range(n))': '6',
  'sum([0.5, 1.5])': '2.0',
  'sum(l, 10)': '16',
  'sum([1.5], 2.0)': '3.5',
  'sorted(l)': '[1, 2, 3]',
  'sorted("bca")': "['a', 'b', 'c']",
  'sorted([(2, "x"), (1, "z"), (1, "y")])': "[(1, 'y'), (1, 'z'), (2, 'x')]",
  '[(i, x) for i, x in enumerate("ab")]': "[(0, 'a'), (1, 'b')]",
  '[i * x for i, x in enumerate(l, 10)]': '[30, 11, 24]',
  '[(a, b) for a, b in zip(l, "xy")]': "[(3, 'x'), (1, 'y')]",
  '[x for x in reversed(l)]': '[2, 1, 3]',
  '[x for x in reversed("abc")]': "['c', 'b', 'a']",
  '[x for x in reversed(range(n))]': '[3, 2, 1, 0]',
})

evaluates(
  builtins,
  'functions of numbers',
  'var n: i32 = -10\nvar x: f64 = 2.5\nvar w: i64 = i64(-255)\nvar u: u64 = u64(18446744073709551615)',
  {
    'abs(n)': '10',
    'abs(-x)': '2.5',
    'abs(-0.0 * x)': '0.0',
    'abs(w)': '255',
    'abs(3+4j)': '5.0',
    'divmod(n, 3)': '(-4, 2)',
    'divmod(x, 2)': '(1.0, 0.5)',
    'pow(n, 2)': '100',
    'pow(x, 2)': '6.25',
    'bin(n)': '-0b1010',
    'oct(8)': '0o10',
    'hex(w)': '-0xff',
    'hex(u)': '0xffffffffffffffff',
    'round(x)': '2',
    'round(x + 1.0)': '4',
    'round(-x)': '-2',
    'round(2.675, 2)': '2.67',
    'round(1234.5, -2)': '1200.0',
    'round(-0.0 * (x - 1.5), 1)': '-0.0',
    'round(x - 5.5, -1)': '-0.0',
    'round(1e300)': '2147483647',
    'round(n)': '-10',
    'chr(97)': 'a',
  },
)

evaluates(
  builtins,
  'keywords of built-in functions',
  'l = [3, 1, 2]\nvar up: bool = True\nnone: list[i32] = []\ndef minus(x: i32) -> i32:\n    return -x',
  {
    'sorted(l, reverse=True)': '[3, 2, 1]',
    'sorted(l, reverse=up)': '[3, 2, 1]',
    'sorted(l, key=minus)': '[3, 2, 1]',
    'sorted(["bb", "a", "cc"], key=len)': "['a', 'bb', 'cc']",
    'sorted(["bb", "a", "cc"], key=len, reverse=True)': "['bb', 'cc', 'a']",
    'sorted([10, 9, 1], key=str)': '[1, 10, 9]',
    'sorted(l, key=None)': '[1, 2, 3]',
    'sum(l, start=10)': '16',
    'list[tuple[i32, str]]() + [t for t in enumerate("ab", start=3)]': "[(3, 'a'), (4, 'b')]",
    'round(2.675, ndigits=2)': '2.67',
    '"a b c".split(maxsplit=1)': "['a', 'b c']",
    '"a,b,c".split(",", maxsplit=1)': "['a', 'b,c']",
    '"a,b,c".rsplit(sep=",", maxsplit=1)': "['a,b', 'c']",
    'int("ff", base=16)': '255',
    'complex(imag=2, real=1)': '(1+2j)',
    'str(b"abc", encoding="utf-8")': 'abc',
    'getattr(l, "nothing", 3)': '3',
  },
)

evaluates(
  builtins,
  'the smallest and the largest',
  'l = [3, 1, 2]\nvar n: i32 = 4\nnone: list[i32] = []\ndef minus(x: i32) -> i32:\n    return -x',
  {
    'min(n, 3)': '3',
    'max(n, 3)': '4',
    'min(n, 1, 3)': '1',
    'max(n, 1, 2.5)': '4.0',
    'min("b", "a", "c")': 'a',
    'min(l)': '1',
    'max("hello")': 'o',
    'min(l, key=minus)': '3',
    'max(1, -5, 2, key=minus)': '-5',
    'max("ccc", "a", "bbb", key=len)': 'ccc',
    'min(none, default=9)': '9',
    'min(l, default=9)': '1',
    'min(0.0, -0.0)': '0.0',
  },
)

evaluates(builtins, 'several iterables at once', 'l = [3, 1, 2]\nvar n: i32 = 4', {
  '[t for t in zip(l)]': '[(3,), (1,), (2,)]',
  '[t for t in zip(l, "ab", range(n))]': "[(3, 'a', 0), (1, 'b', 1)]",
  '[t for t in zip(l, "abc", range(n), [True, False, True])]':
    "[(3, 'a', 0, True), (1, 'b', 1, False), (2, 'c', 2, True)]",
  '[t for t in zip(l, "abc", strict=True)]': "[(3, 'a'), (1, 'b'), (2, 'c')]",
})

evaluates(builtins, 'powers of a modulus', 'var n: i32 = 4', {
  'pow(n, 3, 5)': '4',
  'pow(n, 3, -5)': '-1',
  'pow(n, 2, mod=7)': '2',
  'pow(i64(123456789), i64(987654321), i64(1000000007))': '652541198',
  'pow(2147483646, 2, 2147483647)': '1',
})

evaluates(
  builtins,
  'what a value is: its type decides, for object and dynamic the one that it has now',
  '@struct\nclass P:\n    x: i32\n    def __call__(self) -> i32:\n        return self.x\nvar o: object = 3\nvar d: dynamic = "a"\nvar n: i32 = 1',
  {
    'isinstance(n, i32)': 'True',
    'isinstance(n, str)': 'False',
    'isinstance(n, object)': 'True',
    'isinstance(n, (str, i32))': 'True',
    'isinstance(o, i32)': 'True',
    'isinstance(o, str)': 'False',
    'isinstance(o, (str, f64))': 'False',
    'isinstance(d, str)': 'True',
    'isinstance(P(1), P)': 'True',
    'issubclass(i32, object)': 'True',
    'issubclass(ValueError, Exception)': 'True',
    'issubclass(i32, (str, f64))': 'False',
    'callable(P(1))': 'True',
    'callable(len)': 'True',
    'callable(i32)': 'True',
    'callable(n)': 'False',
  },
)

builtins(
  'a test of a type guards code that needs it',
  `
  def f[T](x: T) -> i32:
      if isinstance(x, str):
          return len(x)
      else:
          return x + 1

  def sorted_in_place() -> str:
      l = ["ccc", "a", "bb"]
      l.sort()
      text = str(l)
      l.sort(key=len, reverse=True)
      return text + str(l)

  def callback(up: bool) -> list[i32]:
      def same(x: i32) -> i32:
          return x
      def minus(x: i32) -> i32:
          return -x
      var key = same
      if not up:
          key = minus
      return sorted([2, 3, 1], key=key)

  def callbacks() -> str:
      return str(callback(True)) + str(callback(False))

  def main() -> i32:
      return f[str]("abc") * 10 + f[i32](4)
  `,
  ({ main, sorted_in_place, callbacks }) => {
    assert.is(main?.(), 35)
    assert.is(sorted_in_place?.(), "['a', 'bb', 'ccc']['ccc', 'bb', 'a']")
    assert.is(callbacks?.(), '[1, 2, 3][3, 2, 1]')
  },
)

fails(builtins, '', {
  'divmod(1, 0)': 'ZeroDivisionError: integer division or modulo by zero',
  'sorted([1], reverse=True, key=None, reversed=True)': 'TypeError: unexpected keyword argument `reversed`',
  'sorted(m_items=[1])': 'TypeError: unexpected keyword argument `m_items`',
  'int("1", bas=16)': 'TypeError: unexpected keyword argument `bas`',
  'len(x0="a")': 'TypeError: unexpected keyword argument `x0`',
  'enumerate("a", 1, start=2)': 'TypeError: multiple values for argument `start`',
  'min(list[i32]())': 'ValueError: min() iterable argument is empty',
  'max()': 'TypeError: max expected at least 1 argument, got 0',
  '[t for t in zip([1, 2], [1], strict=True)]': 'ValueError: zip() argument 2 is shorter than argument 1',
  'pow(2, -1, 5)': 'ValueError: pow() 2nd argument cannot be negative when 3rd argument specified',
  'isinstance(1, 2)': 'TypeError: mismatched types',
  'sum(1)': 'TypeError: method `i32::__fastiter__` does not exist',
  'any([1], [2])': 'TypeError: this function takes 1 argument but 2 arguments were supplied',
})

evaluates(
  builtins,
  'id tells objects apart; values have none',
  'a = C(1)\nb = C(1)\nd: dynamic = a',
  {
    'id(a) == id(a)': 'True',
    'id(a) == id(b)': 'False',
    'id(a) == id(d)': 'True',
    'id(i32) == id(i32)': 'True',
    'id(i32) == id(str)': 'False',
  },
  { declared: 'class C:\n    x: i32' },
)

fails(builtins, '', {
  'id(1)': 'TypeError: cannot call id(`i32`)',
  'max(u8(1), i32(2))': 'TypeError: integers of different types do not mix',
  'divmod(i64(1), i32(2))': 'TypeError: integers of different types do not mix',
})

builtins.run()
