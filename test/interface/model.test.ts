/** What a module offers to JavaScript. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { programExports } from '../../compiler/interface/model.ts'
import { Fqn } from '../../compiler/objects/fqn.ts'
import { BOOL, DYNAMIC, F32, F64, I32, I64, makePtrType, NONE, STR, U8 } from '../../compiler/objects/types.ts'
import { structValue } from '../../compiler/objects/values.ts'
import { bindsType, constant, func, interfaceOf, variable } from '../support/interfaces.ts'
import { arrayType, listType, structType, tupleType } from '../support/library-types.ts'

const model = suite('interface model')

model('a function has its parameters, its text, its documentation and its place', () => {
  const described = interfaceOf(
    `
def area(r: f64, scale: f64 = 1.0, n: i32 = -2) -> f64:
    """
    Area of a circle.

      r: its radius
    """
    return r
`,
    { area: func([F64, F64, I32], F64, [1, -2]) },
  )
  const [area] = described.functions
  assert.is(area?.export, 'demo::area')
  assert.is(area?.declaration, 'def area(r: f64, scale: f64 = 1.0, n: i32 = -2) -> f64')
  assert.equal(described.names, [{ name: 'area', type: 'def(f64, f64, i32) -> f64' }])
  assert.is(area?.doc, 'Area of a circle.\n\n  r: its radius')
  assert.equal(area?.place, { line: 2, column: 4, length: 4 })
  assert.equal(
    area?.params.map(({ name, default: value }) => [name, value]),
    [
      ['r', undefined],
      ['scale', 1],
      ['n', -2],
    ],
  )
})

model('variables, constants and classes are found with their places', () => {
  const point = structType(Fqn.of('demo', 'Point'), [
    { name: 'flag', type: U8 },
    { name: 'x', type: F64 },
  ])
  const described = interfaceOf(
    `
@struct
class Point:
    flag: u8
    x: f64

var counter: i64 = 0
const LIMIT: i64 = 12
ORIGIN = Point(0, -0.0)
`,
    {
      Point: bindsType(point),
      counter: variable(I64),
      LIMIT: constant(I64, 12n),
      ORIGIN: constant(point, structValue(point, [0, -0])),
    },
  )
  assert.equal(described.names, [
    { name: 'Point', type: 'type', denotes: { fqn: 'demo::Point', human: 'demo::Point' } },
    { name: 'counter', type: 'i64' },
    { name: 'LIMIT', type: 'i64' },
    { name: 'ORIGIN', type: 'demo::Point' },
  ])
  assert.equal(described.variables, [
    {
      name: 'counter',
      place: { line: 7, column: 4, length: 7 },
      type: { kind: 'scalar', name: 'i64', text: 'i64', size: 8 },
      export: '&demo::counter',
    },
  ])
  assert.equal(
    described.constants.map(({ name, value, place }) => [name, value, place?.line]),
    [
      ['LIMIT', { kind: 'bigint', value: '12' }, 8],
      [
        'ORIGIN',
        {
          kind: 'object',
          fields: [
            ['flag', 0],
            ['x', { kind: 'number', value: '-0' }],
          ],
        },
        9,
      ],
    ],
  )
  const [Point] = described.classes
  assert.equal(Point?.place, { line: 3, column: 6, length: 5 })
  assert.is(Point?.type.size, 16)
  assert.equal(
    Point?.type.fields.map(({ name, offset }) => [name, offset]),
    [
      ['flag', 0],
      ['x', 8],
    ],
  )
})

model('what JavaScript cannot have is refused with the reason', () => {
  const described = interfaceOf(
    `
def f(x: dynamic) -> None: pass
def g(p: gc_ptr[i32]) -> None: pass
`,
    { f: func([DYNAMIC], NONE), g: func([makePtrType('gc', I32)], NONE) },
  )
  assert.equal(described.functions, [])
  assert.equal(
    described.refused.map(({ name, reason }) => `${name}: ${reason}`),
    [
      "f: parameter 'x': `dynamic` has no form in JavaScript",
      "g: parameter 'p': pointers such as `unsafe::gc_ptr[i32]` cannot be passed to JavaScript yet",
    ],
  )
})

model('what is imported belongs to another module', () => {
  const described = interfaceOf('from noise import fbm\n', { fbm: func([F64], F64) })
  assert.is(described.names[0]?.name, 'fbm')
  assert.equal(described.functions, [])
})

for (const mode of ['debug', 'release'] as const) {
  const checked = mode === 'debug'
  model(`lists and arrays are described by where their fields stand, ${mode}`, () => {
    const described = interfaceOf(
      'def f(a: list[str], b: array[f32, 2]) -> tuple[bool, f64]: pass\n',
      { f: func([listType(STR), arrayType(F32, 2)], tupleType(BOOL, F64)) },
      mode,
    )
    const [f] = described.functions
    assert.is(f?.declaration, 'def f(a: list[str], b: _array2[f32]) -> tuple[bool, f64]')
    const pointer = checked ? 8 : 4
    assert.equal(f?.params[0]?.type, {
      kind: 'list',
      text: 'list[str]',
      size: pointer,
      item: { kind: 'scalar', name: 'str', text: 'str', size: 4 },
      checked,
      data: { size: 8 + pointer, length: 0, capacity: 4, items: 8 },
    })
    assert.equal(f?.params[1]?.type, {
      kind: 'array',
      text: '_array2[f32]',
      size: pointer,
      item: { kind: 'scalar', name: 'f32', text: 'f32', size: 4 },
      checked,
      data: { size: 8 + pointer, shape: [0, 4], items: 8 },
    })
  })
}

model('the program exports what the bindings call, and nothing for private names', () => {
  const described = interfaceOf(
    `
def f(a: list[str]) -> str: pass
def _g(b: bytes) -> None: pass
var n: i32 = 0
`,
    { f: func([listType(STR)], STR), _g: func([listType(I32)], NONE), n: variable(I32) },
  )
  assert.equal(programExports([described], 'facades'), {
    functions: ['demo::f'],
    cells: ['demo::n'],
    runtime: ['spy_gc_new', 'spy_raw_alloc', 'spy_str_alloc'],
  })
  assert.equal(programExports([described], 'embedders').functions, ['demo::f', 'demo::_g'])
})

model('a model is plain data', () => {
  const described = interfaceOf('def f(x: i64 = 5) -> i64: pass\n', { f: func([I64], I64, [5n]) })
  assert.equal(JSON.parse(JSON.stringify(described)), described)
})

model.run()
