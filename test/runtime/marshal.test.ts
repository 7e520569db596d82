/** Values cross into the memory of a program and come back. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { SpyError } from '../../src/runtime/errors.ts'
import { struct, tuple } from '../../src/runtime/marshal/aggregates.ts'
import { array, arrayFrom, type SpyArray } from '../../src/runtime/marshal/arrays.ts'
import type { Codec } from '../../src/runtime/marshal/codec.ts'
import { list, numbers } from '../../src/runtime/marshal/lists.ts'
import {
  bool,
  complex128,
  f32,
  f64,
  i8,
  i32,
  i64,
  none,
  type ScalarCodec,
  u8,
  u32,
  u64,
} from '../../src/runtime/marshal/scalars.ts'
import { bytes, str } from '../../src/runtime/marshal/text.ts'
import type { Guest } from '../../src/runtime/memory/guest.ts'
import { fakeGuest } from '../support/fake-guest.ts'

/** Through memory, as items of lists and fields of structs go. */
function throughMemory<Out, In>(codec: Codec<Out, In>, value: In, guest: Guest = fakeGuest()): Out {
  const place = (guest as ReturnType<typeof fakeGuest>).alloc(codec.size)
  codec.put(guest, place, value)
  return codec.get(guest, place)
}

/** As the one argument of a function that returns it. */
function throughCall<Out, In>(codec: Codec<Out, In>, value: In, guest: Guest = fakeGuest()): Out {
  const [flat, ...rest] = codec.lower(guest, value)
  assert.equal(rest, [])
  return codec.lift(guest, flat as number)
}

function bothWays<Out, In>(codec: Codec<Out, In>, value: In, expected: unknown): void {
  assert.equal(throughMemory(codec, value), expected)
  if (codec.width === 1) assert.equal(throughCall(codec, value), expected)
}

const scalars = suite('scalars')

scalars('come back as they went', () => {
  bothWays(i32, -5, -5)
  bothWays(u32, 0xffff_fffe, 0xffff_fffe)
  bothWays(i8, -128, -128)
  bothWays(u8, 255, 255)
  bothWays(f64, 0.1, 0.1)
  bothWays(i64, -(2n ** 63n), -(2n ** 63n))
  bothWays(u64, 2n ** 64n - 1n, 2n ** 64n - 1n)
  bothWays(bool, true, true)
  bothWays(bool, false, false)
  assert.equal(throughMemory(complex128, { re: 1, im: -2 }), { re: 1, im: -2 })
  assert.is(throughMemory(none, undefined), undefined)
})

scalars('take a number for a 64-bit integer', () => {
  bothWays(i64, 7, 7n)
  bothWays(u64, 7, 7n)
})

scalars('wrap and round as conversions of SPy do', () => {
  bothWays(i8, 200, -56)
  bothWays(u8, -1, 255)
  // As arguments these two are converted by wasm itself.
  assert.is(throughMemory(f32, 0.1), Math.fround(0.1))
  assert.is(throughMemory(i32, 2 ** 31), -(2 ** 31))
})

scalars('read what a call gives as the sign of the type demands', () => {
  const guest = fakeGuest()
  assert.is(u32.lift(guest, -1), 0xffff_ffff)
  assert.is(u64.lift(guest, -1n), 2n ** 64n - 1n)
})

scalars.run()

const texts = suite('texts')

for (const text of ['', 'plain', 'größer', '\ufeffmark', '日本', '😀 and more', 'a\0b']) {
  texts(`${JSON.stringify(text)} comes back`, () => bothWays(str, text, text))
}

texts('half a surrogate pair becomes U+FFFD', () => bothWays(str, 'a\ud800', 'a\ufffd'))

texts('bytes are copied, whatever holds them', () => {
  const data = new Uint8Array([1, 2, 3, 4])
  bothWays(bytes, data, data)
  bothWays(bytes, data.buffer, data)
  bothWays(bytes, new DataView(data.buffer, 1, 2), new Uint8Array([2, 3]))
})

texts('a text that makes the memory grow is written behind the growth', () => {
  const long = 'x'.repeat(200_000)
  assert.is(throughCall(str, long), long)
})

texts.run()

const aggregates = suite('tuples and structs')

aggregates('a tuple is a frozen array', () => {
  const type = tuple(16, [i32, 0], [f64, 8])
  const back = throughMemory(type, [1, 2.5])
  assert.equal(back, [1, 2.5])
  assert.ok(Object.isFrozen(back))
  assert.equal(type.lower(fakeGuest(), [1, 2.5]), [1, 2.5])
})

aggregates('a struct is a frozen object with its fields in order', () => {
  const point = struct(12, [
    ['x', i32, 0],
    ['label', str as Codec, 4],
    ['on', bool, 8],
  ])
  const back = throughMemory(point, { on: true, label: 'here', x: 3, extra: 1 })
  assert.equal(Object.entries(back as object), [
    ['x', 3],
    ['label', 'here'],
    ['on', true],
  ])
  assert.ok(Object.isFrozen(back))
})

aggregates('a struct with one field crosses as that field does', () => {
  const metres = struct(8, [
    ['value', f64, 0],
    ['unit', none, 8],
  ])
  assert.is(metres.width, 1)
  assert.equal(throughCall(metres, { value: 2.5 }), { value: 2.5, unit: undefined })
})

aggregates.run()

for (const checked of [false, true]) {
  const lists = suite(`lists, pointers ${checked ? 'with' : 'without'} length`)
  const data = checked ? ([16, 0, 4, 8] as const) : ([12, 0, 4, 8] as const)

  lists('numbers come back as a typed array', () => {
    assert.equal(throughMemory(numbers(f64, data, checked), [1, 2.5]), new Float64Array([1, 2.5]))
    assert.equal(throughMemory(numbers(i32, data, checked), new Set([3, 4])), new Int32Array([3, 4]))
    assert.equal(throughMemory(numbers(i64, data, checked), [1, 2n]), new BigInt64Array([1n, 2n]))
    assert.equal(throughMemory(numbers(u8, data, checked), new Uint8Array([7])), new Uint8Array([7]))
    assert.equal(throughMemory(numbers(f64, data, checked), []), new Float64Array([]))
  })

  lists('others come back as arrays', () => {
    assert.equal(throughMemory(list(bool, data, checked), [true, false]), [true, false])
    assert.equal(throughMemory(list(str, data, checked), ['a', 'ö']), ['a', 'ö'])
    const rows = list(numbers(i32, data, checked), data, checked)
    assert.equal(throughMemory(rows, [[1, 2], [], [3]]), [
      new Int32Array([1, 2]),
      new Int32Array([]),
      new Int32Array([3]),
    ])
  })

  lists('a typed array is a copy that later calls do not touch', () => {
    const guest = fakeGuest()
    const back = throughMemory(numbers(f64, data, checked), [1, 2], guest)
    new Uint8Array(guest.memory.buffer).fill(0)
    assert.equal(back, new Float64Array([1, 2]))
  })

  lists.run()
}

const arrays = suite('arrays')

const grid = arrayFrom(f64 as unknown as ScalarCodec<number, number>, [16, [0, 4], 8])
const line = arrayFrom(i32 as unknown as ScalarCodec<number, number>, [8, [0], 4])

function passed(codec: Codec<SpyArray<number>, unknown>, value: unknown, guest = fakeGuest()): SpyArray<number> {
  return throughCall(codec, value, guest)
}

arrays('nested arrays become rows', () => {
  const back = passed(grid, [
    [1, 2, 3],
    [4, 5, 6],
  ])
  assert.equal(back.shape, [2, 3])
  assert.is(back.length, 6)
  assert.equal(back.data, new Float64Array([1, 2, 3, 4, 5, 6]) as never)
  assert.is(back.at(1, 0), 4)
  assert.is(back.at(-1, -1), 6)
  assert.equal([...back], [1, 2, 3, 4, 5, 6])
})

arrays('writing to the view writes to the program', () => {
  const guest = fakeGuest()
  const one = passed(line, [1, 2, 3], guest)
  const other = throughMemory(line, one, guest)
  one.set(1, 20)
  one.data[2] = 30
  assert.equal([...other], [1, 20, 30])
})

arrays('the view is made anew when the memory has grown', () => {
  const guest = fakeGuest()
  const back = passed(line, [1, 2, 3], guest)
  const before = back.data
  guest.memory.grow(1)
  assert.is(before.length, 0)
  assert.equal(back.data, new Int32Array([1, 2, 3]) as never)
})

arrays('an index outside is an IndexError', () => {
  const back = passed(line, [1])
  for (const index of [1, -2]) {
    assert.throws(
      () => back.at(index),
      (error: unknown) => error instanceof SpyError && error.etype === 'IndexError',
    )
  }
})

arrays('belong to one program, and die with its memory', () => {
  const guest = fakeGuest()
  const back = passed(line, [1], guest)
  assert.throws(() => line.lower(fakeGuest(), back), /object belongs to another SPy instance/)
  guest.reset()
  assert.throws(() => back.data, /view used after dispose/)
})

arrays('are passed back by codecs that cannot copy', () => {
  const guest = fakeGuest()
  const one = passed(line, [1, 2], guest)
  const same = array(i32 as unknown as ScalarCodec<number, number>, [8, [0], 4])
  assert.is(throughMemory(same, one, guest).address, one.address)
})

arrays('copies stay', () => {
  const guest = fakeGuest()
  const copy = passed(line, [1, 2], guest).copy()
  new Uint8Array(guest.memory.buffer).fill(0)
  assert.equal(copy, new Int32Array([1, 2]) as never)
})

arrays.run()
