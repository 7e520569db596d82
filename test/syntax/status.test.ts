/**
 * Which of Python's statements and expressions the language has. A row is a rule: a construct, and either that it is
 * accepted or what is said about it and where.
 */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseBody, parseTolerantly } from '../../compiler/syntax/parser.ts'
import type { Diagnostic } from '../../compiler/text/diagnostics.ts'
import { described, messages, testFile } from '../support/check-stages.ts'

const accepted = 'accepted'

/** `not implemented yet: WHAT`, and the source text that it points at; without it, the whole construct. */
type Refusal = readonly [what: string, source?: string]
type Row = readonly [construct: string, verdict: typeof accepted | Refusal]

const STATEMENTS: readonly Row[] = [
  ['pass', accepted],
  ['while a: break', accepted],
  ['while a: continue', accepted],
  ['return', accepted],
  ['return e', accepted],
  ['return a, b', accepted],
  ['if a: pass\nelif b: pass\nelse: pass', accepted],
  ['while a: pass', accepted],
  ['for a in b: pass', accepted],
  ['for (a) in b: pass', accepted],
  ['for a, b in c: pass', accepted],
  ['for (a, b) in c: pass', accepted],
  ['for [a, b] in c: pass', ['complex for loop targets', '[a, b]']],
  ['for a.b in c: pass', ['complex for loop targets', 'a.b']],
  ['for a[0] in c: pass', ['complex for loop targets', 'a[0]']],
  ['for a, *b in c: pass', ['complex for loop targets', 'a, *b']],
  ['for a, (b, c) in d: pass', ['complex for loop targets', 'a, (b, c)']],
  ['assert t', accepted],
  ['assert t, m', accepted],
  ['raise e', accepted],
  ['raise', ['bare raise']],
  ['raise e from c', ['raise ... from ...']],
  ['raise e from None', ['raise ... from ...']],
  ['while a: pass\nelse: pass', ['`else` clause in `while` loops']],
  ['for a in b: pass\nelse: pass', ['`else` clause in `for` loops', 'for']],
  ['a = v', accepted],
  ['a, b = v', accepted],
  ['(a, b) = v', accepted],
  ['() = v', accepted],
  ['a.b = v', accepted],
  ['a[i, j] = v', accepted],
  ['a = b = v', ['assign to multiple targets']],
  ['a.b = c[0] = v', ['assign to multiple targets']],
  ['var a = b = v', ['assign to multiple targets']],
  ['[a, b] = v', ['assign to complex expressions', '[a, b]']],
  ['a, (b, c) = v', ['assign to complex expressions', '(b, c)']],
  ['a, [b, c] = v', ['assign to complex expressions', '[b, c]']],
  ['a, b.c = v', ['assign to complex expressions', 'b.c']],
  ['a, b[0] = v', ['assign to complex expressions', 'b[0]']],
  ['a, *b = v', ['assign to complex expressions', '*b']],
  ['*a, = v', ['assign to complex expressions', '*a']],
  ['a += v', accepted],
  ['a.b += v', accepted],
  ['a[i] += v', accepted],
  ['x: T', accepted],
  ['x: T = v', accepted],
  ['var x: T', accepted],
  ['var x: T = v', accepted],
  ['var x = v', accepted],
  ['const x = v', accepted],
  ['import a', ['Import']],
  ['from a import b', ['ImportFrom']],
  ['del x', ['Delete']],
  ['global x, y', ['Global']],
  ['nonlocal x', ['Nonlocal']],
  ['try: pass\nexcept E: pass', ['Try']],
  ['try: pass\nfinally: pass', ['Try']],
  ['try: pass\nexcept* E: pass', ['TryStar']],
  ['with a: pass', accepted],
  ['with a as b, c(): pass', accepted],
  ['with a as b.c: pass', ['assign to complex expressions', 'b.c']],
  ['with a as (b, c): pass', ['assign to complex expressions', '(b, c)']],
  ['async with a: pass', ['AsyncWith']],
  ['async for a in b: pass', ['AsyncFor']],
  ['async def f(): pass', ['AsyncFunctionDef']],
  ['match a:\n  case [1, *_] | {"k": b, **c} | C(x=1) as d if e: pass', ['Match']],
  ['type X[T] = list[T]', ['TypeAlias']],
  ['def f(a: i32, b: i32 = 1, *c: i32) -> None: pass', accepted],
  ['def f[T](a: T) -> T: pass', accepted],
  ['@blue\ndef f(a): pass', accepted],
  ['@blue.generic\ndef f(a): pass', accepted],
  ['@blue.metafunc\ndef f(a): pass', accepted],
  ['class C: pass', accepted],
  ['class C(B): pass', accepted],
  ['@struct\nclass C: pass', accepted],
  ['@struct\nclass C[T]: pass', accepted],
  ['f()', accepted],
]

const EXPRESSIONS: readonly Row[] = [
  ['a', accepted],
  ['1', accepted],
  ['1.5', accepted],
  ['1j', accepted],
  ['"a" u"b"', accepted],
  ['b"a"', accepted],
  ['True, False, None', accepted],
  ['()', accepted],
  ['(a, b)', accepted],
  ['[a, b]', accepted],
  ['{a: b}', accepted],
  ['{a, b}', accepted],
  ['f(a, b)', accepted],
  ['f(a, k=b)', accepted],
  ['f(**d)', ['keyword arguments', '**d']],
  ['f(k=a, **d)', ['keyword arguments', '**d']],
  ['f(lambda: 1)(*a, **d)', ['keyword arguments', '**d']],
  ['f(*a)', ['Starred', '*a']],
  ['[*a]', ['Starred', '*a']],
  ['(*a, b)', ['Starred', '*a']],
  ['{*a}', ['Starred', '*a']],
  ['x[*a]', ['Starred', '*a']],
  ['*a, b', ['Starred', '*a']],
  ['{a: b, **d}', ['dict unpacking is unsupported.', 'd']],
  ['x.y', accepted],
  ['x[i]', accepted],
  ['x[i, j]', accepted],
  ['x[a:b:c]', accepted],
  ['x[1:2, 3]', accepted],
  ['x[()]', accepted],
  ['x[i,]', accepted],
  ['a + b - c * d / e // f % g ** h @ i', accepted],
  ['a << b >> c & d | e ^ f', accepted],
  ['-a, +b, ~c, not d', accepted],
  ['a and b or c', accepted],
  ['a == b', accepted],
  ['a is b', accepted],
  ['a is not b', accepted],
  ['a in b', accepted],
  ['a not in b', accepted],
  ['a < b <= c != d', accepted],
  ['(x := v)', accepted],
  ['a if c else b', accepted],
  ['f"{a!r:>{b}}" "c"', accepted],
  ['[a for b in c if d for e, f in g]', accepted],
  ['{a for b in c}', accepted],
  ['{a: b for c in d}', accepted],
  ['[x for x.a in y]', ['complex for loop targets', 'x.a']],
  ['[x async for x in y]', ['ListComp']],
  ['{x async for x in y}', ['SetComp']],
  ['{x: x async for x in y}', ['DictComp']],
  ['(x for x in y)', ['GeneratorExp']],
  ['f(x for x in y)', ['GeneratorExp', '(x for x in y)']],
  ['lambda x, *y: x', ['Lambda']],
  ['await x', ['Await']],
  ['(yield)', ['Yield', 'yield']],
  ['(yield x)', ['Yield', 'yield x']],
  ['(yield from x)', ['YieldFrom', 'yield from x']],
  ['__block__("x = 1\\nx")', accepted],
]

function check(title: string, rows: readonly Row[]): void {
  const status = suite(title)
  for (const [construct, verdict] of rows) {
    const [firstLine = ''] = construct.split('\n')
    status(verdict === accepted ? firstLine : `${firstLine} (refused)`, () => {
      const { errors, refusals } = parseBody(testFile(construct))
      assert.equal(messages(errors), [])
      checkVerdict(refusals, construct, verdict)
    })
  }
  status.run()
}

function checkVerdict(refusals: readonly Diagnostic[], construct: string, verdict: Row[1]): void {
  if (verdict === accepted) return assert.equal(messages(refusals), [])
  const [what, source = construct] = verdict
  assert.equal(described(refusals[0]), [`not implemented yet: ${what}`, `this is not supported @ ${source}`])
}

check('statements of a function', STATEMENTS)
check('expressions', EXPRESSIONS)

const others = suite('refusals with words of their own')

const MESSAGES: readonly (readonly [construct: string, message: string, annotation: string])[] = [
  ['(x): T = v', 'not supported: assignments targets with parentheses', 'this is not supported @ x'],
  ['x.y: T = v', 'not supported: assignments targets with parentheses', 'this is not supported @ x.y'],
  ['x[0]: T', 'not supported: assignments targets with parentheses', 'this is not supported @ x[0]'],
  ['...', 'unsupported literal: Ellipsis', 'this is not supported yet @ ...'],
  ['break', "'break' outside loop", ' @ break'],
  ['continue', "'continue' not properly in loop", ' @ continue'],
  ['const x: T', 'a constant needs a value', 'value is missing here @ const x: T'],
  ['u8(-1)', 'u8 literal -1 is out of range [0, 255]', 'integer literal out of range @ 1'],
]

for (const [construct, message, annotation] of MESSAGES) {
  others(construct, () => {
    const { errors, refusals } = parseBody(testFile(construct))
    assert.equal(messages(errors), [])
    assert.equal(described(refusals[0]), [message, annotation])
  })
}

others.run()

const modules = suite('statements of a module')

const NOT_HERE = 'only function and variable definitions are allowed at global scope'

const IN_MODULES: readonly Row[] = [
  ['x = 1', accepted],
  ['x: T = 1', accepted],
  ['var x = 1', accepted],
  ['const x: T = 1', accepted],
  ['import a, b as c', accepted],
  ['import a.b as c', accepted],
  ['from a.b import (c, d as e)', accepted],
  ['from a import *', accepted],
  ['from .a import b', accepted],
  ['from ..a.b import c', accepted],
  ['from . import a', accepted],
  ['def f() -> None: pass', accepted],
  ['def f[T]() -> None: pass', accepted],
  ['class C: pass', accepted],
  ['@struct\nclass C[T]: pass', accepted],
  ['"text"', accepted],
  ['a = b = v', ['not implemented yet: assign to multiple targets']],
  ['[a, b] = v', ['not implemented yet: assign to complex expressions', '[a, b]']],
  ...[
    ...['pass', 'if a:\n    b', 'for a in b: pass', 'while a: pass', 'with a: pass', 'try: pass\nfinally: pass'],
    ...['x += 1', 'a, b = v', 'a.b = v', 'a[0] = v', 'del x', 'f()', '...', 'b"bytes"', 'f"{x}"', 'lambda: 1'],
    ...['assert a', 'raise e', 'type X = i32', 'async def f(): pass', 'global x', 'match a:\n    case b: pass'],
  ].map((construct) => [construct, [NOT_HERE]] as const),
]

for (const [construct, verdict] of IN_MODULES) {
  const [firstLine = ''] = construct.split('\n')
  modules(verdict === accepted ? firstLine : `${firstLine} (refused)`, () => {
    const { errors } = parseTolerantly(testFile(construct))
    if (verdict === accepted) return assert.equal(messages(errors), [])
    const [message, source = construct] = verdict
    const annotation = message === NOT_HERE ? 'this is not allowed here' : 'this is not supported'
    assert.equal(described(errors[0]), [message, `${annotation} @ ${source}`])
  })
}

modules.run()
