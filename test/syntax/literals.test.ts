import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dumpTree } from '../../compiler/inspect/dump-tree.ts'
import { parseBody } from '../../compiler/syntax/parser.ts'
import { spanText } from '../../compiler/text/source.ts'
import { checkError, checkExpression, described, parses, testFile } from '../support/check-stages.ts'

/** The dump of an expression and the text that its span covers. */
function shown(text: string): string {
  const [statement] = parseBody(testFile(text)).body
  assert.is(statement?.kind, 'StmtExpr')
  if (statement?.kind !== 'StmtExpr') return ''
  return `${dumpTree(statement.value)} @ ${spanText(statement.value.span)}`
}

const literals = suite('literals')

const VALUES: readonly (readonly [text: string, value: string])[] = [
  ['12', '12'],
  ['1_000', '1000'],
  ['0x1F', '31'],
  ['0o17', '15'],
  ['0b11', '3'],
  ['00', '0'],
  ['123456789012345678901234567890', '123456789012345678901234567890'],
  ['1.5', '1.5'],
  ['5.', '5.0'],
  ['.5', '0.5'],
  ['1e3', '1000.0'],
  ['1e16', '1e+16'],
  ['1e400', 'inf'],
  ['10j', '10j'],
  ['1.5j', '1.5j'],
  ['True', 'True'],
  ['False', 'False'],
  ['None', 'None'],
]

for (const [text, value] of VALUES) {
  literals(`${text} is ${value}`, () => checkExpression(text, `Literal(value=${value})`))
}

literals('strings concatenate, whatever their quotes and prefixes', () => {
  checkExpression(`"a" 'b' r'\\n' """c\nd""" u"e"`, String.raw`StrLiteral(value='ab\\nc\nde')`)
  checkExpression(`b"a" rb'\\x' B'\\x41'`, String.raw`BytesLiteral(value=b'a\\xA')`)
})

literals('escapes are those of Python; unknown ones stay', () => {
  checkExpression(
    String.raw`'\a\b\t\n\v\f\r\\\'\"\x41\101\u0042\U0001F40D\q\
z'`,
    String.raw`StrLiteral(value='\x07\x08\t\n\x0b\x0c\r\\\'"AAB🐍\\qz')`,
  )
})

literals('quotes are chosen as Python does', () => {
  checkExpression(`"it's"`, `StrLiteral(value="it's")`)
  checkExpression(`'say "it\\'s"'`, `StrLiteral(value='say "it\\'s"')`)
})

literals.run()

const typed = suite('typed literals')

const TYPED: readonly (readonly [text: string, dump: string])[] = [
  ['i8(5)', 'Literal(value=Int8(5)) @ 5'],
  ['u8(0xff)', 'Literal(value=UInt8(255)) @ 0xff'],
  ['i32((5))', 'Literal(value=Int32(5)) @ 5'],
  ['u32(5)', 'Literal(value=UInt32(5)) @ 5'],
  ['i64(-9223372036854775808)', 'Literal(value=Int64(-9223372036854775808)) @ 9223372036854775808'],
  ['u64(18446744073709551615)', 'Literal(value=UInt64(18446744073709551615)) @ 18446744073709551615'],
  ['i8(-128)', 'Literal(value=Int8(-128)) @ 128'],
  ['f64(3)', 'Literal(value=3.0) @ 3'],
  ['f64(-2.5)', 'Literal(value=-2.5) @ 2.5'],
  ['f32(2.5)', 'Literal(value=c_float(2.5)) @ 2.5'],
  ['f32(0.1)', 'Literal(value=c_float(0.10000000149011612)) @ 0.1'],
  ['f32(1e40)', 'Literal(value=c_float(inf)) @ 1e40'],
]

for (const [text, dump] of TYPED) typed(`${text} is one literal`, () => assert.is(shown(text), dump))

const CALLS = ['int(5)', 'float(1)', 'i16(5)', 'i32()', 'i32(1, 2)', 'i32(+5)', 'i32(--5)', 'i32(True)', 'i32(-True)']
for (const text of [
  ...CALLS,
  'i32(2.5)',
  'i32(x)',
  'i32(k=5)',
  'i32(i32(5))',
  'i32(-i32(5))',
  'f64(True)',
  'f32(1j)',
]) {
  typed(`${text} is a call`, () => assert.ok(shown(text).startsWith('Call(')))
}

typed('a method is called, whatever its name', () => {
  assert.ok(shown('m.i32(5)').startsWith('CallMethod('))
})

typed('the range is checked, and the digits are blamed', () => {
  checkError(
    `
    def f() -> None:
        x = u8(-1)
                ^ error: integer literal out of range
    `,
    'ParseError: u8 literal -1 is out of range [0, 255]',
    parses,
  )
  checkError(
    `
    def f() -> None:
        x = i32(2147483648)
                ^^^^^^^^^^ error: integer literal out of range
    `,
    'ParseError: i32 literal 2147483648 is out of range [-2147483648, 2147483647]',
    parses,
  )
})

typed.run()

const minus = suite('minus before a literal')

const FOLDED: readonly (readonly [text: string, dump: string])[] = [
  ['-5', 'Literal(value=-5) @ -5'],
  ['-(5)', 'Literal(value=-5) @ -(5'],
  ['--5', 'Literal(value=5) @ --5'],
  ['-True', 'Literal(value=-1) @ -True'],
  ['-2.5', 'Literal(value=-2.5) @ -2.5'],
  ['-0.0', 'Literal(value=-0.0) @ -0.0'],
  ['-i8(5)', 'Literal(value=Int8(-5)) @ -i8(5'],
  ['-u8(5)', 'Literal(value=UInt8(251)) @ -u8(5'],
  ['-i8(-128)', 'Literal(value=Int8(-128)) @ -i8(-128'],
]

for (const [text, dump] of FOLDED) minus(`${text} is folded`, () => assert.is(shown(text), dump))

for (const text of ['-1j', '-f32(2.5)', '+5', '~5', 'not 5', '-x', '-None']) {
  minus(`${text} stays an operation`, () => assert.ok(shown(text).startsWith('UnaryOp(')))
}

minus('binds less than a power', () => {
  assert.ok(shown('-2 ** 2').startsWith('UnaryOp('))
  assert.ok(shown('2 ** -2').startsWith('BinOp('))
})

minus.run()

const fstrings = suite('f-strings')

fstrings('are texts and values in order', () => {
  checkExpression(
    `'a{' f"b{x!r:>{w}}c" "d"`,
    `
    JoinedStr(
        parts=[
            StrLiteral(value='a{b'),
            FormattedValue(
                value=Name(id='x'),
                conversion='r',
                spec=JoinedStr(
                    parts=[
                        StrLiteral(value='>'),
                        FormattedValue(
                            value=Name(id='w'),
                            conversion=None,
                            spec=None,
                        ),
                    ],
                ),
            ),
            StrLiteral(value='cd'),
        ],
    )
    `,
  )
})

fstrings('with = show the text of the expression, and its repr unless a format says otherwise', () => {
  const dump = (conversion: string, spec: string) => `
    JoinedStr(
        parts=[
            StrLiteral(value='x = '),
            FormattedValue(
                value=Name(id='x'),
                conversion=${conversion},
                spec=${spec},
            ),
        ],
    )
  `
  checkExpression(`f"{x = }"`, dump("'r'", 'None'))
  checkExpression(`f"{x = !s}"`, dump("'s'", 'None'))
  const spec = `JoinedStr(
                    parts=[
                        StrLiteral(value='5'),
                    ],
                )`
  checkExpression(`f"{x = :5}"`, dump('None', spec))
})

const FSTRING_ERRORS: readonly (readonly [text: string, message: string])[] = [
  [`f'{}'`, "f-string: valid expression required before '}'"],
  [`f'{!r}'`, "f-string: valid expression required before '!'"],
  [`f'{a!}'`, 'f-string: missing conversion character'],
  [`f'{a!x}'`, "f-string: invalid conversion character 'x': expected 's', 'r', or 'a'"],
  [`f'{a! r}'`, 'f-string: conversion type must come right after the exclamation mark'],
  [`f'{a $ b}'`, "f-string: expecting '=', or '!', or ':', or '}'"],
]

for (const [text, message] of FSTRING_ERRORS) {
  fstrings(`${text} is an error`, () => assert.is(described(parseBody(testFile(text)).errors[0])[0], message))
}

fstrings.run()

const refused = suite('literals that are refused')

refused('an ellipsis', () => {
  checkError(
    `
    def f() -> None:
        ...
        ^^^ error: this is not supported yet
    `,
    'ParseError: unsupported literal: Ellipsis',
    parses,
  )
})

refused('half of a surrogate pair', () => {
  checkError(
    `
    x = "a\\ud800"
        ^^^^^^^^^ error: this is not supported
    `,
    'ParseError: surrogates not allowed in string literal',
    parses,
  )
})

refused('a character by its name', () => {
  checkError(
    `
    x = "\\N{BULLET}"
        ^^^^^^^^^^^^ error: this is not supported
    `,
    'ParseError: not implemented yet: \\N{...} escapes',
    parses,
  )
})

const BAD_TEXTS: readonly (readonly [text: string, message: string])[] = [
  [`b'a' 'b'`, 'cannot mix bytes and nonbytes literals'],
  [`b'é'`, 'bytes can only contain ASCII literal characters'],
  [
    String.raw`'\x1'`,
    "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape",
  ],
  [
    String.raw`'a\u12'`,
    "(unicode error) 'unicodeescape' codec can't decode bytes in position 1-4: truncated \\uXXXX escape",
  ],
  [
    String.raw`'\U00110000'`,
    "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character",
  ],
  [String.raw`b'\x1'`, '(value error) invalid \\x escape at position 0'],
]

for (const [text, message] of BAD_TEXTS) {
  refused(`${text} is not grammatical`, () => {
    assert.is(described(parseBody(testFile(text)).errors[0])[0], message)
  })
}

refused.run()
