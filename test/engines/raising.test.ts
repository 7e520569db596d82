/** raise: what can be raised, and what arrives at the caller. */
import * as assert from 'uvu/assert'
import { language } from '../support/engines.ts'

const raising = language('raising')

const CLASSES = [
  ...['Exception', 'StaticError', 'TypeError', 'ValueError', 'OverflowError', 'IndexError', 'KeyError'],
  ...['ZeroDivisionError', 'AssertionError', 'NotImplementedError', 'OSError', 'ImportError', 'NameError'],
  ...['ScopeError', 'ParseError', 'PanicError', 'WIP'],
]

raising(
  'every exception class can be raised, with a message or without',
  CLASSES.map(
    (name) => `
def ${name}_text() -> None:
    raise ${name}("what")
def ${name}_bare() -> None:
    raise ${name}
def ${name}_empty() -> None:
    raise ${name}()
`,
  ).join(''),
  (functions) => {
    for (const name of CLASSES) {
      assert.is(raisedBy(functions[`${name}_text`]), `${name}: what`)
      assert.is(raisedBy(functions[`${name}_bare`]), `${name}: `)
      assert.is(raisedBy(functions[`${name}_empty`]), `${name}: `)
    }
  },
)

function raisedBy(call: (() => unknown) | undefined): string {
  try {
    call?.()
  } catch (error) {
    const { etype, message } = error as { readonly etype: string; readonly message: string }
    return `${etype}: ${message}`
  }
  return 'nothing'
}

raising.error(
  'a message may be computed',
  `
  def main() -> None:
      var n: i32 = 3
      raise ValueError("row " + str(n))
  `,
  'ValueError: row 3',
)

raising.error(
  'it may be given by its name',
  `
  def main() -> None:
      var n: i32 = 3
      raise ValueError(message="row " + str(n))
  `,
  'ValueError: row 3',
)

raising.error(
  'the class may be any blue value',
  `
  @blue
  def failure(strict: bool):
      if strict:
          return IndexError
      return KeyError

  def main() -> None:
      var n: i32 = 3
      raise failure(True)("row " + str(n))
  `,
  'IndexError: row 3',
)

raising.error(
  'a computed message takes part in nothing but the raise',
  `
  def main() -> None:
      var n: i32 = 3
      error = ValueError("row " + str(n))
                         ^^^^^^^^^^^^^^^ error: this is red
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: operator::CALL called here
      raise error
  `,
  'TypeError: cannot call blue function with red arguments',
)

raising.error(
  'there is nothing to raise again, because nothing is caught',
  `
  def main() -> None:
      raise
      ^^^^^ error: this is not supported
  `,
  'ParseError: not implemented yet: bare raise',
)

raising.error(
  'an exception has no cause',
  `
  def main() -> None:
      raise ValueError("a") from KeyError("b")
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: this is not supported
  `,
  'ParseError: not implemented yet: raise ... from ...',
)

raising.error(
  'OPERATORs asked by the program answer as the statement does',
  `
  from operator import RAISE, MetaArg

  @blue.metafunc
  def refuse(m_x):
      return RAISE(m_x)

  def main() -> None:
      refuse(3)
             ^ error: this is \`i32\`
      ^^^^^^^^^ note: operator::CALL called here
  `,
  'TypeError: cannot raise `i32`',
)

raising.error(
  'an exception that is constant can be raised by its name',
  `
  def main() -> None:
      error = IndexError("far out")
      raise error
  `,
  'IndexError: far out',
)

raising.error(
  'a message is a str',
  `
  def main() -> None:
      raise ValueError(3)
                       ^ error: expected \`str\`, got \`i32\`
                       ^ note: operator::CALL called here
  `.replace('                       ^ note', '            ^^^^^^^^^^^^^ note'),
  'TypeError: mismatched types',
)

raising.error(
  'what is no exception cannot be raised',
  `
  def main() -> None:
      raise 42
            ^^ error: this is \`i32\`
      ^^^^^^^^ note: operator::RAISE called here
  `,
  'TypeError: cannot raise `i32`',
)

raising.error(
  'nor can a type that is none',
  `
  def main() -> None:
      raise i32
            ^^^ error: this is \`type\`
      ^^^^^^^^^ note: operator::RAISE called here
  `,
  'TypeError: cannot raise `type`',
)

raising.error(
  'a red value cannot be raised',
  `
  def main() -> None:
      var n: i32 = 3
      raise n
            ^ error: this is red
      ^^^^^^^ note: operator::RAISE called here
  `,
  'TypeError: `raise` only accepts blue values for now',
)

raising.error(
  'a StaticError of a blue function is an error of the program',
  `
  @blue
  def check(T):
      if T != i32:
          raise StaticError("only i32")
      return T

  def main() -> None:
      x: check(str) = "a"
  `,
  'StaticError: only i32',
)

raising(
  'exceptions compare by class and message, and show their message',
  `
  const a = ValueError("x")
  const b = ValueError("x")
  const c = ValueError("y")
  def f() -> str:
      return str(a == b) + " " + str(a == c) + " " + str(a != c) + " " + str(a)
  `,
  ({ f }) => assert.is(f?.(), 'True False True x'),
)

raising(
  'nothing behind a raise runs',
  `
  var n: i32 = 0
  def f(stop: bool) -> None:
      n = 1
      if stop:
          raise ValueError("stopped")
      n = 2
  `,
  ({ f }, { module }) => {
    assert.is(
      raisedBy(() => f?.(true)),
      'ValueError: stopped',
    )
    assert.is(module.get('n'), 1)
    f?.(false)
    assert.is(module.get('n'), 2)
  },
)

raising.refuses(
  'recursion without bound is an error of the program',
  `
  def deeper(n: i32) -> i32:
      return deeper(n + 1) + 1
  def main() -> None:
      deeper(0)
  `,
  'PanicError: stack overflow',
)

raising(
  'a program whose stack has overflowed is used again only after a reset',
  `
  def deeper(n: i32) -> i32:
      return deeper(n + 1) + 1
  def one() -> i32:
      return 1
  `,
  ({ deeper, one }, { module }) => {
    assert.is(one?.(), 1)
    assert.throws(() => deeper?.(0), 'stack overflow')
    assert.throws(() => one?.(), 'instance is in an undefined state after a trap')
    module.reset()
    assert.is(one?.(), 1)
  },
)

raising.refuses(
  'an exception that is known is raised whatever type its variable has',
  `
  def main() -> None:
      error: object = ValueError("kept")
      raise error
  `,
  'ValueError: kept',
)

raising.refuses(
  'a debugger ends a program with an exception of module types',
  `
  from types import SPdbQuit
  def main() -> None:
      assert issubclass(SPdbQuit, Exception)
      raise SPdbQuit
  `,
  'SPdbQuit: ',
)

raising.run()
