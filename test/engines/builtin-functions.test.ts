/** Built-in functions: of iterables and of numbers. */
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
    'round(1e300)': '2147483647',
    'round(n)': '-10',
    'chr(97)': 'a',
  },
)

fails(builtins, '', {
  'divmod(1, 0)': 'ZeroDivisionError: integer division or modulo by zero',
  'sum(1)': 'TypeError: method `i32::__fastiter__` does not exist',
  'any([1], [2])': 'TypeError: this function takes 1 argument but 2 arguments were supplied',
})

builtins.run()
