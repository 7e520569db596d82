/**
 * How fast the interpreter turns: a while loop with i32 arithmetic, the same typed statement by statement, one with f64,
 * one over items in memory, and recursive calls.
 *
 *     node --import tsx bench/interp-loop.ts
 */
import { F64, I32 } from '../compiler/objects/types.ts'
import { deferred, func, linkOf, objectOf } from '../test/support/running-trees.ts'
import {
  assign,
  call,
  declare,
  float,
  int,
  local,
  loop,
  op,
  PtrFuncs,
  ret,
  run,
  when,
} from '../test/support/typed-trees.ts'

const n = local('n')
const i = local('i')
const s = local('s')
const x = local('x', F64)

const step = assign('i', op('i32_add', i, int(1)))
const accumulate = assign('s', op('i32_mod', op('i32_add', s, op('i32_mul', i, int(3))), int(65521)))
const start = [declare('s', I32, int(0)), declare('i', I32, int(0))]

const integers = func('integers', [['n', I32]], I32, () => [
  ...start,
  loop(op('i32_lt', i, n), [accumulate, step]),
  ret(s),
])

const lazily = func('lazily', [['n', I32]], I32, () => [
  ...start,
  deferred(() => [loop(op('i32_lt', i, n), [deferred(() => [accumulate]), deferred(() => [step])])]),
  ret(s),
])

const floats = func('floats', [['n', I32]], F64, () => [
  declare('x', F64, float(0.5)),
  declare('i', I32, int(0)),
  loop(op('i32_lt', i, n), [
    assign('x', op('f64_mul', op('f64_mul', float(3.7), x), op('f64_sub', float(1), x))),
    step,
  ]),
  ret(x),
])

const fib = func('fib', [['n', I32]], I32, (self) => [
  when(op('i32_lt', n, int(2)), [ret(n)]),
  ret(op('i32_add', call(self, op('i32_sub', n, int(1))), call(self, op('i32_sub', n, int(2))))),
])

const gc = new PtrFuncs('gc', I32)
const p = local('p', gc.ptr)

const items = func('items', [['n', I32]], I32, () => [
  ...start,
  declare('p', gc.ptr, call(gc.alloc, int(1000))),
  loop(op('i32_lt', i, n), [
    assign('s', op('i32_mod', i, int(1000))),
    run(call(gc.store, p, s, op('i32_add', call(gc.getitem, p, s), i))),
    step,
  ]),
  ret(s),
])

const link = linkOf([integers, lazily, floats, items, fib])

/** Print the median of several runs, in nanoseconds per step. */
function measure(name: string, steps: number, work: () => unknown): void {
  const times: number[] = []
  for (let round = 0; round < 9; round++) {
    const began = performance.now()
    work()
    times.push(((performance.now() - began) * 1e6) / steps)
  }
  times.sort((a, b) => a - b)
  console.log(`${name.padEnd(28)} ${times[4]?.toFixed(1).padStart(8)} ns`)
}

const TURNS = 1_000_000
for (const typed of [integers, lazily, floats, items]) {
  measure(`${typed.fqn}, per turn`, TURNS, () => link.callable(objectOf(typed)).call([TURNS]))
}
/** fib(27) makes 832,039 calls. */
measure(`${fib.fqn}, per call`, 832_039, () => link.callable(objectOf(fib)).call([27]))
