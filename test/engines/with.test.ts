/** `with`: what is entered is left on every way out of the block. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const contexts = language('with')

const LOCK = `
@struct
class Lock:
    name: str
    def __enter__(self) -> str:
        print("enter", self.name)
        return self.name + "!"
    def __exit__(self) -> None:
        print("exit", self.name)
`

/** What calls of `f` print, one string with spaces. */
function printed(stdout: string): string {
  return stdout.trim().split('\n').join(', ')
}

contexts(
  'the end of the block leaves it; `as` names what entering gave',
  `${LOCK}
def f() -> None:
    with Lock("a") as x:
        print(x)
    print("behind", x)
`,
  ({ f }, { stdout }) => {
    f?.()
    assert.is(printed(stdout()), 'enter a, a!, exit a, behind a!')
  },
)

contexts(
  'several are entered in order and left from the last to the first',
  `${LOCK}
def f() -> None:
    with Lock("a"), Lock("b") as b:
        print(b)
`,
  ({ f }, { stdout }) => {
    f?.()
    assert.is(printed(stdout()), 'enter a, enter b, b!, exit b, exit a')
  },
)

contexts(
  'return leaves all blocks around it, after its value has been computed',
  `${LOCK}
def value(n: i32) -> i32:
    print("value")
    return n
def f(n: i32) -> i32:
    with Lock("a"):
        while True:
            with Lock("b"):
                return value(n) * 2
`,
  ({ f }, { stdout }) => {
    assert.is(f?.(4), 8)
    assert.is(printed(stdout()), 'enter a, enter b, value, exit b, exit a')
  },
)

contexts(
  'break and continue leave the blocks inside of their loop',
  `${LOCK}
def f(n: i32) -> None:
    with Lock("a"):
        for i in range(3):
            with Lock("b"):
                if i == n:
                    break
                if i < n:
                    continue
            print("turn", i)
`,
  ({ f }, { stdout }) => {
    f?.(1)
    assert.is(printed(stdout()), 'enter a, enter b, exit b, enter b, exit b, exit a')
  },
)

contexts(
  'in a loop that is unrolled as in any other',
  `${LOCK}
def f() -> None:
    for x in (1, "x", 2.5):
        with Lock(str(x)):
            if str(x) == "x":
                break
        print("turn")
`,
  ({ f }, { stdout }) => {
    f?.()
    assert.is(printed(stdout()), 'enter 1, exit 1, turn, enter x, exit x')
  },
)

contexts(
  'the context is evaluated once, and kept although its name is assigned',
  `${LOCK}
def f() -> None:
    var lock = Lock("a")
    with lock:
        lock = Lock("b")
`,
  ({ f }, { stdout }) => {
    f?.()
    assert.is(printed(stdout()), 'enter a, exit a')
  },
)

contexts(
  'blue code enters and leaves like any other',
  `${LOCK}
@blue
def make(n):
    with Lock("blue"):
        return n + 1
def f() -> i32:
    return make(1)
`,
  ({ f }) => assert.is(f?.(), 2),
)

contexts.error(
  'a context has the method __enter__',
  `
  def main() -> None:
      with 1:
           ^ error: this is \`i32\`
           ^ note: operator::CALL_METHOD called here
          pass
  `,
  'TypeError: method `i32::__enter__` does not exist',
)

contexts.refuses(
  'and the method __exit__',
  `
  @struct
  class Door:
      n: i32
      def __enter__(self) -> None:
          pass
  def main() -> None:
      with Door(1):
          pass
  `,
  'TypeError: method `test::Door::__exit__` does not exist',
)

contexts.run()
