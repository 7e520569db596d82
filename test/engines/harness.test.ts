/** The harness runs programs on every engine, and it notices what is wrong. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { SpyError } from '../../compiler/node.ts'
import { parseDrawnErrors } from '../support/drawn-errors.ts'
import { checkRaises, ENGINES, language } from '../support/engines.ts'

const programs = language('harness')

const ran: string[] = []

programs(
  'calls functions',
  `
  def add(a: i32, b: i32) -> i32:
      return a + b
  `,
  ({ add }, { engine }) => {
    ran.push(engine)
    assert.is(add?.(1, 2), 3)
  },
)

programs(
  'finds other files',
  {
    'main.spy': `
      from other import twice
      def f(n: i32) -> i32:
          return twice(n)
    `,
    'other.spy': `
      def twice(n: i32) -> i32:
          return n * 2
    `,
  },
  ({ f }) => assert.is(f?.(4), 8),
)

programs(
  'hears what is printed',
  `
  def f() -> None:
      print("hello")
      print(7)
  `,
  ({ f }, { stdout }) => {
    f?.()
    assert.is(stdout(), 'hello\n7\n')
  },
)

programs(
  'starts each program anew',
  `
  var n: i32 = 1
  def f() -> i32:
      n = n + 1
      return n
  `,
  ({ f }, { module }) => {
    assert.is(f?.(), 2)
    assert.is(module.get('n'), 2)
  },
)

programs.error(
  'compares errors with their drawing',
  `
  def main() -> None:
      x: str = 1
               ^ error: expected \`str\`, got \`i32\`
         ^^^ note: expected \`str\` because of type declaration
  `,
  'TypeError: mismatched types',
)

programs.error(
  'compares errors of running programs',
  `
  def main() -> None:
      raise ValueError("no such row")
  `,
  'ValueError: no such row',
)

programs.error(
  'compares what running programs say about their source',
  `
  def main() -> None:
      x = 1
      assert x > 1, "too small"
      ^^^^^^^^^^^^^^^^^^^^^^^^^ error: assertion failed
  `,
  'AssertionError: too small',
)

programs.error(
  'compares pointers that are wrong',
  `
  from unsafe import gc_alloc
  def main() -> None:
      p = gc_alloc[i32](2)
      p[-1] = 3
      ^ error:
  `,
  'PanicError: ptr_store out of bounds: 0x[-1] (upper bound: 2)',
)

programs(
  'makes releases, in which a pointer is nothing but an address',
  `
  from unsafe import gc_alloc, gc_ptr
  @struct
  class Row:
      items: gc_ptr[i32]
      n: i32
  def main(n: i32) -> i32:
      rows = gc_alloc[Row](1)
      rows[0].items = gc_alloc[i32](n)
      rows[0].items[n - 1] = 7
      return rows[0].items[n - 1] + rows[0].n
  `,
  ({ main }) => assert.is(main?.(3), 7),
  { released: true },
)

programs.run()

const every = suite('harness, afterwards')

every('every engine has run', () => assert.equal(ran, ENGINES))

every('drawings are taken out of the text', () => {
  const { program, annotations } = parseDrawnErrors(`
    x = 1
    ^ error: one
        ^^ note: two words
    y = 2
  `)
  assert.is(program, 'x = 1\ny = 2\n')
  assert.equal(annotations, ['test.spy:1:1-2 error: one', 'test.spy:1:5-7 note: two words'])
})

const raising = () => Promise.reject(new SpyError({ class: 'TypeError', message: 'wrong', annotations: [] }))

every('an error that is another one is noticed', async () => {
  await checkRaises(raising, 'TypeError: wrong', [])
  await fails(checkRaises(raising, 'TypeError: right', []))
  await fails(checkRaises(raising, 'TypeError: wrong', ['test.spy:1:1-2 error: here']))
})

every('an error that does not come is noticed', async () => {
  const module = { exports: { main: () => 0 } } as never
  await fails(checkRaises(() => Promise.resolve({ module }), 'TypeError: wrong', []))
})

async function fails(check: Promise<void>): Promise<void> {
  const failed = await check.then(
    () => false,
    () => true,
  )
  assert.ok(failed, 'the check should have failed')
}

every.run()
