/** Functions of the library on `dynamic` values, and what `dynamic` values cannot do. */
import { language } from '../support/engines.ts'
import { evaluates } from '../support/expressions.ts'

const dynamic = language('functions of dynamic values')

for (const [expression, headline] of [
  ['hidden((1, 2)) + (3,)', 'TypeError: cannot do `tuple[i32, i32]` + `tuple[i32]`'],
  ['hidden((1, 2)) * 2', 'TypeError: cannot do `tuple[i32, i32]` * `i32`'],
  ['hidden((1, 2))[1:]', 'TypeError: tuple index must be blue'],
] as const) {
  dynamic.refuses(
    `what makes new types of tuples has to be known before: ${expression}`,
    `def hidden(x: dynamic) -> dynamic:\n    return x\ndef main() -> None:\n    print(${expression})\n`,
    headline,
  )
}

evaluates(
  dynamic,
  'functions and types that ask for the types of their arguments wait for the dynamic ones',
  'a = hidden(-7)\nl = hidden([3, 1])\ns = hidden("x")\nf = hidden(2.5)',
  {
    'abs(a)': '7',
    'int(f)': '2',
    'float(a)': '-7.0',
    'sorted(l)': '[1, 3]',
    'sum(l)': '4',
    'list(l)': '[3, 1]',
    'min(a, 2)': '-7',
    'max(l)': '3',
    'round(f)': '2',
    'ord(s)': '120',
    'divmod(a, 2)': '(-4, 1)',
    'hex(a)': '-0x7',
    'any(l)': 'True',
  },
  { declared: 'def hidden(x: dynamic) -> dynamic:\n    return x' },
)

dynamic.run()
