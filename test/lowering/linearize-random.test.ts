/** Linear code does the same as the source, even on a machine that evaluates operands from right to left. */
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printFunction } from '../../compiler/backends/spy-source.ts'
import { linearizeFunction } from '../../compiler/lowering/linearize.ts'
import type { TypedFunc } from '../../compiler/typed/tree.ts'
import { evaluate } from './evaluate.ts'
import { randomFunction } from './random-trees.ts'

const random = suite('linearize, on random functions')

function print(func: TypedFunc): string {
  return printFunction(func, (fqn) => fqn.debugName, 'test')
}

/** A failure shows the function as source. */
const shownAsSource = randomFunction.map((func) => ({ ...func, [fc.toStringMethod]: () => `\n${print(func)}` }))

random('keeps the trace of effects and the outcome', () => {
  fc.assert(
    fc.property(shownAsSource, fc.integer({ min: -5, max: 5 }), (func, b) => {
      const before = evaluate(func, [7, b], 'left to right')
      const after = evaluate(linearizeFunction(func), [7, b], 'right to left')
      assert.equal(after, before, `${print(func)}\n${print(linearizeFunction(func))}`)
    }),
    { numRuns: 1000 },
  )
})

random('is needed: the source itself depends on the order', () => {
  const differs = fc.sample(randomFunction, 200).some((func) => {
    const left = evaluate(func, [7, 2], 'left to right')
    return JSON.stringify(left) !== JSON.stringify(evaluate(func, [7, 2], 'right to left'))
  })
  assert.ok(differs)
})

random.run()
