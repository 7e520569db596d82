/** Whether programs collect, and what that costs those who need not. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  buildDev,
  buildRelease,
  chooseToolchain,
  emitProgramC,
  type Gc,
  readRuntimeSources,
} from '../../compiler/node.ts'
import { loadProgram } from '../../src/node/load.ts'
import { SpyArray } from '../../src/runtime/index.ts'
import { memoryWorld, placeProgram } from '../support/memory-world.ts'

const NUMBERS = `
  var count: i32 = 0

  def area(r: f64) -> f64:
      count = count + 1
      return r * r * 3.0

  def fib(n: i32) -> i32:
      return n if n < 2 else fib(n - 1) + fib(n - 2)
`

const TEXTS = `
  def build(n: i32) -> i32:
      items: list[str] = []
      for i in range(n):
          items.append(str(i) + ".")
      return len(items)

  def zero(n: i32) -> i32:
      return n + 1
`

const GRID = `
  from array import array

  var kept: i32 = 0

  def grid(n: i32) -> array[f64, 2]:
      a = array[f64, 2](n, n)
      a[1, 1] = 7.0
      return a

  def corner(a: array[f64, 2]) -> f64:
      return a[1, 1]

  def junk(n: i32) -> i32:
      a = array[f64, 2](n, n)
      a[1, 1] = 1.0
      return len(a) + len(str(n))
`

const collection = suite('collection')

function request(text: string, gc: Gc) {
  const { entry, files } = placeProgram(text)
  return { request: { entries: [entry], gc }, world: memoryWorld(files) }
}

function devBytes(text: string, gc: Gc): Uint8Array {
  const { request: wanted, world } = request(text, gc)
  return buildDev(wanted, world, { audience: 'facades' }).wasm
}

function cText(text: string, gc: Gc): string {
  const { request: wanted, world } = request(text, gc)
  const { c } = emitProgramC(wanted, world, { mode: 'release', audience: 'facades' })
  return [...c.files.values()].join('\n')
}

function importsOf(wasm: Uint8Array): readonly string[] {
  return WebAssembly.Module.imports(new WebAssembly.Module(wasm.slice())).map(({ name }) => name)
}

collection('programs that do not allocate are the same bytes with and without it', () => {
  assert.equal(devBytes(NUMBERS, 'auto'), devBytes(NUMBERS, 'none'))
  assert.is(cText(NUMBERS, 'auto'), cText(NUMBERS, 'none'))
})

collection(
  'functions that do not allocate are the same code with and without it, whatever else the program does',
  () => {
    const text = `
    from unsafe import gc_alloc, gc_ptr

    def total(p: gc_ptr[i32], q: gc_ptr[i32], n: i32) -> i32:
        var sum = 0
        for i in range(n):
            sum = sum + (i if p == q else 1)
        return sum

    def build(n: i32) -> i32:
        p = gc_alloc[i32](n)
        return total(p, gc_alloc[i32](n), n)
  `
    const jit = (gc: Gc): readonly number[] => {
      const { request: wanted, world } = request(text, gc)
      const { wasm, marks } = buildDev(wanted, world, { audience: 'facades' })
      const own = marks.filter(({ place }) => place.fqn === 'test::total' || place.caller?.fqn === 'test::total')
      assert.ok(own.length > 5, 'the function has code')
      return [...wasm.slice(own[0]?.offset, own.at(-1)?.offset)]
    }
    const c = (gc: Gc) => cText(text, gc).match(/^[^\n]*test\$total\([^;]*?\{\n.*?^\}/ms)?.[0] ?? ''
    assert.match(c('auto'), 'while')
    assert.is(c('auto'), c('none'))
    assert.equal(jit('auto'), jit('none'))
  },
)

collection('without it, nothing of it is left in programs that allocate', async () => {
  assert.not.ok(importsOf(devBytes(TEXTS, 'none')).some((name) => /_gc_(?!alloc)|frames|stack/.test(name)))
  assert.ok(importsOf(devBytes(TEXTS, 'auto')).includes('frames'))
  assert.not.match(cText(TEXTS, 'none'), /SPY_GC|\$roots|spy_gc_(boundary|unwind)|spy_mark/)
  assert.match(cText(TEXTS, 'auto'), /^#define SPY_GC 1\n/)
  const tools = { toolchain: await chooseToolchain('clang'), runtime: readRuntimeSources() }
  const size = async (gc: Gc) => {
    const { request: wanted, world } = request(TEXTS, gc)
    const options = { mode: 'release', audience: 'facades', build: { profile: 'release' } } as const
    return (await buildRelease(wanted, world, tools, options)).wasm.length
  }
  const [auto, none] = [await size('auto'), await size('none')]
  tools.toolchain.dispose()
  assert.ok(none < auto, `${none} bytes without it, ${auto} with it`)
})

collection('what does not allocate is entered without a boundary', () => {
  const entry = (name: string) => cText(TEXTS, 'auto').match(new RegExp(`SPY_EXPORT\\("test::${name}"\\).*`))?.[0] ?? ''
  assert.match(entry('build'), 'spy_gc_boundary()')
  assert.match(entry('zero'), 'return')
  assert.not.match(entry('zero'), 'spy_gc_boundary()')
})

for (const engine of ['interp', 'jit', 'c'] as const) {
  const load = async (text: string, gc: Gc) => {
    const { entry, files } = placeProgram(text)
    const [module] = await loadProgram([entry], { engine, gc }, memoryWorld(files))
    if (module === undefined) throw new Error('the program has one entry')
    return module
  }

  collection(`memory stays flat over calls on ${engine}, and grows without collection`, async () => {
    const pages = async (gc: Gc) => {
      const { exports, memory } = await load(TEXTS, gc)
      const after = (calls: number) => {
        for (let i = 0; i < calls; i++) exports.build?.(20)
        return memory.buffer.byteLength / 65536
      }
      // The interpreter is slow, and its memory doubles when it grows.
      return (engine === 'interp' ? [after(2000), after(4000)] : [after(5000), after(20000)]) as readonly [
        number,
        number,
      ]
    }
    const [warm, later] = await pages('auto')
    assert.is(later, warm)
    const [before, grown] = await pages('none')
    assert.ok(grown > before * (engine === 'interp' ? 1 : 2), `${before} pages, then ${grown}`)
  })

  collection(`arrays that JavaScript holds stay on ${engine}, until it lets them go`, async () => {
    const { exports } = await load(GRID, 'stress')
    const a = exports.grid?.(3) as SpyArray<number, Float64Array>
    assert.instance(a, SpyArray)
    for (let i = 0; i < 20; i++) exports.junk?.(3)
    assert.is(a.at(1, 1), 7)
    assert.is(exports.corner?.(a), 7)
    a.set(1, 1, 8)
    exports.junk?.(3)
    assert.equal([...a], [0, 0, 0, 0, 8, 0, 0, 0, 0])
    a.dispose()
    a.dispose()
    assert.throws(() => a.at(1, 1), 'view used after dispose')
  })

  collection(`frames of a call that failed are gone on ${engine}`, async () => {
    const failing = `
      def deep(n: i32) -> i32:
          s = str(n)
          if n == 0:
              raise ValueError(s + "!")
          return deep(n - 1) + len(s + str(n))
    `
    const { exports, memory } = await load(failing, 'auto')
    for (let i = 0; i < (engine === 'interp' ? 200 : 20000); i++) assert.throws(() => exports.deep?.(10), '0!')
    assert.ok(memory.buffer.byteLength < 16 * 2 ** 20)
  })
}

collection.run()
