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

evaluates(bytes, 'constructors and methods are those of Python', 'b = b"Hello"', {
  'bytes(3)': "b'\\x00\\x00\\x00'",
  'bytes([1, 2])': "b'\\x01\\x02'",
  'bytes("é", "utf-8")': "b'\\xc3\\xa9'",
  'bytes()': "b''",
  'bytes(b)': "b'Hello'",
  'bytes(range(3))': "b'\\x00\\x01\\x02'",
  'bytes((1, 2))': "b'\\x01\\x02'",
  'b.decode()': 'Hello',
  'b.decode("utf-8")': 'Hello',
  'b.hex()': '48656c6c6f',
  'b.upper()': "b'HELLO'",
  'b.lower()': "b'hello'",
  'b.swapcase()': "b'hELLO'",
  'b.title()': "b'Hello'",
  'b.capitalize()': "b'Hello'",
  'b.find(b"l")': '2',
  'b.find(108)': '2',
  'b.rfind(b"l")': '3',
  'b.index(b"l")': '2',
  'b.rindex(b"l")': '3',
  'b.count(b"l")': '2',
  'b.replace(b"l", b"LL")': "b'HeLLLLo'",
  'b.replace(b"l", b"LL", 1)': "b'HeLLlo'",
  'b.split(b"l")': "[b'He', b'', b'o']",
  'b"a b  c".split()': "[b'a', b'b', b'c']",
  'b"a b c".rsplit(None, 1)': "[b'a b', b'c']",
  'b"a,b,c".rsplit(b",", 1)': "[b'a,b', b'c']",
  'b"a\\nb".splitlines()': "[b'a', b'b']",
  'b"  a ".strip()': "b'a'",
  'b"xxa".lstrip(b"x")': "b'a'",
  'b"axx".rstrip(b"x")': "b'a'",
  'b.startswith(b"He")': 'True',
  'b.endswith(b"lo")': 'True',
  'b.join([b"a", b"b"])': "b'aHellob'",
  'b.partition(b"l")': "(b'He', b'l', b'lo')",
  'b.rpartition(b"l")': "(b'Hel', b'l', b'o')",
  'b.center(9)': "b'  Hello  '",
  'b.ljust(7, b".")': "b'Hello..'",
  'b.rjust(7)': "b'  Hello'",
  'b"42".zfill(5)': "b'00042'",
  'b.isalpha()': 'True',
  'b"12".isdigit()': 'True',
  'b"a1".isalnum()': 'True',
  'b" ".isspace()': 'True',
  'b.isupper()': 'False',
  'b.islower()': 'False',
  'b.istitle()': 'True',
  'b.isascii()': 'True',
  'b.removeprefix(b"He")': "b'llo'",
  'b.removesuffix(b"lo")': "b'Hel'",
  'bytes.fromhex("ff 00")': "b'\\xff\\x00'",
  'b.translate(None, b"l")': "b'Heo'",
  'b"a\\tb".expandtabs()': "b'a       b'",
  '72 in b': 'True',
  'b"el" in b': 'True',
  'b[1:3]': "b'el'",
  'b < b"I"': 'True',
  'list(b)': '[72, 101, 108, 108, 111]',
  'b + b"!"': "b'Hello!'",
  '[x for x in b]': '[72, 101, 108, 108, 111]',
  'sorted(b)': '[72, 101, 108, 108, 111]',
  'bool(b)': 'True',
  'hash(b) == hash(b"Hello")': 'True',
  'str(b)': "b'Hello'",
  'bytes.maketrans(b"a", b"b")': `b'\\x00\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08\\t\\n\\x0b\\x0c\\r\\x0e\\x0f\\x10\\x11\\x12\\x13\\x14\\x15\\x16\\x17\\x18\\x19\\x1a\\x1b\\x1c\\x1d\\x1e\\x1f !"#$%&\\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\\\]^_\`bbcdefghijklmnopqrstuvwxyz{|}~\\x7f\\x80\\x81\\x82\\x83\\x84\\x85\\x86\\x87\\x88\\x89\\x8a\\x8b\\x8c\\x8d\\x8e\\x8f\\x90\\x91\\x92\\x93\\x94\\x95\\x96\\x97\\x98\\x99\\x9a\\x9b\\x9c\\x9d\\x9e\\x9f\\xa0\\xa1\\xa2\\xa3\\xa4\\xa5\\xa6\\xa7\\xa8\\xa9\\xaa\\xab\\xac\\xad\\xae\\xaf\\xb0\\xb1\\xb2\\xb3\\xb4\\xb5\\xb6\\xb7\\xb8\\xb9\\xba\\xbb\\xbc\\xbd\\xbe\\xbf\\xc0\\xc1\\xc2\\xc3\\xc4\\xc5\\xc6\\xc7\\xc8\\xc9\\xca\\xcb\\xcc\\xcd\\xce\\xcf\\xd0\\xd1\\xd2\\xd3\\xd4\\xd5\\xd6\\xd7\\xd8\\xd9\\xda\\xdb\\xdc\\xdd\\xde\\xdf\\xe0\\xe1\\xe2\\xe3\\xe4\\xe5\\xe6\\xe7\\xe8\\xe9\\xea\\xeb\\xec\\xed\\xee\\xef\\xf0\\xf1\\xf2\\xf3\\xf4\\xf5\\xf6\\xf7\\xf8\\xf9\\xfa\\xfb\\xfc\\xfd\\xfe\\xff'`,
  'b"\\xf0\\x9f\\x98\\x80!".decode()': '😀!',
  'b"\\xe2\\x82\\xacx".decode()': '€x',
  'str(b"caf\\xc3\\xa9", "utf-8")': 'café',
  'b.startswith((b"x", b"He"))': 'True',
  'b.endswith(b"l", 0, 4)': 'True',
  'b.startswith(b"e", 1)': 'True',
  'b"\\xff\\x80"[::-1].hex()': '80ff',
  'b"caf\\xc3\\xa9".upper()': "b'CAF\\xc3\\xa9'",
  'b" a  b ".split()': "[b'a', b'b']",
  'b" a b c ".split(None, 1)': "[b'a', b'b c ']",
  'b" a b c ".rsplit(None, 1)': "[b' a b', b'c']",
  'b"x".join((b"1", b"2"))': "b'1x2'",
  'b.translate(bytes.maketrans(b"lo", b"01"))': "b'He001'",
  'b"a\\r\\nb\\rc\\n".splitlines(True)': "[b'a\\r\\n', b'b\\r', b'c\\n']",
  'b"".isalpha()': 'False',
})

fails(bytes, 'b = b"Hello"', {
  'bytes(-1)': 'ValueError: negative count',
  'bytes([256])': 'ValueError: bytes must be in range(0, 256)',
  'b"\\xff".decode()': "UnicodeDecodeError: 'utf-8' codec can't decode byte 0x in position 0: invalid start byte",
  'b.index(b"z")': 'ValueError: subsection not found',
  'b[10]': 'IndexError: index out of range',
  'b"\\xe2\\x82".decode()':
    "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 0-1: unexpected end of data",
  'b"a\\xe2\\x28\\xa1".decode()':
    "UnicodeDecodeError: 'utf-8' codec can't decode byte 0x in position 1: invalid continuation byte",
  'b"\\xc0\\xaf".decode()': "UnicodeDecodeError: 'utf-8' codec can't decode byte 0x in position 0: invalid start byte",
  'b"\\xed\\xa0\\x80".decode()':
    "UnicodeDecodeError: 'utf-8' codec can't decode byte 0x in position 0: invalid continuation byte",
  'b"\\xf4\\x90\\x80\\x80".decode()':
    "UnicodeDecodeError: 'utf-8' codec can't decode byte 0x in position 0: invalid continuation byte",
  'b"\\xf0\\x9f\\x98".decode()':
    "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 0-2: unexpected end of data",
  'bytes.fromhex("zz")': 'ValueError: non-hexadecimal number found in fromhex() arg at position 0',
  'bytes.fromhex("f")': 'ValueError: non-hexadecimal number found in fromhex() arg at position 1',
  'bytes("a")': 'TypeError: string argument without an encoding',
  'b.find(300)': 'ValueError: byte must be in range(0, 256)',
  'b"a,b".split(b"")': 'ValueError: empty separator',
  'b.decode("ascii")': "ValueError: only 'utf-8' encoding is supported",
  'b.ljust(8, b"ab")': 'TypeError: The fill character must be a byte string of length 1',
})

bytes.run()
