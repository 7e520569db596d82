/** Linearization makes the order of effects explicit, and changes nothing else. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printFunction } from '../../compiler/backends/spy-source.ts'
import { linearizeFunction } from '../../compiler/lowering/linearize.ts'
import { BOOL, F64, I32, NONE, type SpyType, STR } from '../../compiler/objects/types.ts'
import type { TypedFunc, TypedStmt } from '../../compiler/typed/tree.ts'
import {
  and,
  assign,
  block,
  bool,
  call,
  cell,
  cellRead,
  check,
  choose,
  declare,
  define,
  float,
  getterOf,
  int,
  local,
  loop,
  none,
  onLine,
  op,
  or,
  PtrFuncs,
  params,
  pass,
  ret,
  run,
  sourceFunc,
  struct,
  text,
  unpack,
  walrus,
  when,
} from '../support/typed-trees.ts'

const HIT = sourceFunc('test::hit', params(['n', I32]), I32)
const MIX = sourceFunc('test::mix', params(['a', I32], ['b', I32], ['c', I32]), I32)
const OK = sourceFunc('test::ok', params(['n', I32]), BOOL)
const HITS = cell('test::hits', I32, 0)

function func(body: readonly TypedStmt[], locals: Readonly<Record<string, SpyType>> = {}): TypedFunc {
  const source = sourceFunc('test::f', params(['a', I32], ['b', I32]), I32)
  return define(source, params(...Object.entries(locals)), body)
}

/** The statements of the body after linearization, without their common indentation. */
function checkLinear(tree: TypedFunc, expected: string): void {
  const printed = printFunction(linearizeFunction(tree), (fqn) => fqn.debugName, 'test')
  const body = printed
    .split('\n')
    .slice(1)
    .map((line) => line.slice(4))
    .join('\n')
  assert.fixture(body.trimEnd(), dedent(expected))
}

function dedent(source: string): string {
  const lines = source.replace(/^\n/, '').trimEnd().split('\n')
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)))
  return lines.map((line) => line.slice(indent)).join('\n')
}

onLine(1)
const linear = suite('linearize')

linear('captures reads that something with effects follows, and nothing else', () => {
  checkLinear(
    func([ret(op('i32_sub', local('a'), op('i32_mul', cellRead(HITS), call(HIT, int(5)))))]),
    `
      $v0: i32 = a
      $v1: i32 = \`test::hits\`
      $v2: i32 = \`test::hit\`(5)
      return $v0 - $v1 * $v2
    `,
  )
  checkLinear(
    func([ret(op('i32_add', call(HIT, int(1)), local('a')))]),
    `
      $v0: i32 = \`test::hit\`(1)
      return $v0 + a
    `,
  )
})

linear('leaves the only operation with effects where it is', () => {
  checkLinear(func([ret(call(HIT, op('i32_add', local('a'), int(1))))]), 'return `test::hit`(a + 1)')
})

linear('turns the branches of `or` into statements when they need some', () => {
  checkLinear(
    func([
      when(or(local('ok', BOOL), op('i32_gt', op('i32_add', call(HIT, local('a')), call(HIT, int(2))), int(3))), [
        assign('a', call(MIX, op('i32_add', local('a'), int(1)), call(HIT, local('a')), cellRead(HITS))),
      ]),
    ]),
    `
      if ok:
          $v3: bool = ok
      else:
          $v0: i32 = a
          $v1: i32 = \`test::hit\`($v0)
          $v2: i32 = \`test::hit\`(2)
          $v3 = $v1 + $v2 > 3
      if $v3:
          $v4: i32 = a
          $v5: i32 = a
          $v6: i32 = \`test::hit\`($v5)
          a: i32 = \`test::mix\`($v4 + 1, $v6, \`test::hits\`)
    `,
  )
})

linear('keeps `and` whole when its right side is a single operation', () => {
  checkLinear(
    func([when(and(call(OK, int(1)), call(OK, int(2))), [pass()])]),
    `
      if \`test::ok\`(1) and \`test::ok\`(2):
          pass
    `,
  )
  checkLinear(
    func([when(and(call(OK, int(1)), call(OK, op('i32_add', call(HIT, int(1)), call(HIT, int(2))))), [pass()])]),
    `
      $v3: bool = \`test::ok\`(1)
      if $v3:
          $v0: i32 = \`test::hit\`(1)
          $v1: i32 = \`test::hit\`(2)
          $v2: bool = \`test::ok\`($v0 + $v1)
      else:
          $v2 = $v3
      if $v2:
          pass
    `,
  )
})

linear('evaluates only the chosen branch of a conditional expression', () => {
  checkLinear(
    func([ret(choose(local('ok', BOOL), op('i32_add', call(HIT, int(1)), call(HIT, int(2))), int(0)))]),
    `
      if ok:
          $v0: i32 = \`test::hit\`(1)
          $v1: i32 = \`test::hit\`(2)
          $v2: i32 = $v0 + $v1
      else:
          $v2 = 0
      return $v2
    `,
  )
  checkLinear(func([ret(choose(local('ok', BOOL), call(HIT, int(1)), int(0)))]), 'return `test::hit`(1) if ok else 0')
})

linear('puts the statements of a block before the statement that uses it', () => {
  const y = assign('y', local('a'))
  checkLinear(
    func([ret(op('i32_sub', local('a'), block([y], op('i32_mul', local('y'), int(7)))))], { y: I32 }),
    `
      $v0: i32 = a
      y: i32 = a
      $v1: i32 = y * 7
      return $v0 - $v1
    `,
  )
})

linear('sequences the value of a block', () => {
  checkLinear(
    func([ret(block([pass()], op('i32_sub', call(HIT, int(1)), call(HIT, int(2)))))]),
    `
      pass
      $v0: i32 = \`test::hit\`(1)
      $v1: i32 = \`test::hit\`(2)
      return $v0 - $v1
    `,
  )
})

linear('inlines calls as their bodies', () => {
  const inlined = (n: number, a: number | string, b: number | string) => {
    const value = (x: number | string) => (typeof x === 'number' ? int(x) : local(x))
    return block(
      [
        assign(`a$${n}`, value(a)),
        assign(`b$${n}`, value(b)),
        declare(`r$${n}`, I32, op('i32_add', local(`a$${n}`), local(`b$${n}`))),
        when(op('i32_gt', local(`r$${n}`), int(9)), [assign(`r$${n}`, int(9))]),
      ],
      local(`r$${n}`),
    )
  }
  const names = { a$0: I32, b$0: I32, r$0: I32, a$1: I32, b$1: I32, r$1: I32 }
  checkLinear(
    func([ret(op('i32_mul', inlined(0, 'p', 1), inlined(1, 2, 'p')))], names),
    `
      a$0: i32 = p
      b$0: i32 = 1
      r$0: i32 = a$0 + b$0
      if r$0 > 9:
          r$0 = 9
      $v0: i32 = r$0
      a$1: i32 = 2
      b$1: i32 = p
      r$1: i32 = a$1 + b$1
      if r$1 > 9:
          r$1 = 9
      $v1: i32 = r$1
      return $v0 * $v1
    `,
  )
})

linear('keeps the place of operations that may fail', () => {
  checkLinear(
    func([run(call(MIX, op('i32_floordiv', local('a'), local('b')), call(HIT, int(1)), int(0)))]),
    `
      $v0: i32 = a
      $v1: i32 = b
      $v2: i32 = $v0 // $v1
      $v3: i32 = \`test::hit\`(1)
      \`test::mix\`($v2, $v3, 0)
    `,
  )
})

linear('reads a local that may be unset before what follows', () => {
  checkLinear(
    func([ret(op('i32_add', local('x', I32, true), call(HIT, int(1))))], { x: I32 }),
    `
      $v0: i32 = x
      $v1: i32 = \`test::hit\`(1)
      return $v0 + $v1
    `,
  )
})

linear('captures the value of an assignment expression', () => {
  checkLinear(
    func([assign('r', call(HIT, walrus('q', int(8))))], { r: I32, q: I32 }),
    `
      $v0: i32 = q := 8
      r: i32 = \`test::hit\`($v0)
    `,
  )
})

linear('evaluates the test of a loop inside of it when it needs statements', () => {
  checkLinear(
    func([loop(op('i32_lt', call(HIT, local('a')), call(HIT, local('b'))), [pass()])]),
    `
      while True:
          $v0: i32 = a
          $v1: i32 = \`test::hit\`($v0)
          $v2: i32 = b
          $v3: i32 = \`test::hit\`($v2)
          if \`operator::bool_not\`($v1 < $v3):
              break
          pass
    `,
  )
  checkLinear(
    func([loop(call(OK, local('a')), [pass()])]),
    `
      while \`test::ok\`(a):
          pass
    `,
  )
})

linear('evaluates the message of an assertion on failure only', () => {
  const greet = sourceFunc('test::greet', params(['s', STR], ['n', I32]), STR)
  checkLinear(
    func([check(local('ok', BOOL), call(greet, text('x'), call(HIT, int(1))))]),
    `
      if \`operator::bool_not\`(ok):
          $v0: i32 = \`test::hit\`(1)
          assert False, \`test::greet\`('x', $v0)
    `,
  )
  checkLinear(
    func([check(call(OK, int(1)), text('no'))]),
    `
      $v0: bool = \`test::ok\`(1)
      assert $v0, 'no'
    `,
  )
  checkLinear(func([check(call(OK, int(1)))]), 'assert `test::ok`(1)')
})

linear('converts unpacked items one after the other', () => {
  const pair = struct('_tuple::tuple[i32, i32]', ['_item0', I32], ['_item1', I32])
  const make = sourceFunc('test::pair', [], pair)
  const twice = op('i32_add', call(HIT, local('item1')), call(HIT, int(1)))
  const names = { item0: I32, item1: I32, x: I32, y: I32 }
  checkLinear(
    func(
      [
        unpack(call(make), [
          ['x', 'item0', local('item0')],
          ['y', 'item1', local('item1')],
        ]),
      ],
      names,
    ),
    'x, y = `test::pair`()',
  )
  checkLinear(
    func(
      [
        unpack(call(make), [
          ['x', 'item0', local('item0')],
          [HITS, 'item1', twice],
        ]),
      ],
      names,
    ),
    `
      $v3: \`_tuple::tuple[i32, i32]\` = \`test::pair\`()
      item0: i32 = \`_tuple::tuple[i32, i32]::__get__item0__\`($v3)
      x: i32 = item0
      item1: i32 = \`_tuple::tuple[i32, i32]::__get__item1__\`($v3)
      $v0: i32 = item1
      $v1: i32 = \`test::hit\`($v0)
      $v2: i32 = \`test::hit\`(1)
      \`test::hits\` = $v1 + $v2
    `,
  )
})

const POINT = struct('test::Point', ['x', I32], ['y', F64])
const POINTS = new PtrFuncs('gc', POINT)

linear('captures no reference that is read at once', () => {
  const item = call(POINTS.getitem, local('p', POINTS.ptr), local('a'))
  const x = POINTS.getfield(POINTS.ref, 'x', I32)
  checkLinear(
    func([ret(op('i32_add', call(x, item), local('a')))]),
    `
      $v0: \`unsafe::gc_ptr[test::Point]\` = p
      $v1: i32 = a
      $v2: i32 = \`unsafe::ptr_getfield[i32]::byval\`(\`unsafe::gc_ptr[test::Point]::getitem_byref\`($v0, $v1))
      return $v2 + a
    `,
  )
  checkLinear(
    func([run(call(POINTS.setfield(POINTS.ref, 'y', F64), item, float(1)))]),
    `
      $v0: \`unsafe::gc_ptr[test::Point]\` = p
      $v1: i32 = a
      \`unsafe::ptr_setfield[f64]::impl\`(\`unsafe::gc_ptr[test::Point]::getitem_byref\`($v0, $v1), 1.0)
    `,
  )
})

linear('checks a reference before what comes between it and its use', () => {
  const item = call(POINTS.getitem, local('p', POINTS.ptr), int(0))
  checkLinear(
    func([run(call(POINTS.setfield(POINTS.ref, 'x', I32), item, call(HIT, int(1))))]),
    `
      $v0: \`unsafe::gc_ptr[test::Point]\` = p
      \`unsafe::gc_ptr[test::Point]::getitem_byref\`($v0, 0)
      $v1: i32 = \`test::hit\`(1)
      \`unsafe::ptr_setfield[i32]::impl\`(\`unsafe::gc_ptr[test::Point]::getitem_byref\`($v0, 0), $v1)
    `,
  )
})

linear('captures a local that holds a reference only if it is assigned meanwhile', () => {
  const ref = local('r', POINTS.ref)
  const x = POINTS.getfield(POINTS.ref, 'x', I32)
  const set = POINTS.setfield(POINTS.ref, 'x', I32)
  checkLinear(
    func([run(call(set, ref, call(x, ref)))], { r: POINTS.ref }),
    `
      $v0: i32 = \`unsafe::ptr_getfield[i32]::byval\`(r)
      \`unsafe::ptr_setfield[i32]::impl\`(r, $v0)
    `,
  )
  const moved = walrus('r', call(POINTS.getitem, local('p', POINTS.ptr), int(1)))
  checkLinear(
    func([run(call(set, ref, call(x, moved)))], { r: POINTS.ref }),
    `
      $v0: \`unsafe::gc_ref[test::Point]\` = r
      $v1: \`unsafe::gc_ptr[test::Point]\` = p
      $v2: i32 = \`unsafe::ptr_getfield[i32]::byval\`(r := \`unsafe::gc_ptr[test::Point]::getitem_byref\`($v1, 1))
      \`unsafe::ptr_setfield[i32]::impl\`($v0, $v2)
    `,
  )
})

linear('captures a reference that a function has returned', () => {
  const find = sourceFunc('test::find', [], POINTS.ref)
  const set = POINTS.setfield(POINTS.ref, 'x', I32)
  checkLinear(
    func([run(call(set, call(find), call(HIT, int(1))))]),
    `
      $v0: \`unsafe::gc_ref[test::Point]\` = \`test::find\`()
      $v1: i32 = \`test::hit\`(1)
      \`unsafe::ptr_setfield[i32]::impl\`($v0, $v1)
    `,
  )
})

linear('leaves reads of struct fields in place', () => {
  const p = local('s', POINT)
  checkLinear(
    func([ret(op('i32_add', call(getterOf(POINT, 'x'), p), int(1)))]),
    'return `test::Point::__get_x__`(s) + 1',
  )
})

linear('keeps statements without a value', () => {
  checkLinear(
    func([declare('x', I32), run(none()), when(bool(true), [pass()], [])], { x: I32 }),
    `
      x: i32
      None
      if True:
          pass
    `,
  )
  assert.is(NONE.fqn.text, 'types::NoneType')
})

linear.run()
