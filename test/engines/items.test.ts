/** Subscripts: reading and writing items. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const items = language('items')

const GRID = `
@struct
class Grid:
    w: i32
    def __getitem__(self, x: i32, y: i32) -> i32:
        return y * self.w + x

@struct
class Keyed:
    n: i32
    def __getitem__(self, key: tuple[i32, str]) -> str:
        return str(key[0]) + key[1]

@struct
class Sliced:
    n: i32
    def __getitem__(self, part: slice) -> str:
        s = part.indices(self.n)
        return str(s.start) + ":" + str(s.stop) + ":" + str(s.step)
`

evaluates(
  items,
  'several indices are several arguments, or one tuple for a method that takes one',
  'g = Grid(10)\nk = Keyed(1)\nvar n: i32 = 2\nd = {(1, 2): "a"}\nl = [10, 20, 30]',
  {
    'g[3, 4]': '43',
    'g[(3, 4)]': '43',
    'k[n, "x"]': '2x',
    'k[(n, "y")]': '2y',
    'd[(1, 2)]': 'a',
    'd[1, n]': 'a',
    'l[0]': '10',
    'l[-1]': '30',
    'l[n]': '30',
    '(1, "b")[1]': 'b',
    '(1, "b")[-2]': '1',
    'range(5, 10)[2]': '7',
  },
  { declared: GRID },
)

evaluates(
  items,
  'a slice passes its parts, None for those that are left out',
  's = Sliced(10)\nl = [1, 2, 3, 4, 5]\nvar n: i32 = 3',
  {
    's[:]': '0:10:1',
    's[2:]': '2:10:1',
    's[:n]': '0:3:1',
    's[-3:-1]': '7:9:1',
    's[::-1]': '9:-1:-1',
    's[3::-2]': '3:-1:-2',
    's[-100:100:n]': '0:10:3',
    'l[1:3]': '[2, 3]',
    'l[-2:]': '[4, 5]',
    'l[3:]': '[4, 5]',
    'l[4:1:-1]': '[5, 4, 3]',
    'l[-4:-1]': '[2, 3, 4]',
    'l[::-2]': '[5, 3, 1]',
    'l[3:1]': '[]',
  },
  { declared: GRID },
)

items(
  'items are written by __setitem__',
  `
  var log: str = ""

  @struct
  class Board:
      n: i32
      def __setitem__(self, x: i32, y: i32, item: str) -> None:
          log = log + str(x) + str(y) + item + " "

  def f() -> str:
      b = Board(1)
      b[1, 2] = "x"
      b[(3, 4)] = "y"
      return log
  `,
  ({ f }) => assert.is(f?.(), '12x 34y '),
)

items(
  'value, indices and the new item are evaluated in this order',
  `
  var log: str = ""
  def value() -> list[i32]:
      log = log + "value "
      return [1, 2, 3]
  def index() -> i32:
      log = log + "index "
      return 0
  def item() -> i32:
      log = log + "item "
      return 5
  def f() -> str:
      value()[index()] = item()
      return log
  `,
  ({ f }) => assert.is(f?.(), 'value index item '),
)

items.error(
  'what has no items',
  `
  def main() -> None:
      x = 1
      ^ note: \`x\` defined here
      x[0]
      ^ error: this is \`i32\`
      ^^^^ note: operator::GETITEM called here
  `,
  'TypeError: cannot do `i32`[...]',
)

items.error(
  'what takes no items',
  `
  def main() -> None:
      x = 1
      ^ note: \`x\` defined here
      x[0] = 2
      ^ error: this is \`i32\`
      ^^^^^^^^ note: operator::SETITEM called here
  `,
  'TypeError: cannot do `i32[`i32`] = ...',
)

fails(items, 'l = [1, 2]\nvar n: i32 = 5', {
  'l[n]': 'IndexError: list index out of range',
  'l[-n]': 'IndexError: list index out of range',
  'l[::n - 5]': 'ValueError: slice step cannot be zero',
  '(1, 2)[2]': 'IndexError: tuple index out of range',
  '(1, 2)[n]': 'TypeError: tuple index must be blue',
  '{"a": 1}["b"]': "KeyError: 'b'",
  'range(3)[n]': 'IndexError: range object index out of range',
})

items.run()
