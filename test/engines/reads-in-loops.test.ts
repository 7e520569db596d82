/** What loops read of memory is what stands there in each turn, also where it usually stays the same. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const reads = language('reads in loops')

const NODE = `
from unsafe import gc_alloc, gc_ptr

@struct
class Pair:
    a: i32
    b: i32

@struct
class Node:
    value: i32
    pair: Pair
    next: gc_ptr[Node]

def make(value: i32) -> gc_ptr[Node]:
    node = gc_alloc[Node](1)
    node.value = value
    node.pair = Pair(value, 10 * value)
    return node
`

reads(
  'lists that grow and shrink while they are looked at',
  `
  def grow(n: i32) -> i32:
      items = [0]
      var i = 0
      while i < len(items):
          if len(items) < n:
              items.append(items[i] + 1)
              items.append(items[len(items) - 1] + 1)
          i = i + 1
      return items[len(items) - 1] * 1000 + i

  def shrink() -> i32:
      items = [1, 2, 3, 4, 5, 6]
      var sum = 0
      while len(items) > 1:
          sum = sum * 10 + items[len(items) - 1]
          items.pop()
      return sum
  `,
  ({ grow, shrink }) => {
    assert.is(grow?.(20), 6021)
    assert.is(shrink?.(), 65432)
  },
)

reads(
  'fields that the loop changes itself, through the same pointer and through another',
  `${NODE}
def same(n: i32) -> i32:
    node = make(1)
    for i in range(n):
        node.value = node.value * 2
    return node.value

def other(n: i32) -> i32:
    node = make(1)
    alias = node
    var sum = 0
    for i in range(n):
        alias.value = alias.value + i
        sum = sum + node.value
    return sum

def whole(n: i32) -> i32:
    node = make(1)
    var sum = 0
    for i in range(n):
        sum = sum + node.pair.b
        node.pair = Pair(i, node.pair.b + 1)
    return sum

def copied(n: i32) -> i32:
    items = gc_alloc[Pair](2)
    var sum = 0
    for i in range(n):
        sum = sum + items[0].a
        items[0] = Pair(items[0].a + 1, i)
    return sum
  `,
  ({ same, other, whole, copied }) => {
    assert.is(same?.(10), 1024)
    assert.is(other?.(4), 1 + 2 + 4 + 7)
    assert.is(whole?.(4), 10 + 11 + 12 + 13)
    assert.is(copied?.(4), 6)
  },
)

reads(
  'a pointer that moves on, and one that is NULL where it is not followed',
  `${NODE}
def chain(n: i32) -> gc_ptr[Node]:
    var head: gc_ptr[Node] = gc_ptr[Node].NULL
    for i in range(n):
        node = make(i)
        node.next = head
        head = node
    return head

def total(n: i32) -> i32:
    var at = chain(n)
    var sum = 0
    while at:
        sum = sum * 10 + at.value
        at = at.next
    return sum

def guarded(n: i32, follow: bool) -> i32:
    at = chain(n)
    var sum = 0
    for i in range(3):
        if follow:
            sum = sum + at.value
        sum = sum + 1
    return sum
  `,
  ({ total, guarded }) => {
    assert.is(total?.(5), 43210)
    assert.is(guarded?.(0, false), 3)
    assert.is(guarded?.(5, true), 15)
    assert.throws(() => guarded?.(0, true), 'NULL')
  },
)

reads(
  'pointers behind pointers, which are NULL where they are not followed',
  `${NODE}
def f(n: i32, follow: bool) -> i32:
    var at: gc_ptr[Node] = gc_ptr[Node].NULL
    for i in range(n):
        node = make(i)
        node.next = at
        at = node
    var sum = 0
    for i in range(3):
        if follow:
            sum = sum + at.next.next.value
        sum = sum + 1
    return sum
  `,
  ({ f }) => {
    for (const n of [0, 1, 2]) {
      assert.is(f?.(n, false), 3)
      assert.throws(() => f?.(n, true), 'NULL')
    }
    assert.is(f?.(5, true), 3 * 2 + 3)
  },
)

reads(
  'fields and module variables that a function changes which the loop calls',
  `${NODE}
var count: i32 = 0
var shared = make(5)

def bump(node: gc_ptr[Node], depth: i32) -> None:
    var i = 0
    while i < depth:
        node.value = node.value + 1
        i = i + 1

def replace(n: i32) -> None:
    while count < n:
        count = count + 1
    shared = make(n)

def of_field(n: i32) -> i32:
    node = make(0)
    var sum = 0
    for i in range(n):
        bump(node, i)
        sum = sum + node.value
    return sum

def of_variable(n: i32) -> i32:
    var sum = 0
    for i in range(n):
        sum = sum * 10 + shared.value
        replace(i)
    return sum * 100 + count
  `,
  ({ of_field, of_variable }) => {
    assert.is(of_field?.(4), 0 + 1 + 3 + 6)
    assert.is(of_variable?.(4), 501203)
  },
)

reads(
  'fields that a function value changes',
  `${NODE}
var kept = make(1)

def twice() -> i32:
    kept.value = kept.value * 2
    return 0

def thrice() -> i32:
    kept.value = kept.value * 3
    return 0

def f(n: i32) -> i32:
    var sum = 0
    for i in range(n):
        act = twice if i % 2 == 0 else thrice
        act()
        sum = sum + kept.value
    return sum
  `,
  ({ f }) => assert.is(f?.(4), 2 + 6 + 12 + 36),
)

reads(
  'what was read before keeps its value when the field is changed',
  `${NODE}
def f(n: i32) -> i32:
    head = make(1)
    head.next = make(2)
    var sum = 0
    for i in range(n):
        before = head.next
        head.next = make(before.value + 1)
        sum = sum * 100 + before.value * 10 + head.next.value
    return sum

def chosen(n: i32) -> i32:
    left = make(1)
    right = make(2)
    left.next = make(3)
    right.next = make(4)
    var sum = 0
    for i in range(n):
        at = left.next
        if i % 2 == 1:
            at = right.next
        sum = sum * 10 + at.value
    return sum
  `,
  ({ f, chosen }) => {
    assert.is(f?.(3), 233445)
    assert.is(chosen?.(4), 3434)
  },
)

reads(
  'loops in loops, of which only the outer one changes what the inner one reads',
  `
  def f(n: i32) -> i32:
      rows = [[1, 2], [3]]
      var sum = 0
      for i in range(n):
          row = rows[i % 2]
          for j in range(len(row)):
              sum = sum * 10 + row[j]
          row.append(9)
          if i == 1:
              rows[0] = [7]
      return sum
  `,
  ({ f }) => assert.is(f?.(4), 12_3_7_39),
)

reads(
  'attributes of objects, which are changed through references of other classes',
  `
  class Base:
      n: i32

      def __init__(self, n: i32) -> None:
          self.n = n

  class Derived(Base):
      m: i32

      def __init__(self, n: i32, m: i32) -> None:
          self.n = n
          self.m = m

  def f(turns: i32) -> i32:
      derived = Derived(1, 2)
      base: Base = derived
      var sum = 0
      for i in range(turns):
          derived.n = derived.n + 1
          sum = sum * 10 + base.n
      return sum
  `,
  ({ f }) => assert.is(f?.(3), 234),
)

reads.run()
