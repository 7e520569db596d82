import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseTolerantly } from '../../compiler/syntax/parser.ts'
import { SourceFile } from '../../compiler/text/source.ts'
import { checkError, messages, parses, testFile } from '../support/check-stages.ts'

/** Errors of a text, each with its line. */
function errorsOf(text: string): string[] {
  const file = text.startsWith('\n') ? testFile(text) : new SourceFile('/test/test.spy', text)
  return messages(parseTolerantly(file).errors)
}

const grammar = suite('grammar errors')

const COMMA = 'invalid syntax. Perhaps you forgot a comma?'
const EQUALS = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
const block = (what: string, line = 1) => `expected an indented block after ${what} on line ${line}`

const ERRORS: readonly (readonly [text: string, message: string, line?: number])[] = [
  ['x = = 3', 'invalid syntax'],
  ['if x:\npass', block("'if' statement"), 2],
  ['while x:\npass', block("'while' statement"), 2],
  ['for x in y:\npass', block("'for' statement"), 2],
  ['if x:\n  y\nelif z:\npass', block("'elif' statement", 3), 4],
  ['if x:\n  y\nelse:\npass', block("'else' statement", 3), 4],
  ['def f():\npass', block('function definition'), 2],
  ['class C:\npass', block('class definition'), 2],
  ['with a:\npass', block("'with' statement"), 2],
  ['try:\npass', block("'try' statement"), 2],
  ['def go() -> None:\n    while 1:', block("'while' statement", 2), 2],
  ['def go() -> None:\n    while 1:\n', block("'while' statement", 2), 2],
  ['if x', "expected ':'"],
  ['while x\n  y', "expected ':'"],
  ['for i in range(10)\n  pass', "expected ':'"],
  ['def f() -> i32\n  pass', "expected ':'"],
  ['def f() x:\n  pass', "expected ':'"],
  ['class C\n  pass', "expected ':'"],
  ['if x y:\n  pass', 'invalid syntax'],
  ['if x:\n  y\nelse x:\n  z', "expected ':'", 3],
  ['def f:\n  pass', "expected '('"],
  ['def f[]():\n  pass', "expected '('"],
  ['def f[T U]():\n  pass', "expected '('"],
  ['def f() -> :\n  pass', "expected ':'"],
  ['  x = 1', 'unexpected indent'],
  ['x = 1\n    y = 2', 'unexpected indent', 2],
  ['1)', "unmatched ')'"],
  ['(1]', "closing parenthesis ']' does not match opening parenthesis '('"],
  ['f(a b)', COMMA],
  ['[1 2]', COMMA],
  ['{1 2}', COMMA],
  ['a[1 2]', COMMA],
  ['f(x, y=a b)', COMMA],
  ['a b', 'invalid syntax'],
  ['f(a "b" 1)', 'invalid syntax'],
  ['if x = 1:\n  pass', EQUALS],
  ['while x = 1:\n  pass', EQUALS],
  ['(x = 1)', EQUALS],
  ['1 = x', "cannot assign to literal here. Maybe you meant '==' instead of '='?"],
  ['f() = 1', "cannot assign to function call here. Maybe you meant '==' instead of '='?"],
  ['x + 1 = 2', "cannot assign to expression here. Maybe you meant '==' instead of '='?"],
  ['x.y() = 1', "cannot assign to function call here. Maybe you meant '==' instead of '='?"],
  ['a < b = 1', 'cannot assign to comparison'],
  ['x = 1 = y', 'cannot assign to literal'],
  ['(a, 1) = 3', 'cannot assign to literal'],
  ['None = 1', 'cannot assign to None'],
  ['True = 1', 'cannot assign to True'],
  ['f() += 1', "'function call' is an illegal expression for augmented assignment"],
  ['x + 1 += 2', "'expression' is an illegal expression for augmented assignment"],
  ['for 1 in x:\n  pass', 'cannot assign to literal'],
  ['[x for 1 in y]', 'cannot assign to literal'],
  ['del f()', 'cannot delete function call'],
  ['yield = 1', 'assignment to yield expression not possible'],
  ['(x.y := 1)', 'cannot use assignment expressions with attribute'],
  ['x, y: T = v', 'only single target (not tuple) can be annotated'],
  ['[x]: T', 'only single target (not list) can be annotated'],
  ['f(): T', 'illegal target for annotation'],
  ['def f(a=1, b):\n  pass', 'parameter without a default follows parameter with a default'],
  ['def f(*a, *b):\n  pass', '* argument may appear only once'],
  ['def f(*):\n  pass', 'named arguments must follow bare *'],
  ['def f(*a=1):\n  pass', 'var-positional argument cannot have default value'],
  ['def f(**k, a):\n  pass', 'arguments cannot follow var-keyword argument'],
  ['def f(a, /, b, /):\n  pass', '/ may appear only once'],
  ['def f(*a, /):\n  pass', '/ must be ahead of *'],
  ['def f(a=):\n  pass', 'expected default value expression'],
  ['def f((a, b)):\n  pass', 'Function parameters cannot be parenthesized'],
  ['f(a=1, 2)', 'positional argument follows keyword argument'],
  ['f(**a, 2)', 'positional argument follows keyword argument unpacking'],
  ['f(**a, *b)', 'iterable argument unpacking follows keyword argument unpacking'],
  ['f(1=2)', 'expression cannot contain assignment, perhaps you meant "=="?'],
  ['f(True=1)', 'cannot assign to True'],
  ['f(x for x in y, 1)', 'Generator expression must be parenthesized'],
  ['x = 1 if 2', "expected 'else' after 'if' expression"],
  ['print 1', "Missing parentheses in call to 'print'. Did you mean print(...)?"],
  ['print "a", b', "Missing parentheses in call to 'print'. Did you mean print(...)?"],
  ['from x import a,', 'trailing comma not allowed without surrounding parentheses'],
  ['try: pass', "expected 'except' or 'finally' block"],
  ['try:\n  pass\nexcept a, b:\n  pass', 'multiple exception types must be parenthesized', 3],
  ['{1: 2, 3}', "':' expected after dictionary key"],
  ['{1:}', "expression expected after dictionary key and ':'"],
  ['{1: *a}', 'cannot use a starred expression in a dictionary value'],
  ['[*a for a in b]', 'iterable unpacking cannot be used in comprehension'],
  ['[a, b for a in b]', 'did you forget parentheses around the comprehension target?'],
  ['(*a)', 'cannot use starred expression here'],
  ['a <> b', 'invalid syntax'],
  ['x = a ? b', 'invalid syntax'],
  ['x = `a`', 'invalid syntax'],
  ['return = 1', 'invalid syntax'],
  ['a.1', 'invalid syntax'],
  ['@\ndef f(): pass', 'invalid syntax'],
  ['@x\ny = 1', 'invalid syntax', 2],
  ['import', 'invalid syntax'],
  ['with (a as b, d)\n  pass', "expected ':'"],
  ['with (a, b)\n  pass', "expected ':'"],
  ['match x', "expected ':'"],
  ['match x\n  case y:\n    pass', "expected ':'"],
  ['match x:', block("'match' statement")],
  ['match x:\ncase y:\n  pass', block("'match' statement"), 2],
  ['match x:\n  pass', 'invalid syntax', 2],
  ['match x y', 'invalid syntax'],
  ['match x:\n  case :\n    pass', 'invalid syntax', 2],
  ['match x:\n  case *a:\n    pass', 'invalid syntax', 2],
  ['match x:\n  case (*a):\n    pass', 'invalid syntax', 2],
  ['match x:\n  case {a: b}:\n    pass', 'invalid syntax', 2],
  ['match x:\n  case {[a]: b}:\n    pass', 'invalid syntax', 2],
  ['match x:\n  case y\n    pass', "expected ':'", 2],
  ['f(*a b)', COMMA],
  ['x[*a b]', COMMA],
  ['f"{a:b"', "f-string: expecting '}', or format specs"],
  ['f"{a b}"', COMMA],
  ['f"{,}"', "f-string: expecting a valid expression after '{'"],
  ['f"{def}"', "f-string: expecting a valid expression after '{'"],
  ['f"{*}"', "f-string: expecting a valid expression after '{'"],
  ['f"{a if}"', "f-string: expecting '=', or '!', or ':', or '}'"],
  ['f"{a $}"', "f-string: expecting '=', or '!', or ':', or '}'"],
]

for (const [text, message, line = 1] of ERRORS) {
  grammar(text.replaceAll('\n', ' / '), () => assert.is(errorsOf(text)[0], `${line}: ${message}`))
}

grammar('cover the whole line, and say nothing beside it', () => {
  checkError(
    `
    def main() -> None:
        x = = 3
    ^^^^^^^^^^^ error:
    `,
    'ParseError: invalid syntax',
    parses,
  )
})

grammar('expressions that nest too deeply are refused before our own stack ends', () => {
  assert.equal(errorsOf(`def f():\n  x = ${'not '.repeat(5000)}a`), ['2: too many nested expressions'])
  assert.equal(errorsOf(`def f():\n  x = ${'-'.repeat(5000)}a`), ['2: too many nested expressions'])
  assert.equal(errorsOf(`def f():\n  x = ${'lambda: '.repeat(5000)}a`), ['2: too many nested expressions'])
  assert.equal(errorsOf(`def f():\n  x = ${'a ** '.repeat(5000)}a`), ['2: too many nested expressions'])
  // In chains each operator has all before it inside of it.
  for (const chain of ['a + ', 'a and ', 'a or ', 'a < ', 'a.', 'a * a + ']) {
    assert.equal(errorsOf(`def f():\n  x = ${chain.repeat(100_000)}a`), ['2: too many nested expressions'], chain)
  }
  assert.equal(errorsOf(`def f():\n  x = a${'()'.repeat(100_000)}`), ['2: too many nested expressions'])
  assert.equal(errorsOf(`def f():\n  x = ${'a + '.repeat(399)}a`), [])
  assert.equal(errorsOf(`def f():\n  if a:\n    b\n${'  elif a:\n    b\n'.repeat(5000)}`), [])
})

grammar.run()

const recovery = suite('several errors in one run')

recovery('an error in a line does not hide those of other lines', () => {
  assert.equal(
    errorsOf(`
    def f() -> None:
        x = = 1
        y = (2
             3)
        if y:
            f(a=1, 2)
        z = 4
    1 = x
    `),
    [
      '2: invalid syntax',
      `3: ${COMMA}`,
      '6: positional argument follows keyword argument',
      "8: cannot assign to literal here. Maybe you meant '==' instead of '='?",
    ],
  )
})

recovery('a broken header does not make errors of its block', () => {
  assert.equal(
    errorsOf(`
    def f() -> None:
        if x = 1:
            break
        elif y:
            return 1
        else:
            z = 1 2
        while y
            continue
    def g(a=1, b) -> None:
        return
    `),
    [
      `2: ${EQUALS}`,
      '7: invalid syntax',
      "8: expected ':'",
      '10: parameter without a default follows parameter with a default',
    ],
  )
})

recovery('a missing block is one error', () => {
  assert.equal(errorsOf('def f() -> None:\n    for i in x:\n    y = 1\n    x = = 2\n'), [
    `3: ${block("'for' statement", 2)}`,
    '4: invalid syntax',
  ])
})

recovery('tokens of the whole file come before its grammar', () => {
  assert.equal(errorsOf("x = = 1\ny = 'abc\n"), [
    '2: unterminated string literal (detected at line 2)',
    '1: invalid syntax',
  ])
  assert.equal(errorsOf('x = = 1\ny = 0777\n'), [
    '2: leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers',
    '1: invalid syntax',
  ])
  assert.is(errorsOf('  x = 1\ny = 0777\n')[0], '1: unexpected indent')
})

recovery('what cannot be tokenised is not parsed', () => {
  assert.equal(errorsOf('x = = 1\ny = (2\nz = = 3\n'), ["2: '(' was never closed"])
})

recovery('a file in which every line is wrong takes no longer for it', () => {
  const lines = ["x = 'abc", 'x = (1]', 'x = f"a}"', 'x = 1__0', 'x = = 1', 'x = f(a b)', 'del x']
  for (const line of lines) {
    const before = process.cpuUsage().user
    assert.ok(errorsOf(`a = 1\n${`${line}\n`.repeat(30_000)}`).length > 1, line)
    const seconds = (process.cpuUsage().user - before) / 1e6
    assert.ok(seconds < 2, `${line}: ${seconds} s`)
  }
})

recovery('refusals count only in a grammatical file', () => {
  assert.equal(errorsOf('def f():\n    del x\n    lambda: 1\n'), [
    '2: not implemented yet: Delete',
    '3: not implemented yet: Lambda',
  ])
  assert.equal(errorsOf('def f():\n    del x\n    y = = 1\n'), ['3: invalid syntax'])
})

recovery('a line is complained about once', () => {
  assert.equal(errorsOf('def f():\n    del x; del y\n'), ['2: not implemented yet: Delete'])
})

recovery('what could be understood is there', () => {
  const { module, errors } = parseTolerantly(testFile('a = 1\nb = = 2\nc = 3\n'))
  assert.is(errors.length, 1)
  assert.equal(
    module.decls.map((decl) => decl.kind === 'GlobalVarDef' && decl.vardef.name.value),
    ['a', 'c'],
  )
})

recovery.run()
