/** A pointer that has been checked is checked again when it, or the index, may be another one. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const checks = language('repeated checks')

const NODE = `
from unsafe import gc_alloc, gc_ptr

@struct
class Node:
    value: i32

NULL = gc_ptr[Node].NULL

def make(value: i32) -> gc_ptr[Node]:
    node = gc_alloc[Node](1)
    node.value = value
    return node
`

/** The body goes on with `node`, which is fine, and `n`, which is 1. */
const main = (body: string) => `${NODE}
def use(n: i32) -> i32:
    var node = make(7)
    var sum = node.value
${body.slice(1).trimEnd().replaceAll(/^ {2}/gm, '')}
    return sum

def main() -> None:
    print(use(1))
`

const NULL_BODIES: Readonly<Record<string, string>> = {
  'after it has been assigned': `
      node = NULL
      sum = node.value
  `,
  'after a branch that may have assigned it': `
      if n == 1:
          node = NULL
      sum = node.value
  `,
  'behind a branch in which it was checked': `
      node = NULL
      if n == 2:
          sum = node.value
      sum = sum + node.value
  `,
  'behind a condition that checks it only sometimes': `
      node = NULL
      if n == 2 and node.value == 7:
          sum = 3
      sum = sum + node.value
  `,
  'in the next turn of a loop': `
      for i in range(3):
          sum = sum + node.value
          if i == 1:
              node = NULL
  `,
  'behind a loop that may end before it checks': `
      node = NULL
      while n < 1:
          sum = sum + node.value
      sum = sum + node.value
  `,
  'behind a loop that is left early': `
      for i in range(3):
          node = NULL
          if i == 1:
              break
          node = make(i)
          sum = sum + node.value
      sum = sum + node.value
  `,
  'of a copy that was made before': `
      var copy = NULL
      copy, node = node, copy
      sum = copy.value + node.value
  `,
}

for (const [title, body] of Object.entries(NULL_BODIES)) {
  checks.refuses(title, main(body), 'PanicError: cannot dereference NULL pointer')
}

const INDEX_BODIES: readonly (readonly [title: string, place: string, body: string])[] = [
  [
    'an index that has grown',
    '[3] (upper bound: 3)',
    `
      var items = gc_alloc[i32](3)
      var i = n
      items[i] = 3
      i = i + 2
      sum = items[i]
  `,
  ],
  [
    'an index that grows in a loop',
    '[3] (upper bound: 3)',
    `
      var items = gc_alloc[i32](3)
      var i = 0
      while i < 4:
          sum = sum + items[i]
          i = i + 1
  `,
  ],
  [
    'other items',
    '[2] (upper bound: 2)',
    `
      var items = gc_alloc[i32](3)
      i = 2 * n
      sum = items[i]
      items = gc_alloc[i32](2)
      sum = sum + items[i]
  `,
  ],
]

for (const [title, place, body] of INDEX_BODIES) {
  checks.refuses(title, main(body), `PanicError: ptr_getitem out of bounds: 0x${place}`)
}

checks(
  'what is fine stays fine',
  main(`
      for i in range(3):
          copy = node
          copy.value = copy.value + 1
          sum = sum + node.value + copy.value
          node = make(node.value)
  `),
  ({ use }) => assert.is(use?.(1), 7 + 2 * (8 + 9 + 10)),
)

checks.run()
