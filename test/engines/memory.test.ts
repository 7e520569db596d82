/** What a program still holds stays, whatever else is collected. Under `npm run test:gc` every allocation collects. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const memory = language('memory that is used again')

memory(
  'temporaries are held while the rest of an expression is evaluated',
  `
  def twice(s: str) -> str:
      return s + s

  def f(n: i32) -> str:
      return twice(str(n)) + twice(str(n + 1) + ",") + str(n) * 2 + (str(1) + (str(2) + (str(3) + str(n))))
  `,
  ({ f }) => assert.is(f?.(5), '556,6,551235'),
)

memory(
  'locals are held over calls, and so is what is assigned to them later',
  `
  def f(n: i32) -> str:
      a = str(n)
      b = a
      a = a + str(n + 1)
      c = str(n + 2)
      b, a = a, b + c
      return a + "|" + b + "|" + c
  `,
  ({ f }) => assert.is(f?.(1), '13|12|3'),
)

memory(
  'parameters are held by callers, through functions that only pass them on',
  `
  def last(a: str, b: str, n: i32) -> str:
      junk = ""
      for i in range(n):
          junk = junk + str(i)
      return a + b + str(len(junk))

  def middle(a: str, b: str, n: i32) -> str:
      return last(b, a, n)

  def outer(n: i32) -> str:
      return middle(str(n), str(n + 1), n)

  def recursive(s: str, n: i32) -> str:
      if n == 0:
          return s
      return recursive(s + str(n), n - 1) + s
  `,
  ({ outer, recursive }) => {
    assert.is(outer?.(20), '212030')
    assert.is(recursive?.('.', 4), '.4321.432.43.4.')
  },
)

memory(
  'a callee may assign the variable that it is passed',
  `
  var current: str = ""
  var items: list[str] = []

  def change(s: str, n: i32) -> str:
      current = str(n)
      items = [str(n), str(n)]
      return s + current

  def size(l: list[str], n: i32) -> i32:
      items = [str(n)]
      more = [str(n) + "x", str(n)]
      return len(l) * 100 + len(l[0]) * 10 + len(more)

  def f(n: i32) -> str:
      current = str(n) + "!"
      items = [str(n) + "!", "a", "b"]
      m = size(items, n)
      return change(current, n + 1) + str(m)
  `,
  ({ f }) => assert.is(f?.(3), '3!4322'),
)

memory(
  'lists hold their items, and grow',
  `
  def squares(n: i32) -> list[str]:
      result: list[str] = []
      for i in range(n):
          result.append(str(i * i))
      return result

  def table(n: i32) -> list[list[str]]:
      rows: list[list[str]] = []
      for i in range(n):
          rows.append(squares(i))
      return rows

  def total(n: i32) -> i32:
      rows = table(n)
      var sum = 0
      for i in range(n):
          for j in range(len(rows[i])):
              sum = sum + len(rows[i][j] + str(j))
      return sum
  `,
  ({ squares, table, total }) => {
    assert.equal(squares?.(6), ['0', '1', '4', '9', '16', '25'])
    assert.equal(table?.(4), [[], ['0'], ['0', '1'], ['0', '1', '4']])
    assert.is(total?.(20), 590)
  },
)

memory(
  'structs on the gc heap are held with all that they lead to',
  `
  from unsafe import gc_alloc, gc_ptr

  @struct
  class Node:
      left: gc_ptr[Node]
      right: gc_ptr[Node]
      name: str

  def tree(depth: i32, name: str) -> gc_ptr[Node]:
      node = gc_alloc[Node](1)
      node.name = name
      if depth > 0:
          node.left = tree(depth - 1, name + "l")
          node.right = tree(depth - 1, name + "r")
      return node

  def names(node: gc_ptr[Node]) -> str:
      if not node:
          return ""
      return names(node.left) + node.name + " " + names(node.right)

  def f(depth: i32) -> str:
      root = tree(depth, ".")
      junk = tree(depth, "junk")
      root.right = tree(1, junk.name)
      return names(root)
  `,
  ({ f }) => assert.is(f?.(2), '.ll .l .lr . junkl junk junkr '),
)

memory(
  'a reference into a block keeps the block',
  `
  from unsafe import gc_alloc, gc_ptr

  @struct
  class Inner:
      a: i32
      s: str

  @struct
  class Outer:
      n: i32
      inner: Inner

  def fill(p: gc_ptr[Outer], n: i32) -> gc_ptr[Outer]:
      p.n = n
      p.inner.s = str(n)
      p.inner.a = len(str(n) + str(n))
      return p

  def f(n: i32) -> str:
      inner = fill(gc_alloc[Outer](3), n).inner
      junk = str(n) + str(n)
      return inner.s + str(inner.a) + junk
  `,
  ({ f }) => assert.is(f?.(12), '1241212'),
)

memory(
  'raw memory that holds gc pointers is a root until it is freed',
  `
  from unsafe import raw_alloc, raw_ptr

  @struct
  class Entry:
      key: i32
      text: str

  var entries: raw_ptr[Entry] = raw_ptr[Entry].NULL

  def start(n: i32) -> None:
      entries = raw_alloc[Entry](n)
      for i in range(n):
          entries[i].key = i
          entries[i].text = "entry " + str(i)

  def text(i: i32) -> str:
      junk = str(i) * 10
      return entries[i].text + str(len(junk))
  `,
  ({ start, text }) => {
    start?.(5)
    for (let i = 0; i < 5; i++) assert.is(text?.(i), `entry ${i}10`)
  },
)

memory(
  'memory of import time holds what the program puts there',
  `
  from unsafe import gc_alloc, gc_ptr

  @blue
  def make():
      p = gc_alloc[str](3)
      p[0] = "zero"
      return p

  TABLE = make()
  NAMES = ["one", "two"]

  def f(n: i32) -> str:
      TABLE[1] = str(n)
      NAMES.append(str(n + 1))
      TABLE[2] = str(n) + str(n)
      return TABLE[0] + TABLE[1] + TABLE[2] + NAMES[len(NAMES) - 1]
  `,
  ({ f }) => {
    assert.is(f?.(7), 'zero7778')
    assert.is(f?.(8), 'zero8889')
  },
)

memory(
  'what JavaScript passes stays for the whole call, and what it was given it has copied',
  `
  def join(items: list[str], between: str) -> str:
      result = ""
      for i in range(len(items)):
          if i > 0:
              result = result + between
          result = result + items[i]
      return result

  def split(s: str) -> list[str]:
      result: list[str] = []
      for i in range(len(s)):
          result.append(s[i] + str(i))
      return result

  def nested(rows: list[list[str]]) -> i32:
      var n = 0
      for i in range(len(rows)):
          n = n * 10 + len(join(rows[i], str(i)))
      return n
  `,
  ({ join, split, nested }) => {
    assert.is(join?.(['a', 'bö', 'c'], ', '), 'a, bö, c')
    assert.equal(split?.('aöb'), ['a0', 'ö1', 'b2'])
    assert.is(nested?.([['x', 'yz'], [], ['1', '2', '3']]), 405)
  },
)

memory(
  'variables that JavaScript reads',
  `
  var text: str = "start"
  var list_of_text: list[str] = []

  def change(n: i32) -> None:
      text = text + str(n)
      list_of_text.append(text)
  `,
  ({ change }, { module }) => {
    for (let i = 0; i < 4; i++) change?.(i)
    assert.is(module.get('text'), 'start0123')
    assert.equal(module.get('list_of_text'), ['start0', 'start01', 'start012', 'start0123'])
  },
)

memory(
  'a program goes on after an error with what it held before',
  `
  var kept: list[str] = []

  def add(n: i32) -> i32:
      a = str(n)
      kept.append(a + a)
      b = str(n + 1)
      if n == 2:
          raise ValueError(a + b)
      return len(kept) * 10 + len(a + b)

  def all() -> str:
      return str(len(kept)) + kept[0] + kept[len(kept) - 1]
  `,
  ({ add, all }) => {
    assert.is(add?.(1), 12)
    for (let i = 0; i < 3; i++) assert.throws(() => add?.(2), '23')
    assert.is(add?.(10), 54)
    assert.is(all?.(), '5111010')
  },
)

memory(
  'calls through function values',
  `
  def double(s: str) -> str:
      return s + s

  def exclaim(s: str) -> str:
      junk = str(len(s)) * 10
      return s + "!" + str(len(junk))

  def pick(n: i32) -> str:
      f = double
      if n > 2:
          f = exclaim
      a = str(n)
      return f(a + ".") + f(str(n) + a) + a
  `,
  ({ pick }) => {
    assert.is(pick?.(1), '1.1.11111')
    assert.is(pick?.(5), '5.!1055!105')
  },
)

memory(
  'conditions, loops and short circuits hold what they test',
  `
  def long(s: str, n: i32) -> bool:
      return len(s + str(n)) > n

  def f(n: i32) -> str:
      s = str(n)
      t = str(n + 1)
      if long(s, 1) and long(t, 1) or long(s + t, 100):
          s = s + t
      while not long(s, n):
          s = s + str(len(s)) if long(t, 0) else t
      u = s if long(s, 1) else t
      assert long(u, 1), "too short: " + u + str(n)
      return u + s + t
  `,
  ({ f }) => assert.is(f?.(12), '12134567891012134567891013'),
)

// The interpreter has 4 GiB of its own, and would take its time to fill them.
const compiled = { engines: ['jit', 'c'] } as const

for (const [what, allocation, options] of [
  // In bytes, these are just below 4 GiB.
  ['raw blocks', 'raw_alloc[i32](1073725439 + n)', compiled],
  ['collected blocks', 'gc_alloc[i32](1073725439 + n)', compiled],
  ['text', '"ab" * (2000000000 + n)', {}],
  ['text that is known', '"ab" * 2000000000', {}],
  ['bytes', 'b"ab" * (2147483647 + n)', compiled],
] as const) {
  memory.refuses(
    `${what} that no memory can hold`,
    `
    from unsafe import gc_alloc, raw_alloc

    def main() -> None:
        var n: i32 = 0
        x = ${allocation}
    `,
    'PanicError: out of memory',
    options,
  )
}

memory(
  'what a loop without turns would hold is held behind it',
  `
  @struct
  class Two:
      a: i32
      b: i32

  def shown(n: i32) -> str:
      return str(n) + "!"

  def f(n: i32) -> str:
      s = shown(n)
      while Two(1, n).a == 2:
          print(shown(n), s)
      return shown(n + 1) + shown(n + 2) + s
  `,
  ({ f }) => assert.is(f?.(5), '6!7!5!'),
)

for (const [what, access] of [
  ['read', 'print(p[i()])'],
  ['written', 'p[i()] = None'],
] as const) {
  memory.refuses(
    `what is ${what} behind the end of a pointer to nothing is behind the end`,
    `
    from unsafe import gc_alloc

    def i() -> i32:
        return 3

    def main() -> None:
        p = gc_alloc[type(None)](3)
        ${access}
    `,
    `PanicError: ptr_${what === 'read' ? 'getitem' : 'store'} out of bounds: 0x[3] (upper bound: 3)`,
  )
}

memory.run()
