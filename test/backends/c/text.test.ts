/** What the C looks like: golden files of whole programs, and boxes. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emitC } from '../../../compiler/backends/c.ts'
import { linearize } from '../../../compiler/lowering/linearize.ts'
import { BOOL, I32, OBJECT } from '../../../compiler/objects/types.ts'
import type { TypedExpr } from '../../../compiler/typed/tree.ts'
import { readGolden } from '../../support/golden.ts'
import { redshiftText } from '../../support/redshift-text.ts'
import { upcast } from '../../support/running-trees.ts'
import {
  define,
  float,
  int,
  local,
  onLine,
  op,
  params,
  program,
  ret,
  run,
  sourceFunc,
} from '../../support/typed-trees.ts'
import { cText } from './native.ts'

/** The C of all functions of a module, from the constants on. */
function emit(source: string): string {
  const tree = redshiftText(source, { mode: 'release' })
  const functions = [...tree.functions.values()].filter((func) => func.fqn.module === 'test')
  const { main, files } = emitC(linearize(tree), 'test', { functions: functions.map((func) => func.fqn.text) })
  return files.get(main) ?? ''
}

/** Sections of the C by title. */
function section(c: string, title: string): string {
  const found = c.split(/^\/\* (\w+) \*\/\n\n/m)
  return (found[found.indexOf(title) + 1] ?? '').trimEnd()
}

const shape = suite('the shape of C')

for (const { title, source, answers } of readGolden('c/shape.golden')) {
  shape(title, () => {
    const c = emit(source)
    for (const [name, expected] of answers) assert.fixture(section(c, name), expected)
  })
}

shape('names files as the driver wants them', () => {
  const tree = redshiftText('def f(a: i32) -> i32:\n    return 1 // a\n')
  const fileName = (path: string) => path.replace('/test/', 'app/')
  const { main, files } = emitC(linearize(tree), 'test', { functions: ['test::f'], fileName })
  const c = files.get(main) ?? ''
  assert.match(c, '#line 1 "app/test.spy"')
  assert.match(c, 'SPY_STR(SPY_g_str0, "app/test.spy", 12, 12);')
  assert.not.match(c, '/test/test.spy')
})

shape.run()

const expressions = suite('expressions in C')

/** The C of `return EXPR` in a function of i32 parameters `a` and `b`. */
function returned(expr: TypedExpr): string {
  const parameters = params(['a', I32], ['b', I32])
  const source = sourceFunc('test::f', parameters, expr.type)
  const c = cText(program({ functions: [define(source, [], [ret(expr)])] }), ['test::f'])
  return /return (.*);\n}\n$/.exec(c)?.[1] ?? c
}

expressions('have parentheses where C needs them', () => {
  onLine(1)
  const [x, y, z] = [float(1), float(2), float(3)]
  const add = (a: TypedExpr, b: TypedExpr) => op('f64_add', a, b)
  const sub = (a: TypedExpr, b: TypedExpr) => op('f64_sub', a, b)
  const mul = (a: TypedExpr, b: TypedExpr) => op('f64_mul', a, b)
  assert.is(returned(mul(add(x, y), z)), '(1.0 + 2.0) * 3.0')
  assert.is(returned(mul(x, add(y, mul(z, z)))), '1.0 * (2.0 + 3.0 * 3.0)')
  assert.is(returned(sub(x, sub(y, z))), '1.0 - (2.0 - 3.0)')
  assert.is(returned(sub(sub(x, y), z)), '1.0 - 2.0 - 3.0')
  assert.is(returned(op('f64_neg', op('f64_neg', x))), '-(-1.0)')
  assert.is(returned(op('f64_neg', mul(x, y))), '-(1.0 * 2.0)')
  assert.is(returned(op('f64_neg', float(-1))), '-(-1.0)')
  assert.is(returned(sub(x, float(-5))), '1.0 - -5.0')
})

expressions('wrap where C would not', () => {
  assert.is(returned(op('i32_add', local('a'), op('i32_mul', local('b'), int(2)))), 'spy_i32_add(a, spy_i32_mul(b, 2))')
  assert.is(
    returned(op('u32_add', op('i32_to_u32', local('a')), op('i32_to_u32', int(7)))),
    '(uint32_t)a + (uint32_t)7',
  )
  assert.is(returned(int(-(2 ** 31))), '(-2147483647 - 1)')
})

expressions.run()

const boxes = suite('boxes in C')

boxes('have a struct for each type, and one object for each constant', () => {
  const same = sourceFunc('test::f', params(['x', I32], ['b', BOOL]), OBJECT)
  const boxed = (value: TypedExpr): TypedExpr => upcast(OBJECT, value)
  const functions = [define(same, [], [run(boxed(int(3))), run(boxed(local('b', BOOL))), ret(boxed(local('x')))])]
  const text = cText(program({ functions }), ['test::f'])
  assert.match(text, /struct (\S*box\S*i32) \{\n {4}uint32_t type;\n {4}int32_t value;\n\};/)
  assert.match(text, /static const \S*box\S*i32 SPY_g_box0 = \{ \d+u, 3 \};/)
  assert.match(text, 'return value ? &SPY_g_box')
})

boxes.run()
