/** Errors of running code: texts, places, frames. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Fuel } from '../../../compiler/machine/interp/link.ts'
import { builtinFunc } from '../../../compiler/objects/builtin-funcs.ts'
import { Fault } from '../../../compiler/objects/fault.ts'
import { Fqn } from '../../../compiler/objects/fqn.ts'
import { DYNAMIC, I32, NONE, type SpyType, STR } from '../../../compiler/objects/types.ts'
import { blame, SpyError } from '../../../compiler/text/diagnostics.ts'
import { at, deferred, errorOf, failing, func, linkOf, objectOf, places } from '../../support/running-trees.ts'
import {
  assign,
  bool,
  call,
  check,
  declare,
  int,
  local,
  loop,
  op,
  raise,
  ret,
  run,
  text,
  when,
} from '../../support/typed-trees.ts'

const n = local('n')

function lines(...expected: readonly string[]): string {
  return expected.join('\n')
}

const errors = suite('errors of running code')

errors('a failing operation is blamed, with a frame for every function it leaves', () => {
  const place = places('def halve(n): return 100 // n\ndef main(n): return halve(n - 1) + 1')
  const halve = func('halve', [['n', I32]], I32, () => [ret(at(place('100 // n'), op('i32_floordiv', int(100), n)))])
  const inner = at(place('halve(n - 1)'), call(objectOf(halve), op('i32_sub', n, int(1))))
  const main = func('main', [['n', I32]], I32, () => [ret(at(place('halve(n - 1) + 1'), op('i32_add', inner, int(1))))])
  const expected = lines(
    'ZeroDivisionError: integer division or modulo by zero',
    'in astframe test::main: halve(n - 1)',
    'in astframe test::halve: 100 // n',
  )
  assert.is(errorOf([main, halve], [1]), expected)
})

errors('the places of one function are not mixed up between calls', () => {
  const fail = func('fail', [['n', I32]], I32, () => [
    when(op('i32_eq', n, int(0)), [run(raise('ValueError', text('at the bottom')))]),
    ret(n),
  ])
  const down = func('down', [['n', I32]], I32, (self) => [
    when(op('i32_gt', n, int(1)), [ret(call(self, op('i32_sub', n, int(1))))]),
    ret(call(objectOf(fail), op('i32_sub', n, int(1)))),
  ])
  const link = linkOf([down, fail])
  for (let round = 0; round < 2; round++) {
    try {
      link.callable(objectOf(down)).call([3])
      assert.unreachable()
    } catch (error) {
      assert.instance(error, SpyError)
      assert.equal(
        (error as SpyError).traceback.map((frame) => frame.fqn),
        ['test::down', 'test::down', 'test::down', 'test::fail'],
      )
    }
  }
})

errors('raise makes an error without annotations', () => {
  const place = places('raise KeyError("k")')
  const f = func('f', [['s', STR]], NONE, () => [run(at(place('KeyError("k")'), raise('KeyError', local('s', STR))))])
  assert.is(errorOf([f], ['k']), lines('KeyError: k', 'in astframe test::f: KeyError("k")'))
})

errors('an unset local is an error where it may be unset', () => {
  const x = at(places('return x')('x'), local('x', I32, true))
  const f = func('f', [['n', I32]], I32, () => [when(op('i32_gt', n, int(0)), [assign('x', int(1))]), ret(x)])
  assert.is(errorOf([f], [1]), 'no error')
  assert.is(
    errorOf([f], [0]),
    lines('Exception: read from uninitialized local', 'error "" @ x', 'in astframe test::f: x'),
  )
})

errors('the end of a function that must return is an error', () => {
  const f = func('f', [], I32, () => [], { span: places('def f() -> i32:\n    pass\n')('def f() -> i32:\n    pass') })
  const message = 'TypeError: reached the end of the function without a `return`'
  assert.is(errorOf([f]), lines(message, 'error "no return" @ ', 'in astframe test::f: '))
})

errors('an assertion evaluates its message when it fails', () => {
  const place = places('assert False, "no"\nassert False')
  const withMessage = func('f', [], NONE, () => [at(place('assert False, "no"'), check(bool(false), text('no')))])
  const without = func('f', [], NONE, () => [at(place('assert False'), check(bool(false)))])
  assert.is(
    errorOf([withMessage]),
    lines(
      'AssertionError: no',
      'error "assertion failed" @ assert False, "no"',
      'in astframe test::f: assert False, "no"',
    ),
  )
  assert.ok(errorOf([without]).startsWith('AssertionError: assertion failed\n'))
})

errors('a wrong cast names both types', () => {
  const downcast = (to: SpyType) =>
    builtinFunc(Fqn.of('operator', 'downcast'), [['x', DYNAMIC]], to, { kind: 'downcast', to })
  const f = func('f', [['x', DYNAMIC]], STR, () => [ret(call(downcast(STR), local('x', DYNAMIC)))])
  const error = errorOf([f], [{ type: I32, value: 1 }])
  assert.ok(error.startsWith('TypeError: Invalid cast. Expected `str`, got `i32`\nin astframe'), error)
})

errors('a fault of a built-in function gets the place of its call', () => {
  const place = places('items[7]')
  const get = builtinFunc(Fqn.of('test', 'get'), [['i', I32]], I32, {
    kind: 'runtime',
    name: 'get',
    effects: true,
    evaluate: () => {
      throw new Fault('IndexError', 'list index out of range')
    },
  })
  const f = func('f', [], I32, () => [ret(at(place('items[7]'), call(get, int(7))))])
  assert.is(errorOf([f]), lines('IndexError: list index out of range', 'in astframe test::f: items[7]'))
})

errors('a statement that does not type-check raises when it is reached', () => {
  const place = places('x = 1 + "a"')
  const error = {
    class: 'TypeError',
    message: 'cannot do `i32` + `str`',
    annotations: [blame('this is `str`', place('"a"'))],
  }
  const f = func('f', [['n', I32]], I32, () => [
    when(op('i32_gt', n, int(0)), [failing(error, place('1 + "a"'))]),
    ret(n),
  ])
  assert.is(errorOf([f], [0]), 'no error')
  assert.is(
    errorOf([f], [1]),
    lines('TypeError: cannot do `i32` + `str`', 'error "this is `str`" @ "a"', 'in astframe test::f: 1 + "a"'),
  )
})

errors('an error of typing a statement gets one frame, whoever adds it', () => {
  const place = places('y = f(x)')
  const raising = (knows: boolean) => () => {
    const frames = knows ? [{ kind: 'astframe' as const, fqn: 'test::f', span: place('f(x)') }] : []
    throw new SpyError({ class: 'WIP', message: 'not yet', annotations: [] }, frames)
  }
  const f = (knows: boolean) => func('f', [], NONE, () => [deferred(raising(knows), place('y = f(x)'))])
  assert.is(errorOf([f(true)]), lines('WIP: not yet', 'in astframe test::f: f(x)'))
  assert.is(errorOf([f(false)]), lines('WIP: not yet', 'in astframe test::f: y = f(x)'))
})

errors('endless recursion is a stack overflow, and the next call works', () => {
  const endless = func('endless', [['n', I32]], I32, (self) => [
    when(op('i32_lt', n, int(0)), [ret(n)]),
    ret(op('i32_add', call(self, op('i32_add', n, int(1))), int(1))),
  ])
  const link = linkOf([endless])
  const routine = link.callable(objectOf(endless))
  for (let round = 0; round < 2; round++) {
    try {
      routine.call([0])
      assert.unreachable()
    } catch (error) {
      assert.instance(error, SpyError)
      assert.is((error as SpyError).etype, 'PanicError')
      assert.is((error as SpyError).message, 'stack overflow')
      assert.ok((error as SpyError).traceback.length > 1000, 'a thousand calls are not too many')
    }
  }
  assert.is(routine.call([-1]), -1)
})

errors('fuel ends loops and recursion', () => {
  const spin = func('spin', [['n', I32]], NONE, () => [
    declare('i', I32, int(0)),
    loop(op('i32_lt', local('i'), n), [assign('i', op('i32_add', local('i'), int(1)))]),
  ])
  assert.is(errorOf([spin], [100], { fuel: new Fuel(100) }), 'no error')
  assert.ok(
    errorOf([spin], [101], { fuel: new Fuel(100) }).startsWith(
      'Exception: blue code ran for too long (limit: 100 steps)\nin astframe test::spin',
    ),
  )
  const recurse = func('recurse', [['n', I32]], I32, (self) => [ret(call(self, n))])
  assert.ok(errorOf([recurse], [1], { fuel: new Fuel(50) }).startsWith('Exception: blue code ran for too long'))
})

errors('code that has a limit can be let run without it', () => {
  const fuel = new Fuel(10)
  const spin = func('spin', [['n', I32]], I32, () => [
    loop(op('i32_gt', n, int(0)), [assign('n', op('i32_sub', n, int(1)))]),
    ret(n),
  ])
  const routine = linkOf([spin], { fuel }).callable(objectOf(spin))
  assert.is(
    fuel.unlimited(() => routine.call([1000])),
    0,
  )
  assert.is(fuel.remaining, 10)
  assert.throws(() => routine.call([11]), 'blue code ran for too long')
})

errors.run()
