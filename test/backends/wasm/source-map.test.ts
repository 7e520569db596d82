/** Debuggers find SPy lines for code offsets. */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { CodePlace } from '../../../compiler/backends/wasm.ts'
import { I32 } from '../../../compiler/objects/types.ts'
import {
  call,
  declare,
  define,
  int,
  local,
  loop,
  onLine,
  op,
  params,
  program,
  ret,
  sourceFunc,
} from '../../support/typed-trees.ts'
import { type Instance, instantiate } from './instance.ts'

const maps = suite('source maps of wasm')

maps('the offset in a stack trace leads to the line of the call', () => {
  onLine(3)
  const innerName = sourceFunc('test::inner', params(['n', I32]), I32)
  // The loop keeps it from being expanded.
  const inner = define(
    innerName,
    [],
    [loop(op('i32_lt', int(1), int(0)), []), ret(op('i32_floordiv', int(1), local('n')))],
  )
  onLine(7)
  const outerName = sourceFunc('test::outer', params(['n', I32]), I32)
  const declaration = declare('m', I32, op('i32_sub', local('n'), int(1)))
  onLine(8)
  const outer = define(outerName, params(['m', I32]), [
    declaration,
    ret(op('i32_add', call(innerName, local('m')), int(1))),
  ])
  onLine(1)
  const instance = instantiate(program({ functions: [outer, inner] }), { sourceMapUrl: 'test.wasm.map' })
  const map = new TraceMap(instance.emitted.sourceMap())
  try {
    instance.call('test::outer', 1)
    assert.unreachable()
  } catch (error) {
    const offsets = [...((error as Error).stack ?? '').matchAll(/:0x([0-9a-f]+)/g)].map((match) =>
      Number.parseInt(match[1] ?? '', 16),
    )
    const lines = offsets.map((column) => originalPositionFor(map, { line: 1, column }).line)
    // The cold function that raises belongs to no line.
    assert.equal(lines.slice(-2), [3, 8])
  }
  const module = new WebAssembly.Module(instance.emitted.bytes as Uint8Array<ArrayBuffer>)
  const url = new Uint8Array(WebAssembly.Module.customSections(module, 'sourceMappingURL')[0] ?? new ArrayBuffer(0))
  assert.is(new TextDecoder().decode(url.subarray(1)), 'test.wasm.map')
})

maps('code of an expanded function knows the call', () => {
  onLine(3)
  const innerName = sourceFunc('test::inner', params(['n', I32]), I32)
  const inner = define(innerName, [], [ret(op('i32_floordiv', int(1), local('n')))])
  onLine(8)
  const outerName = sourceFunc('test::outer', params(['n', I32]), I32)
  const outer = define(
    outerName,
    [],
    [ret(op('i32_floordiv', call(innerName, local('n')), op('i32_sub', local('n'), int(1))))],
  )
  onLine(1)
  const instance = instantiate(program({ functions: [outer, inner] }), { exports: ['test::outer'] })
  assert.equal(linesOfFailure(instance, 0), ['test::inner 3', 'test::outer 8'])
  assert.equal(linesOfFailure(instance, 1), ['test::outer 8'])
})

/** The place of the failure that `test::outer` ends in, and the calls around it. */
function linesOfFailure({ emitted, exports }: Instance, argument: number): string[] {
  try {
    exports['test::outer']?.(argument)
  } catch (error) {
    const [, at = ''] = /at test::outer .*:0x([0-9a-f]+)\)/.exec((error as Error).stack ?? '') ?? []
    const lines: string[] = []
    let place: CodePlace | undefined = [...emitted.marks]
      .reverse()
      .find(({ offset }) => offset <= Number.parseInt(at, 16))?.place
    for (; place !== undefined; place = place.caller) lines.push(`${place.fqn} ${place.file.lines.lineAt(place.start)}`)
    return lines
  }
  return []
}

maps.run()
