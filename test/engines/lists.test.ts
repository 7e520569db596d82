/** `list[T]`, `range` and `slice`: sequences, and what cuts them. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { changes, evaluates, fails } from '../support/expressions.ts'

const lists = language('lists')

const FIVE = 'l = [1, 2, 3, 4, 5]\nvar n: i32 = 2'

changes(lists, 'a slice of a list is replaced', FIVE, 'l', {
  'l[1:2] = [10, 20, 30]': '[1, 10, 20, 30, 3, 4, 5]',
  'l[1:3] = []': '[1, 4, 5]',
  'l[::2] = [10, 20, 30]': '[10, 2, 20, 4, 30]',
  'l[::-1] = [5, 6, 7, 8, 9]': '[9, 8, 7, 6, 5]',
  'l[3:1] = [9]': '[1, 2, 3, 9, 4, 5]',
  'l[1:3] = l': '[1, 1, 2, 3, 4, 5, 4, 5]',
  'l[-n:] = [7]': '[1, 2, 3, 7]',
  'l[:] = []': '[]',
  'l[10:] = [7]': '[1, 2, 3, 4, 5, 7]',
  'l[1:2] += [9, 9]': '[1, 2, 9, 9, 3, 4, 5]',
  'l[1:2] = range(n)': '[1, 0, 1, 3, 4, 5]',
  'l[4:] = (8, 9)': '[1, 2, 3, 4, 8, 9]',
})

changes(lists, 'lists grow by anything that has items', FIVE, 'l', {
  'l += [n]': '[1, 2, 3, 4, 5, 2]',
  'l += (6, 7)': '[1, 2, 3, 4, 5, 6, 7]',
  'l.extend(l)': '[1, 2, 3, 4, 5, 1, 2, 3, 4, 5]',
  'l.extend(range(n))': '[1, 2, 3, 4, 5, 0, 1]',
  'l.extend([])': '[1, 2, 3, 4, 5]',
  'l.extend({7: "x"})': '[1, 2, 3, 4, 5, 7]',
  'l *= n': '[1, 2, 3, 4, 5, 1, 2, 3, 4, 5]',
  'l.append(n)': '[1, 2, 3, 4, 5, 2]',
  'l.insert(-1, 9)': '[1, 2, 3, 4, 9, 5]',
  'l.insert(100, 9)': '[1, 2, 3, 4, 5, 9]',
  'l.insert(-100, 9)': '[9, 1, 2, 3, 4, 5]',
  'l.remove(3)': '[1, 2, 4, 5]',
  'l.pop(-2)': '[1, 2, 3, 5]',
  'l.clear()': '[]',
  'l.reverse()': '[5, 4, 3, 2, 1]',
})

lists(
  'what grows a list in place is seen through all of its names',
  `
  def f() -> str:
      l = [1]
      m = l
      m += [2]
      m[1:] = [3, 4]
      m = m + [5]
      return str(l)
  `,
  ({ f }) => assert.is(f?.(), '[1, 3, 4]'),
)

evaluates(lists, 'a list is made of anything that has items', FIVE, {
  'list[f64](l)': '[1.0, 2.0, 3.0, 4.0, 5.0]',
  'list[i32](range(n))': '[0, 1]',
  'list[i64]((1, i64(2)))': '[1, 2]',
  'list[str]()': '[]',
  'list(l)': '[1, 2, 3, 4, 5]',
  'list(range(n))': '[0, 1]',
  'list("abc")': "['a', 'b', 'c']",
  'list(b"ab")': '[97, 98]',
  'list({1: "x"})': '[1]',
  'list({3, 4})': '[3, 4]',
  'list((n, 3))': '[2, 3]',
  'list(reversed(l))': '[5, 4, 3, 2, 1]',
  'list(zip(l, "ab"))': "[(1, 'a'), (2, 'b')]",
})

evaluates(lists, 'searching', FIVE, {
  'l.index(3)': '2',
  'l.index(3, 1)': '2',
  'l.index(3, -4, -1)': '2',
  'l.count(n)': '1',
  '3 in l': 'True',
  'l < [1, 2, 4]': 'True',
  '[[1], [2]].index([2])': '1',
})

fails(lists, FIVE, {
  'l.index(3, 3)': 'ValueError: 3 is not in list',
  'l.index(3, 0, 2)': 'ValueError: 3 is not in list',
  'l[True]': 'TypeError: Subscript to list must be i32 or Slice, got <spy `operator::MetaArg` object at 0x>',
  'list[i32](5)': 'TypeError: method `i32::__fastiter__` does not exist',
  'list[i32](["a"])': 'TypeError: mismatched types',
  'list(1, 2)': 'TypeError: generic functions must be called via `[...]`',
})

lists.refuses(
  'an extended slice keeps its size',
  `
  def main() -> None:
      l = [1, 2, 3, 4, 5]
      l[::2] = [1]
  `,
  'ValueError: attempt to assign sequence of size 1 to extended slice of size 3',
)

lists.error(
  'an item is assigned by an i32 or a slice',
  `
  def main() -> None:
      l = [1, 2]
      ^ note: \`l\` defined here
      l["a"] = 1
      ^ error: this is \`list[i32]\`
      ^^^^^^^^^^ note: operator::SETITEM called here
  `,
  'TypeError: cannot do `list[i32][`str`] = ...',
)

evaluates(lists, 'a range is a sequence', 'var n: i32 = 3\nr = range(10)', {
  'len(r)': '10',
  'r[-1]': '9',
  'r[2:5]': 'range(2, 5)',
  'r[::-1]': 'range(9, -1, -1)',
  'r[8:n:-2]': 'range(8, 3, -2)',
  'range(0, 10, 3)[1:]': 'range(3, 12, 3)',
  'r.count(n)': '1',
  'r.count(10)': '0',
  'range(0, 10, 3).index(6)': '2',
  'range(0) == range(2, 2)': 'True',
  'range(0, n, 2) == range(0, 4, 2)': 'True',
  'r != range(n)': 'True',
  'hash(range(n)) == hash(range(0, 3, 1))': 'True',
  'list(range(5, 0, -2))': '[5, 3, 1]',
  '4 in range(0, 10, 2)': 'True',
})

fails(lists, '', {
  'range(3).index(7)': 'ValueError: 7 is not in range',
  'range(3)[3]': 'IndexError: range object index out of range',
  'range(1, 2, 0)': 'ValueError: range() arg 3 must not be zero',
  'range(1, 2, 3, 4)': 'TypeError: cannot call objects of type `types::StructType`',
})

evaluates(lists, 'a slice is a value', 'var n: i32 = 2\nl = [1, 2, 3]', {
  'slice(n)': 'slice(None, 2, None)',
  'slice(1, n)': 'slice(1, 2, None)',
  'slice(None, None, -1)': 'slice(None, None, -1)',
  'l[slice(n)]': '[1, 2]',
  '"abc"[slice(1, None)]': 'bc',
  'slice(1, 5).indices(3).stop': '3',
  'slice(n) == slice(None, 2, None)': 'True',
})

fails(lists, '', {
  'slice()': 'TypeError: cannot call objects of type `types::StructType`',
  'slice("a")': 'TypeError: cannot call objects of type `types::StructType`',
  'slice(None, None, 0).indices(3)': 'ValueError: slice step cannot be zero',
  'slice(1).indices(-1)': 'ValueError: length should not be negative',
})

evaluates(
  lists,
  'what does nothing but be there can be an item, too',
  'l = [None, None]\nl.append(done())\nl[0] = done()\nd = {"a": None}\nd["b"] = done()',
  {
    'len(l)': '3',
    l: '[None, None, None]',
    d: "{'a': None, 'b': None}",
    'str(l[1]) + str(d["b"])': 'NoneNone',
    'None in l': 'True',
    'l == [None]': 'False',
    '[x for x in l]': '[None, None, None]',
    calls: '3',
  },
  { declared: 'var calls: i32 = 0\ndef done() -> None:\n    calls += 1' },
)

lists.run()
