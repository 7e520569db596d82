/**
 * Random typed functions over i32 and bool: arithmetic that may fail, calls, module variables, assignment expressions on
 * both kinds of variables, `and`, `or`, conditional expressions, blocks, `if`, `while`, `assert`.
 */
import fc from 'fast-check'
import { BOOL, I32, STR } from '../../compiler/objects/types.ts'
import type { TypedExpr, TypedFunc, TypedStmt } from '../../compiler/typed/tree.ts'
import {
  and,
  assign,
  block,
  bool,
  call,
  cell,
  cellRead,
  check,
  choose,
  define,
  int,
  leave,
  local,
  loop,
  op,
  or,
  params,
  ret,
  run,
  sourceFunc,
  text,
  walrus,
  when,
} from '../support/typed-trees.ts'

const COUNT = cell('test::count', I32, 0)
const TOTAL = cell('test::total', I32, 5)
const ONE = sourceFunc('test::one', params(['a', I32]), I32)
const TWO = sourceFunc('test::two', params(['a', I32], ['b', I32]), I32)
const ODD = sourceFunc('test::odd', params(['a', I32]), BOOL)
const LABEL = sourceFunc('test::label', params(['a', I32]), STR)
const LOCALS = ['a', 'b', 'x', 'y']

const name = fc.constantFrom(...LOCALS)

const { stmts, number } = fc.letrec<{
  leaf: TypedExpr
  number: TypedExpr
  truth: TypedExpr
  stmt: TypedStmt
  stmts: readonly TypedStmt[]
}>((tie) => ({
  leaf: fc.oneof(
    fc.integer({ min: -3, max: 9 }).map(int),
    name.map((local_) => local(local_, I32, local_ === 'y')), // y may be unset
    fc.constantFrom(COUNT, TOTAL).map(cellRead),
  ),
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: tie('leaf') },
    { weight: 2, arbitrary: tie('number').map((a) => call(ONE, a)) },
    { weight: 2, arbitrary: fc.tuple(tie('number'), tie('number')).map(([a, b]) => call(TWO, a, b)) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom('i32_add', 'i32_mul', 'i32_floordiv'), tie('number'), tie('number'))
        .map(([which, a, b]) => op(which, a, b)),
    },
    { weight: 1, arbitrary: fc.tuple(name, tie('number')).map(([target, a]) => walrus(target, a)) },
    { weight: 1, arbitrary: tie('number').map((a) => walrus(TOTAL, a)) },
    {
      weight: 1,
      arbitrary: fc.tuple(tie('truth'), tie('number'), tie('number')).map(([test, a, b]) => choose(test, a, b)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.array(tie('stmt'), { maxLength: 2 }), tie('number'))
        .map(([body, value]) => block(body.filter(staysInside), value)),
    },
  ),
  truth: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 1, arbitrary: fc.boolean().map(bool) },
    { weight: 3, arbitrary: fc.tuple(tie('number'), tie('number')).map(([a, b]) => op('i32_lt', a, b)) },
    { weight: 2, arbitrary: tie('number').map((a) => call(ODD, a)) },
    { weight: 2, arbitrary: fc.tuple(tie('truth'), tie('truth')).map(([a, b]) => and(a, b)) },
    { weight: 2, arbitrary: fc.tuple(tie('truth'), tie('truth')).map(([a, b]) => or(a, b)) },
    { weight: 1, arbitrary: tie('truth').map((a) => op('bool_not', a)) },
  ),
  stmt: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: fc.tuple(name, tie('number')).map(([target, value]) => assign(target, value)) },
    { weight: 1, arbitrary: tie('number').map((value) => assign(TOTAL, value)) },
    { weight: 2, arbitrary: tie('number').map(run) },
    {
      weight: 2,
      arbitrary: fc.tuple(tie('truth'), tie('stmts'), tie('stmts')).map(([test, a, b]) => when(test, a, b)),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(tie('truth'), tie('stmts')).map(([test, body]) => loop(test, [...body, leaveAfterThree])),
    },
    { weight: 1, arbitrary: fc.tuple(tie('truth'), tie('number')).map(([test, a]) => check(test, call(LABEL, a))) },
  ),
  stmts: fc.array(tie('stmt'), { maxLength: 3 }),
}))

/** Loops count in a cell that calls count in, too, so that they end soon. */
const leaveAfterThree = when(op('i32_lt', int(3), call(ONE, int(0))), [leave()])

/** Blocks are not left by jumps; loops inside of them may leave themselves. */
function staysInside(stmt: TypedStmt): boolean {
  return stmt.kind !== 'Break' && stmt.kind !== 'Return'
}

/** The functions that random functions call, as `evaluate` knows them: they count, and their results depend on it. */
export function calledFunctions(): readonly TypedFunc[] {
  const count = assign(COUNT, op('i32_add', cellRead(COUNT), int(1)))
  const step = (sum: TypedExpr, value: string) =>
    op('i32_add', op('i32_add', op('i32_mul', sum, int(3)), local(value)), cellRead(COUNT))
  const first = step(int(0), 'a')
  return [
    define(ONE, [], [count, ret(first)]),
    define(TWO, [], [count, ret(step(first, 'b'))]),
    define(ODD, [], [count, ret(op('i32_eq', op('i32_mod', first, int(2)), int(0)))]),
    define(LABEL, [], [count, ret(text('label'))]),
  ]
}

/** The module variables that they use. */
export const CELLS = [COUNT, TOTAL]

export const randomFunction: fc.Arbitrary<TypedFunc> = fc.tuple(stmts, number).map(([body, value]) => {
  const source = sourceFunc('test::f', params(['a', I32], ['b', I32]), I32)
  return define(source, params(['x', I32], ['y', I32]), [assign('x', int(2)), ...body, ret(value)])
})
