/**
 * Random functions over structs, in locals and in memory, do the same in wasm as on the interpreter: fields of fields,
 * assignments that read what they change, references, small functions that take and return structs.
 */
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printFunction } from '../../../compiler/backends/spy-source.ts'
import { builtinFunc } from '../../../compiler/objects/builtin-funcs.ts'
import type { Fqn } from '../../../compiler/objects/fqn.ts'
import { I32, I64, type RefType, type SpyType } from '../../../compiler/objects/types.ts'
import { SpyError } from '../../../compiler/text/diagnostics.ts'
import type { TypedExpr, TypedFunc, TypedStmt } from '../../../compiler/typed/tree.ts'
import { func, run as interpret, objectOf } from '../../support/running-trees.ts'
import {
  and,
  assign,
  block,
  bool,
  call,
  choose,
  constant,
  declare,
  getterOf,
  int,
  local,
  loop,
  makeOf,
  op,
  PtrFuncs,
  program,
  ret,
  run,
  struct,
  text,
  unpack,
  walrus,
  when,
} from '../../support/typed-trees.ts'
import { instantiate } from './instance.ts'

const point = struct('test::Point', ['x', I32], ['y', I64])
const segment = struct('test::Segment', ['a', point], ['k', I32], ['b', point])
const points = new PtrFuncs('gc', point)
const segments = new PtrFuncs('gc', segment)

const x = (of: TypedExpr): TypedExpr => call(getterOf(point, 'x'), of)
const y = (of: TypedExpr): TypedExpr => call(getterOf(point, 'y'), of)
const make = (a: TypedExpr, b: TypedExpr): TypedExpr => call(makeOf(point), a, b)
const wide = (of: TypedExpr): TypedExpr => op('i32_to_i64', of)
const narrow = (of: TypedExpr): TypedExpr => op('i64_to_i32', of)
const add = (a: TypedExpr, b: TypedExpr): TypedExpr => op('i32_add', a, b)

function derefOf(ref: RefType): (of: TypedExpr) => TypedExpr {
  const deref = builtinFunc(ref.fqn.join('deref'), [['r', ref]], ref.item, { kind: 'refDeref', ref })
  return (of) => call(deref, of)
}
const pointAt = derefOf(points.ref)
const segmentAt = derefOf(segments.ref)

const p = local('p', point)
const q = local('q', point)
const n = local('n')

/** Functions of every form that is expanded: one expression, several returns, assigned parameters, own locals. */
const CALLED: readonly TypedFunc[] = [
  func('mirror', [['p', point]], point, () => [ret(make(narrow(y(p)), wide(x(p))))]),
  func(
    'shift',
    [
      ['p', point],
      ['n', I32],
    ],
    point,
    () => [assign('p', make(add(x(p), n), y(p))), ret(p)],
  ),
  func(
    'larger',
    [
      ['p', point],
      ['q', point],
    ],
    point,
    () => [when(op('i32_lt', x(p), x(q)), [ret(q)]), ret(p)],
  ),
  func(
    'nonzero',
    [['p', point]],
    point,
    () => [when(op('i32_ne', x(p), int(0)), [declare('q', point, p)]), ret(local('q', point, true))],
    { locals: [['q', point]] },
  ),
  // A loop: not expanded.
  func(
    'called',
    [
      ['p', point],
      ['n', I32],
    ],
    point,
    () => [loop(bool(false), []), ret(make(op('i32_mul', x(p), n), y(p)))],
  ),
]
const [MIRROR, SHIFT, LARGER, NONZERO, CALLED_] = CALLED.map(objectOf)
const NORM = func('norm', [['p', point]], I32, () => [ret(add(x(p), narrow(y(p))))])

const NUMBERS = ['i', 'j'] as const
const POINTS = ['u', 'v'] as const
const SEGMENTS = ['s', 't'] as const

const memory = local('m', segments.ptr)
const reference = local('r', points.ref)

const setX = points.setfield(points.ref, 'x', I32)
const setA = segments.setfield(segments.ref, 'a', point)
const fieldRef = (field: 'a' | 'b'): ReturnType<typeof points.getfield> =>
  segments.getfield(segments.ref, field, point, points.ref)

const arbitraries = fc.letrec<{
  number: TypedExpr
  index: TypedExpr
  point: TypedExpr
  segment: TypedExpr
  ref: TypedExpr
  stmt: TypedStmt
  stmts: readonly TypedStmt[]
}>((tie) => {
  const numbers = fc.constantFrom(...NUMBERS)
  const pointNames = fc.constantFrom(...POINTS)
  const segmentNames = fc.constantFrom(...SEGMENTS)
  const side = fc.constantFrom('a' as const, 'b' as const)
  return {
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      numbers.map((name) => local(name)),
      fc.integer({ min: -2, max: 4 }).map(int),
      tie('point').map(x),
      tie('point').map((of) => narrow(y(of))),
      tie('segment').map((of) => call(getterOf(segment, 'k'), of)),
      fc.tuple(tie('number'), tie('number')).map(([a, b]) => add(a, b)),
      tie('point').map((of) => call(objectOf(NORM), of)),
      fc.tuple(numbers, tie('number')).map(([name, value]) => walrus(name, value)),
      tie('ref').map((of) => call(points.getfield(points.ref, 'x', I32), of, text('x'), int(0))),
    ),
    // Mostly inside of the three items.
    index: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 2 }).map(int) },
      { weight: 1, arbitrary: tie('number') },
    ),
    point: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      pointNames.map((name) => local(name, point)),
      fc.tuple(tie('number'), tie('number')).map(([a, b]) => make(a, wide(b))),
      fc.tuple(side, tie('segment')).map(([field, of]) => call(getterOf(segment, field), of)),
      tie('ref').map(pointAt),
      tie('point').map((of) => call(MIRROR as never, of)),
      tie('point').map((of) => call(NONZERO as never, of)),
      fc.tuple(tie('point'), tie('number')).map(([of, by]) => call(SHIFT as never, of, by)),
      fc.tuple(tie('point'), tie('number')).map(([of, by]) => call(CALLED_ as never, of, by)),
      fc.tuple(tie('point'), tie('point')).map(([a, b]) => call(LARGER as never, a, b)),
      fc
        .tuple(tie('number'), tie('point'), tie('point'))
        .map(([test, a, b]) => choose(op('i32_lt', test, int(1)), a, b)),
      fc.tuple(pointNames, tie('point')).map(([name, value]) => walrus(name, value)),
      fc.tuple(tie('stmts'), tie('point')).map(([body, value]) => block(body, value)),
    ),
    segment: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      segmentNames.map((name) => local(name, segment)),
      fc.tuple(tie('point'), tie('number'), tie('point')).map((fields) => call(makeOf(segment), ...fields)),
      tie('index').map((index) => segmentAt(call(segments.getitem, memory, index))),
    ),
    ref: fc.oneof(
      { depthSize: 'small' },
      fc.constant(reference),
      fc
        .tuple(side, tie('index'))
        .map(([field, index]) => call(fieldRef(field), call(segments.getitem, memory, index), text(field), int(0))),
    ),
    stmt: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.tuple(pointNames, tie('point')).map(([name, value]) => assign(name, value)),
      fc.tuple(segmentNames, tie('segment')).map(([name, value]) => assign(name, value)),
      fc.tuple(numbers, tie('number')).map(([name, value]) => assign(name, value)),
      tie('ref').map((value) => assign('r', value)),
      fc.tuple(tie('index'), tie('segment')).map(([index, value]) => run(call(segments.store, memory, index, value))),
      fc.tuple(tie('ref'), tie('number')).map(([of, value]) => run(call(setX, of, text('x'), int(0), value))),
      fc
        .tuple(tie('index'), tie('point'))
        .map(([index, value]) => run(call(setA, call(segments.getitem, memory, index), text('a'), int(0), value))),
      tie('point').map(run),
      tie('point').map((value) =>
        unpack(value, [
          ['i', 'item0', local('item0')],
          [null, 'item1', wide(local('item0'))],
        ]),
      ),
      fc
        .tuple(tie('number'), tie('number'), tie('stmts'), tie('stmts'))
        .map(([a, b, then, orElse]) => when(and(op('i32_lt', a, int(2)), op('i32_lt', b, int(3))), then, orElse)),
    ),
    stmts: fc.array(tie('stmt'), { maxLength: 3 }),
  }
})

/** All that the function can change, in one number. */
const checksum = [
  ...POINTS.map((name) => local(name, point)),
  ...SEGMENTS.flatMap((name) =>
    (['a', 'b'] as const).map((field) => call(getterOf(segment, field), local(name, segment))),
  ),
  ...[0, 1, 2].flatMap((index) =>
    (['a', 'b'] as const).map((field) =>
      pointAt(call(fieldRef(field), call(segments.getitem, memory, int(index)), text(field), int(0))),
    ),
  ),
  pointAt(reference),
].reduce((sum, of, i) => add(op('i32_mul', sum, int(i + 2)), call(objectOf(NORM), of)), local('i'))

const LOCALS: readonly (readonly [string, SpyType])[] = [
  ...NUMBERS.map((name) => [name, I32] as const),
  ...POINTS.map((name) => [name, point] as const),
  ...SEGMENTS.map((name) => [name, segment] as const),
  ['m', segments.ptr],
  ['r', points.ref],
  ['item0', I32],
  ['item1', I64],
]

const zero = make(int(1), constant(I64, 2n))
const START: readonly TypedStmt[] = [
  declare('m', segments.ptr, call(segments.alloc, int(3))),
  ...NUMBERS.map((name, i) => declare(name, I32, int(i))),
  ...POINTS.map((name) => declare(name, point, zero)),
  ...SEGMENTS.map((name) => declare(name, segment, call(makeOf(segment), zero, int(5), zero))),
  declare('r', points.ref, call(fieldRef('b'), call(segments.getitem, memory, int(0)), text('b'), int(0))),
]

const randomFunction = fc.array(arbitraries.stmt, { minLength: 1, maxLength: 6 }).map((body) => ({
  ...func('f', [], I32, () => [...START, ...body, ret(checksum)], { locals: LOCALS }),
  [fc.toStringMethod]: () =>
    `\n${printFunction(
      func('f', [], I32, () => body),
      (fqn: Fqn) => fqn.debugName,
      'test',
    )}`,
}))

/** Addresses differ between engines. */
function withoutAddress(message: string): string {
  return message.replace(/0x[0-9a-f]+/, 'ADDRESS')
}

function outcomeOnInterpreter(f: TypedFunc): string {
  try {
    return String(interpret([f, NORM, ...CALLED]))
  } catch (error) {
    if (error instanceof SpyError) return withoutAddress(`${error.etype}: ${error.message}`)
    throw error
  }
}

const random = suite('random functions over structs')

random('do the same in wasm and on the interpreter', () => {
  fc.assert(
    fc.property(randomFunction, (f) => {
      const instance = instantiate(program({ functions: [f, NORM, ...CALLED] }), { exports: ['test::f'] })
      assert.is(withoutAddress(String(instance.outcome('test::f'))), outcomeOnInterpreter(f))
    }),
    { numRuns: 1500 },
  )
})

random.run()
