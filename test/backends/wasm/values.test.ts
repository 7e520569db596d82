/** Structs in locals, pointers, module variables, and the memory image. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { builtinFunc } from '../../../compiler/objects/builtin-funcs.ts'
import { Fqn } from '../../../compiler/objects/fqn.ts'
import {
  BOOL,
  BYTES,
  COMPLEX128,
  F64,
  I8,
  I32,
  I64,
  makeFuncType,
  NONE,
  OBJECT,
  type PtrType,
  type SpyType,
  STR,
  U8,
} from '../../../compiler/objects/types.ts'
import { bytesValue, ptrValue, structValue, type Value } from '../../../compiler/objects/values.ts'
import type { HeapBlock, HeapImage, TypedExpr, TypedFunc, TypedStmt } from '../../../compiler/typed/tree.ts'
import { failing, func, indirectCall, objectOf } from '../../support/running-trees.ts'
import {
  assign,
  call,
  cell,
  cellRead,
  check,
  choose,
  constant,
  declare,
  float,
  getterOf,
  int,
  local,
  loop,
  makeOf,
  op,
  PtrFuncs,
  program,
  raise,
  ret,
  run,
  struct,
  text,
  unpack,
  walrus,
  when,
} from '../../support/typed-trees.ts'
import { Failure, type Instance, instantiate, type Scalar } from './instance.ts'

const point = struct('test::Point', ['x', I32], ['y', F64])
const segment = struct('test::Segment', ['tag', I8], ['a', point], ['b', point])

const make = (x: TypedExpr, y: TypedExpr): TypedExpr => call(makeOf(point), x, y)
const x = (of: TypedExpr): TypedExpr => call(getterOf(point, 'x'), of)
const y = (of: TypedExpr): TypedExpr => call(getterOf(point, 'y'), of)
const add = (a: TypedExpr, b: TypedExpr): TypedExpr => op('i32_add', a, b)

function load(...functions: readonly TypedFunc[]): Instance {
  return instantiate(program({ functions }))
}

/** The result of calling `f`, a function of one statement list. */
function resultOf(
  result: SpyType,
  locals: readonly (readonly [string, SpyType])[],
  body: readonly TypedStmt[],
): Scalar | string {
  return load(func('f', [], result, () => body, { locals })).outcome('test::f')
}

const p = local('p', point)
const q = local('q', point)

const structs = suite('structs in wasm')

structs('are taken apart and put together', () => {
  const swap = func('swap', [['s', segment]], segment, () => {
    const s = local('s', segment)
    const field = (name: string): TypedExpr => call(getterOf(segment, name), s)
    return [ret(call(makeOf(segment), field('tag'), field('b'), field('a')))]
  })
  const instance = load(swap)
  const at = Number(instance.call('test::swap', -5, 1, 1.5, 2, 2.5))
  assert.is(instance.view.getInt8(at), -5)
  assert.is(instance.view.getInt32(at + 8, true), 2)
  assert.is(instance.view.getFloat64(at + 16, true), 2.5)
  assert.is(instance.view.getInt32(at + 24, true), 1)
  assert.is(instance.view.getFloat64(at + 32, true), 1.5)
})

structs('an assignment reads all of the old value before it changes any', () => {
  const pair = struct('test::Pair', ['a', I32], ['b', I32])
  const t = local('t', pair)
  const first = call(getterOf(pair, 'a'), t)
  const second = call(getterOf(pair, 'b'), t)
  const body = [
    declare('t', pair, call(makeOf(pair), int(4), int(2))),
    assign('t', call(makeOf(pair), second, first)),
    assign('t', call(makeOf(pair), first, add(second, first))),
    ret(add(op('i32_mul', first, int(10)), second)),
  ]
  assert.is(resultOf(I32, [['t', pair]], body), 26)
})

structs('unpacking swaps', () => {
  const pair = struct('test::Pair', ['a', I32], ['b', I32])
  const body = [
    declare('a', I32, int(1)),
    declare('b', I32, int(2)),
    unpack(call(makeOf(pair), local('b'), local('a')), [
      ['a', 'i0', local('i0')],
      ['b', 'i1', local('i1')],
    ]),
    ret(add(op('i32_mul', local('a'), int(10)), local('b'))),
  ]
  const locals = ['a', 'b', 'i0', 'i1'].map((name) => [name, I32] as const)
  assert.is(resultOf(I32, locals, body), 21)
})

structs('a field of a result drops the rest, effects stay', () => {
  const hits = cell('test::hits', I32, 0)
  const bump = func('bump', [], I32, () => [
    assign(hits, add(cellRead(hits), int(1))),
    loop(op('i32_lt', int(1), int(0)), []),
    ret(cellRead(hits)),
  ])
  const mk = func('mk', [['n', I32]], point, () => [
    loop(op('i32_lt', int(1), int(0)), []),
    ret(make(local('n'), float(0.5))),
  ])
  const both = call(makeOf(point), call(objectOf(bump)), op('i32_to_f64', call(objectOf(bump))))
  const f = func(
    'f',
    [],
    I32,
    () => [
      declare('n', I32, x(both)),
      declare('z', F64, y(call(objectOf(mk), local('n')))),
      run(both),
      ret(
        add(
          op('i32_mul', local('n'), int(100)),
          add(op('f64_to_i32', op('f64_mul', local('z', F64), float(20))), cellRead(hits)),
        ),
      ),
    ],
    {
      locals: [
        ['n', I32],
        ['z', F64],
      ],
    },
  )
  assert.is(instantiate(program({ functions: [f, bump, mk], cells: [hits] })).call('test::f'), 114)
})

structs('conditional values and walrus work on all parts', () => {
  const body = [
    declare('p', point, make(int(1), float(2))),
    declare('q', point, choose(op('i32_lt', x(p), int(0)), p, make(int(7), y(walrus('p', make(int(3), float(4))))))),
    assign('p', choose(op('i32_lt', x(q), int(0)), p, make(x(q), float(x === y ? 0 : 9)))),
    ret(add(x(p), add(op('f64_to_i32', y(p)), op('f64_to_i32', y(q))))),
  ]
  const locals = [
    ['p', point],
    ['q', point],
  ] as const
  assert.is(resultOf(I32, locals, body), 20)
})

structs('an empty struct comes back as an address', () => {
  const empty = struct('test::Empty')
  assert.ok(Number(resultOf(empty, [], [ret(call(makeOf(empty)))])) > 0)
})

structs.run()

const expansion = suite('expanded calls')

expansion('an argument that later arguments change is kept', () => {
  const sub = func(
    'sub',
    [
      ['a', I32],
      ['b', I32],
    ],
    I32,
    () => [ret(op('i32_sub', local('a'), local('b')))],
  )
  const body = [declare('n', I32, int(10)), ret(call(objectOf(sub), local('n'), walrus('n', int(3))))]
  const f = func('f', [], I32, () => body, { locals: [['n', I32]] })
  assert.is(load(f, sub).call('test::f'), 7)
})

expansion('a parameter that is assigned is a copy', () => {
  const next = func('next', [['p', point]], point, () => [assign('p', make(add(x(p), int(1)), y(p))), ret(p)])
  const f = func(
    'f',
    [],
    I32,
    () => [
      declare('p', point, make(int(5), float(1))),
      declare('q', point, call(objectOf(next), p)),
      ret(add(op('i32_mul', x(p), int(10)), x(q))),
    ],
    {
      locals: [
        ['p', point],
        ['q', point],
      ],
    },
  )
  assert.is(load(f, next).call('test::f'), 56)
})

expansion('a local of the callee is unset each time', () => {
  const v = local('v', I32, true)
  const maybe = func(
    'maybe',
    [['n', I32]],
    I32,
    () => [when(op('i32_eq', local('n'), int(0)), [assign('v', int(1))]), ret(v)],
    { locals: [['v', I32]] },
  )
  const f = func(
    'f',
    [],
    I32,
    () => [
      declare('i', I32, int(0)),
      loop(op('i32_lt', local('i'), int(2)), [
        run(call(objectOf(maybe), local('i'))),
        assign('i', add(local('i'), int(1))),
      ]),
      ret(local('i')),
    ],
    { locals: [['i', I32]] },
  )
  assert.is(load(f, maybe).outcome('test::f'), 'Exception: read from uninitialized local')
})

expansion('recursive functions are called', () => {
  const fact = func('fact', [['n', I32]], I32, (self) => [
    ret(
      choose(
        op('i32_lt', local('n'), int(2)),
        int(1),
        op('i32_mul', local('n'), call(self, op('i32_sub', local('n'), int(1)))),
      ),
    ),
  ])
  assert.is(load(fact).call('test::fact', 10), 3628800)
})

expansion('as a condition, each return jumps', () => {
  const n = local('n')
  const small = func('small', [['n', I32]], BOOL, () => [
    when(op('i32_lt', n, int(0)), [ret(op('i32_lt', op('i32_neg', n), int(3)))]),
    ret(op('i32_lt', n, int(3))),
  ])
  const f = func(
    'f',
    [['n', I32]],
    I32,
    () => [
      declare('i', I32, int(0)),
      loop(call(objectOf(small), n), [assign('n', add(n, int(1))), assign('i', add(local('i'), int(1)))]),
      when(op('bool_not', call(objectOf(small), local('i'))), [ret(op('i32_neg', local('i')))]),
      ret(local('i')),
    ],
    { locals: [['i', I32]] },
  )
  const instance = load(f, small)
  assert.equal(
    [-5, -2, 1, 3].map((value) => instance.call('test::f', value)),
    [0, -5, 2, 0],
  )
})

expansion('a missing return is an error of the callee', () => {
  const maybe = func('maybe', [['n', I32]], I32, () => [when(op('i32_lt', local('n'), int(0)), [ret(int(1))])])
  const f = func('f', [['n', I32]], I32, () => [ret(add(call(objectOf(maybe), local('n')), int(1)))])
  const instance = load(f, maybe)
  assert.is(instance.outcome('test::f', -1), 2)
  assert.is(instance.outcome('test::f', 1), 'TypeError: reached the end of the function without a `return`')
})

expansion.run()

const ints = new PtrFuncs('gc', I32)
const points = new PtrFuncs('raw', point)
const segments = new PtrFuncs('gc', segment)

const memory = suite('pointers in wasm')

const ip = local('p', ints.ptr)

memory('items are stored and loaded, checked', () => {
  const f = func(
    'f',
    [
      ['n', I32],
      ['i', I32],
    ],
    I32,
    () => [
      declare('p', ints.ptr, call(ints.alloc, local('n'))),
      run(call(ints.store, ip, int(0), int(40))),
      run(call(ints.store, ip, local('i'), add(call(ints.getitem, ip, int(0)), int(2)))),
      ret(call(ints.getitem, ip, local('i'))),
    ],
    { locals: [['p', ints.ptr]] },
  )
  const instance = load(f)
  assert.is(instance.outcome('test::f', 3, 2), 42)
  assert.match(
    String(instance.outcome('test::f', 3, 3)),
    /^PanicError: ptr_store out of bounds: 0x[0-9a-f]+\[3\] \(upper bound: 3\)$/,
  )
  assert.match(
    String(instance.outcome('test::f', 3, -1)),
    /^PanicError: ptr_store out of bounds: 0x[0-9a-f]+\[-1\] \(upper bound: 3\)$/,
  )
  assert.match(
    String(instance.outcome('test::f', 0, 0)),
    /^PanicError: ptr_store out of bounds: 0x[0-9a-f]+\[0\] \(upper bound: 0\)$/,
  )
  assert.is(instance.outcome('test::f', -1, 0), 'PanicError: negative allocation size')
})

memory('NULL is told from other wrong accesses', () => {
  const body = [declare('p', ints.ptr, constant(ints.ptr, ptrValue(0, 0))), ret(call(ints.getitem, ip, int(0)))]
  assert.is(resultOf(I32, [['p', ints.ptr]], body), 'PanicError: cannot dereference NULL pointer')
  const field = call(points.getfield(points.ptr, 'y', F64), constant(points.ptr, ptrValue(0, 0)), text('y'), int(8))
  assert.is(resultOf(F64, [], [ret(field)]), 'PanicError: cannot dereference NULL pointer')
})

memory('the value of a store comes before its check', () => {
  const hits = cell('test::hits', I32, 0)
  const bump = func('bump', [], I32, () => [assign(hits, add(cellRead(hits), int(1))), ret(cellRead(hits))])
  const f = func(
    'f',
    [],
    NONE,
    () => [declare('p', ints.ptr, call(ints.alloc, int(1))), run(call(ints.store, ip, int(1), call(objectOf(bump))))],
    { locals: [['p', ints.ptr]] },
  )
  const instance = instantiate(program({ functions: [f, bump], cells: [hits] }))
  assert.match(String(instance.outcome('test::f')), /ptr_store out of bounds/)
  assert.is(instance.view.getInt32(Number(instance.call('&test::hits')), true), 1)
})

memory('fields of structs in memory are reached through references', () => {
  const s = local('s', segments.ptr)
  const item = call(segments.getitem, s, int(1))
  const b = call(segments.getfield(segments.ref, 'b', point, points.ref), item, text('b'), int(24))
  const deref = builtinFunc(Fqn.of('test', 'deref'), [['r', points.ref]], point, { kind: 'refDeref', ref: points.ref })
  const f = func(
    'f',
    [['n', I32]],
    point,
    () => [
      declare('s', segments.ptr, call(segments.alloc, int(2))),
      run(call(points.setfield(points.ref, 'x', I32), b, text('x'), int(0), local('n'))),
      declare('r', points.ref, b),
      run(
        call(
          points.setfield(points.ref, 'y', F64),
          local('r', points.ref),
          text('y'),
          int(8),
          op('i32_to_f64', x(call(deref, b))),
        ),
      ),
      run(call(segments.setfield(segments.ref, 'a', point), item, text('a'), int(8), call(deref, b))),
      ret(
        make(
          add(
            x(call(deref, call(segments.getfield(segments.ref, 'a', point, points.ref), item, text('a'), int(8)))),
            int(1),
          ),
          y(call(deref, b)),
        ),
      ),
    ],
    {
      locals: [
        ['s', segments.ptr],
        ['r', points.ref],
      ],
    },
  )
  const instance = load(f)
  const at = Number(instance.call('test::f', 6))
  assert.is(instance.view.getInt32(at, true), 7)
  assert.is(instance.view.getFloat64(at + 8, true), 6)
})

memory('a struct is stored whole, also over what it is made of', () => {
  const ptr = local('p', points.ptr)
  const first = call(points.getitem, ptr, int(0))
  const deref = builtinFunc(Fqn.of('test', 'deref'), [['r', points.ref]], point, { kind: 'refDeref', ref: points.ref })
  const old = call(deref, first)
  const f = func(
    'f',
    [],
    I32,
    () => [
      declare('p', points.ptr, call(points.alloc, int(1))),
      run(call(points.store, ptr, int(0), make(int(3), float(8)))),
      run(call(points.store, ptr, int(0), make(op('f64_to_i32', y(old)), op('i32_to_f64', x(old))))),
      ret(add(op('i32_mul', x(old), int(10)), op('f64_to_i32', y(old)))),
    ],
    { locals: [['p', points.ptr]] },
  )
  assert.is(load(f).call('test::f'), 83)
})

memory('release programs check nothing', () => {
  const f = func(
    'f',
    [['i', I32]],
    I32,
    () => [declare('p', ints.ptr, call(ints.alloc, int(1))), ret(call(ints.getitem, ip, local('i')))],
    { locals: [['p', ints.ptr]] },
  )
  assert.is(instantiate(program({ functions: [f], mode: 'release' })).outcome('test::f', 5), 0)
})

function bulk(
  name: 'copy' | 'move' | 'setbytes' | 'cmp' | 'copySlice' | 'cmpSlice',
  item: SpyType,
  ptr: PtrType,
  counts: number,
) {
  const isFill = name === 'setbytes'
  const parameters = [
    ['dst', ptr],
    ...(counts > 1
      ? ([
          ['d0', I32],
          ['d1', I32],
        ] as const)
      : []),
    ['src', isFill ? U8 : ptr],
    ...(counts > 1
      ? ([
          ['s0', I32],
          ['s1', I32],
        ] as const)
      : ([['n', I32]] as const)),
  ] as const
  return builtinFunc(Fqn.of('unsafe', `ptr_${name}`), parameters as never, name.startsWith('cmp') ? I32 : NONE, {
    kind: 'ptrBulk',
    op: name,
    item,
    dst: ptr,
    src: ptr,
  })
}

memory('bulk operations copy, fill and compare, with checks', () => {
  const a = local('a', ints.ptr)
  const b = local('b', ints.ptr)
  const n = local('n')
  const f = func(
    'f',
    [
      ['n', I32],
      ['which', I32],
    ],
    I32,
    () => [
      declare('a', ints.ptr, call(ints.alloc, int(4))),
      declare('b', ints.ptr, call(ints.alloc, int(3))),
      run(call(ints.store, a, int(1), int(77))),
      when(op('i32_eq', local('which'), int(0)), [run(call(bulk('copy', I32, ints.ptr, 1), b, a, n))]),
      when(op('i32_eq', local('which'), int(1)), [run(call(bulk('move', I32, ints.ptr, 1), a, b, n))]),
      when(op('i32_eq', local('which'), int(2)), [
        run(call(bulk('setbytes', I32, ints.ptr, 1), a, constant(U8, 1), n)),
      ]),
      when(op('i32_eq', local('which'), int(3)), [ret(call(bulk('cmp', I32, ints.ptr, 1), a, b, n))]),
      when(op('i32_eq', local('which'), int(4)), [run(call(bulk('copy', I32, ints.ptr, 1), a, a, n))]),
      when(op('i32_eq', local('which'), int(5)), [
        run(call(bulk('copySlice', I32, ints.ptr, 2), a, int(2), add(int(2), n), a, int(0), int(2))),
      ]),
      ret(
        op(
          'i32_add',
          call(ints.getitem, a, int(1)),
          op('i32_add', call(ints.getitem, b, int(1)), call(ints.getitem, a, int(3))),
        ),
      ),
    ],
    {
      locals: [
        ['a', ints.ptr],
        ['b', ints.ptr],
      ],
    },
  )
  const instance = load(f)
  const outcomes = [
    [3, 0],
    [4, 0],
    [-1, 0],
    [3, 1],
    [4, 1],
    [1, 2],
    [5, 2],
    [1, 3],
    [2, 3],
    [4, 3],
    [0, 4],
    [1, 4],
    [2, 5],
    [1, 5],
    [3, 5],
  ]
  assert.equal(
    outcomes.map((args) => instance.outcome('test::f', ...args)),
    [
      154,
      'PanicError: ptr_copy dst out of bounds',
      'PanicError: ptr_copy dst out of bounds',
      0,
      'PanicError: ptr_move src out of bounds',
      77,
      'PanicError: ptr_setbytes out of bounds',
      0,
      1,
      'PanicError: ptr_cmp b out of bounds',
      77,
      'PanicError: ptr_copy regions overlap',
      154,
      'PanicError: ptr_copy_slice length mismatch',
      'PanicError: ptr_copy_slice length mismatch',
    ],
  )
})

memory.run()

const image = suite('the image')

image('module variables have addresses and initial values', () => {
  const cells = [
    cell('test::n', I64, -5n),
    cell('test::p', point, structValue(point, [3, 0.25])),
    cell('test::s', STR, 'hé 🌍'),
    cell('test::b', BYTES, bytesValue(Uint8Array.of(1, 0, 2))),
    cell('test::z', COMPLEX128, { kind: 'complex', re: 1, im: 2 }),
  ]
  const instance = instantiate(program({ cells }))
  const at = (name: string): number => Number(instance.call(`&test::${name}`))
  assert.is(instance.view.getBigInt64(at('n'), true), -5n)
  assert.is(instance.view.getInt32(at('p'), true), 3)
  assert.is(instance.view.getFloat64(at('p') + 8, true), 0.25)
  assert.is(instance.text(instance.view.getUint32(at('s'), true)), 'hé 🌍')
  assert.is(instance.view.getUint32(instance.view.getUint32(at('b'), true), true), 3)
  assert.is(instance.view.getFloat64(at('z') + 8, true), 2)
})

image('boxes of import time: a number for the type, then the value; None is no box', () => {
  const cells = [
    cell('test::o', OBJECT, { type: I32, value: 7 }),
    cell('test::other', OBJECT, { type: F64, value: 0.5 }),
    cell('test::none', OBJECT, { type: NONE, value: null }),
  ]
  const instance = instantiate(program({ cells }))
  const at = (name: string): number => instance.view.getUint32(Number(instance.call(`&test::${name}`)), true)
  assert.is(instance.view.getInt32(at('o') + 4, true), 7)
  assert.is(instance.view.getFloat64(at('other') + 8, true), 0.5)
  assert.is.not(instance.view.getUint32(at('o'), true), instance.view.getUint32(at('other'), true))
  assert.is(at('none'), 0)
})

/** Blocks of import time at 0x1000, 0x2000, ...; block 0 holds links to the others. */
function heap(item: SpyType, values: readonly Value[], blocks: readonly HeapBlock[]): HeapImage {
  return {
    blockAt: (address) => blocks.find((b) => address >= b.address && address <= b.address + b.bytes.length),
    read: (type, address) => {
      assert.is(type, item)
      return values[(address - 0x1000) / 12] as Value
    },
  }
}

image('blocks of import time come along, with pointers and texts that are moved', () => {
  const link = struct('test::Link', ['label', STR], ['to', ints.ptr])
  const links = new PtrFuncs('gc', link)
  const values = [
    structValue(link, ['one', ptrValue(0x2000, 2)]),
    structValue(link, ['two', ptrValue(0x2004, 1)]),
    structValue(link, ['nil', ptrValue(0, 0)]),
  ]
  const blocks: HeapBlock[] = [
    { address: 0x1000, item: link, count: 3, bytes: new Uint8Array(36).fill(1), zero: false },
    { address: 0x2000, item: I32, count: 2, bytes: Uint8Array.of(5, 0, 0, 0, 6, 0, 0, 0), zero: false },
    { address: 0x9000, item: F64, count: 1000, bytes: new Uint8Array(8000), zero: true },
  ]
  const table = constant(links.ptr, ptrValue(0x1000, 3))
  const item = call(links.getitem, table, local('i'))
  const to = call(links.getfield(links.ref, 'to', ints.ptr), item, text('to'), int(4))
  const label = func('label', [['i', I32]], STR, () => [
    ret(call(links.getfield(links.ref, 'label', STR), item, text('label'), int(0))),
  ])
  const first = func('first', [['i', I32]], I32, () => [ret(call(ints.getitem, to, int(0)))])
  const zeros = new PtrFuncs('gc', F64)
  const zero = func('zero', [['i', I32]], F64, () => [
    ret(call(zeros.getitem, constant(zeros.ptr, ptrValue(0x9000, 1000)), local('i'))),
  ])
  const instance = instantiate(program({ functions: [label, first, zero], image: heap(link, values, blocks) }))
  assert.equal(
    [0, 1, 2].map((i) => instance.text(instance.call('test::label', i))),
    ['one', 'two', 'nil'],
  )
  assert.equal(
    [0, 1].map((i) => instance.call('test::first', i)),
    [5, 6],
  )
  assert.is(instance.outcome('test::first', 2), 'PanicError: cannot dereference NULL pointer')
  assert.is(instance.call('test::zero', 999), 0)
  assert.ok(instance.emitted.bytes.length < 2500, 'zeros take no bytes')
})

image('allocations tell the collector where pointers are', () => {
  const node = struct('test::Node', ['n', I32], ['label', STR], ['at', point], ['next', ints.ptr])
  const nodes = new PtrFuncs('gc', node)
  const maps: number[][] = []
  const f = func('f', [], NONE, () => [run(call(nodes.alloc, int(2))), run(call(ints.alloc, int(2)))])
  const instance = instantiate(
    program({ functions: [f] }),
    {},
    {
      spy_gc_alloc: (_count = 0, _size = 0, map = 0) => {
        const words = (at: number, n: number): number[] => [...new Uint32Array(instance.memory.buffer, at, n)]
        maps.push(map === 0 ? [] : words(map, 2 + (words(map, 2)[1] ?? 0)))
        return 0x8000
      },
    },
  )
  instance.call('test::f')
  assert.equal(maps, [[32, 2, 4, 24], []])
})

image('only what the exports reach is emitted', () => {
  const unused = func('unused', [], STR, () => [ret(text('not here'))])
  const used = func('used', [], I32, () => [ret(int(1))])
  const instance = instantiate(program({ functions: [unused, used] }), { exports: ['test::used'] })
  assert.equal(Object.keys(instance.exports).sort(), ['memory', 'spy:init', 'test::used'])
  assert.not.ok(Buffer.from(instance.emitted.bytes).includes('not here'))
  assert.is(instance.emitted.imageSize, 0)
})

image.run()

const failures = suite('failures in wasm')

failures('name class, text and place', () => {
  const f = func(
    'f',
    [
      ['s', STR],
      ['n', I32],
    ],
    I32,
    () => [
      check(op('i32_lt', local('n'), int(10)), local('s', STR)),
      when(op('i32_lt', local('n'), int(0)), [run(raise('KeyError', text('negative')))]),
      ret(op('i32_floordiv', int(100), local('n'))),
    ],
  )
  const echo = func('echo', [], STR, () => [ret(text('too big'))])
  const instance = load(f, echo)
  const tooBig = instance.call('test::echo')
  assert.is(instance.outcome('test::f', tooBig, 12), 'AssertionError: too big')
  assert.is(instance.outcome('test::f', tooBig, -1), 'KeyError: negative')
  try {
    instance.call('test::f', tooBig, 0)
    assert.unreachable()
  } catch (error) {
    assert.instance(error, Failure)
    assert.is(String(error), 'ZeroDivisionError: integer division or modulo by zero @ /p/test.spy:1:1')
  }
})

failures('a statement that does not type-check fails when it is reached', () => {
  const error = { class: 'TypeError', message: 'mismatched types', annotations: [] } as const
  const f = func('f', [['n', I32]], I32, () => [
    when(op('i32_lt', local('n'), int(0)), [failing(error)]),
    ret(local('n')),
  ])
  const instance = load(f)
  assert.is(instance.outcome('test::f', 1), 1)
  assert.is(instance.outcome('test::f', -1), 'TypeError: mismatched types')
})

failures.run()

const runtime = suite('functions of the runtime')

runtime('hashes of integers need no call', () => {
  const hash = (name: string, type: SpyType): TypedFunc => {
    const intrinsic = { kind: 'runtime', name: `spy_hash_${name}`, effects: false, evaluate: () => 0 } as const
    const func_ = builtinFunc(Fqn.of('builtins', `hash_${name}`), [['x', type]], I32, intrinsic)
    return func(name, [['x', type]], I32, () => [ret(call(func_, local('x', type)))])
  }
  const instance = load(hash('i32', I32), hash('i64', I64), hash('u8', U8), hash('bool', BOOL))
  assert.equal(
    [-1, -2, 7].map((value) => instance.call('test::i32', value)),
    [2, -2, 7],
  )
  assert.equal(
    [-1n, 2n ** 32n - 1n, 2n ** 33n + 5n].map((value) => instance.call('test::i64', value)),
    [2, -1, 5],
  )
  assert.is(instance.call('test::u8', 255), 255)
  assert.is(instance.call('test::bool', 1), 1)
})

runtime('a result may be compared with zero', () => {
  const type = [
    ['a', STR],
    ['b', STR],
  ] as const
  const intrinsic = {
    kind: 'runtime',
    name: 'spy_str_compare',
    effects: false,
    compareWithZero: 'lt',
    evaluate: () => true,
  } as const
  const less = builtinFunc(Fqn.of('operator', 'str_lt'), type, BOOL, intrinsic)
  const f = func('f', type, BOOL, () => [ret(call(less, local('a', STR), local('b', STR)))])
  const instance = instantiate(program({ functions: [f] }), {}, { spy_str_compare: (a = 0, b = 0) => a - b })
  assert.equal([instance.call('test::f', 1, 2), instance.call('test::f', 2, 2)], [1, 0])
})

runtime('what the runtime does not have is refused', () => {
  const missing = { kind: 'runtime', name: 'spy_missing', effects: true, evaluate: () => null } as const
  const f = func('f', [], NONE, () => [run(call(builtinFunc(Fqn.of('test', 'missing'), [], NONE, missing)))])
  assert.throws(() => load(f), /`spy_missing` is not implemented in the jit engine yet/)
})

runtime.run()

const functions = suite('function values')

functions('are indices of a table', () => {
  const type = makeFuncType('red', 'plain', [{ type: I32, kind: 'simple' }], I32)
  const double = func('double', [['n', I32]], I32, () => [ret(op('i32_mul', local('n'), int(2)))])
  const neg = op('i32_neg', int(0))
  assert.is(neg.kind, 'Call')
  const chosen = choose(
    op('i32_lt', local('n'), int(0)),
    constant(type, neg.kind === 'Call' ? neg.func : null),
    constant(type, objectOf(double)),
  )
  const f = func('f', [['n', I32]], I32, () => [ret(indirectCall(chosen, walrus('n', add(local('n'), int(1)))))])
  const instance = load(f, double)
  assert.is(instance.call('test::f', 4), 10)
  assert.is(instance.call('test::f', -4), 3)
})

functions.run()
