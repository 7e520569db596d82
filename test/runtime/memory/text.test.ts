/** Strings and bytes go into guest memory and come back, also when the memory grows meanwhile. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { STR, UNKNOWN_CHARS } from '../../../src/runtime/abi.ts'
import { newBytes, newStr, readBytes, readStr, strImage } from '../../../src/runtime/memory.ts'
import { loadLibrary } from '../../runtime-c/library.ts'

const text = suite('text in guest memory')

const { memory, call } = loadLibrary()

const SAMPLES = [
  '',
  'a',
  'short',
  'x'.repeat(23),
  'x'.repeat(24),
  'x'.repeat(25),
  'é',
  'short é',
  '日本語',
  '🙂',
  '\ufeffbom',
  '\0',
  'long ascii '.repeat(500),
  'länger als das '.repeat(500),
  `${'x'.repeat(100)}é`,
]

text('any text survives the way in and out', () => {
  for (const sample of SAMPLES) {
    const address = newStr(memory, sample)
    assert.is(readStr(memory, address), sample)
    const utf8 = new TextEncoder().encode(sample)
    assert.is(memory.view.getUint32(address + STR.length, true), utf8.length)
    assert.is(memory.view.getUint32(address + STR.utf8Length, true), utf8.length)
    assert.is(call('spy_str_length', address), [...sample].length)
    const start = memory.view.getUint32(address + STR.utf8, true)
    assert.is(memory.bytes[start + utf8.length], 0, 'a zero byte follows')
  }
})

text('the characters of ASCII texts are counted on the way in', () => {
  const chars = (sample: string) => memory.view.getUint32(newStr(memory, sample) + STR.chars, true)
  assert.is(chars('short'), 5)
  assert.is(chars('x'.repeat(100)), 100)
  assert.is(chars('é'), UNKNOWN_CHARS)
})

text('half a surrogate pair becomes a replacement character', () => {
  assert.is(readStr(memory, newStr(memory, 'a\ud800b')), 'a\ufffdb')
})

text('views follow a memory that has grown', () => {
  const address = newStr(memory, 'here')
  const { bytes, view } = memory
  memory.exports.memory.grow(3)
  assert.is.not(memory.bytes, bytes)
  assert.is.not(memory.view, view)
  assert.is(memory.bytes.length, memory.exports.memory.buffer.byteLength)
  assert.is(readStr(memory, address), 'here')
  assert.is(memory.bytes, memory.bytes)
})

text('the runtime goes on when somebody else has grown the memory', () => {
  const foreign = memory.exports.memory.grow(2) * 65536
  memory.bytes.fill(0xee, foreign, foreign + 2 * 65536)
  for (let i = 0; i < 2000; i++) newStr(memory, 'y'.repeat(500))
  assert.ok(memory.bytes.subarray(foreign, foreign + 2 * 65536).every((byte) => byte === 0xee))
})

text('bytes', () => {
  for (const length of [0, 1, 23, 24, 1000]) {
    const content = Uint8Array.from({ length }, (_, i) => i * 7)
    assert.equal(readBytes(memory, newBytes(memory, content)), content)
  }
})

text('the image of a constant string is a string', () => {
  const utf8 = new TextEncoder().encode('constant é')
  const address = memory.alloc(STR.size + utf8.length + 1)
  memory.bytes.set(strImage(utf8, address, 0), address)
  assert.is(readStr(memory, address), 'constant é')
  assert.is(call('spy_str_length', address), 10)
  assert.is(call('spy_str_eq', address, newStr(memory, 'constant é')), 1)
})

text.run()
