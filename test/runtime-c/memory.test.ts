/** The allocator of the C runtime. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { randomWords } from '../runtime/numbers/samples.ts'
import { loadLibrary } from './library.ts'

const memory = suite('runtime-c memory')

memory('blocks are aligned, zeroed and do not overlap', () => {
  const { call, memory: guest } = loadLibrary()
  const word = randomWords(2)
  const live = new Map<number, { size: number; mark: number }>()
  for (let i = 0; i < 20000; i++) {
    if (live.size > 0 && word() % 3 === 0) {
      const [address, { size, mark }] = [...live][word() % Math.min(live.size, 20)] as [
        number,
        { size: number; mark: number },
      ]
      const bytes = guest.bytes.subarray(address, address + size)
      assert.ok(
        bytes.every((b) => b === mark),
        `block at ${address} was overwritten`,
      )
      call('spy_raw_free', address, 0, 0)
      live.delete(address)
      continue
    }
    const size = word() % (i % 50 === 0 ? 100000 : 300)
    const address = Number(call('spy_raw_alloc', 1, size, 0, 0))
    assert.is(address % 8, 0)
    const bytes = guest.bytes.subarray(address, address + size)
    assert.ok(
      bytes.every((b) => b === 0),
      `block at ${address} is not zeroed`,
    )
    const mark = 1 + (word() % 255)
    bytes.fill(mark)
    live.set(address, { size, mark })
  }
})

memory('freed memory is used again', () => {
  const { call, memory: guest } = loadLibrary()
  for (const size of [16, 100, 5000, 50000, 1000000]) {
    for (let round = 0; round < 3; round++) {
      const blocks = Array.from({ length: 50 }, () => call('spy_raw_alloc', 1, size, 0, 0))
      for (const block of blocks) call('spy_raw_free', block, 0, 0)
    }
    const before = guest.bytes.length
    for (let round = 0; round < 20; round++) {
      const blocks = Array.from({ length: 50 }, () => call('spy_raw_alloc', 1, size, 0, 0))
      for (const block of blocks.reverse()) call('spy_raw_free', block, 0, 0)
    }
    assert.is(guest.bytes.length, before, `blocks of ${size}`)
  }
})

memory('realloc keeps the content', () => {
  const { call, memory: guest } = loadLibrary()
  let block = Number(call('spy_raw_realloc', 0, 10, 0, 0))
  guest.bytes.fill(7, block, block + 10)
  for (const size of [20, 1000, 40000, 100000]) {
    block = Number(call('spy_raw_realloc', block, size, 0, 0))
    assert.ok(guest.bytes.subarray(block, block + 10).every((b) => b === 7))
  }
  block = Number(call('spy_raw_realloc', block, 5, 0, 0))
  assert.ok(guest.bytes.subarray(block, block + 5).every((b) => b === 7))
})

memory('misuse and exhaustion are panics', () => {
  const { call, memory: guest, str } = loadLibrary()
  const file = str('m.spy')
  const panics = (run: () => unknown, message: string) =>
    assert.throws(run, (e: { etype?: string; message: string; place?: string }) => {
      return e.etype === 'PanicError' && e.message === message && e.place === 'm.spy:3:5'
    })
  const at = (3 << 12) | 5
  panics(() => call('spy_raw_alloc', -1, 4, file, at), 'negative allocation size')
  panics(() => call('spy_gc_alloc', -1, 4, 0, file, at), 'negative allocation size')
  panics(() => call('spy_raw_alloc', 2 ** 31 - 1, 100, file, at), 'out of memory')
  panics(() => call('spy_raw_alloc', 2 ** 31 - 1, 2, file, at), 'out of memory')
  const block = Number(call('spy_raw_alloc', 1, 100, 0, 0))
  panics(() => call('spy_raw_free', block + 8, file, at), 'raw_free: not an allocated pointer')
  panics(() => call('spy_raw_free', 64, file, at), 'raw_free: not an allocated pointer')
  panics(() => call('spy_raw_free', guest.bytes.length + 65536, file, at), 'raw_free: not an allocated pointer')
  call('spy_raw_free', block, 0, 0)
  panics(() => call('spy_raw_free', block, file, at), 'raw_free: already freed')
  panics(() => call('spy_panic_pointer', 0, 0, 0, 0, file, at), 'cannot dereference NULL pointer')
  panics(
    () => call('spy_panic_pointer', 0, 0x1010010, 2, 2, file, at),
    'ptr_getitem out of bounds: 0x1010010[2] (upper bound: 2)',
  )
  panics(
    () => call('spy_panic_pointer', 1, 0x1010010, -1, 2, file, at),
    'ptr_store out of bounds: 0x1010010[-1] (upper bound: 2)',
  )
  call('spy_raw_free', 0, 0, 0)
})

memory('copies and comparisons', () => {
  const { call, memory: guest } = loadLibrary()
  const block = guest.alloc(1000)
  const word = randomWords(9)
  for (let round = 0; round < 2000; round++) {
    const content = Uint8Array.from({ length: 400 }, () => word() & 255)
    guest.bytes.set(content, block)
    const [to, from, n] = [word() % 200, word() % 200, word() % 200] as const
    call('spy_memmove', block + to, block + from, n)
    content.copyWithin(to, from, from + n)
    call('spy_memset', block + from, round, n >> 1)
    content.fill(round & 255, from, from + (n >> 1))
    assert.equal(guest.bytes.slice(block, block + 400), content)
    call('spy_memcpy', block + 500, block + from, n)
    assert.equal(guest.bytes.slice(block + 500, block + 500 + n), content.slice(from, from + n))
    assert.is(call('spy_memcmp', block + 500, block + from, n), 0)
    const a = Buffer.from(content.buffer, to, n)
    const b = Buffer.from(content.buffer, from, n)
    assert.is(call('spy_memcmp', block + to, block + from, n), Buffer.compare(a, b))
  }
})

memory.run()
