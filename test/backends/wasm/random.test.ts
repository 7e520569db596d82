/** Random functions do the same in wasm, with calls expanded and not, as on the yardstick evaluator. */
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printFunction } from '../../../compiler/backends/spy-source.ts'
import { builtinFunc } from '../../../compiler/objects/builtin-funcs.ts'
import { Fqn } from '../../../compiler/objects/fqn.ts'
import { BOOL, I32, NONE, STR } from '../../../compiler/objects/types.ts'
import type { Cell, Value } from '../../../compiler/objects/values.ts'
import type { TypedExpr, TypedFunc } from '../../../compiler/typed/tree.ts'
import { evaluate } from '../../lowering/evaluate.ts'
import { randomFunction } from '../../lowering/random-trees.ts'
import {
  assign,
  bool,
  call,
  cell,
  cellRead,
  define,
  int,
  local,
  loop,
  op,
  params,
  program,
  ret,
  run,
  sourceFunc,
  text,
} from '../../support/typed-trees.ts'
import { Failure, instantiate } from './instance.ts'

/** The module variables that a tree mentions, by name. */
function cellsIn(node: unknown, found = new Map<string, Cell>()): Map<string, Cell> {
  if (typeof node !== 'object' || node === null) return found
  if ('what' in node && node.what === 'cell') found.set((node as Cell).fqn.text, node as Cell)
  else if ('span' in node) {
    for (const [key, part] of Object.entries(node)) {
      if (key === 'func' || key === 'type' || key === 'span') continue
      for (const item of Array.isArray(part) ? part : [part]) cellsIn(item, found)
    }
  }
  return found
}

/** A runtime function that the test hears: (which, a, b). */
const hear = builtinFunc(
  Fqn.of('test', 'hear'),
  [
    ['which', I32],
    ['a', I32],
    ['b', I32],
  ],
  NONE,
  { kind: 'runtime', name: 'spy_memset', effects: true, evaluate: () => null },
)

const NAMES = ['one', 'two', 'odd', 'label'] as const

const RESULTS = { one: I32, two: I32, odd: BOOL, label: STR } as const

/**
 * The functions that random trees call, as the yardstick defines them: they count, and mix what they get. Functions with
 * a loop are not expanded where they are called.
 */
function callees(count: Cell, expanded: boolean): readonly TypedFunc[] {
  return NAMES.map((name, which) => {
    const two = name === 'two'
    const parameters = params(['a', I32], ...(two ? [['b', I32] as const] : []))
    const calls = cellRead(count)
    const first = op('i32_add', local('a'), calls)
    const sum = two ? op('i32_add', op('i32_add', op('i32_mul', first, int(3)), local('b')), calls) : first
    const isEven = op('i32_eq', op('i32_and', sum, int(1)), int(0))
    const value: TypedExpr = name === 'odd' ? isEven : name === 'label' ? text('label') : sum
    return define(
      sourceFunc(`test::${name}`, parameters, RESULTS[name]),
      [],
      [
        run(call(hear, int(which), local('a'), two ? local('b') : int(0))),
        assign(count, op('i32_add', calls, int(1))),
        ...(expanded ? [] : [loop(bool(false), [])]),
        ret(value),
      ],
    )
  })
}

function runInWasm(func: TypedFunc, args: readonly number[], expanded: boolean): { trace: string[]; outcome: string } {
  const cells = cellsIn({ span: null, body: func.body })
  const count = cells.get('test::count') ?? cell('test::count', I32, 0)
  cells.set('test::count', count)
  const trace: string[] = []
  const instance = instantiate(
    program({ functions: [func, ...callees(count, expanded)], cells: [...cells.values()] }),
    { exports: ['test::f'] },
    {
      spy_memset: (which = 0, a = 0, b = 0) => {
        trace.push(`test::${NAMES[which]}(${which === 1 ? `${a}, ${b}` : a})`)
        return undefined
      },
    },
  )
  try {
    return { trace, outcome: `returned ${instance.call('test::f', ...args)}` }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { trace, outcome: outcomeOf(error) }
  }
}

/** Failures as the yardstick calls them. */
function outcomeOf({ etype, message }: Failure): string {
  if (message.startsWith('read from')) return message
  return etype === 'AssertionError' ? `AssertionError ${message}` : etype
}

const shownAsSource = randomFunction.map((func) => ({
  ...func,
  [fc.toStringMethod]: () => `\n${printFunction(func, (fqn) => fqn.debugName, 'test')}`,
}))

const random = suite('random functions in wasm')

for (const expanded of [true, false]) {
  random(`with calls ${expanded ? 'expanded' : 'kept'}: the same calls, the same end`, () => {
    fc.assert(
      fc.property(shownAsSource, fc.integer({ min: -5, max: 5 }), (func, b) => {
        const args: readonly Value[] = [7, b]
        const yardstick = evaluate(func, args, 'left to right')
        if (yardstick.outcome === 'endless') return
        const expected = { trace: yardstick.trace.filter((entry) => entry.endsWith(')')), outcome: yardstick.outcome }
        assert.equal(runInWasm(func, [7, b], expanded), expected)
      }),
      { numRuns: 1000 },
    )
  })
}

random.run()
