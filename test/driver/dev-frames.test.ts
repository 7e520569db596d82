/** Errors of a program that runs in a page, where there is no compiler, have frames nevertheless. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { buildDev, libspyModule } from '../../compiler/node.ts'
import { withFrames } from '../../src/runtime/dev/code-places.ts'
import { type DevProgram, type DevVersion, devHost, SpyError, startDevProgram } from '../../src/runtime/index.ts'
import { memoryWorld, placeProgram } from '../support/memory-world.ts'

const frames = suite('frames in a page')

function build(text: string) {
  const { entry, files } = placeProgram(text)
  const built = buildDev({ entries: [entry] }, memoryWorld(files), { audience: 'facades', root: '/test' })
  return { module: new WebAssembly.Module(built.wasm.slice()), version: JSON.parse(built.version) as DevVersion }
}

function start(text: string): DevProgram {
  const { module, version } = build(text)
  return startDevProgram(libspyModule(), module, version, devHost)
}

/** The error of `main`, and where it says that the program was. */
function failureOf(program: DevProgram): { readonly error: SpyError; readonly at: readonly string[] } {
  try {
    ;(program.module('test').main as () => void)()
  } catch (error) {
    assert.instance(error, SpyError)
    const { frames } = error as SpyError
    return { error: error as SpyError, at: frames.map(({ fqn, span }) => `${fqn} ${span.file}:${span.startLine}`) }
  }
  throw new Error('no error was raised')
}

frames('tell the calls, outermost first, and where the error was raised', () => {
  const { error, at } = failureOf(
    start(`
  def inner(n: i32) -> i32:
      if n > 2:
          raise ValueError("too large")
      return n
  def outer(n: i32) -> i32:
      total = 0
      for i in range(n):
          total += inner(i)
      return total
  def main() -> i32:
      return outer(5)
  `),
  )
  assert.equal(at, ['test::main test.spy:11', 'test::outer test.spy:8', 'test::inner test.spy:3'])
  assert.is(error.frames.at(-1)?.span.startCol, 9)
  assert.match(error.format(), 'test::outer at test.spy:8')
})

frames('leave out the standard library: the error belongs to what called it', () => {
  const { at } = failureOf(
    start(`
  def pick(names: list[str], i: i32) -> str:
      return names[i]
  def main() -> str:
      return pick(["a", "b"], 7)
  `),
  )
  assert.equal(at, ['test::main test.spy:4', 'test::pick test.spy:2'])
})

frames('are there for what is deeper than ten calls', () => {
  const { at } = failureOf(
    start(`
  def down(n: i32) -> i32:
      if n == 0:
          return 1 // n
      return down(n - 1) + 1
  def main() -> i32:
      return down(20)
  `),
  )
  assert.is(at.length, 22)
  assert.equal(at.slice(-2), ['test::down test.spy:4', 'test::down test.spy:3'])
})

frames('are those of the version that runs', () => {
  const text = (before: string) => `
  def main() -> i32:
      ${before}
      return [1, 2].index(3)
  `
  const program = start(text('n = 1'))
  assert.equal(failureOf(program).at, ['test::main test.spy:3'])
  const { module, version } = build(text('n = 1\n      m = 2'))
  program.install(module, version)
  assert.equal(failureOf(program).at, ['test::main test.spy:4'])
})

/** The stack of an error as another engine, or the same one for a module that was fetched, would tell it. */
function retold(error: SpyError, module: WebAssembly.Module, tell: (name: string, place: string) => string) {
  const left = new Error('retold')
  left.stack = error.stack?.replace(/^ *at (.+) \(wasm:.*(:wasm-function.*)\)$/gm, (_, name, place) =>
    tell(name, place),
  )
  const { frames } = withFrames(new SpyError('ValueError', 'no'), left, module) as SpyError
  return frames.map(({ fqn, span }) => `${fqn} ${span.startLine}`)
}

frames('are found in the stacks of V8 and of SpiderMonkey, whatever the URL of the module', () => {
  const program = start(`
  def inner() -> i32:
      raise ValueError("no")
  def main() -> i32:
      return inner() + 1
  `)
  const { error } = failureOf(program)
  const wanted = ['test::main 4', 'test::inner 2']
  const url = 'http://localhost:5173/@fs/home/a (b)/app.wasm'
  const inV8 = retold(error, program.current, (name, place) => `    at ${name} (${url}${place})`)
  const inSpiderMonkey = retold(error, program.current, (name, place) => `${name}@${url}${place}`)
  assert.equal(inV8, wanted)
  assert.equal(inSpiderMonkey, wanted)
})

frames.run()
