/** The jit knows what ranges are made of where a loop goes over them. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { buildDev } from '../../compiler/node.ts'
import { memoryWorld, placeProgram } from '../support/memory-world.ts'

const ranges = suite('known ranges')

/** The names of functions and locals are among the bytes. */
function names(loop: string): string {
  const { entry, files } = placeProgram(`
    def f(n: i32, step: i32) -> i32:
        var sum = 0
        for i in ${loop}:
            sum = sum + i
        return sum
  `)
  return Buffer.from(buildDev({ entries: [entry] }, memoryWorld(files), { audience: 'facades' }).wasm).toString(
    'latin1',
  )
}

ranges('steps are not counted where they are known to be ones', () => {
  assert.not.match(names('range(n)'), /_range::range::_count/)
  assert.not.match(names('range(3, n)'), /_range::range::_count/)
  assert.match(names('range(0, n, step)'), /_range::range::_count/)
})

ranges.run()
