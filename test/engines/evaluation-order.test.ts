/**
 * Every operand is evaluated exactly once, in the order of the source, whatever the operation does with it: random
 * expressions write down what they evaluate, and a model in JavaScript says what that must be.
 */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const PRELUDE = `
from operator import OpSpec
from __spy__ import as_red

var log: str = ""

def step(n: i32) -> i32:
    log = log + str(n) + " "
    return n

def sub(a: i32, b: i32) -> i32:
    return a - b

def pick(a: i32, b: i32 = 5, c: i32 = 7) -> i32:
    return a * 4 + b * 2 + c

def extras(a: i32, *r: i32) -> i32:
    s = a
    for x in r:
        s = s * 3 + x
    return s

@blue.metafunc
def swapped(a, b):
    return OpSpec(sub, [b, a])

@blue.metafunc
def doubled(a):
    return OpSpec(sub, [a, a])

@blue.metafunc
def ignoring(a, b):
    return OpSpec.const(11)

@struct
class P:
    x: i32

    def __radd__(self, o: i32) -> i32:
        return o * 2 + self.x

    def __contains__(self, o: i32) -> bool:
        return o == self.x

    def __getitem__(self, i: i32, j: i32) -> i32:
        return self.x + i * j

    def method(self, a: i32, b: i32) -> i32:
        return self.x - a * b

def struct_of(n: i32) -> P:
    return P(step(n))
`

/** An expression, what evaluating it writes down, and its value. */
interface Made {
  readonly source: string
  readonly log: readonly number[]
  readonly value: number
}

/** Numbers that look random and are the same in each run (Lehmer's generator). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
}

const random = numbersFrom(20240229)
const wrap = (value: number): number => value | 0

type Make = (a: Made, b: Made, c: Made) => Made

const inOrder = (...parts: readonly Made[]): readonly number[] => parts.flatMap((part) => part.log)

/** A binary operation on numbers. */
function infix(op: string, compute: (a: number, b: number) => number): Make {
  return (a, b) => ({
    source: `(${a.source} ${op} ${b.source})`,
    log: inOrder(a, b),
    value: wrap(compute(a.value, b.value)),
  })
}

const truth = (condition: boolean): number => (condition ? 1 : 0)

const FORMS: readonly Make[] = [
  infix('+', (a, b) => a + b),
  infix('-', (a, b) => a - b),
  infix('^', (a, b) => a ^ b),
  (a, b) => ({ source: `sub(${a.source}, ${b.source})`, log: inOrder(a, b), value: wrap(a.value - b.value) }),
  (a, b) => ({ source: `swapped(${a.source}, ${b.source})`, log: inOrder(a, b), value: wrap(b.value - a.value) }),
  (a) => ({ source: `doubled(${a.source})`, log: a.log, value: 0 }),
  (a, b) => ({ source: `ignoring(${a.source}, ${b.source})`, log: inOrder(a, b), value: 11 }),
  (a, b) => ({
    source: `pick(c=${a.source}, a=${b.source})`,
    log: inOrder(a, b),
    value: wrap(Math.imul(b.value, 4) + 10 + a.value),
  }),
  (a, b) => ({
    source: `pick(${a.source}, c=${b.source}, b=2)`,
    log: inOrder(a, b),
    value: wrap(Math.imul(a.value, 4) + 4 + b.value),
  }),
  (a, b, c) => ({
    source: `extras(${a.source}, ${b.source}, ${c.source})`,
    log: inOrder(a, b, c),
    value: wrap(Math.imul(wrap(Math.imul(a.value, 3) + b.value), 3) + c.value),
  }),
  (a, b) => ({
    source: `(${a.source} + P(${b.source}))`,
    log: inOrder(a, b),
    value: wrap(Math.imul(a.value, 2) + b.value),
  }),
  (a, b) => ({
    source: `i32(${a.source} in P(${b.source}))`,
    log: inOrder(a, b),
    value: truth(a.value === b.value),
  }),
  (a, b, c) => ({
    source: `P(${a.source})[${b.source}, ${c.source}]`,
    log: inOrder(a, b, c),
    value: wrap(a.value + Math.imul(b.value, c.value)),
  }),
  (a, b, c) => ({
    source: `P(${a.source}).method(b=${b.source}, a=${c.source})`,
    log: inOrder(a, b, c),
    value: wrap(a.value - Math.imul(c.value, b.value)),
  }),
  (a, b) => ({ source: `(${a.source}, ${b.source})[1]`, log: inOrder(a, b), value: b.value }),
  (a, b) => ({ source: `len((${a.source}, ${b.source}))`, log: inOrder(a, b), value: 2 }),
  (a, b) => ({ source: `[${a.source}, ${b.source}][0]`, log: inOrder(a, b), value: a.value }),
  (a) => ({ source: `i32(hasattr(${a.source}, "x"))`, log: a.log, value: 0 }),
  (a) => ({ source: `i32(STATIC_TYPE(${a.source}) == i32)`, log: a.log, value: 1 }),
  (a) => ({ source: `as_red(${a.source})`, log: a.log, value: a.value }),
  (a, b, c) => ({
    source: `(${a.source} if ${b.source} > 0 else ${c.source})`,
    log: b.value > 0 ? inOrder(b, a) : inOrder(b, c),
    value: b.value > 0 ? a.value : c.value,
  }),
  (a, b, c) => ({
    source: `i32(${a.source} < ${b.source} < ${c.source})`,
    log: a.value < b.value ? inOrder(a, b, c) : inOrder(a, b),
    value: truth(a.value < b.value && b.value < c.value),
  }),
  (a, b) => ({
    source: `i32(${a.source} > 0 and ${b.source} > 0)`,
    log: a.value > 0 ? inOrder(a, b) : a.log,
    value: truth(a.value > 0 && b.value > 0),
  }),
]

let steps = 0

function leaf(): Made {
  switch (random(4)) {
    case 0: {
      const value = random(9)
      return { source: String(value), log: [], value }
    }
    case 1:
      return { source: 'n', log: [], value: 3 }
    default: {
      const value = ++steps % 100
      return { source: `step(${value})`, log: [value], value }
    }
  }
}

function make(depth: number): Made {
  if (depth === 0) return leaf()
  const form = FORMS[random(FORMS.length)] as Make
  return form(make(depth - 1), make(depth - 1), make(depth - 1))
}

const order = language('order of evaluation')

// One operation each, then nested ones.
const single = FORMS.map((form) => form(make(0), make(0), make(0)))
const nested = Array.from({ length: 60 }, (_, i) => make(2 + (i % 2)))
const expressions = [...single, ...nested]

const program = `${PRELUDE}
${expressions
  .map(
    ({ source }, i) => `
def f${i}(n: i32) -> i32:
    log = ""
    return ${source}
`,
  )
  .join('')}
def logged() -> str:
    return log
`

order('operands are evaluated once, in order', program, (exports) => {
  expressions.forEach(({ source, log, value }, i) => {
    assert.is(exports[`f${i}`]?.(3), value, source)
    assert.is(exports.logged?.(), log.map((n) => `${n} `).join(''), source)
  })
})

order(
  'assignments evaluate the receiver, the indices, and then the value',
  `
  var log: str = ""

  def step(n: i32) -> i32:
      log = log + str(n) + " "
      return n

  def items() -> list[i32]:
      log = log + "items "
      return [1, 2, 3]

  def f() -> str:
      items()[step(1)] = step(2)
      items()[step(0)] += step(5)
      d = {step(7): step(8), step(9): step(10)}
      a, b = step(3), step(4)
      return log
  `,
  ({ f }) => assert.is(f?.(), 'items 1 2 items 0 5 7 8 9 10 3 4 '),
)

order(
  'the right side of an unpacking is evaluated once, so names can be swapped',
  `
  def f() -> i32:
      a = 1
      b = 2
      a, b = b, a
      return a * 10 + b
  `,
  ({ f }) => assert.is(f?.(), 21),
)

order(
  'parts of a text are evaluated in order, and none after one that fails',
  `
  var log: str = ""

  def step(n: i32) -> str:
      log = log + str(n) + " "
      if n == 13:
          raise ValueError("thirteen")
      return str(n)

  def f() -> str:
      s = step(1) + (step(2) + step(3)) + step(4) + f"{step(5)}, {step(6)};" + step(7)
      return log + s

  def g() -> None:
      s = step(8) + "" + step(13) + step(9)

  def written() -> str:
      return log
  `,
  ({ f, g, written }) => {
    assert.is(f?.(), '1 2 3 4 5 6 7 12345, 6;7')
    assert.throws(() => g?.(), 'thirteen')
    assert.is(written?.(), '1 2 3 4 5 6 7 8 13 ')
  },
)

order(
  'a variable that is assigned inside of an expression has its old value on the left of that',
  `
  def swapped(a: i32, b: i32) -> str:
      return str(b) + str(a)

  def displays() -> str:
      x = 0
      a = [x, (x := 8), x]
      b = {x: (x := 9)}
      c = {x, (x := 10)}
      d = (x, (x := 11), x)
      return str(a) + str(b) + str(c) + str(d)

  def operators() -> str:
      x = 1
      a = x + (x := 5) * x
      b = x < (x := 20) < x + 1
      c = swapped(b=x, a=(x := 3))
      return str(a) + str(b) + c + f"{x}{(x := 4)}{x}"

  def places() -> str:
      l = [10, 20, 30]
      x = 0
      l[x] += (x := 1)
      l[x] = (x := 2)
      return str(l) + str(x)
  `,
  ({ displays, operators, places }) => {
    assert.is(displays?.(), '[0, 8, 8]{8: 9}{9, 10}(10, 11, 11)')
    assert.is(operators?.(), '26True203344')
    assert.is(places?.(), '[11, 2, 30]2')
  },
)

order(
  'items of displays fail in their turn',
  `
  var log: str = ""

  def step() -> i32:
      log = log + "step"
      return 1

  def f(c: bool) -> list[i32]:
      if c:
          x = 1
      return [x, step()]

  def written() -> str:
      return log
  `,
  ({ f, written }) => {
    assert.throws(() => f?.(false), /uninitialized local/)
    assert.is(written?.(), '')
  },
)

order.run()
