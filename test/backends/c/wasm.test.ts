/** Generated C as a wasm module: exports, parameters and results, panics with their places. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emitC } from '../../../compiler/backends/c.ts'
import { linearize } from '../../../compiler/lowering/linearize.ts'
import { GuestMemory } from '../../../compiler/machine/vm/guest-memory.ts'
import type { LayoutMode } from '../../../compiler/objects/layout.ts'
import { COMPLEX128, F64, I32, I64, STR, U8 } from '../../../compiler/objects/types.ts'
import { structValue } from '../../../compiler/objects/values.ts'
import { readRuntimeSources } from '../../../compiler/toolchain/index.ts'
import { findEmbeddedClang } from '../../../compiler/toolchain/wasm-clang.ts'
import type { TypedProgram } from '../../../compiler/typed/tree.ts'
import {
  assign,
  call,
  cell,
  cellRead,
  constant,
  define,
  getterOf,
  int,
  local,
  makeOf,
  onLine,
  op,
  PtrFuncs,
  params,
  program,
  ret,
  run,
  sourceFunc,
  struct,
  text,
} from '../../support/typed-trees.ts'

type Exports = Readonly<Record<string, (...args: readonly (number | bigint)[]) => number | bigint>> & {
  readonly memory: WebAssembly.Memory
}

const toolchain = findEmbeddedClang()
if (toolchain === undefined) throw new Error('@yowasp/clang is a dependency of the tests')

const decoder = new TextDecoder()

/** Build and instantiate; panics are errors with all that they report. */
async function instantiate(
  tree: TypedProgram,
  functions: readonly string[],
  more: { readonly cells?: readonly string[]; readonly runtime?: readonly string[] } = {},
): Promise<{ readonly exports: Exports; readonly size: number }> {
  const { main, files } = emitC(linearize(tree), 'test', { functions, ...more })
  const sources = new Map([...readRuntimeSources(), ...files])
  const bytes = await toolchain?.build({ main, files: sources }, { profile: tree.mode })
  if (bytes === undefined) throw new Error('unreachable')
  let memory: WebAssembly.Memory
  const read = (at: number, length: number): string => decoder.decode(new Uint8Array(memory.buffer, at, length))
  const panic = (...[e, el, m, ml, f, fl, line, column]: readonly number[]): never => {
    const place = `${read(f ?? 0, fl ?? 0)}:${line}:${column}`
    throw new Error(`${read(e ?? 0, el ?? 0)}: ${read(m ?? 0, ml ?? 0)} at ${place}`)
  }
  const imports = { spy: { panic, fd_write: (_fd: number, _at: number, length: number) => length } }
  const { instance } = await WebAssembly.instantiate(bytes as BufferSource, imports)
  const exports = instance.exports as unknown as Exports
  memory = exports.memory
  return { exports, size: bytes.byteLength }
}

const VEC = struct('test::Vec', ['x', I32], ['y', F64])

function makeProgram(mode: LayoutMode): TypedProgram {
  const image = new GuestMemory(mode)
  const vecs = new PtrFuncs('gc', VEC)
  const items = image.alloc('gc', VEC, 3)
  for (let i = 0; i < 3; i++) {
    image.write(VEC, items.address + i * image.sizeOf(VEC), structValue(VEC, [i * 10, i / 4]))
  }
  const total = cell('test::total', I64, 2n ** 40n)
  onLine(2)
  const scaled = sourceFunc('test::scaled', params(['v', VEC], ['k', F64]), VEC)
  const y = op('f64_mul', call(getterOf(VEC, 'y'), local('v', VEC)), local('k', F64))
  onLine(4)
  const half = sourceFunc('test::half', params(['n', I32], ['d', I32]), I32)
  const halved = ret(op('i32_floordiv', local('n'), local('d')))
  onLine(7)
  const item = sourceFunc('test::item', params(['i', I32]), F64)
  const found = call(vecs.getitem, constant(vecs.ptr, items), local('i'))
  const readItem = ret(call(vecs.getfield(vecs.ref, 'y', F64), found))
  const narrow = sourceFunc('test::narrow', params(['x', U8], ['c', COMPLEX128]), U8)
  const hello = sourceFunc('test::hello', params(['name', STR]), STR)
  const add = sourceFunc('test::add', params(['n', I64]), I64)
  const point = sourceFunc('test::point', params(['p', vecs.ptr]), F64)
  onLine(9)
  const field = call(vecs.getfield(vecs.ptr, 'y', F64), local('p', vecs.ptr), text('y'), int(8))
  return program({
    mode,
    image,
    cells: [total],
    functions: [
      define(scaled, [], [ret(call(makeOf(VEC), call(getterOf(VEC, 'x'), local('v', VEC)), y))]),
      define(half, [], [halved]),
      define(item, [], [readItem]),
      define(narrow, [], [ret(local('x', U8))]),
      define(hello, [], [run(local('name', STR)), ret(text('hello'))]),
      define(add, [], [assign(total, op('i64_add', cellRead(total), local('n', I64))), ret(cellRead(total))]),
      define(point, [], [ret(field)]),
    ],
  })
}

const NAMES = ['scaled', 'half', 'item', 'narrow', 'hello', 'add', 'point'].map((name) => `test::${name}`)

for (const mode of ['debug', 'release'] as const) {
  const wasm = suite(`C as wasm, ${mode}`)

  wasm('takes flat parameters and gives results as agreed', async () => {
    const { exports } = await instantiate(makeProgram(mode), NAMES, {
      cells: ['test::total'],
      runtime: ['spy_str_alloc'],
    })
    const view = () => new DataView(exports.memory.buffer)
    const call = (name: string, ...args: readonly (number | bigint)[]) => exports[`test::${name}`]?.(...args)

    const area = Number(call('scaled', 3, 1.5, 4))
    assert.equal([view().getInt32(area, true), view().getFloat64(area + 8, true)], [3, 6])
    assert.is(call('half', -7, 2), -4)
    assert.is(call('item', 2), 0.5)
    assert.is(call('narrow', 300, 0, 0), 44)
    assert.is(call('add', 5n), 2n ** 40n + 5n)
    const cellAddress = Number(exports['&test::total']?.())
    assert.is(view().getBigInt64(cellAddress, true), 2n ** 40n + 5n)
    const str = Number(call('hello', Number(exports.spy_str_alloc?.(3))))
    const utf8 = view().getUint32(str + 8, true)
    assert.is(decoder.decode(new Uint8Array(exports.memory.buffer, utf8, view().getUint32(str, true))), 'hello')
    const flat = mode === 'debug' ? [area, 1] : [area]
    assert.is(call('point', ...flat), 6)
  })

  wasm('reports the class, the text and the place of a panic', async () => {
    const { exports } = await instantiate(makeProgram(mode), NAMES)
    assert.throws(
      () => exports['test::half']?.(1, 0),
      'ZeroDivisionError: integer division or modulo by zero at /p/test.spy:4:1',
    )
    if (mode === 'debug') {
      assert.throws(
        () => exports['test::item']?.(3),
        /PanicError: ptr_getitem out of bounds: 0x[0-9a-f]+\[3\] \(upper bound: 3\) at \/p\/test\.spy:7:1/,
      )
      assert.throws(
        () => exports['test::point']?.(0, 0),
        'PanicError: cannot dereference NULL pointer at /p/test.spy:9:1',
      )
    }
    assert.is(exports['test::half']?.(9, 3), 3) // the instance is still alive
  })

  wasm('carries only what is asked for', async () => {
    const { size } = await instantiate(makeProgram(mode), ['test::narrow'])
    if (mode === 'release') assert.ok(size < 300, `${size} bytes`)
  })

  wasm.run()
}

process.on('exit', () => toolchain.dispose())
