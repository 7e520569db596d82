/** Dicts, sets and comprehensions. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { changes, evaluates, fails } from '../support/expressions.ts'

const dicts = language('dict')

dicts(
  'keeps the order of insertion; a key that comes again goes to the end',
  `
  def f() -> str:
      d = {"a": 1, "b": 2, "c": 3}
      d["a"] = 10
      d.__delitem__("b")
      d["b"] = 5
      return str(d)
  `,
  ({ f }) => assert.is(f?.(), "{'a': 10, 'c': 3, 'b': 5}"),
)

dicts(
  'grows, and forgets what has been removed',
  `
  def f() -> i32:
      d = dict[i32, i32]()
      for i in range(1000):
          d[i * 7] = i
          if i >= 10:
              d.__delitem__((i - 10) * 7)
      sum = 0
      for k in d:
          sum += d[k]
      return sum * 100 + len(d)
  `,
  ({ f }) => assert.is(f?.(), 994510),
)

dicts(
  'looks up, with and without a default',
  `
  def f(key: str) -> i32:
      d = {"one": 1}
      return d.get(key, -1) + d.setdefault(key, 100) + d[key]
  `,
  ({ f }) => {
    assert.is(f?.('one'), 3)
    assert.is(f?.('two'), 199)
  },
)

dicts.error(
  'raises KeyError with the repr of the key',
  `
  def look(key: str) -> i32:
      d = {"one": 1}
      return d[key]
  def main() -> None:
      look("two")
  `,
  "KeyError: 'two'",
)

dicts(
  'takes tuples as keys',
  `
  def f() -> i32:
      d = {(1, 2): 3, (3, 4): 5}
      k = (3, 4)
      return d[k]
  `,
  ({ f }) => assert.is(f?.(), 5),
)

dicts(
  'compares without regard to order',
  `
  def f() -> bool:
      return {1: 2, 3: 4} == {3: 4, 1: 2} and {1: 2} != {1: 3}
  `,
  ({ f }) => assert.is(f?.(), true),
)

const AB = 'd = {"a": 1, "b": 2}\nvar n: i32 = 3'

evaluates(dicts, 'dicts are made of pairs, and joined', AB, {
  'd | {"z": n}': "{'a': 1, 'b': 2, 'z': 3}",
  'dict(d)': "{'a': 1, 'b': 2}",
  'dict([("x", n)])': "{'x': 3}",
  'dict(zip("ab", (1, n)))': "{'a': 1, 'b': 3}",
  'dict[str, f64](d)': "{'a': 1.0, 'b': 2.0}",
  'dict[i32, str].fromkeys(range(2), "x")': "{0: 'x', 1: 'x'}",
  'd.pop("z", n)': '3',
  'd == {"b": 2, "a": 1}': 'True',
  'd != {"a": 1}': 'True',
  'list(d.keys())': "['a', 'b']",
  'list(reversed(d))': "['b', 'a']",
  'd.values()': '[1, 2]',
  'd.items()': "[('a', 1), ('b', 2)]",
  'sorted({2: 0, 1: 0})': '[1, 2]',
})

changes(dicts, 'dicts change in place', AB, 'd', {
  'd |= {"z": n}': "{'a': 1, 'b': 2, 'z': 3}",
  'd.update([("a", n)])': "{'a': 3, 'b': 2}",
  'd.update({})': "{'a': 1, 'b': 2}",
  'd.popitem()': "{'a': 1}",
  'd.pop("a")': "{'b': 2}",
  'd.clear()': '{}',
  'd.setdefault("q", n)': "{'a': 1, 'b': 2, 'q': 3}",
  'd["a"] += n': "{'a': 4, 'b': 2}",
})

dicts(
  'items are taken off the end, also behind removed ones',
  `
  def f() -> str:
      d = {1: "a", 2: "b", 3: "c"}
      d.__delitem__(3)
      last = d.popitem()
      d[9] = "z"
      return str(last) + str(d) + str(d.popitem()) + str(d.popitem()) + str(len(d))
  `,
  ({ f }) => assert.is(f?.(), "(2, 'b'){1: 'a', 9: 'z'}(9, 'z')(1, 'a')0"),
)

fails(dicts, AB, {
  'd.pop("z")': "KeyError: 'z'",
  'dict[i32, i32]().popitem()': 'KeyError: popitem(): dictionary is empty',
  'd.get("a")': 'TypeError: this function takes 3 arguments but 2 arguments were supplied',
  'dict([1])': 'TypeError: generic functions must be called via `[...]`',
  'dict[i32, i32]([1])': 'TypeError: `i32` does not support unpacking',
})

dicts(
  'keys that differ in their upper bits only, and many that come and go, are found',
  `
  def steps(n: i32, step: i32) -> str:
      d = dict[i32, i32]()
      for i in range(n):
          d[i * step] = i
      for i in range(0, n, 3):
          d.pop(i * step)
      var sum = 0
      for key in d:
          sum = sum + d[key] % 7
      return str(len(d)) + " " + str(sum) + " " + str(d.get(0, -1)) + " " + str(d.get(step, -1)) + " " + str(d.get(-1, 5))

  def come_and_go(n: i32) -> str:
      d = dict[i32, i32]()
      for i in range(n):
          d[i] = i
          if i % 3 > 0:
              d.popitem()
      return str(len(d)) + " " + str(d.get(3, 0)) + " " + str(d.get(4, 0)) + " " + str(d.popitem())

  def extremes() -> str:
      d = {u32(4294967295): "max"}
      d[u32(4294967294)] = "less"
      d.pop(u32(4294967295))
      e = {-1: "one", -2: "two"}
      return str(d) + str(e) + e[-1] + e[-2]
  `,
  ({ steps, come_and_go, extremes }) => {
    assert.is(extremes?.(), "{4294967294: 'less'}{-1: 'one', -2: 'two'}onetwo")
    for (const step of [1, 64, 1024, 65536]) assert.is(steps?.(2000, step), '1333 3997 -1 1 5')
    assert.is(come_and_go?.(2001), '667 3 0 (1998, 1998)')
  },
)

evaluates(dicts, 'what is given by name has the name as its key', 'var n: i32 = 2', {
  'dict(a=1, b=n)': "{'a': 1, 'b': 2}",
  'dict({"x": 3}, a=n)': "{'x': 3, 'a': 2}",
  'dict([("a", 1)], a=n)': "{'a': 2}",
  'dict[str, f64](a=n)': "{'a': 2.0}",
})

dicts(
  'what is given by name is evaluated before the dict is made',
  `
  def append(pairs: list[tuple[str, i32]]) -> i32:
      pairs.append(("late", 9))
      return 1

  def foo() -> str:
      pairs = [("a", 1)]
      return str(dict(pairs, z=append(pairs)))
  `,
  ({ foo }) => {
    assert.is(foo?.(), "{'a': 1, 'late': 9, 'z': 1}")
  },
)

dicts.error(
  'the keys of what is given by name are text',
  `
  def main() -> None:
      dict({1: 2}, a=3)
                     ^ error: expected \`i32\`, got \`str\`
      ^^^^^^^^^^^^^^^^^ note: operator::CALL_METHOD called here
  `,
  'TypeError: mismatched types',
)

dicts.run()
