import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fuseDeclarations, splitDeclarations, T, tokenize } from '../../compiler/syntax/lexer.ts'

const NAMES = new Map<number, string>(Object.entries(T).map(([name, kind]) => [kind, name]))

/** `kind:text` of each token but line breaks with nothing to say; structure tokens by their name alone. */
function tokens(text: string): string {
  const { kinds, starts, ends, count } = tokenize(text).tokens
  return Array.from({ length: count }, (_, at) => {
    const kind = kinds[at] ?? 0
    const shown = text.slice(starts[at], ends[at])
    return kind <= T.dedent ? `<${NAMES.get(kind)}>` : shown
  }).join(' ')
}

function errors(text: string): string[] {
  return tokenize(text).errors.map(({ stage, message, at }) => {
    const line = text.slice(0, at).split('\n').length
    return `${stage} ${line}: ${message}`
  })
}

function checkTokens(text: string, expected: string): void {
  assert.equal(errors(text), [])
  assert.is(tokens(text), expected)
}

const layout = suite('lines and indentation')

layout('blocks open and close, whatever their depth', () => {
  checkTokens(
    'a\n  b\n    c\nd\n',
    'a <newline> <indent> b <newline> <indent> c <newline> <dedent> <dedent> d <newline> <end>',
  )
})

layout('blank lines and comments have no indentation', () => {
  checkTokens('a\n  b\n\n # c\n\t\n  d # e\n', 'a <newline> <indent> b <newline> d <newline> <dedent> <end>')
})

layout('the last line may lack its line break', () => {
  checkTokens('a\n  b', 'a <newline> <indent> b <newline> <dedent> <end>')
  checkTokens('', '<end>')
  checkTokens('# nothing', '<end>')
})

layout('brackets and backslashes join lines', () => {
  checkTokens('(a,\n      b)\n', '( a , b ) <newline> <end>')
  checkTokens('a + \\\n   b\n', 'a + b <newline> <end>')
  checkTokens('  \\\n  a\n', '<indent> a <newline> <dedent> <end>')
})

layout('a form feed starts the columns again', () => checkTokens('\fa\n', 'a <newline> <end>'))

layout('tabs and spaces must mean the same with any size of tabs', () => {
  const message = 'inconsistent use of tabs and spaces in indentation'
  assert.equal(errors('if a:\n\tb\n        c\n'), [`tokens 3: ${message}`])
  assert.equal(errors('if a:\n        b\n\tc\n'), [`tokens 3: ${message}`])
  assert.equal(errors('if a:\n\tb\n\tc\n'), [])
})

layout('a line may only go back to an indentation that is open', () => {
  assert.equal(errors('if a:\n        b\n    c\n'), ['tokens 3: unindent does not match any outer indentation level'])
})

layout('one more level than a hundred is too many', () => {
  const nested = (depth: number) => Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a\n`).join('')
  assert.equal(errors(nested(100)), [])
  assert.equal(errors(nested(101)), ['tokens 101: too many levels of indentation'])
})

layout.run()

const words = suite('names, numbers and operators')

words('the longest operator wins', () => {
  checkTokens('a**=b//c<<=d->e:=f...g!=h', 'a **= b // c <<= d -> e := f ... g != h <newline> <end>')
  checkTokens('a<-b..c', 'a < - b . . c <newline> <end>')
})

words('keywords are whole words', () => {
  checkTokens('ifx if_ if is not', 'ifx if_ if is not <newline> <end>')
})

words('names may have letters of any script', () => {
  checkTokens('größe = x1 + _y + ℘', 'größe = x1 + _y + ℘ <newline> <end>')
})

words('numbers take all forms of Python', () => {
  const numbers = '1 1_000 0x1F 0o17 0b11 0 00 0_0 1.5 5. .5 1e3 1e-3 1.5E+10 10j 1.5j 0xdead_beef 1_0.0_1e1_0'
  checkTokens(numbers, `${numbers} <newline> <end>`)
})

words('a number may be followed directly by a keyword', () => {
  checkTokens('1if x else 2', '1 if x else 2 <newline> <end>')
  checkTokens('0x1for x', '0x1f or x <newline> <end>')
})

words('prefixes make strings, not names', () => {
  checkTokens(`r"a" Rb'b' bR'c' u"d" f''`, `r"a" Rb'b' bR'c' u"d" f' ' <newline> <end>`)
  checkTokens('ur "a"', 'ur "a" <newline> <end>')
})

words.run()

const fstrings = suite('f-strings')

fstrings('have texts and fields, and fields may hold anything', () => {
  checkTokens(`f"a{b}c"`, 'f" a { b } c " <newline> <end>')
  checkTokens(`f"{f"{"x"}"}"`, 'f" { f" { "x" } " } " <newline> <end>')
  checkTokens(`f"{a['b']}{{}}"`, `f" { a [ 'b' ] } {{}} " <newline> <end>`)
  checkTokens(`f"{a\n}"`, 'f" { a } " <newline> <end>')
})

fstrings('have a format specification behind a colon that nothing encloses', () => {
  checkTokens(`f"{a:>{w}.{p}f}"`, 'f" { a : > { w } . { p } f } " <newline> <end>')
  checkTokens(`f"{(lambda: 1)()}"`, 'f" { ( lambda : 1 ) ( ) } " <newline> <end>')
  checkTokens(`f"{a[1:2]}"`, 'f" { a [ 1 : 2 ] } " <newline> <end>')
  checkTokens(`f"{a:=5}{b!=c}{d!r:x}"`, 'f" { a : =5 } { b != c } { d ! r : x } " <newline> <end>')
})

fstrings('must end, and so must their fields', () => {
  assert.equal(errors(`f"a\n`), ['tokens 1: unterminated f-string literal (detected at line 1)'])
  assert.equal(errors('f"\\'), ['tokens 1: unterminated f-string literal (detected at line 1)'])
  assert.equal(errors(`f'''a\nb\n`), ['tokens 1: unterminated triple-quoted f-string literal (detected at line 2)'])
  assert.equal(errors(`f'{a'\n`), ["tokens 1: f-string: expecting '}'"])
  assert.equal(errors(`f'{a:b'\n`), [])
  assert.equal(errors(`f'a}'\n`), ["tokens 1: f-string: single '}' is not allowed"])
  assert.equal(errors(`f'{a)}'\n`), ["grammar 1: f-string: unmatched ')'"])
})

fstrings.run()

const lexicalErrors = suite('lexical errors')

const TOKEN_ERRORS: readonly (readonly [text: string, error: string])[] = [
  ['x = """abc\ndef\n', '1: unterminated triple-quoted string literal (detected at line 2)'],
  ["x = 'abc\ny = 1\n", '1: unterminated string literal (detected at line 1)'],
  ["x = 'abc\\\ndef\n", '1: unterminated string literal (detected at line 2)'],
  ['x = f(\n  [1, 2\n', "2: '[' was never closed"],
  ['a = 1\nx = (1,\ny = 2\n', "2: '(' was never closed"],
  ['x = 1 + \\', '1: unexpected EOF while parsing'],
  ['x = 1 + \\\n', '1: unexpected EOF while parsing'],
  ['x = a \\ b\n', '1: unexpected character after line continuation character'],
  ['x = 0x\n', '1: invalid hexadecimal literal'],
  ['x = 0xg\n', '1: invalid hexadecimal literal'],
  ['x = 0b\n', '1: invalid binary literal'],
  ['x = 0o\n', '1: invalid octal literal'],
  ['x = 0b12\n', "1: invalid digit '2' in binary literal"],
  ['x = 0o8\n', "1: invalid digit '8' in octal literal"],
  ['x = 1__0\n', '1: invalid decimal literal'],
  ['x = 1_\n', '1: invalid decimal literal'],
  ['x = 1e+\n', '1: invalid decimal literal'],
  ['a = 1\nx = \0\n', '2: source code cannot contain null bytes'],
  ['#!/usr/bin/spy\n# -*- coding: foobar -*-\n', '1: unknown encoding: foobar'],
  ['# vim: set fileencoding=foobar :\n', '1: unknown encoding: foobar'],
  [`x = ${'('.repeat(201)}`, '1: too many nested parentheses'],
]

const GRAMMAR_ERRORS: readonly (readonly [text: string, error: string])[] = [
  ['1)\n', "1: unmatched ')'"],
  ['(1]\n', "1: closing parenthesis ']' does not match opening parenthesis '('"],
  ['(1,\n2]\n', "2: closing parenthesis ']' does not match opening parenthesis '(' on line 1"],
  ['x = 0777\n', '1: leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers'],
  ['x = 08\n', '1: leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers'],
  ['x = 1a\n', '1: invalid decimal literal'],
  ['x = 1e\n', '1: invalid decimal literal'],
  ['x = 1.5a\n', '1: invalid decimal literal'],
  ['x = 0b1a\n', '1: invalid binary literal'],
  ['x = 1jx\n', '1: invalid imaginary literal'],
  ['x = “x”\n', "1: invalid character '“' (U+201C)"],
  ['x = a\u00a0b\n', '1: invalid non-printable character U+00A0'],
]

for (const [text, error] of TOKEN_ERRORS) {
  lexicalErrors(`${JSON.stringify(text.slice(0, 40))} breaks tokens`, () => {
    assert.is(errors(text)[0], `tokens ${error}`)
  })
}

for (const [text, error] of GRAMMAR_ERRORS) {
  lexicalErrors(`${JSON.stringify(text)} breaks the grammar`, () => {
    assert.is(errors(text)[0], `grammar ${error}`)
  })
}

lexicalErrors('a coding line counts in the first two lines only, and known names are fine', () => {
  assert.equal(errors('# coding: utf-8\n'), [])
  assert.equal(errors('# coding: latin-1\n'), [])
  assert.equal(errors('# -*- coding: iso8859_15 -*-\n'), [])
  assert.equal(errors('x = 1\n# coding: foobar\n'), [])
  assert.equal(errors('\n\n# coding: foobar\n'), [])
})

lexicalErrors.run()

const preprocessing = suite('var and const for tools that know Python')

preprocessing('fuse with the name that follows, one dot for each column', () => {
  assert.is(fuseDeclarations('var   y: i32 = 1\nconst x = 2\n'), 'var···y: i32 = 1\nconst·x = 2\n')
})

preprocessing('do not fuse with a keyword, or inside texts', () => {
  const text = 'var if c else d\nvar in y\nf(var)\nx = "var y"\n# var z\n'
  assert.is(fuseDeclarations(text), text)
})

preprocessing('come apart again, with one space between', () => {
  assert.is(splitDeclarations('var···y: i32 = 1\nconst·x = 2\n'), 'var y: i32 = 1\nconst x = 2\n')
})

preprocessing.run()
