/** Typed functions as source: constants of every kind, operators and their parentheses, statements. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printFunction, printSource } from '../../../compiler/backends/spy-source.ts'
import { EMPTY_LIST, EMPTY_LIST_TYPE, LOC_TYPE, makeException, makeLoc } from '../../../compiler/machine/vm/objects.ts'
import { Fqn } from '../../../compiler/objects/fqn.ts'
import {
  BOOL,
  BYTES,
  COMPLEX128,
  F32,
  F64,
  I8,
  I32,
  I64,
  makePtrType,
  NONE,
  OBJECT,
  opaqueType,
  type SpyType,
  STR,
  TYPE,
  U8,
} from '../../../compiler/objects/types.ts'
import { bytesValue, complexValue, NULL_PTR, structValue, type Value } from '../../../compiler/objects/values.ts'
import type { TypedExpr, TypedStmt } from '../../../compiler/typed/tree.ts'
import {
  and,
  assign,
  block,
  call,
  choose,
  constant,
  declare,
  define,
  FILE,
  float,
  int,
  local,
  none,
  onLine,
  op,
  or,
  params,
  program,
  raise,
  ret,
  run,
  sourceFunc,
  struct,
  text,
  unpack,
  walrus,
} from '../../support/typed-trees.ts'

function body(stmts: readonly TypedStmt[], fullFqn = false, locals: Readonly<Record<string, SpyType>> = {}): string {
  const func = define(sourceFunc('test::f', params(['a', I32]), NONE), params(...Object.entries(locals)), stmts)
  const printed = printFunction(func, (fqn) => fqn.debugName, 'test', { fullFqn })
  return printed.split('\n').slice(1, -1).join('\n')
}

const expr = (value: TypedExpr): string => body([run(value)]).trim()
const shown = (type: SpyType, value: Value): string => expr(constant(type, value))

onLine(4)
const constants = suite('constants as source')

constants('numbers say which type they have, but for the common ones', () => {
  assert.is(shown(I32, -5), '-5')
  assert.is(shown(I8, -5), 'i8(-5)')
  assert.is(shown(I64, 2n ** 40n), 'i64(1099511627776)')
  assert.is(shown(BOOL, true), 'True')
  assert.is(shown(F64, 3), '3.0')
  assert.is(shown(F64, 1e22), '1e+22')
  assert.is(shown(F64, -0), '-0.0')
  assert.is(shown(F64, Number.NaN), 'nan')
  assert.is(shown(F32, Math.fround(0.1)), 'f32(0.10000000149011612)')
  assert.is(shown(COMPLEX128, complexValue(0, 1.5)), '1.5j')
  assert.is(shown(COMPLEX128, complexValue(-2, 0)), '(-2+0j)')
  assert.is(shown(NONE, null), 'None')
})

constants('texts are quoted as Python does', () => {
  assert.is(shown(STR, 'a'), "'a'")
  assert.is(shown(STR, "it's"), '"it\'s"')
  assert.is(shown(STR, 'é\n\x07'), "'é\\n\\x07'")
  assert.is(shown(BYTES, bytesValue(new Uint8Array([65, 0, 0x7f, 0xe9, 92]))), "b'A\\x00\\x7f\\xe9\\\\'")
})

constants('objects have names', () => {
  const point = struct('test::Point', ['x', I32], ['y', F64])
  const single = struct('_tuple::tuple[i32]', ['_item0', I32])
  const pair = struct('_tuple::tuple[i32, str]', ['_item0', I32], ['_item1', STR])
  const ptr = makePtrType('gc', I32)
  assert.is(shown(point, structValue(point, [1, 2])), '`test::Point::__make__`(1, 2.0)')
  assert.is(shown(single, structValue(single, [1])), '(1,)')
  assert.is(shown(pair, structValue(pair, [1, 'z'])), "(1, 'z')")
  assert.is(shown(ptr, NULL_PTR), '`unsafe::gc_ptr[i32]::NULL`')
  assert.is(shown(TYPE, U8), 'u8')
  assert.is(shown(LOC_TYPE, makeLoc(FILE.span(0, 4))), "Loc('/p/test.spy 1:0 1:4')")
  assert.is(shown(EMPTY_LIST_TYPE, EMPTY_LIST), '`__spy__::empty_list`')
  const error = opaqueType(Fqn.of('builtins', 'ValueError'), OBJECT, 'reference')
  assert.is(shown(error, makeException(error, 'no')), "ValueError('no')")
})

constants.run()

const expressions = suite('residual expressions as source')

expressions('parentheses stand where they are needed', () => {
  const [a, b, c] = [local('a'), local('b'), local('c')]
  const add = (x: TypedExpr, y: TypedExpr) => op('i32_add', x, y)
  const sub = (x: TypedExpr, y: TypedExpr) => op('i32_sub', x, y)
  const mul = (x: TypedExpr, y: TypedExpr) => op('i32_mul', x, y)
  assert.is(expr(sub(a, sub(b, c))), 'a - (b - c)')
  assert.is(expr(sub(sub(a, b), c)), 'a - b - c')
  assert.is(expr(mul(add(a, b), c)), '(a + b) * c')
  assert.is(expr(sub(a, int(-5))), 'a - -5')
  assert.is(expr(add(a, walrus('b', c))), 'a + (b := c)')
  assert.is(expr(op('i32_lt', add(a, b), c)), 'a + b < c')
  const [p, q, r] = [local('p', BOOL), local('q', BOOL), local('r', BOOL)]
  assert.is(expr(and(or(p, q), r)), '(p or q) and r')
  assert.is(expr(or(and(p, q), r)), 'p and q or r')
  assert.is(expr(choose(choose(p, q, r), q, choose(r, q, p))), 'q if (q if p else r) else q if r else p')
  assert.is(expr(mul(choose(p, a, b), c)), '(a if p else b) * c')
})

expressions('other operations are calls, and all are in full names', () => {
  assert.is(expr(op('i32_mod', local('a'), int(3))), '`operator::i32_mod`(a, 3)')
  assert.is(expr(op('bool_not', local('p', BOOL))), '`operator::bool_not`(p)')
  assert.is(expr(op('i64_add', local('x', I64), local('y', I64))), '`operator::i64_add`(x, y)')
  assert.is(body([run(op('i32_add', local('a'), int(3)))], true).trim(), '`operator::i32_add`(a, 3)')
})

expressions('blocks are one line', () => {
  const inner = block([assign('x', int(1)), declare('y', F64, float(2))], local('x'))
  assert.is(body([run(inner)], false, { x: I32, y: F64 }).trim(), '__block__(x: i32 = 1; y: f64 = 2.0; x)')
})

expressions.run()

const statements = suite('residual statements as source')

statements('the first assignment shows the type', () => {
  const locals = { x: I32, y: I32 }
  const tuple = struct('_tuple::tuple[i32, i32]', ['_item0', I32], ['_item1', I32])
  const pair = unpack(local('t', tuple), [
    ['y', 'i0', local('i0')],
    [null, 'i1', local('i1')],
  ])
  assert.is(
    body([assign('x', int(1)), assign('x', int(2)), assign('a', int(3)), pair, assign('y', int(4))], false, locals),
    ['    x: i32 = 1', '    x = 2', '    a: i32 = 3', '    y, _ = t', '    y = 4'].join('\n'),
  )
})

statements('raise shows where it stands', () => {
  assert.is(body([run(raise('ValueError', text('no')))]), "    raise ValueError('no') # /.../test.spy:1")
  assert.is(body([run(raise('ValueError', text('')))]), '    raise ValueError # /.../test.spy:1')
  assert.is(body([run(raise('KeyError', local('why', STR)))]), '    raise KeyError(why) # /.../test.spy:1')
})

statements('functions that the compiler inlines are not printed, others under the names the module gives them', () => {
  const inlined = sourceFunc('test::small', [], NONE, true)
  const closure = sourceFunc('test::make::by#1', [], NONE)
  const elsewhere = sourceFunc('other::f', [], NONE)
  const functions = [inlined, closure, elsewhere].map((source) => define(source, [], [ret(none())]))
  const attributes = new Map([
    ['small', { kind: 'func', func: inlined }],
    ['twice', { kind: 'func', func: closure }],
    ['g', { kind: 'func', func: elsewhere }],
  ] as const)
  assert.is(
    printSource(program({ functions, attributes }), 'test'),
    [
      'twice = `test::make::by#1`',
      'g = `other::f`',
      '',
      'def `test::make::by#1`() -> None:',
      '    return None',
      '',
    ].join('\n'),
  )
  assert.is(printSource(program({ functions }), 'unknown'), '')
  assert.is(expr(call(closure)), '`test::make::by#1`()')
})

statements.run()
