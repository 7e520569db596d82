/** `bytes`: a sequence of u8. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const bytes = language('bytes')

evaluates(bytes, 'items are u8; everything else is as for text', 'var b: bytes = b"hi\\x00\\xff"\nvar n: u8 = 1', {
  b: "b'hi\\x00\\xff'",
  'repr(b"it\'s\\n")': "b'it\\'s\\n'",
  'b[0]': '104',
  'b[-1]': '255',
  'b[n]': '105',
  'b[-1] + u8(1)': '0',
  'len(b)': '4',
  'b[1:3]': "b'i\\x00'",
  'b[::-1]': "b'\\xff\\x00ih'",
  'b[5:]': "b''",
  'b + b"!"': "b'hi\\x00\\xff!'",
  'b"ab" * 2': "b'abab'",
  '2 * b"ab"': "b'abab'",
  'b"ab" * -1': "b''",
  'b"i\\x00" in b': 'True',
  'b"ii" not in b': 'True',
  'b == b"hi\\x00" + b"\\xff"': 'True',
  'b != b"hi"': 'True',
  'b < b"hj"': 'True',
  'hash(b"abc") == hash("abc")': 'True',
  'hash(b"abc")': '440920331',
  'ord(b"A")': '65',
  '"é".encode()': "b'\\xc3\\xa9'",
  '"é".encode("utf-8")[0]': '195',
  '[b"a"]': "[b'a']",
})

bytes(
  'a loop gives one u8 after the other',
  `
  def f() -> u8:
      var sum: u8 = 0
      for x in b"\\x01\\x02\\xff":
          sum += x
      return sum
  `,
  ({ f }) => assert.is(f?.(), 2),
)

fails(bytes, 'var b: bytes = b"ab"', {
  'b[2]': 'IndexError: index out of range',
  'b[-3]': 'IndexError: index out of range',
  'b == "ab"': 'TypeError: mismatched types',
  'b + "ab"': 'TypeError: mismatched types',
  'ord(b)': 'TypeError: ord() expected a character, but string of length 2 found',
  'ord(1)': 'TypeError: ord: expected `str` or `bytes`, found `i32`',
  '"a".encode("latin-1")': "ValueError: only 'utf-8' encoding is supported",
  'b.nothing()': 'TypeError: method `bytes::nothing` does not exist',
})

bytes.run()
