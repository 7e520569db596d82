/** Declarations say what a facade exports, and lead back to the source. */
import { type DecodedSourceMap, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import ts from 'typescript'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printDts } from '../../compiler/interface/dts.ts'
import { Fqn } from '../../compiler/objects/fqn.ts'
import { BOOL, BYTES, COMPLEX128, F64, I32, I64, NONE, OBJECT, STR } from '../../compiler/objects/types.ts'
import { type Bound, bindsType, constant, func, interfaceOf, variable } from '../support/interfaces.ts'
import { arrayType, listType, structType, tupleType } from '../support/library-types.ts'

function declarations(source: string, attributes: Readonly<Record<string, Bound>>): string {
  return printDts(interfaceOf(source, attributes), { source: '../../demo.spy' }).code
}

function checkDts(source: string, attributes: Readonly<Record<string, Bound>>, expected: string): void {
  const code = declarations(source, attributes)
  assert.fixture(code.slice(0, code.indexOf('/** The module as an object')), expected.replace(/^\n/, ''))
}

const dts = suite('declarations')

dts('a function with its documentation, its parameters and the widths of its numbers', () => {
  checkDts(
    `
def area(r: f64, n: i32 = 3) -> i64:
    """
    Area of a circle.
    """
    return 0
`,
    { area: func([F64, I32], I64, [3]) },
    `
import type { f64, i32, i64 } from 'unplugin-spy/runtime'

/**
 * Area of a circle.
 *
 * \`def area(r: f64, n: i32 = 3) -> i64\`
 */
export declare function area(r: f64, n?: i32): i64
`,
  )
})

dts('what comes out is narrower than what goes in', () => {
  checkDts(
    `
def f(a: i64, b: list[f64], c: list[str], d: bytes) -> list[f64]: pass
def g(a: tuple[bool, i64], b: array[f64, 2]) -> list[tuple[bool, i64]]: pass
def h(a: complex128) -> None: pass
`,
    {
      f: func([I64, listType(F64), listType(STR), BYTES], listType(F64)),
      g: func([tupleType(BOOL, I64), arrayType(F64, 2)], listType(tupleType(BOOL, I64))),
      h: func([COMPLEX128], NONE),
    },
    `
import type { SpyArray, complex128, f64, i64 } from 'unplugin-spy/runtime'

/** \`def f(a: i64, b: list[f64], c: list[str], d: bytes) -> list[f64]\` */
export declare function f(a: i64 | number, b: Iterable<f64>, c: Iterable<string>, d: ArrayBuffer | ArrayBufferView): Float64Array
/** \`def g(a: tuple[bool, i64], b: _array2[f64]) -> list[tuple[bool, i64]]\` */
export declare function g(a: readonly [boolean, i64 | number], b: SpyArray<f64, Float64Array> | ArrayLike<ArrayLike<f64>>): (readonly [boolean, i64])[]
/** \`def h(a: complex128) -> None\` */
export declare function h(a: complex128): void
`,
  )
})

dts('a struct is a class, and anything like it is accepted', () => {
  const point = structType(Fqn.of('demo', 'Point'), [
    { name: 'x', type: F64 },
    { name: 'tag', type: I64 },
  ])
  checkDts(
    `
@struct
class Point:
    x: f64
    tag: i64

def move(p: Point) -> Point: pass
`,
    { Point: bindsType(point), move: func([point], point) },
    `
import type { f64, i64 } from 'unplugin-spy/runtime'

/** \`def move(p: demo::Point) -> demo::Point\` */
export declare function move(p: PointLike): Point
export interface PointLike {
  readonly x: f64
  readonly tag: i64 | number
}
/** \`class Point\` */
export declare class Point {
  constructor(x: f64, tag: i64 | number)
  constructor(fields: PointLike)
  readonly x: f64
  readonly tag: i64
}
`,
  )
})

dts('names that JavaScript keeps for itself are exported all the same', () => {
  checkDts(
    'def delete(default: i32) -> None: pass\n',
    { delete: func([I32], NONE) },
    `
import type { i32 } from 'unplugin-spy/runtime'

/** \`def delete(default: i32) -> None\` */
declare function delete$(default$: i32): void
export { delete$ as delete }
`,
  )
})

dts('a name of the module goes before a name of ours', () => {
  checkDts(
    'def i32(x: i32) -> None: pass\n',
    { i32: func([I32], NONE) },
    `
import type { i32 as i32$ } from 'unplugin-spy/runtime'

/** \`def i32(x: i32) -> None\` */
export declare function i32(x: i32$): void
`,
  )
})

dts('private names are left out, and the reason is given for what cannot be exported', () => {
  checkDts(
    'def _f() -> None: pass\ndef g(x: object) -> None: pass\n',
    { _f: func([], NONE), g: func([OBJECT], NONE) },
    `
// \`g\` is not exported: parameter 'x': \`object\` has no form in JavaScript
`,
  )
})

dts('each name leads to its place in the source', () => {
  const model = interfaceOf('# first\ndef area(r: f64) -> f64: pass\n  \nconst TAU: f64 = 6.0\nvar n: i64 = 1\n', {
    area: func([F64], F64),
    TAU: constant(F64, 6),
    n: variable(I64),
  })
  const { code, map } = printDts(model, { source: '../../demo.spy', mapFile: 'demo.d.spy.ts.map' })
  assert.match(code, /\n\/\/# sourceMappingURL=demo\.d\.spy\.ts\.map\n$/)
  const trace = new TraceMap(map as unknown as DecodedSourceMap)
  const lines = code.split('\n')
  const where = (text: string, name: string) => {
    const line = lines.findIndex((each) => each.includes(text))
    const {
      source,
      line: at,
      column,
    } = originalPositionFor(trace, {
      line: line + 1,
      column: (lines[line] as string).indexOf(name, (lines[line] as string).indexOf(text)),
    })
    return `${source}:${at}:${column}`
  }
  assert.is(where('function area', 'area'), '../../demo.spy:2:4')
  assert.is(where('const TAU', 'TAU'), '../../demo.spy:4:6')
  assert.is(where('get n', 'n('), '../../demo.spy:5:4')
})

dts('TypeScript accepts them and checks calls with them', () => {
  const point = structType(Fqn.of('demo', 'Point'), [{ name: 'x', type: F64 }])
  const code = declarations(
    `
@struct
class Point:
    x: f64
def f(p: Point, xs: list[i32], flag: bool = True) -> str: pass
def delete(a: array[f64, 1]) -> array[f64, 1]: pass
const LIMIT: i64 = 1
var count: i64 = 0
`,
    {
      Point: bindsType(point),
      f: func([point, listType(I32), BOOL], STR, [true]),
      delete: func([arrayType(F64, 1)], arrayType(F64, 1)),
      LIMIT: constant(I64, 1n),
      count: variable(I64),
    },
  )
  const use = `
import demo, { Point, delete as remove, f, LIMIT } from './demo.js'
const text: string = f({ x: 1 }, [1, 2]) + f(new Point(1), new Int32Array(2), false)
const data: Float64Array = remove([1, 2]).data
demo.count = 5
demo.count = LIMIT + demo.count
const wrong: number = f(new Point(1), [])
f({ y: 1 }, [])
demo.f = f
`
  assert.equal(typeErrors({ 'demo.d.ts': code, 'use.ts': use }), [
    "use.ts:7 Type 'string' is not assignable to type 'number'.",
    "use.ts:8 Object literal may only specify known properties, and 'y' does not exist in type 'PointLike'.",
    "use.ts:9 Cannot assign to 'f' because it is a read-only property.",
  ])
})

dts.run()

/** Errors of the files as TypeScript tells them; `unplugin-spy/runtime` is the source of the runtime. */
function typeErrors(files: Readonly<Record<string, string>>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: [],
    baseUrl: process.cwd(),
    ignoreDeprecations: '6.0',
    paths: { 'unplugin-spy/runtime': ['src/runtime/index.ts'] },
  }
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  const local = (path: string) => files[path.slice(path.lastIndexOf('/') + 1)]
  host.fileExists = (path) => local(path) !== undefined || fileExists(path)
  host.readFile = (path) => local(path) ?? readFile(path)
  host.getSourceFile = (path, ...rest) => {
    const text = local(path)
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022)
  }
  const program = ts.createProgram(['use.ts'], options, host)
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, ' ')
    if (!file) return text
    const line = file.getLineAndCharacterOfPosition(start ?? 0).line + 1
    return `${file.fileName.slice(file.fileName.lastIndexOf('/') + 1)}:${line} ${text}`
  })
}
