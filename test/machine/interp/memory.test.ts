/** Pointers, references and bulk operations in running code. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { builtinFunc } from '../../../compiler/objects/builtin-funcs.ts'
import { Fqn } from '../../../compiler/objects/fqn.ts'
import { BOOL, F64, I32, NONE, type SpyType, STR } from '../../../compiler/objects/types.ts'
import { NULL_PTR, type PtrValue, structValue } from '../../../compiler/objects/values.ts'
import type { TypedExpr } from '../../../compiler/typed/tree.ts'
import {
  at,
  describeError,
  errorOf,
  func,
  linkOf,
  objectOf,
  places,
  run as runTrees,
} from '../../support/running-trees.ts'
import {
  assign,
  call,
  constant,
  declare,
  float,
  int,
  local,
  op,
  PtrFuncs,
  ret,
  run,
  struct,
  text,
} from '../../support/typed-trees.ts'

const cellType = struct('test::Cell', ['tag', I32], ['label', STR])
const rowType = struct('test::Row', ['x', F64], ['cell', cellType])
const ints = new PtrFuncs('gc', I32)
const rows = new PtrFuncs('gc', rowType)
const cells = new PtrFuncs('gc', cellType)

const pointers = suite('pointers')

pointers('items are stored and read', () => {
  const p = local('p', ints.ptr)
  const f = func('f', [], I32, () => [
    declare('p', ints.ptr, call(ints.alloc, int(3))),
    run(call(ints.store, p, int(1), int(20))),
    run(call(ints.store, p, int(2), int(22))),
    ret(
      op(
        'i32_add',
        op('i32_add', call(ints.getitem, p, int(0)), call(ints.getitem, p, int(1))),
        call(ints.getitem, p, int(2)),
      ),
    ),
  ])
  assert.is(runTrees([f]), 42)
})

function field(of: TypedExpr, name: string, offset: number, type: SpyType, ref?: typeof cells.ref): TypedExpr {
  const on = of.type.kind === 'ref' || of.type.kind === 'ptr' ? of.type : rows.ptr
  return call(rows.getfield(on, name, type, ref), of, text(name), int(offset))
}

pointers('fields are read and written through pointers and references', () => {
  const p = local('p', rows.ptr)
  const inner = field(p, 'cell', 8, cellType, cells.ref)
  const setTag = call(cells.setfield(cells.ref, 'tag', I32), inner, text('tag'), int(0), int(5))
  const setLabel = call(cells.setfield(cells.ref, 'label', STR), inner, text('label'), int(4), text('north'))
  const setX = call(rows.setfield(rows.ptr, 'x', F64), p, text('x'), int(0), float(0.5))
  const deref = builtinFunc(rows.ref.fqn.join('deref'), [['r', rows.ref]], rowType, { kind: 'refDeref', ref: rows.ref })
  const f = func('f', [], rowType, () => [
    declare('p', rows.ptr, call(rows.alloc, int(1))),
    run(setTag),
    run(setLabel),
    run(setX),
    assign('tag', field(inner, 'tag', 0, I32)),
    ret(call(deref, call(rows.getitem, p, int(0)))),
  ])
  assert.equal(runTrees([f]), structValue(rowType, [0.5, structValue(cellType, [5, 'north'])]))
})

pointers('compare by address alone', () => {
  const eq = builtinFunc(
    ints.ptr.fqn.join('__eq__'),
    [
      ['p', ints.ptr],
      ['q', ints.ptr],
    ],
    BOOL,
    {
      kind: 'ptrCompare',
      ptr: ints.ptr,
      op: 'eq',
    },
  )
  const same = func(
    'same',
    [
      ['p', ints.ptr],
      ['q', ints.ptr],
    ],
    BOOL,
    () => [ret(call(eq, local('p', ints.ptr), local('q', ints.ptr)))],
  )
  const p: PtrValue = { kind: 'ptr', address: 0x20000, length: 3 }
  assert.is(runTrees([same], [p, { ...p, length: 1 }]), true)
  assert.is(runTrees([same], [p, NULL_PTR]), false)
})

pointers('a wrong access blames the pointer', () => {
  const place = places('p[i] = v')
  const p = at(place('p'), local('p', ints.ptr))
  const get = func(
    'get',
    [
      ['p', ints.ptr],
      ['i', I32],
    ],
    I32,
    () => [ret(at(place('p[i]'), call(ints.getitem, p, local('i'))))],
  )
  const wrong: PtrValue = { kind: 'ptr', address: 0x1010010, length: 2 }
  assert.is(
    errorOf([get], [wrong, 2]),
    'PanicError: ptr_getitem out of bounds: 0x1010010[2] (upper bound: 2)\nerror "" @ p\nin astframe test::get: p[i]',
  )
  assert.ok(errorOf([get], [NULL_PTR, 0]).startsWith('PanicError: cannot dereference NULL pointer\nerror "" @ p\n'))
  const set = func(
    'set',
    [
      ['p', ints.ptr],
      ['i', I32],
    ],
    NONE,
    () => [run(call(ints.store, p, local('i'), int(1)))],
  )
  assert.ok(
    errorOf([set], [wrong, -1]).startsWith('PanicError: ptr_store out of bounds: 0x1010010[-1] (upper bound: 2)'),
  )
  const x = func('x', [['p', rows.ptr]], F64, () => [ret(field(local('p', rows.ptr), 'x', 0, F64))])
  assert.ok(errorOf([x], [NULL_PTR]).startsWith('PanicError: cannot dereference NULL pointer'))
  assert.ok(errorOf([x], [{ ...wrong, length: 0 }]).startsWith('PanicError: ptr_getfield out of bounds'))
})

pointers('an error inside an operand keeps its own place', () => {
  const place = places('p[1 // 0]')
  const index = at(place('1 // 0'), op('i32_floordiv', int(1), int(0)))
  const p = constant(ints.ptr, { kind: 'ptr', address: 0x20000, length: 2 })
  const f = func('f', [], I32, () => [ret(at(place('p[1 // 0]'), call(ints.getitem, p, index)))])
  assert.is(errorOf([f]), 'ZeroDivisionError: integer division or modulo by zero\nin astframe test::f: 1 // 0')
})

pointers('bulk operations work on items', () => {
  const copy = builtinFunc(
    Fqn.of('unsafe', 'ptr_copy'),
    [
      ['dst', ints.ptr],
      ['src', ints.ptr],
      ['n', I32],
    ],
    NONE,
    { kind: 'ptrBulk', op: 'copy', item: I32, dst: ints.ptr, src: ints.ptr },
  )
  const f = func(
    'f',
    [
      ['dst', ints.ptr],
      ['src', ints.ptr],
      ['n', I32],
    ],
    NONE,
    () => [run(call(copy, local('dst', ints.ptr), local('src', ints.ptr), local('n')))],
  )
  const link = linkOf([f])
  const { memory } = link
  const src = memory.alloc('gc', I32, 4)
  const dst = memory.alloc('gc', I32, 2)
  memory.write(I32, src.address + 4, 77)
  link.callable(objectOf(f)).call([dst, src, 2])
  assert.is(memory.read(I32, dst.address + 4), 77)
  const error = describeError(() => link.callable(objectOf(f)).call([dst, src, 3]))
  assert.ok(error.startsWith('PanicError: ptr_copy dst out of bounds\nerror ""'), error)
})

pointers('functions can be kept in memory', () => {
  const one = func('one', [], I32, () => [ret(int(1))])
  const funcs = new PtrFuncs('raw', one.type)
  const p = local('p', funcs.ptr)
  const f = func('f', [], I32, () => [
    declare('p', funcs.ptr, call(funcs.alloc, int(2))),
    run(call(funcs.store, p, int(1), constant(one.type, objectOf(one)))),
    ret({
      kind: 'IndirectCall',
      callee: call(funcs.getitem, p, local('i')),
      funcType: one.type,
      args: [],
      type: I32,
      span: p.span,
    }),
  ])
  const g = { ...f, params: [{ name: 'i', type: I32 }] }
  const link = linkOf([g, one])
  assert.is(link.callable(objectOf(g)).call([1]), 1)
  const error = describeError(() => link.callable(objectOf(g)).call([0]))
  assert.ok(error.startsWith('PanicError: call of an uninitialized function value'), error)
})

pointers.run()
