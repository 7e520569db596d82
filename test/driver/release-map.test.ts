/** The source map of a release leads from bytes of the module to lines of SPy, whichever C compiler made it. */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { buildRelease } from '../../compiler/driver/pipelines/release.ts'
import { mapRelease } from '../../compiler/driver/pipelines/release-map.ts'
import { chooseToolchain, type InterfaceModel, readRuntimeSources } from '../../compiler/node.ts'
import { findEmscripten } from '../../compiler/toolchain/emscripten.ts'
import { findEmbeddedClang } from '../../compiler/toolchain/wasm-clang.ts'
import { bindLoadedModule } from '../../src/node/loaded-module.ts'
import { startProgram } from '../../src/runtime/index.ts'
import { memoryWorld } from '../support/memory-world.ts'

const PROGRAM = `def small(n: i32) -> i32:
    if n > 1000:
        raise ValueError("big")
    return n * n

def total(values: list[i32]) -> i32:
    var t = 0
    for value in values:
        t = t + small(value)
    return t

def third(values: list[i32]) -> i32:
    return values[2]

def main(argv: list[str]) -> int:
    numbers: list[i32] = []
    for text in argv:
        numbers.append(i32(text))
    if len(numbers) > 3:
        return total(numbers)
    return third(numbers)
`

const maps = suite('source map of a release')

for (const name of ['clang', 'emscripten'] as const) {
  if ((name === 'clang' ? findEmbeddedClang() : await findEmscripten()) === undefined) continue

  const check = async (profile: 'debug' | 'release'): Promise<void> => {
    const world = memoryWorld(new Map([['/app/src/sums.spy', PROGRAM]]))
    const toolchain = await chooseToolchain(name)
    const tools = { toolchain, runtime: readRuntimeSources() }
    const built = await buildRelease({ entries: ['/app/src/sums.spy'] }, world, tools, {
      mode: profile,
      audience: 'embedders',
      root: '/app',
      build: { profile, debugInfo: true },
    })
    const { wasm, map } = mapRelease(built, {
      inC: (path) => path.replace('/app/', ''),
      inMap: (path) => `..${path}`,
      url: 'sums.wasm.map',
    })
    toolchain.dispose()

    const model = built.interfaces.get('/app/src/sums.spy') as InterfaceModel
    const module = new WebAssembly.Module(wasm as BufferSource)
    const [url] = WebAssembly.Module.customSections(module, 'sourceMappingURL')
    assert.is(new TextDecoder().decode(url).slice(1), 'sums.wasm.map')
    assert.is(WebAssembly.Module.customSections(module, '.debug_line').length, 0)
    assert.is(map.sourcesContent?.[map.sources.indexOf('../app/src/sums.spy')], PROGRAM)

    const trace = new TraceMap({ ...map, sourcesContent: map.sourcesContent as string[] })
    const places = (offsets: readonly number[]) =>
      offsets
        .map((column) => originalPositionFor(trace, { line: 1, column }))
        .map(({ source, line, column }) => `${source?.split('/').at(-1)}:${line}:${column}`)
    const known = places(Array.from({ length: wasm.length }, (_, i) => i))
    for (const line of [2, 4, 9, 18]) {
      const isOf = (place: string): boolean => place.startsWith(`sums.spy:${line}:`)
      assert.ok(known.some(isOf), `some byte comes from line ${line}`)
    }

    const raised = places(failure(module, model, ['1', '2', '3', '2000']))
    const outside = places(failure(module, model, ['1', '2']))
    // An optimiser makes one call of the ends of several functions, which then come from no line.
    // A call is mapped to where it begins, everything else to its line.
    if (profile === 'debug') assert.match(raised.join(' '), /sums\.spy:3:8 sums\.spy:9:16 sums\.spy:20:15 /)
    assert.not(outside.join().includes('sums.spy:3:'), outside.join())
  }

  maps(`bytes and frames of the stack lead to lines, ${name}`, () => check('debug'))
  maps(`bytes of optimised code lead to lines, ${name}`, () => check('release'))
}

/** Calls `main`, which fails: offsets of the frames of the module, innermost first. */
function failure(module: WebAssembly.Module, model: InterfaceModel, argv: readonly string[]): readonly number[] {
  let stack = ''
  const panic = (): never => {
    stack = new Error().stack ?? ''
    throw new Error('as it should be')
  }
  const program = startProgram(() => new WebAssembly.Instance(module, { spy: { panic } }).exports)
  assert.throws(() => bindLoadedModule(program, model).exports.main?.(argv), /as it should be/)
  return [...stack.matchAll(/wasm-function\[\d+\]:0x([0-9a-f]+)/g)].map(([, hex]) => Number.parseInt(hex as string, 16))
}

maps.run()
