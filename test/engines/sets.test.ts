/** `set[T]` and `frozenset[T]`. */
import { language } from '../support/engines.ts'
import { changes, evaluates, fails } from '../support/expressions.ts'

const sets = language('sets')

const SETS = 's = {1, 2, 3}\nf = frozenset([3, 4])\nvar n: i32 = 3'

evaluates(sets, 'operators take sets, methods anything that has items', SETS, {
  's | {4}': '{1, 2, 3, 4}',
  's & {n}': '{3}',
  's - {1}': '{2, 3}',
  's ^ {1, 9}': '{2, 3, 9}',
  's <= {1, 2, 3, 4}': 'True',
  's < s': 'False',
  's >= {1}': 'True',
  's > {1}': 'True',
  's == {3, 2, 1}': 'True',
  's != {1}': 'True',
  's.union([n, 4])': '{1, 2, 3, 4}',
  's.intersection((1, 7))': '{1}',
  's.difference(range(3))': '{3}',
  's.symmetric_difference({1, 7})': '{2, 3, 7}',
  's.issubset(range(9))': 'True',
  's.issuperset([1])': 'True',
  's.isdisjoint({9: "x"})': 'True',
  '2 in s': 'True',
  'len(s)': '3',
  'bool(set[i32]())': 'False',
  'set[i32]()': 'set()',
  'set[f64](s)': '{1.0, 2.0, 3.0}',
  'set("aba")': "{'a', 'b'}",
  'set(s)': '{1, 2, 3}',
  '{x * 2 for x in s}': '{2, 4, 6}',
})

changes(sets, 'sets change in place', SETS, 's', {
  's.add(9)': '{1, 2, 3, 9}',
  's.discard(1)': '{2, 3}',
  's.discard(99)': '{1, 2, 3}',
  's.remove(n)': '{1, 2}',
  's |= {4}': '{1, 2, 3, 4}',
  's &= {1}': '{1}',
  's -= {1}': '{2, 3}',
  's ^= {1, 5}': '{2, 3, 5}',
  's.update([4, 5])': '{1, 2, 3, 4, 5}',
  's.intersection_update((n, 1))': '{1, 3}',
  's.difference_update({1})': '{2, 3}',
  's.symmetric_difference_update({1})': '{2, 3}',
  's.pop()': '{1, 2}',
  's.clear()': 'set()',
  'set(s).add(7)': '{1, 2, 3}',
})

evaluates(sets, 'a frozen set has a hash, which does not know the order', SETS, {
  f: 'frozenset({3, 4})',
  'frozenset[i32]()': 'frozenset()',
  'hash(f) == hash(frozenset([4, 3]))': 'True',
  '{f: "x"}[frozenset((4, n))]': 'x',
  'f | frozenset([5])': 'frozenset({3, 4, 5})',
  'f & frozenset([n])': 'frozenset({3})',
  'f.union([5])': 'frozenset({3, 4, 5})',
  'f.issubset(range(9))': 'True',
  'f == frozenset([4, 3])': 'True',
  'f < frozenset([4, 3, 2])': 'True',
  '3 in f': 'True',
  'sorted(f)': '[3, 4]',
  'set(f)': '{3, 4}',
})

fails(sets, SETS, {
  's.remove(99)': 'KeyError: 99',
  'set[i32]().pop()': 'KeyError: pop from an empty set',
  'hash(s)': "TypeError: unhashable type 'set[i32]'",
  'f.add(1)': 'TypeError: method `frozenset[i32]::add` does not exist',
  's | [1]': 'TypeError: mismatched types',
  's.union(1)': 'TypeError: method `i32::__fastiter__` does not exist',
  'set()': 'TypeError: generic functions must be called via `[...]`',
})

sets.run()
