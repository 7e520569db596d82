/** Linear memory of import time: values in and out, blocks, strings, checked accesses. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GuestMemory } from '../../../compiler/machine/vm/guest-memory.ts'
import { bulkOperation, fieldAddress, itemAddress } from '../../../compiler/machine/vm/pointer-checks.ts'
import { Fault } from '../../../compiler/objects/fault.ts'
import { Fqn } from '../../../compiler/objects/fqn.ts'
import { structLayout } from '../../../compiler/objects/layout.ts'
import {
  BOOL,
  BYTES,
  COMPLEX128,
  declareStruct,
  defineStruct,
  F32,
  F64,
  I8,
  I32,
  I64,
  makePtrType,
  makeRefType,
  NONE,
  type SpyType,
  STR,
  U8,
  U32,
  U64,
} from '../../../compiler/objects/types.ts'
import {
  bytesValue,
  complexValue,
  NULL_PTR,
  ptrValue,
  structValue,
  type Value,
} from '../../../compiler/objects/values.ts'

const POINT = declareStruct(Fqn.of('test', 'Point'))
defineStruct(POINT, [
  { name: 'tag', type: U8 },
  { name: 'x', type: F64 },
  { name: 'label', type: STR },
])
const I32_PTR = makePtrType('raw', I32)

function panicOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof Fault) return `${error.etype}: ${error.message}`
    throw error
  }
  return 'no panic'
}

const memory = suite('guest memory')

memory('starts zeroed, at an address that is not small, aligned', () => {
  const guest = new GuestMemory('debug')
  const ptr = guest.alloc('gc', I32, 3)
  assert.ok(ptr.address >= 0x10000)
  assert.is(ptr.address % 16, 0)
  assert.is(ptr.length, 3)
  assert.is(guest.read(I32, ptr.address + 8), 0)
})

const SAMPLES: readonly (readonly [SpyType, Value])[] = [
  [I8, -5],
  [U8, 250],
  [I32, -70000],
  [U32, 4000000000],
  [I64, -(2n ** 62n)],
  [U64, 2n ** 64n - 1n],
  [F32, 0.5],
  [F64, 0.1],
  [BOOL, true],
  [COMPLEX128, complexValue(1.5, -2)],
  [STR, 'h\u00e9llo \u{1f30d}'],
  [BYTES, bytesValue(Uint8Array.of(0, 255, 7))],
  [NONE, null],
  [I32_PTR, ptrValue(0x20000, 5)],
  [I32_PTR, NULL_PTR],
  [makeRefType('gc', POINT), ptrValue(0x20000, 1)],
  [POINT, structValue(POINT, [9, 2.5, 'north'])],
]

memory('gives back what was written, at any alignment, in both layouts', () => {
  for (const mode of ['debug', 'release'] as const) {
    const guest = new GuestMemory(mode)
    for (const [type, value] of SAMPLES) {
      const { address } = guest.alloc('raw', U8, 64)
      guest.write(type, address + 3, value)
      // A release pointer has no length in memory, and these point to no block.
      const expected =
        mode === 'release' && type.kind === 'ptr' ? ptrValue((value as { address: number }).address, 0) : value
      assert.equal(guest.read(type, address + 3), expected, `${type.fqn.text} in ${mode}`)
    }
  }
})

memory('lays structs out as C does', () => {
  const guest = new GuestMemory('debug')
  const { address } = guest.alloc('gc', POINT, 1)
  guest.write(POINT, address, structValue(POINT, [1, 2, 'x']))
  const layout = structLayout(POINT, 'debug')
  assert.equal(
    layout?.fields.map((field) => field.offset),
    [0, 8, 16],
  )
  assert.is(guest.view.getFloat64(address + 8, true), 2)
})

memory('the same text takes memory once, and is found by its address', () => {
  const guest = new GuestMemory('debug')
  const address = guest.strAddress('contour')
  assert.is(guest.strAddress('contour'), address)
  assert.is(guest.strAt(address), 'contour')
  assert.is(guest.strAt(0), '')
})

memory('a str object filled from outside is read as text', () => {
  const guest = new GuestMemory('debug')
  const address = guest.objects.newObject(4)
  guest.bytes.set(new TextEncoder().encode('\u{1f30d}'), guest.objects.payloadAddress(address))
  assert.is(guest.strAt(address), '\u{1f30d}')
  assert.is(guest.strAddress('\u{1f30d}'), address)
})

memory('finds the block of every address inside, and of the one behind', () => {
  const guest = new GuestMemory('debug')
  const first = guest.alloc('gc', F64, 4)
  const second = guest.alloc('raw', I32, 0)
  assert.is(guest.blockAt(first.address)?.count, 4)
  assert.is(guest.blockAt(first.address + 31)?.item, F64)
  assert.is(guest.blockAt(first.address + 32)?.item, F64)
  assert.is(guest.blockAt(second.address)?.item, I32)
  assert.is(guest.blockAt(0), undefined)
  assert.is(guest.blockAt(second.address + 8), undefined)
  assert.is(guest.blockAt(first.address)?.zero, true)
  guest.write(F64, first.address + 8, 1)
  assert.is(guest.blockAt(first.address), guest.blockAt(first.address + 8))
  assert.is(guest.blockAt(first.address)?.zero, false)
  assert.is(guest.blockAt(first.address)?.bytes.length, 32)
})

memory('a release pointer read from memory reaches to the end of its block', () => {
  const guest = new GuestMemory('release')
  const items = guest.alloc('gc', I32, 10)
  const { address } = guest.alloc('gc', I32_PTR, 1)
  guest.write(I32_PTR, address, ptrValue(items.address + 12, 2))
  assert.equal(guest.read(I32_PTR, address), ptrValue(items.address + 12, 7))
})

memory('grows, and keeps what it held', () => {
  const guest = new GuestMemory('debug')
  const small = guest.alloc('gc', I32, 1)
  guest.write(I32, small.address, 42)
  const before = guest.buffer
  const large = guest.alloc('gc', F64, 1_000_000)
  assert.is.not(guest.buffer, before)
  guest.write(F64, large.address + 7_999_992, 0.25)
  assert.is(guest.read(F64, large.address + 7_999_992), 0.25)
  assert.is(guest.read(I32, small.address), 42)
})

memory('refuses allocations that make no sense', () => {
  const guest = new GuestMemory('debug')
  assert.is(
    panicOf(() => guest.alloc('gc', I32, -1)),
    'PanicError: negative allocation size',
  )
  assert.is(
    panicOf(() => guest.alloc('gc', F64, 2_000_000_000)),
    'PanicError: out of memory',
  )
})

memory.run()

const checks = suite('accesses through pointers')

checks('name address, index and bound of what is outside', () => {
  const ptr = ptrValue(0x1010010, 2)
  assert.is(itemAddress(ptr, 1, 4, 'getitem'), 0x1010014)
  assert.is(
    panicOf(() => itemAddress(ptr, 2, 4, 'getitem')),
    'PanicError: ptr_getitem out of bounds: 0x1010010[2] (upper bound: 2)',
  )
  assert.is(
    panicOf(() => itemAddress(ptr, -1, 4, 'store')),
    'PanicError: ptr_store out of bounds: 0x1010010[-1] (upper bound: 2)',
  )
  assert.is(
    panicOf(() => itemAddress(NULL_PTR, 0, 4, 'getitem')),
    'PanicError: cannot dereference NULL pointer',
  )
  assert.is(
    panicOf(() => fieldAddress(NULL_PTR, 4)),
    'PanicError: cannot dereference NULL pointer',
  )
  assert.is(
    panicOf(() => fieldAddress(ptrValue(0x20000, 0), 4)),
    'PanicError: ptr_getfield out of bounds',
  )
})

function filled(guest: GuestMemory, items: readonly number[]) {
  const ptr = guest.alloc('raw', I32, items.length)
  for (const [i, item] of items.entries()) guest.write(I32, ptr.address + 4 * i, item)
  return ptr
}

checks('bulk operations count items', () => {
  const guest = new GuestMemory('debug')
  const a = filled(guest, [1, 2, 3, 4])
  const b = guest.alloc('gc', I32, 4)
  const items = () => [0, 1, 2, 3].map((i) => guest.read(I32, b.address + 4 * i))
  bulkOperation(guest, 'copy', 4, [b, a, 3])
  assert.equal(items(), [1, 2, 3, 0])
  bulkOperation(guest, 'moveSlice', 4, [b, 1, 4, b, 0, 3])
  assert.equal(items(), [1, 1, 2, 3])
  bulkOperation(guest, 'setbytesSlice', 4, [b, 0, 1, 255])
  assert.equal(items(), [-1, 1, 2, 3])
  assert.is(bulkOperation(guest, 'cmp', 4, [b, a, 0]), 0)
  assert.is(bulkOperation(guest, 'cmp', 4, [b, a, 1]), 1)
  assert.is(bulkOperation(guest, 'cmpSlice', 4, [a, 0, 2, b, 1, 3]), 0)
  bulkOperation(guest, 'copy', 4, [NULL_PTR, NULL_PTR, 0])
})

checks('bulk operations say which range is wrong', () => {
  const guest = new GuestMemory('debug')
  const a = filled(guest, [1, 2, 3, 4])
  const b = guest.alloc('gc', I32, 2)
  const bad = (op: Parameters<typeof bulkOperation>[1], ...args: Value[]) =>
    panicOf(() => bulkOperation(guest, op, 4, args)).replace('PanicError: ', '')
  assert.is(bad('copy', b, a, 3), 'ptr_copy dst out of bounds')
  assert.is(bad('copy', a, b, 3), 'ptr_copy src out of bounds')
  assert.is(bad('copy', a, b, -1), 'ptr_copy dst out of bounds')
  assert.is(bad('copy', a, a, 1), 'ptr_copy regions overlap')
  assert.is(bad('copy', a, a, 0), 'no panic')
  assert.is(bad('copySlice', a, 0, 2, a, 2, 3), 'ptr_copy_slice length mismatch')
  assert.is(bad('copySlice', a, 0, 2, a, 1, 3), 'ptr_copy_slice regions overlap')
  assert.is(bad('copySlice', a, 0, 2, a, 2, 4), 'no panic')
  assert.is(bad('moveSlice', a, 3, 5, b, 0, 2), 'ptr_move_slice dst out of bounds')
  assert.is(bad('setbytes', b, 0, 3), 'ptr_setbytes out of bounds')
  assert.is(bad('setbytesSlice', b, 2, 1, 0), 'ptr_setbytes_slice out of bounds')
  assert.is(bad('cmp', a, b, 3), 'ptr_cmp b out of bounds')
  assert.is(bad('cmpSlice', a, 0, 3, b, 0, 3), 'ptr_cmp_slice b out of bounds')
})

checks.run()
