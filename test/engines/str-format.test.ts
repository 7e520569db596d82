/** `str.format`, `format` and `ascii`. What format specifications mean is tested with f-strings. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'
import { evaluates, fails } from '../support/expressions.ts'

const formats = language('str.format')

const VALUES = 'p = 3 + 4j\nvar x: f64 = 2.5'

evaluates(formats, 'fields are numbered or named, and formatted as in f-strings', VALUES, {
  '"{} {}".format(1, "a")': '1 a',
  '"{0} {1} {0}".format(1, 2)': '1 2 1',
  '"{:>5}|{:<5}|{:^5}".format(1, 2, 3)': '    1|2    |  3  ',
  '"{a} {b!r}".format(a=1, b="x")': "1 'x'",
  '"{{}}".format()': '{}',
  '"{!r:>5}".format("x")': "  'x'",
  '"{0.real} {0.imag}".format(p)': '3.0 4.0',
  '"{0[1]}".format([1, 2])': '2',
  '"{:{}}".format(x, ".3f")': '2.500',
  '"{:{w}.{n}f}".format(x, w=8, n=2)': '    2.50',
  '"x{}y".format("é")': 'xéy',
  '"".format(1)': '',
  'format(3.14159, ".2f")': '3.14',
  'format(5)': '5',
  'format("x", ">4")': '   x',
  'format(255, "#x")': '0xff',
  'format(True)': 'True',
  'format([1])': '[1]',
  'format(None)': 'None',
  'ascii("é\\n\'")': '"\\xe9\\n\'"',
  'ascii(["é", "😀"])': "['\\xe9', '\\U0001f600']",
})

fails(formats, VALUES, {
  '"{".format(1)': "ValueError: Single '{' encountered in format string",
  '"}".format(1)': "ValueError: Single '}' encountered in format string",
  '"{} {1}".format(1, 2)': 'ValueError: cannot switch from automatic field numbering to manual field specification',
  '"{1} {}".format(1, 2)': 'ValueError: cannot switch from manual field specification to automatic field numbering',
  '"{}".format()': 'IndexError: Replacement index 0 out of range for positional args tuple',
  '"{a}".format(b=1)': "KeyError: 'a'",
  '"{!x}".format(1)': 'ValueError: Unknown conversion specifier x',
  '"{0".format(1)': "ValueError: expected '}' before end of string",
  'format([1], "x")': 'TypeError: unsupported format string passed to `list[i32]`',
  'str(x).format(1)': 'TypeError: method `str::format` does not exist',
})

formats(
  'arguments are evaluated once and in order, also those that no field names',
  `
  def say(n: i32) -> i32:
      print("say", n)
      return n
  def main() -> None:
      print("{1} {1}".format(say(1), say(2), say(3)))
  `,
  ({ main }, { stdout }) => {
    main?.()
    assert.is(stdout(), 'say 1\nsay 2\nsay 3\n2 2\n')
  },
)

formats.run()
