/** Tuples: of a fixed number of items, each with its own type. */
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const tuples = language('tuples')

const TUPLES = 'var n: i32 = 3\npair = (n, n + 1)\nmixed = (n, "x", 2.5)'

evaluates(tuples, 'tuples are joined, repeated and cut; the result has a type of its own', TUPLES, {
  'pair + mixed': "(3, 4, 3, 'x', 2.5)",
  'pair + ()': '(3, 4)',
  '() + pair': '(3, 4)',
  '(pair + mixed)[3]': 'x',
  'pair * 2': '(3, 4, 3, 4)',
  '2 * pair': '(3, 4, 3, 4)',
  'mixed * 0': '()',
  'mixed * -1': '()',
  'mixed[1:]': "('x', 2.5)",
  'mixed[:-1]': "(3, 'x')",
  'mixed[::-1]': "(2.5, 'x', 3)",
  'mixed[-2:99]': "('x', 2.5)",
  'mixed[2:1]': '()',
  'len(mixed[:2])': '2',
  'mixed[slice(None, 1, None)]': '(3,)',
})

evaluates(tuples, 'tuples whose items have one type are searched and iterated', TUPLES, {
  'pair.count(3)': '1',
  '(5, n, 5).count(5)': '2',
  '().count(1)': '0',
  'pair.index(4)': '1',
  '(0.5, 1.5).index(n - 1.5)': '1',
  '[x for x in pair]': '[3, 4]',
  'sorted((n, 1, 2))': '[1, 2, 3]',
  'sum(pair)': '7',
  '[x for x in reversed(pair)]': '[4, 3]',
  '[p for p in zip(pair, ("a", "b"))]': "[(3, 'a'), (4, 'b')]",
  '[p for p in enumerate(pair)]': '[(0, 3), (1, 4)]',
  'any((0, n))': 'True',
  'all(mixed)': 'True',
})

fails(tuples, TUPLES, {
  'pair + [1]': 'TypeError: cannot do `tuple[i32, i32]` + `list[i32]`',
  'pair * n': 'TypeError: tuple repetition must be blue',
  'pair * 1000': 'TypeError: too many items for a tuple',
  'pair * 1.5': 'TypeError: cannot do `tuple[i32, i32]` * `f64`',
  'pair[n:]': 'TypeError: tuple index must be blue',
  'pair[::0]': 'ValueError: slice step cannot be zero',
  'pair[n]': 'TypeError: tuple index must be blue',
  'pair[2]': 'IndexError: tuple index out of range',
  'pair[-3]': 'IndexError: tuple index out of range',
  'pair.index(9)': 'ValueError: tuple.index(x): x not in tuple',
  'mixed.index("x")': "TypeError: 'index' is not supported on heterogeneous tuples",
  'mixed.count("x")': "TypeError: 'count' is not supported on heterogeneous tuples",
  '[x for x in mixed]': 'TypeError: method `tuple[i32, str, f64]::__fastiter__` does not exist',
  '"x" in pair': "TypeError: type mismatch: argument is not of the tuple's element type",
  '"x" in mixed': "TypeError: 'in' is not supported on heterogeneous tuples",
  'pair == mixed': 'TypeError: mismatched types',
})

tuples.run()
