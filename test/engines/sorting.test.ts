/** Sorting: of numbers, which are partitioned, of everything else, which is merged, and of what is few or alike. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const sorting = language('sorting')

const RANDOM = `
def next_of(seed: u32) -> u32:
    return seed * u32(1664525) + u32(1013904223)
`

for (const type of ['i8', 'u8', 'i32', 'u32', 'i64', 'u64', 'f32', 'f64']) {
  sorting(
    `lists of ${type}`,
    `${RANDOM}
def is_sorted(n: i32, different: i32) -> bool:
    items: list[${type}] = []
    var seed = u32(20)
    var sum = ${type}(0)
    for i in range(n):
        seed = next_of(seed)
        item = ${type}(i32(seed >> u32(8)) % different)
        items.append(item)
        sum = sum + item
    ordered = sorted(items)
    for i in range(1, n):
        if ordered[i] < ordered[i - 1]:
            return False
    # None is lost or comes twice.
    for item in ordered:
        sum = sum - item
    return len(ordered) == n and sum == ${type}(0)
`,
    ({ is_sorted }) => {
      for (const n of [0, 1, 2, 16, 17, 100, 3000]) {
        for (const different of [1, 2, 100]) assert.ok(is_sorted?.(n, different), `${n} items, ${different} different`)
      }
    },
  )
}

sorting(
  'what is sorted, or upside down, or has nans in it',
  `
def rising(n: i32) -> str:
    return str(sorted([i for i in range(n)]) == [i for i in range(n)])

def falling(n: i32) -> str:
    return str(sorted([n - 1 - i for i in range(n)]) == [i for i in range(n)])

def nans(n: i32) -> i32:
    zero = 0.0
    nan = 1e300 * 1e300 * zero
    items = [nan if i % 3 == 0 else f64(n - i) for i in range(n)]
    return len([x for x in sorted(items) if x == x])
`,
  ({ rising, falling, nans }) => {
    for (const n of [5, 17, 1000]) assert.is(`${rising?.(n)} ${falling?.(n)}`, 'True True')
    assert.is(nans?.(300), 200)
  },
)

sorting(
  'equal items keep their order, in reverse, too',
  `
@struct
class Card:
    rank: i32
    place: i32

    def __lt__(self, other: Card) -> bool:
        return self.rank < other.rank

def is_stable(n: i32, reverse: bool) -> bool:
    ordered = sorted([Card(i * 7 % 5, i) for i in range(n)], reverse=reverse)
    for i in range(1, n):
        a = ordered[i - 1]
        b = ordered[i]
        if b < a and not reverse or a < b and reverse:
            return False
        if a.rank == b.rank and a.place > b.place:
            return False
    return len(ordered) == n

def zeros(n: i32) -> str:
    return str(sorted([-0.0 if i % 2 == 0 else 0.0 for i in range(n)])[0:4])
`,
  ({ is_stable, zeros }) => {
    for (const n of [3, 16, 40, 500]) {
      assert.ok(is_stable?.(n, false))
      assert.ok(is_stable?.(n, true))
    }
    assert.is(zeros?.(40), '[-0.0, 0.0, -0.0, 0.0]')
  },
)

sorting(
  'structs that are moved in lists are copied',
  `
def main() -> str:
    items = [(i, str(i)) for i in range(5)]
    first = items.pop(0)
    items.reverse()
    items.insert(1, first)
    return str(first) + str(items) + str(items * 2 == items + items)
`,
  ({ main }) => assert.is(main?.(), "(0, '0')[(4, '4'), (0, '0'), (3, '3'), (2, '2'), (1, '1')]True"),
)

sorting.run()
