/** State survives hot updates while everything that is not held is collected. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { buildDev, libspyModule } from '../../compiler/node.ts'
import { type DevVersion, devHost, startDevProgram } from '../../src/runtime/index.ts'
import { memoryWorld, placeProgram } from '../support/memory-world.ts'

const hot = suite('memory over hot updates')

const version = (mark: string) => `
  var log: list[str] = []
  var last: str = ""

  def add(n: i32) -> str:
      last = "${mark}" + str(n)
      log.append(last)
      junk = str(n) * 20
      return last + str(len(junk))

  def all() -> str:
      result = ""
      for i in range(len(log)):
          result = result + log[i] + " "
      return result
`

function build(text: string) {
  const { entry, files } = placeProgram(text)
  const built = buildDev({ entries: [entry], gc: 'stress' }, memoryWorld(files), { audience: 'facades' })
  return {
    module: new WebAssembly.Module(built.wasm.slice()),
    version: JSON.parse(built.version) as DevVersion,
  }
}

hot('variables of the old version are taken over with all that they hold', () => {
  const first = build(version('a'))
  const program = startDevProgram(libspyModule(), first.module, first.version, devHost)
  const test = program.module('test') as unknown as { add(n: number): string; all(): string; last: string }
  assert.is(test.add(1), 'a120')
  test.add(2)
  for (const mark of ['b', 'c', 'd']) {
    const next = build(version(mark))
    program.install(next.module, next.version)
    test.add(3)
    test.add(44)
  }
  assert.is(test.all(), 'a1 a2 b3 b44 c3 c44 d3 d44 ')
  test.last = 'set from outside'
  test.add(5)
  assert.is(test.last, 'd5')
})

hot.run()
