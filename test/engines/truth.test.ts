/** What counts as true where a condition is needed. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { fails } from '../support/expressions.ts'

const truth = language('truth')

/** Declaration of `x`, then values that are true and values that are false. */
const TRUTHS: readonly (readonly [type: string, yes: readonly string[], no: readonly string[]])[] = [
  ['bool', ['True'], ['False']],
  ['i8', ['1', '-1'], ['0']],
  ['u8', ['255'], ['0']],
  ['i32', ['1', '-2147483648'], ['0']],
  ['u32', ['u32(4294967295)'], ['u32(0)']],
  ['i64', ['i64(4294967296)'], ['i64(0)']],
  ['u64', ['u64(4294967296)'], ['u64(0)']],
  ['f32', ['0.5', '1e400 - 1e400'], ['0.0', '-0.0']],
  ['f64', ['0.5', '1e400 - 1e400'], ['0.0', '-0.0']],
  ['complex128', ['1j', '1+0j'], ['0j']],
  ['str', ['"a"', '" "'], ['""']],
  ['bytes', ['b"a"'], ['b""']],
  ['list[i32]', ['[0]'], ['[]']],
  ['dict[str, i32]', ['{"a": 0}'], ['{}']],
  ['tuple[i32]', ['(0,)'], []],
  ['tuple[i32, str]', ['(0, "")'], []],
  ['range', ['range(1)'], ['range(0)', 'range(3, 3)']],
  ['Flag', ['Flag(True)'], ['Flag(False)']],
  ['Bag', ['Bag(2)'], ['Bag(0)']],
  ['Both', ['Both(0)'], []],
  ['gc_ptr[i32]', ['gc_alloc[i32](1)'], ['gc_ptr[i32].NULL']],
]

const DECLARED = `
from unsafe import gc_alloc, gc_ptr

@struct
class Flag:
    up: bool
    def __bool__(self) -> bool:
        return self.up

@struct
class Bag:
    n: i32
    def __len__(self) -> i32:
        return self.n

@struct
class Both:
    n: i32
    def __bool__(self) -> bool:
        return True
    def __len__(self) -> i32:
        return 0
`

for (const [type, yes, no] of TRUTHS) {
  const values = [...yes, ...no]
  const functions = values.map(
    (value, i) => `
def f${i}() -> bool:
    var x: ${type} = ${value}
    var n: i32 = 0
    if x:
        n += 1
    while x:
        n += 1
        break
    if x and True:
        n += 1
    if x or False:
        n += 1
    if not x:
        return n != 0
    n += 1 if x else 100
    assert x
    return n == 5 and bool(x)
`,
  )
  truth(
    `${type}: ${yes.join(', ')} ${no.length > 0 ? `but not ${no.join(', ')}` : ''}`,
    `${DECLARED}${functions.join('')}`,
    (exports) => {
      const results = values.map((value, i) => [value, exports[`f${i}`]?.()])
      assert.equal(
        results,
        values.map((value, i) => [value, i < yes.length]),
      )
    },
  )
}

truth(
  'None is never true, the empty tuple neither',
  `
  def f() -> i32:
      if None:
          return 1
      if ():
          return 2
      return 0
  `,
  ({ f }) => assert.is(f?.(), 0),
)

fails(
  truth,
  '',
  {
    'not P(1)': 'TypeError: mismatched types',
    'P(1) and True': 'TypeError: mismatched types',
    'not i32': 'TypeError: mismatched types',
    'not f': 'TypeError: mismatched types',
    'bool(P(1))': 'TypeError: mismatched types',
  },
  { declared: '@struct\nclass P:\n    n: i32\ndef f() -> None:\n    pass' },
)

truth.error(
  'a slot of type bool does not take the truth of what it is given',
  `
  def main() -> None:
      flag: bool = "x"
                   ^^^ error: expected \`bool\`, got \`str\`
            ^^^^ note: expected \`bool\` because of type declaration
  `,
  'TypeError: mismatched types',
)

truth(
  'a function that returns bool takes an i32, as every slot does',
  `
  def f(n: i32) -> bool:
      return n
  `,
  ({ f }) => assert.equal([f?.(0), f?.(7)], [false, true]),
)

truth(
  'containers of blue code are true when there is something in them',
  `
  from __spy__ import interp_list

  @blue
  def words():
      nothing = interp_list[type]()
      types = interp_list[type](i32, str)
      return ("a" if nothing else "b") + ("c" if types else "d")

  def f() -> str:
      empty = []
      var text = "full" if empty or {} else "empty"
      return text + words()
  `,
  ({ f }) => assert.is(f?.(), 'emptybc'),
)

truth.run()
