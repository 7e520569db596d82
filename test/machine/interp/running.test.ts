/** Typed functions run: values, control flow, calls, lazy statements. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileFunction } from '../../../compiler/machine/interp/function.ts'
import { builtinFunc } from '../../../compiler/objects/builtin-funcs.ts'
import { Fqn } from '../../../compiler/objects/fqn.ts'
import { BOOL, DYNAMIC, F64, I32, I64, NONE, OBJECT, type SpyType, STR } from '../../../compiler/objects/types.ts'
import { structValue } from '../../../compiler/objects/values.ts'
import { deferred, func, indirectCall, linkOf, objectOf, run as runTrees, upcast } from '../../support/running-trees.ts'
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
  constant,
  declare,
  getterOf,
  int,
  leave,
  local,
  loop,
  makeOf,
  next,
  none,
  op,
  or,
  ret,
  run,
  struct,
  text,
  unpack,
  walrus,
  when,
} from '../../support/typed-trees.ts'

const n = local('n')
const i = local('i')
const s = local('s')

const control = suite('control flow')

control('a while loop counts', () => {
  const sum = func('sum', [['n', I32]], I32, () => [
    declare('s', I32, int(0)),
    declare('i', I32, int(0)),
    loop(op('i32_lt', i, n), [
      assign('s', op('i32_mod', op('i32_add', s, op('i32_mul', i, int(3))), int(65521))),
      assign('i', op('i32_add', i, int(1))),
    ]),
    ret(s),
  ])
  let expected = 0
  for (let turn = 0; turn < 1000; turn++) expected = (expected + turn * 3) % 65521
  assert.is(runTrees([sum], [1000]), expected)
})

control('break and continue belong to the innermost loop, return leaves all', () => {
  // Multiples of 7 up to 30 that are no multiples of 2; 21 is the first above 20.
  const find = func('find', [], I32, () => [
    declare('n', I32, int(0)),
    loop(bool(true), [
      assign('n', op('i32_add', n, int(7))),
      declare('i', I32, int(0)),
      loop(bool(true), [assign('i', op('i32_add', i, int(1))), when(op('i32_lt', i, int(3)), [next()]), leave()]),
      when(op('i32_eq', op('i32_mod', n, int(2)), int(0)), [next()], [when(op('i32_gt', n, int(20)), [ret(n)])]),
    ]),
  ])
  assert.is(runTrees([find]), 21)
})

control('a function without return gives None', () => {
  assert.is(runTrees([func('nothing', [], NONE, () => [])]), null)
  assert.equal(runTrees([func('anything', [], DYNAMIC, () => [])]), { type: NONE, value: null })
})

control('an assertion that holds does not look at its message', () => {
  const f = func('f', [['n', I32]], I32, () => [check(op('i32_gt', n, int(0)), text('n must be positive')), ret(n)])
  assert.is(runTrees([f], [3]), 3)
})

control.run()

const values = suite('expressions')

values('every form of operands gives the same', () => {
  const forms = [
    op('i32_sub', local('a'), local('b')),
    op('i32_sub', local('a'), int(3)),
    op('i32_sub', int(10), local('b')),
    op('i32_sub', op('i32_add', local('a'), int(0)), local('b')),
    op('i32_sub', local('a'), op('i32_add', local('b'), int(0))),
    op('i32_sub', op('i32_add', local('a'), int(0)), int(3)),
    op('i32_sub', int(10), int(3)),
  ]
  for (const form of forms) {
    const f = func(
      'f',
      [
        ['a', I32],
        ['b', I32],
      ],
      I32,
      () => [ret(form)],
    )
    assert.is(runTrees([f], [10, 3]), 7)
  }
})

values('i32 operations wrap, also as a step of a counter', () => {
  const f = func('f', [['n', I32]], I32, () => [assign('n', op('i32_add', n, int(1))), ret(op('i32_mul', n, n))])
  assert.is(runTrees([f], [2147483647]), 0)
  const negative = func('g', [['n', I32]], I32, () => [ret(op('i32_mod', n, int(7)))])
  assert.is(runTrees([negative], [-15]), 6)
  assert.ok(Object.is(runTrees([negative], [-14]), 0))
})

values('wide integers are bigints', () => {
  const f = func('f', [['n', I64]], I64, () => [ret(op('i64_mul', local('n', I64), local('n', I64)))])
  assert.is(runTrees([f], [2n ** 40n]), 0n)
})

values('operands are evaluated from left to right, once', () => {
  const log = cell('test::log', STR, '')
  const note = builtinFunc(Fqn.of('test', 'note'), [['n', I32]], I32, {
    kind: 'runtime',
    name: 'note',
    effects: true,
    evaluate: (x: number) => {
      log.current = `${log.current as string}${x}`
      return x
    },
  })
  const noted = (x: number) => call(note, int(x))
  const f = func('f', [], I32, () => [
    ret(op('i32_add', op('i32_mul', noted(1), noted(2)), op('i32_floordiv', noted(3), noted(4)))),
  ])
  assert.is(runTrees([f]), 2)
  assert.is(log.current, '1234')
})

values('a local read on the left keeps its value when the right side assigns it', () => {
  const f = func('f', [['n', I32]], I32, () => [ret(op('i32_sub', n, walrus('n', int(1))))])
  assert.is(runTrees([f], [10]), 9)
})

values('and, or and conditional expressions evaluate what they need', () => {
  const never = op('i32_eq', op('i32_floordiv', int(1), int(0)), int(0))
  const f = func('f', [['b', BOOL]], BOOL, () => [
    ret(choose(local('b', BOOL), or(bool(true), never), and(bool(false), never))),
  ])
  assert.is(runTrees([f], [true]), true)
  assert.is(runTrees([f], [false]), false)
})

values('module variables are shared', () => {
  const hits = cell('test::hits', I32, 5)
  const f = func('f', [], I32, () => [
    assign(hits, op('i32_add', cellRead(hits), int(1))),
    ret(op('i32_mul', walrus(hits, op('i32_add', cellRead(hits), int(1))), cellRead(hits))),
  ])
  assert.is(runTrees([f]), 49)
  assert.is(hits.current, 7)
})

values('a block runs statements before its value', () => {
  const f = func('f', [['n', I32]], I32, () => [
    ret(block([assign('a$0', op('i32_add', n, int(1)))], op('i32_mul', local('a$0'), local('a$0')))),
  ])
  assert.is(runTrees([f], [4]), 25)
})

values('structs are made and read', () => {
  const point = struct('test::Point', ['x', F64], ['y', F64])
  const p = call(makeOf(point), local('x', F64), constant(F64, 2))
  const f = func('f', [['x', F64]], F64, () => [
    ret(op('f64_add', call(getterOf(point, 'x'), p), call(getterOf(point, 'y'), p))),
  ])
  assert.is(runTrees([f], [1.5]), 3.5)
  assert.equal(runTrees([func('g', [['x', F64]], point, () => [ret(p)])], [1]), structValue(point, [1, 2]))
})

values('unpacking evaluates the tuple once, before anything is assigned', () => {
  const pair = struct('test::pair', ['a', I32], ['b', I32])
  const total = cell('test::total', I64, 0n)
  const a = local('a')
  const b = local('b')
  const f = func(
    'f',
    [
      ['a', I32],
      ['b', I32],
    ],
    I32,
    () => [
      unpack(call(makeOf(pair), b, a), [
        ['a', '@item0', local('@item0')],
        ['b', '@item1', local('@item1')],
      ]),
      unpack(call(makeOf(pair), a, b), [
        [total, '@item2', op('i32_to_i64', local('@item2'))],
        [null, '@item3', local('@item3')],
      ]),
      ret(op('i32_sub', a, b)),
    ],
  )
  assert.is(runTrees([f], [1, 10]), 9)
  assert.is(total.current, 10n)
})

values('an upcast puts the type beside the value, once', () => {
  const f = func('f', [], DYNAMIC, () => [ret(upcast(DYNAMIC, upcast(OBJECT, int(3))))])
  assert.equal(runTrees([f]), { type: I32, value: 3 })
})

const downcast = (to: SpyType) =>
  builtinFunc(Fqn.of('operator', 'downcast'), [['x', DYNAMIC]], to, { kind: 'downcast', to })

values('a downcast that holds gives the value', () => {
  const f = func('f', [['x', DYNAMIC]], I32, () => [ret(call(downcast(I32), local('x', DYNAMIC)))])
  assert.is(runTrees([f], [{ type: I32, value: 8 }]), 8)
})

const identical = builtinFunc(
  Fqn.of('operator', 'is'),
  [
    ['a', OBJECT],
    ['b', OBJECT],
  ],
  BOOL,
  {
    kind: 'identical',
    negated: false,
  },
)

values('identity is that of objects', () => {
  const is = (a: Parameters<typeof upcast>[1], b: typeof a) =>
    runTrees([func('f', [], BOOL, () => [ret(call(identical, a, b))])])
  assert.is(is(none(), none()), true)
  assert.is(is(none(), upcast(OBJECT, none())), true)
  assert.is(is(none(), int(0)), false)
  assert.is(is(int(1), upcast(OBJECT, int(1))), false)
})

values.run()

const calls = suite('calls')

calls('functions call each other with any number of arguments', () => {
  for (let count = 0; count <= 6; count++) {
    const names = Array.from({ length: count }, (_, index) => `p${index}`)
    const callee = func(
      'callee',
      names.map((name) => [name, I32]),
      I32,
      () => [
        ret(
          names.reduce(
            (sum, name) => op('i32_add', op('i32_mul', sum, int(10)), local(name)),
            int(0) as ReturnType<typeof op> | ReturnType<typeof int>,
          ),
        ),
      ],
    )
    const caller = func('caller', [], I32, () => [
      ret(call(objectOf(callee), ...names.map((_, index) => int(index + 1)))),
    ])
    const link = linkOf([caller, callee])
    const expected = names.reduce((sum, _, index) => sum * 10 + index + 1, 0)
    // The second time the call site knows its callee.
    assert.is(link.callable(objectOf(caller)).call([]), expected)
    assert.is(link.callable(objectOf(caller)).call([]), expected)
  }
})

calls('recursion has a frame for each call', () => {
  const fib = func('fib', [['n', I32]], I32, (self) => [
    when(op('i32_lt', n, int(2)), [ret(n)]),
    ret(op('i32_add', call(self, op('i32_sub', n, int(1))), call(self, op('i32_sub', n, int(2))))),
  ])
  assert.is(runTrees([fib], [15]), 610)
})

calls('a call through a value evaluates the callee first', () => {
  const double = func('double', [['n', I32]], I32, () => [ret(op('i32_mul', n, int(2)))])
  const f = func(
    'f',
    [
      ['g', double.type],
      ['n', I32],
    ],
    I32,
    () => [ret(indirectCall(local('g', double.type), indirectCall(local('g', double.type), n)))],
  )
  assert.is(runTrees([f, double], [objectOf(double), 5]), 20)
})

calls('a built-in function computes on JavaScript values', () => {
  const concat = builtinFunc(
    Fqn.of('_str', 'add'),
    [
      ['a', STR],
      ['b', STR],
    ],
    STR,
    {
      kind: 'runtime',
      name: 'spy_str_concat',
      effects: false,
      evaluate: (a: string, b: string) => a + b,
    },
  )
  const f = func('f', [['s', STR]], STR, () => [ret(call(concat, local('s', STR), text('!')))])
  assert.is(runTrees([f], ['hey']), 'hey!')
})

calls.run()

const lazy = suite('statements that are typed when they are reached')

lazy('each is typed once, and not before its turn', () => {
  const log: string[] = []
  const stmt = (name: string, body: Parameters<typeof deferred>[0]) =>
    deferred(() => {
      log.push(name)
      return body()
    })
  const f = func('f', [['n', I32]], I32, () => [
    stmt('declare', () => [declare('s', I32, int(0)), declare('i', I32, int(0))]),
    stmt('loop', () => [
      loop(op('i32_lt', i, n), [
        stmt('add', () => [assign('s', op('i32_add', s, i))]),
        stmt('step', () => [assign('i', op('i32_add', i, int(1)))]),
      ]),
    ]),
    stmt('if', () => [when(op('i32_gt', s, int(100)), [stmt('large', () => [ret(int(100))])])]),
    stmt('return', () => [ret(s)]),
  ])
  const link = linkOf([f])
  const routine = link.callable(objectOf(f))
  assert.is(routine.call([4]), 6)
  assert.equal(log, ['declare', 'loop', 'add', 'step', 'if', 'return'])
  assert.is(routine.call([5]), 10)
  assert.is(routine.call([50]), 100)
  assert.equal(log, ['declare', 'loop', 'add', 'step', 'if', 'return', 'large'])
})

lazy('frames that are running grow when a callee of theirs declares more', () => {
  // The inner call reaches the second statement first, and declares `x` while the outer frame has no slot for it.
  const f = func('f', [['n', I32]], I32, (self) => [
    deferred(() => [when(op('i32_gt', n, int(0)), [run(call(self, op('i32_sub', n, int(1))))])]),
    deferred(() => [declare('x', I32, op('i32_mul', n, int(2)))]),
    deferred(() => [ret(local('x'))]),
  ])
  assert.is(runTrees([f], [3]), 6)
})

lazy('what a running function holds can be seen from outside', () => {
  const seen: unknown[] = []
  const f = func('f', [['n', I32]], I32, () => [
    deferred(() => {
      seen.push(activation.readLocal('n'), activation.readLocal('t'), activation.readLocal('d'))
      return [declare('t', STR), assign('t', text('abc')), declare('d', DYNAMIC, upcast(DYNAMIC, n))]
    }),
    deferred(() => {
      seen.push(activation.readLocal('t'), activation.readLocal('d'))
      return [ret(n)]
    }),
  ])
  const activation = compileFunction(f, linkOf([f])).activate([7])
  assert.is(activation.run(), 7)
  assert.equal(seen, [
    { type: I32, value: 7 },
    undefined,
    undefined,
    { type: STR, value: 'abc' },
    { type: I32, value: 7 },
  ])
})

lazy.run()
