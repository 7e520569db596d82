/** An interpreted program seen from JavaScript: exports as those of a wasm instance. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type InterpExports, instanceExports } from '../../../compiler/machine/interp/instance.ts'
import {
  BOOL,
  BYTES,
  COMPLEX128,
  F64,
  I8,
  I32,
  I64,
  NONE,
  type SpyType,
  STR,
  TYPE,
  U32,
  U64,
} from '../../../compiler/objects/types.ts'
import type { Cell } from '../../../compiler/objects/values.ts'
import { SpyError } from '../../../compiler/text/diagnostics.ts'
import type { TypedFunc } from '../../../compiler/typed/tree.ts'
import { numbers } from '../../../src/runtime/marshal/lists.ts'
import { f64, i32 } from '../../../src/runtime/marshal/scalars.ts'
import { bytes, str } from '../../../src/runtime/marshal/text.ts'
import { type Guest, readU32 } from '../../../src/runtime/memory/guest.ts'
import { func, linkOf, objectOf } from '../../support/running-trees.ts'
import {
  assign,
  call,
  cell,
  cellRead,
  float,
  getterOf,
  int,
  local,
  makeOf,
  op,
  ret,
  struct,
} from '../../support/typed-trees.ts'

function exportsOf(functions: readonly TypedFunc[], cells: readonly Cell[] = []): InterpExports {
  return instanceExports({ functions: functions.map(objectOf), cells, link: linkOf(functions) })
}

/** As the code of facades sees the program. */
function guestOf(exports: InterpExports): Guest {
  return { exports, memory: exports.memory } as unknown as Guest
}

function identityOn(type: SpyType): TypedFunc {
  return func('f', [['x', type]], type, () => [ret(local('x', type))])
}

const instance = suite('an interpreted program as an instance')

instance('takes and gives scalars as wasm does', () => {
  const cases: readonly (readonly [SpyType, unknown, unknown])[] = [
    [I32, -5, -5],
    [I8, 300, 44],
    [U32, -1, -1],
    [U32, 4000000000, 4000000000 | 0],
    [I64, -5n, -5n],
    [U64, 2n ** 64n - 1n, -1n],
    [F64, 0.25, 0.25],
    [BOOL, 1, 1],
    [BOOL, 0, 0],
    [NONE, undefined, undefined],
  ]
  for (const [type, given, expected] of cases) {
    assert.is(exportsOf([identityOn(type)])['test::f']?.(given as number), expected, type.fqn.text)
  }
})

instance('passes text and bytes as objects in memory', () => {
  const exports = exportsOf([identityOn(STR)])
  const guest = guestOf(exports)
  const [address] = str.lower(guest, 'h\u00e9 \u{1f30d}')
  assert.is(str.lift(guest, exports['test::f']?.(address as number) as number), 'h\u00e9 \u{1f30d}')
  const binary = exportsOf([identityOn(BYTES)])
  const [data] = bytes.lower(guestOf(binary), Uint8Array.of(1, 0, 255))
  assert.equal(bytes.lift(guestOf(binary), binary['test::f']?.(data as number) as number), Uint8Array.of(1, 0, 255))
})

instance('spreads structs over arguments, and returns them in memory', () => {
  const inner = struct('test::Inner', ['a', I8], ['z', F64])
  const outer = struct('test::Outer', ['n', I32], ['inner', inner])
  const swap = func('swap', [['o', outer]], outer, () => [
    ret(
      call(
        makeOf(outer),
        op('i32_add', call(getterOf(outer, 'n'), local('o', outer)), int(1)),
        call(getterOf(outer, 'inner'), local('o', outer)),
      ),
    ),
  ])
  const exports = exportsOf([swap])
  const guest = guestOf(exports)
  const address = exports['test::swap']?.(41, 7, 0.5) as number
  assert.is(i32.get(guest, address), 42)
  assert.is(f64.get(guest, address + 16), 0.5)
  const complex = exportsOf([identityOn(COMPLEX128)])
  const at = complex['test::f']?.(1.5, -2) as number
  assert.is(f64.get(guestOf(complex), at + 8), -2)
})

instance('a struct with one part is that part', () => {
  const wrapper = struct('test::Wrapper', ['n', I32])
  const f = identityOn(wrapper)
  assert.is(exportsOf([f])['test::f']?.(7), 7)
})

instance('shares module variables through memory', () => {
  const hits = cell('test::hits', F64, 1)
  const bump = func('bump', [], F64, () => [assign(hits, op('f64_add', cellRead(hits), float(1))), ret(cellRead(hits))])
  const exports = exportsOf([bump], [hits])
  const guest = guestOf(exports)
  const address = exports['&test::hits']?.() as number
  assert.is(f64.get(guest, address), 1)
  exports['test::bump']?.()
  assert.is(f64.get(guest, address), 2)
  f64.put(guest, address, 10)
  assert.is(exports['test::bump']?.(), 11)
  assert.is(exports['&test::hits']?.(), address)
})

instance('reads lists that bindings have built', () => {
  const guest = guestOf(exportsOf([]))
  const data = numbers(i32, [16, 0, 4, 8], true)
  const [address] = data.lower(guest, [1, 2, 3])
  assert.is(readU32(guest, address as number), 3)
  assert.equal(data.lift(guest, address as number), Int32Array.of(1, 2, 3))
})

instance('keeps what has no representation to itself', () => {
  const f = identityOn(TYPE)
  assert.is(exportsOf([f])['test::f'], undefined)
})

instance('stays usable after an error', () => {
  const f = func('f', [['n', I32]], I32, () => [ret(op('i32_floordiv', int(10), local('n')))])
  const exports = exportsOf([f])
  assert.throws(
    () => exports['test::f']?.(0),
    (error: unknown) => error instanceof SpyError && error.etype === 'ZeroDivisionError',
  )
  assert.is(exports['test::f']?.(5), 2)
})

instance.run()
