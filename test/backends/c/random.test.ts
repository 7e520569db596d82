/** Random functions do in C what the typed tree says, whatever order C evaluates operands in. */
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printFunction } from '../../../compiler/backends/spy-source.ts'
import { parseFqn } from '../../../compiler/objects/fqn.ts'
import type { TypedFunc } from '../../../compiler/typed/tree.ts'
import { evaluate } from '../../lowering/evaluate.ts'
import { CELLS, calledFunctions, randomFunction } from '../../lowering/random-trees.ts'
import { onLine, program } from '../../support/typed-trees.ts'
import { catchPanics, cText, runNatively } from './native.ts'

const COUNT = 60
const ARGUMENTS = [
  [7, 2],
  [-3, 0],
  [1, -1],
] as const

/** The same function under a name of its own. */
function named(func: TypedFunc, index: number): TypedFunc {
  return { ...func, fqn: parseFqn(`test::f${index}`) }
}

function harness(functions: readonly TypedFunc[]): string {
  const calls = functions.flatMap((_, index) =>
    ARGUMENTS.map(
      ([a, b]) => `    spy_test$count = 0; spy_test$total = 5;
    if (sigsetjmp(again, 1) == 0) printf("returned %d", spy_test$f${index}(${a}, ${b}));
    else print_panic();
    printf(" count %d total %d\\n", spy_test$count, spy_test$total);`,
    ),
  )
  return catchPanics('', calls)
}

function expected(func: TypedFunc, args: readonly [number, number]): string {
  const { outcome, cells } = evaluate(func, args, 'left to right')
  const text: Readonly<Record<string, string>> = {
    ZeroDivisionError: 'ZeroDivisionError: integer division or modulo by zero',
    'AssertionError label': 'AssertionError: label',
    'read from uninitialized local': 'Exception: read from uninitialized local',
  }
  return `${text[outcome] ?? outcome} count ${cells['test::count'] ?? 0} total ${cells['test::total'] ?? 5}`
}

const random = suite('random functions in C')

onLine(1)

random('do what their trees say', () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  const functions = fc.sample(randomFunction, { numRuns: COUNT, seed }).map(named)
  const exported = functions.map((func) => func.fqn.text)
  const text = cText(program({ functions: [...calledFunctions(), ...functions], cells: CELLS }), exported)
  const { stdout, stderr, status } = runNatively(text, harness(functions))
  assert.is(status, 0, stderr)
  const lines = stdout.split('\n')
  for (const [index, func] of functions.entries()) {
    for (const [at, args] of ARGUMENTS.entries()) {
      const source = printFunction(func, (fqn) => fqn.debugName, 'test')
      assert.is(lines[index * ARGUMENTS.length + at], expected(func, args), `seed ${seed}, ${args}:\n${source}`)
    }
  }
})

random.run()
