/** Methods and attributes of numbers. */
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const numbers = language('methods of numbers')

evaluates(
  numbers,
  'are those of Python',
  'var w: i64 = i64(-5)\nvar u: u64 = u64(18446744073709551615)\nvar b: i8 = -128',
  {
    '(5).bit_length()': '3',
    '(-5).bit_length()': '3',
    '(0).bit_length()': '0',
    '(5).bit_count()': '2',
    '(-1).bit_count()': '1',
    '(5).conjugate()': '5',
    '(5).real': '5',
    '(5).imag': '0',
    '(5).numerator': '5',
    '(5).denominator': '1',
    '(5).as_integer_ratio()': '(5, 1)',
    '(2.0).is_integer()': 'True',
    '(2.5).is_integer()': 'False',
    'float("inf").is_integer()': 'False',
    '(2.5).real': '2.5',
    '(2.5).imag': '0.0',
    '(2.5).conjugate()': '2.5',
    'hasattr(5, "real")': 'True',
    'hasattr(5, "nothing")': 'False',
    'int.from_bytes(b"\\x01\\x02", "big")': '258',
    'int.from_bytes(b"\\x01\\x02", "little")': '513',
    'int.from_bytes(b"\\xff\\xfe", "big", signed=True)': '-2',
    'int.from_bytes(b"")': '0',
    '(258).to_bytes(2, "big")': "b'\\x01\\x02'",
    '(258).to_bytes(4, "little")': "b'\\x02\\x01\\x00\\x00'",
    '(-2).to_bytes(2, "big", signed=True)': "b'\\xff\\xfe'",
    '(-2).to_bytes(10, "little", signed=True)': "b'\\xfe\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff'",
    '(255).to_bytes()': "b'\\xff'",
    '(-128).to_bytes(1, "big", signed=True)': "b'\\x80'",
    'w.bit_length()': '3',
    'u.bit_length()': '64',
    'u.bit_count()': '64',
    'b.bit_length()': '8',
    'STATIC_TYPE(w.real)': "<spy type 'i64'>",
    'u8.from_bytes(b"\\xff")': '255',
    'i64.from_bytes(b"\\xff", signed=True)': '-1',
    'f32(0.5).is_integer()': 'False',
  },
)

fails(numbers, '', {
  '(256).to_bytes()': 'OverflowError: int too big to convert',
  '(128).to_bytes(1, "big", signed=True)': 'OverflowError: int too big to convert',
  '(-129).to_bytes(1, "big", signed=True)': 'OverflowError: int too big to convert',
  '(-1).to_bytes(1, "big")': "OverflowError: can't convert negative int to unsigned",
  '(1).to_bytes(1, "x")': "ValueError: byteorder must be either 'little' or 'big'",
  'u8.from_bytes(b"\\x01\\x00")': 'OverflowError: int too big to convert',
  '(5).nothing()': 'TypeError: method `i32::nothing` does not exist',
})

numbers.run()
