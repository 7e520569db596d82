/**
 * The index of messages: each text with which a program is refused, or fails, has the smallest program that produces it
 * here. What else belongs to an error (its annotations) is tested where its rule is.
 */
import { language } from '../support/engines.ts'
import type { ProgramText } from '../support/memory-world.ts'

const messages = language('messages')

const META = `from operator import MetaArg, OpSpec, OpImpl, ADD\nfrom __spy__ import as_red\n`

/** A class and message, and a program whose function `main` raises it, or that is refused before that. */
function says(headline: string, program: ProgramText): void {
  messages.refuses(headline, program, headline)
}

/** The program is what `main` does. */
function main(body: string, declared = ''): string {
  const lines = body.split('\n').map((line) => `    ${line}`)
  return `${META}${declared}\ndef main() -> None:\n${lines.join('\n')}\n`
}

// -------------------------------------------------------------------------------------------------------- types, names

says('TypeError: expected `type`, got `i32`', main('x: 3 = 1'))
says('TypeError: Invalid cast. Expected `str`, got `i32`', main('o: object = as_red(1)\ns: str = o'))
says(
  'ValueError: integer literal 2147483648 is out of range for i32; use i64(2147483648) or u64(2147483648) to get a 64-bit value',
  main('x = 2147483648'),
)
says('NameError: name `x` is not defined', main('print(x)'))
says('Exception: read from uninitialized local', main('x: i32\nprint(x)'))
says('ScopeError: variable `x` already declared', main('x: i32 = 1\nx: i32 = 2'))
says('ScopeError: variable `x` shadows a name declared in an outer scope', main('x: i32 = 2', 'x = 1'))
says('TypeError: invalid assignment target', main('f = 1', 'def f() -> None:\n    pass'))

// ----------------------------------------------------------------------------------------------------- functions, types

says('TypeError: cannot call blue function with red arguments', main('f(as_red(1))', '@blue\ndef f(x):\n    return x'))
says('TypeError: generic functions must be called via `[...]`', main('f(1)', '@blue.generic\ndef f(T):\n    return T'))
says(
  'WIP: type test::P cannot be cached because it defines __eq__ or __ne__',
  main(
    'f(P(1))',
    `@struct
class P:
    x: i32
    def __eq__(self, other: P) -> bool:
        return True
p = P(1)
@blue
def f(x):
    return x
y = f(p)`,
  ),
)
says('TypeError: the __INIT__ function must be @blue', main('pass', 'def __INIT__(mod: object) -> None:\n    pass'))
says("TypeError: missing type for argument 'a'", main('pass', 'def f(a) -> None:\n    pass'))
says('TypeError: missing return type', main('pass', 'def f():\n    pass'))
says(
  'TypeError: decorators must be @blue',
  main('pass', 'def dec(f: object) -> object:\n    return f\n@dec\ndef f() -> None:\n    pass'),
)
says(
  'TypeError: reached the end of the function without a `return`',
  main('f(False)', 'def f(x: bool) -> i32:\n    if x:\n        return 1'),
)
says('TypeError: instantiation of red types is not yet supported', main('T = as_red(i32)\nT(1)'))
says('TypeError: cannot instantiate `object`', main('object()'))
says(
  'WIP: you cannot define your own __make__',
  main('pass', '@struct\nclass P:\n    def __make__() -> None:\n        pass'),
)
says(
  'WIP: __new__ is not supported in heap classes',
  main('pass', 'class C:\n    def __new__() -> None:\n        pass'),
)
says('TypeError: cannot derive from `Exception`', main('pass', 'class E(Exception):\n    pass'))
says(
  'TypeError: `While` not supported inside a classdef',
  main('pass', '@struct\nclass P:\n    while False:\n        pass'),
)
says('TypeError: default values in fields not supported yet', main('pass', '@struct\nclass P:\n    x: i32 = 0'))
says(
  'TypeError: `x` is a field of `test::P`, it can be accessed only on instances',
  main('P.x', '@struct\nclass P:\n    x: i32'),
)

// ---------------------------------------------------------------------------------------------------- metafunctions

says(
  'TypeError: wrong metafunc return type: expected `operator::OpSpec`, got `i32`',
  main('f()', '@blue.metafunc\ndef f():\n    return 1'),
)
says(
  'ValueError: oparg is not blue',
  main('f(as_red(1))', '@blue.metafunc\ndef f(m_x):\n    return OpSpec.const(m_x.blueval)'),
)
says("TypeError: MetaArg color must be 'red' or 'blue', got 'green'", main('pass', 'm = MetaArg("green", i32, 1)'))
says('TypeError: expected blue argument', main('getattr(1, as_red("x"))'))

// ---------------------------------------------------------------------------------------------------------- operations

for (const token of [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '**',
  '<<',
  '>>',
  '&',
  '|',
  '^',
  '@',
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
]) {
  says(`TypeError: cannot do \`i32\` ${token} \`types::NoneType\``, main(`1 ${token} None`))
}
says('TypeError: cannot do -`str`', main('-"a"'))
says('TypeError: cannot do +`str`', main('+"a"'))
says('TypeError: cannot do ~`f64`', main('~1.5'))
says('TypeError: cannot do `i32` is `i32`', main('1 is 2'))
says('TypeError: cannot do `i32` is not `str`', main('1 is not "a"'))
says('TypeError: cannot do `i32` in `i32`', main('1 in 2'))
says('TypeError: cannot do `f64` in `i32`', main('1.5 not in 2'))
says('TypeError: cannot do `i32`[...]', main('x = 1\nx[0]'))
says('TypeError: cannot do `i32[`i32`] = ...', main('x = 1\nx[0] = 2'))
says("TypeError: type `i32` has no attribute 'a'", main('x = 1\nx.a'))
says("TypeError: type `i32` does not support assignment to attribute 'a'", main('x = 1\nx.a = 2'))
says('TypeError: cannot call objects of type `i32`', main('x = 1\nx()'))
says('TypeError: method `i32::m` does not exist', main('x = 1\nx.m()'))
says('TypeError: cannot call len(`i32`)', main('len(1)'))
says(
  'TypeError: cannot call str(`test::P`)',
  main(
    'str(P(1))',
    '@struct\nclass P:\n    x: i32\n    @blue.metafunc\n    def __str__(m_self):\n        return OpSpec.NULL',
  ),
)
says(
  'TypeError: cannot call repr(`test::P`)',
  main(
    'repr(P(1))',
    '@struct\nclass P:\n    x: i32\n    @blue.metafunc\n    def __repr__(m_self):\n        return OpSpec.NULL',
  ),
)
says("TypeError: unhashable type 'list[i32]'", main('hash([1])'))
says('TypeError: ord: expected `str` or `bytes`, found `i32`', main('ord(1)'))
says('TypeError: cannot call id(`i32`)', main('id(1)'))
says('TypeError: unsupported format string passed to `types::NoneType`', main('f"{None:5}"'))
says('WIP: getattr on red types', main('T = as_red(i32)\nT.a'))
says('TypeError: cannot mutate an untyped empty list', main('x = []\nx.append(1)'))

// --------------------------------------------------------------------------------------- conversions, calls, statements

says('TypeError: mismatched types', main('x: i32 = "a"'))
says(
  'TypeError: this function takes 1 argument but 2 arguments were supplied',
  main('f(1, 2)', 'def f(x: i32) -> None:\n    pass'),
)
says(
  'TypeError: this function takes 2 arguments but 1 argument was supplied',
  main('f(1)', 'def f(x: i32, y: i32) -> None:\n    pass'),
)
says(
  'TypeError: this function takes from 1 to 2 arguments but 0 arguments were supplied',
  main('f()', 'def f(x: i32, y: i32 = 2) -> None:\n    pass'),
)
says('TypeError: `i32` does not support unpacking', main('a, b = 1'))
says('TypeError: Wrong number of values to unpack', main('a, b = (1, 2, 3)'))
says('TypeError: `raise` only accepts blue values for now', main('raise as_red(1)'))
says('TypeError: cannot raise `i32`', main('raise 42'))
says('AssertionError: assertion failed', main('assert False'))
says('AssertionError: too small', main('assert as_red(1) > 2, "too small"'))
says('StaticError: too many iterations to unroll', main('for i in range(2000):\n    print((1, 2)[i * 0])'))
says('PanicError: stack overflow', main('f(1)', 'def f(x: i32) -> i32:\n    return f(x) + 1'))

// -------------------------------------------------------------------------------------------------- arithmetic, at run time

for (const [headline, expression] of [
  ['ZeroDivisionError: division by zero', 'x / 0'],
  ['ZeroDivisionError: integer division or modulo by zero', 'x // 0'],
  ['ZeroDivisionError: integer modulo by zero', 'x % 0'],
  ['ZeroDivisionError: 0 cannot be raised to a negative power', '(x - 1) ** -1'],
  ['ValueError: integer ** negative exponent', '(x + 1) ** -1'],
  ['ValueError: negative shift count', 'x << -1'],
  ['ValueError: negative shift count', 'x >> (0 - x)'],
  ['ZeroDivisionError: float division by zero', 'y / 0.0'],
  ['ZeroDivisionError: float floor division by zero', 'y // 0.0'],
  ['ZeroDivisionError: float modulo by zero', 'y % 0.0'],
  ['ZeroDivisionError: 0.0 cannot be raised to a negative power', '(y - y) ** -1.0'],
  ['ValueError: math domain error', '(-y) ** 0.5'],
  ['ZeroDivisionError: complex division by zero', '(x + 1j) / 0j'],
  ["ValueError: invalid literal for int() with base 10: 'a'", 'i32(s)'],
  ['OverflowError: u8 value 300 out of range [0, 255]', 'u8(str(x + 299))'],
  ["ValueError: could not convert string to float: 'a'", 'float(s)'],
  ['ValueError: complex() arg is a malformed string', 'complex(s)'],
] as const) {
  says(headline, main(`x = as_red(1)\ny = as_red(1.5)\ns = as_red("a")\nprint(${expression})`))
}

messages.run()
