/** `for`: the protocol of iterators, what can be iterated, and the loop variable. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const iteration = language('iteration')

const COUNTDOWN = `
var log: str = ""

@struct
class At:
    n: i32
    def __continue_iteration__(self) -> bool:
        log = log + "?"
        return self.n > 0
    def __item__(self) -> i32:
        log = log + "i"
        return self.n
    def __next__(self) -> At:
        log = log + "n"
        return At(self.n - 1)

@struct
class Countdown:
    start: i32
    def __fastiter__(self) -> At:
        log = log + "<"
        return At(self.start)
`

iteration(
  'asks for the iterator once, then tests, takes the item and advances before each turn',
  `${COUNTDOWN}
def f() -> str:
    for n in Countdown(2):
        log = log + str(n)
    return log
def skip() -> i32:
    var sum = 0
    for n in Countdown(5):
        if n == 3:
            continue
        if n == 1:
            break
        sum += n
    return sum
`,
  ({ f, skip }) => {
    assert.is(f?.(), '<?in2?in1?')
    assert.is(skip?.(), 11)
  },
)

iteration(
  'walks over everything that has items',
  `
  def f() -> str:
      var text = ""
      for n in range(3):
          text = text + str(n)
      for n in range(5, 0, -2):
          text = text + str(n)
      for n in [7, 8]:
          text = text + str(n)
      for k in {"a": 1, "b": 2}:
          text = text + k
      for n in {9}:
          text = text + str(n)
      for c in "xy":
          text = text + c
      for item in (1, "two", 3.5):
          text = text + str(item)
      return text
  `,
  ({ f }) => assert.is(f?.(), '01253' + '1' + '78ab9xy1two3.5'),
)

iteration(
  'ranges end also where the next step would leave the numbers there are',
  `
  def walk(start: i32, stop: i32, step: i32) -> str:
      var text = ""
      var turns = 0
      for n in range(start, stop, step):
          text = text + str(n) + " "
          turns = turns + 1
          if turns == 9:
              break
      return text

  def last(start: i32, stop: i32) -> i32:
      var n = 0
      for i in range(start, stop):
          n = i
      return n
  `,
  ({ walk, last }) => {
    const [least, most] = [-(2 ** 31), 2 ** 31 - 1]
    for (const start of [least, least + 1, -7, 0, 5, most - 6, most]) {
      for (const stop of [least, least + 6, -1, 0, 4, most - 1, most]) {
        for (const step of [1, -1, 2, -2, 5, 2 ** 30, -(2 ** 30), most, least]) {
          let text = ''
          for (let n = start, turns = 0; turns < 9 && (step > 0 ? n < stop : n > stop); n += step, turns++)
            text += `${n} `
          assert.is(walk?.(start, stop, step), text, `range(${start}, ${stop}, ${step})`)
        }
      }
    }
    assert.is(last?.(most - 3, most), most - 1)
  },
)

iteration(
  'the loop variable keeps its last value, and is unset after no turn at all',
  `
  def last(n: i32) -> i32:
      for i in range(n):
          pass
      return i
  `,
  ({ last }) => {
    assert.is(last?.(4), 3)
    assert.throws(() => last?.(0), /read from uninitialized local/)
  },
)

iteration(
  'two loops may share a variable; items that are appended are visited',
  `
  def f() -> i32:
      var sum = 0
      for i in range(3):
          sum += i
      for i in [10, 20]:
          sum += i
      l = [1, 2]
      for n in l:
          if n < 4:
              l.append(n + 2)
      return sum * 100 + len(l)
  `,
  ({ f }) => assert.is(f?.(), 3305),
)

iteration.error(
  'what cannot be iterated',
  `
  def main() -> None:
      for x in 3:
               ^ error: this is \`i32\`
      ^^^^^^^^^^^ note: operator::CALL_METHOD called here
          pass
  `,
  'TypeError: method `i32::__fastiter__` does not exist',
)

iteration.error(
  'the step of a range is not zero',
  `
  def main() -> None:
      var n: i32 = 0
      for i in range(1, 2, n):
          pass
  `,
  'ValueError: range() arg 3 must not be zero',
)

evaluates(iteration, 'comprehensions walk as loops do', 'var n: i32 = 4', {
  '[x * x for x in range(n)]': '[0, 1, 4, 9]',
  '[x for x in range(10) if x % 2 == 0 if x > 3]': '[4, 6, 8]',
  '[(x, y) for x in range(2) for y in "ab"]': "[(0, 'a'), (0, 'b'), (1, 'a'), (1, 'b')]",
  '{x % 3 for x in range(9)}': '{0, 1, 2}',
  '{str(x): x for x in range(2)}': "{'0': 0, '1': 1}",
  '[a + b for a, b in [(1, 2), (3, 4)]]': '[3, 7]',
})

const STEPS = `
@struct
class Steps:
    n: i32
    def __fastiter__(self) -> Steps:
        return self
    def __continue_iteration__(self) -> bool:
        return self.n > 0
    def __item__(self) -> i32:
        return self.n
    def __next__(self) -> Steps:
        return Steps(self.n - 1)
`

evaluates(
  iteration,
  'what has items and no method that searches is searched item by item',
  'l = [3, 1, 2]\nvar n: i32 = 2',
  {
    '2 in Steps(n)': 'True',
    '3 in Steps(n)': 'False',
    '0 not in Steps(n)': 'True',
    'n in reversed(l)': 'True',
    '(0, 3) in enumerate(l)': 'True',
    '2 not in map(abs, l)': 'False',
  },
  { declared: STEPS },
)

evaluates(iteration, 'map and filter give one item after the other', 'l = [3, 0, 2]', {
  'list(map(str, l))': "['3', '0', '2']",
  'sum(map(abs, [-1, 2]))': '3',
  'list(map(len, ["a", "bb"]))': '[1, 2]',
  'list(filter(None, l))': '[3, 2]',
  'list(filter(str.isalpha, "a1b"))': "['a', 'b']",
  'list(map(str, filter(None, l)))': "['3', '2']",
})

iteration(
  'iter gives an iterator that next advances, for all that hold it',
  `
  def main() -> None:
      it = iter([1, 2, 3])
      same = it
      print(next(it), next(same), next(it), next(it, 9))
      letters = iter("abc")
      next(letters)
      print(list(letters), next(letters, "-"))
  `,
  ({ main }, { stdout }) => {
    main?.()
    assert.is(stdout(), "1 2 3 9\n['b', 'c'] -\n")
  },
)

fails(iteration, '', {
  'next(iter([1][:0]))': 'StopIteration: ',
  '1 in 2': 'TypeError: cannot do `i32` in `i32`',
  'iter(1)': 'TypeError: method `i32::__fastiter__` does not exist',
})

iteration.run()
