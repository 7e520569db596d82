/** Random functions do the same on the interpreter, eagerly and lazily typed, as on the yardstick evaluator. */
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { printFunction } from '../../../compiler/backends/spy-source.ts'
import { compileFunction } from '../../../compiler/machine/interp/function.ts'
import { type Callable, Fuel, type Link } from '../../../compiler/machine/interp/link.ts'
import { GuestMemory } from '../../../compiler/machine/vm/guest-memory.ts'
import type { Cell, FuncObject, Value } from '../../../compiler/objects/values.ts'
import { SpyError } from '../../../compiler/text/diagnostics.ts'
import type { TypedFunc, TypedStmt } from '../../../compiler/typed/tree.ts'
import { evaluate } from '../../lowering/evaluate.ts'
import { randomFunction } from '../../lowering/random-trees.ts'
import { deferred } from '../../support/running-trees.ts'

/** The module variables that a tree mentions, by name. */
function cellsIn(node: unknown, found = new Map<string, Cell>()): ReadonlyMap<string, Cell> {
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

/** What the functions of the program do: see the yardstick. */
function tracing(func: FuncObject, trace: string[], count: { current: Value }): Callable {
  return {
    call: (args) => {
      trace.push(`${func.fqn}(${args.join(', ')})`)
      const calls = (count.current as number) + 1
      count.current = calls
      const sum = (args as number[]).reduce((total, value) => (total * 3 + value + calls) | 0, 0)
      const result = func.type.result.fqn.last.name
      return result === 'bool' ? sum % 2 === 0 : result === 'str' ? 'label' : sum
    },
  }
}

function interpret(
  func: TypedFunc,
  body: readonly TypedStmt[],
  args: readonly Value[],
): { trace: readonly string[]; outcome: string } {
  const cells = cellsIn({ span: null, body: func.body })
  const before = [...cells.values()].map((cell) => [cell, cell.current] as const)
  const trace: string[] = []
  const count = cells.get('test::count') ?? { current: 0 }
  const link: Link = {
    memory: new GuestMemory('debug'),
    fuel: new Fuel(100_000),
    callable: (callee) => tracing(callee, trace, count),
    dynamic: () => {
      throw new Error('hand-built trees have no dynamic operations')
    },
    methodOf: () => {
      throw new Error('there are no classes')
    },
    humanName: (type) => type.fqn.debugName,
  }
  try {
    return { trace, outcome: `returned ${compileFunction({ ...func, body }, link).call(args)}` }
  } catch (error) {
    if (!(error instanceof SpyError)) throw error
    return { trace, outcome: outcomeOf(error) }
  } finally {
    for (const [cell, value] of before) cell.current = value
  }
}

/** Failures as the yardstick calls them. */
function outcomeOf({ etype, message }: SpyError): string {
  if (message.startsWith('read from')) return message
  if (message.startsWith('blue code')) return 'endless'
  return etype === 'AssertionError' ? `AssertionError ${message}` : etype
}

/** The same function, typed as the interpreter types: statement by statement. */
function lazily(stmts: readonly TypedStmt[]): readonly TypedStmt[] {
  return stmts.map((stmt) =>
    deferred(() => {
      if (stmt.kind === 'If') return [{ ...stmt, then: lazily(stmt.then), orElse: lazily(stmt.orElse) }]
      if (stmt.kind === 'While') return [{ ...stmt, body: lazily(stmt.body) }]
      return [stmt]
    }),
  )
}

const shownAsSource = randomFunction.map((func) => ({
  ...func,
  [fc.toStringMethod]: () => `\n${printFunction(func, (fqn) => fqn.debugName, 'test')}`,
}))

const random = suite('random functions on the interpreter')

random('call the same functions in the same order, and end in the same way', () => {
  fc.assert(
    fc.property(shownAsSource, fc.integer({ min: -5, max: 5 }), (func, b) => {
      const yardstick = evaluate(func, [7, b], 'left to right')
      const expected = { trace: yardstick.trace.filter((entry) => entry.endsWith(')')), outcome: yardstick.outcome }
      if (expected.outcome === 'endless') return
      assert.equal(interpret(func, func.body, [7, b]), expected)
      assert.equal(interpret(func, lazily(func.body), [7, b]), expected)
    }),
    { numRuns: 500 },
  )
})

random.run()
