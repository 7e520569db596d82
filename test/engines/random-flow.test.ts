/**
 * Random functions: on every way through branches, loops and conditional operands, variables have the values that they
 * should have, and a variable that has none is an error. The oracle is JavaScript made from the same pieces.
 */
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { EngineName } from '../../src/node/engines.ts'
import { loadProgram } from '../../src/node/load.ts'
import type { LoadedModule } from '../../src/node/loaded-module.ts'
import type { AnyFunction } from '../../src/runtime/index.ts'
import { memoryWorld, placeProgram } from '../support/memory-world.ts'
import { type FlowProgram, randomFlow } from '../support/random-flow.ts'

/** How many functions one program has: compiling C takes as long for one as for many. */
const FUNCTIONS = { interp: 60, jit: 60, c: 30 } as const satisfies Record<EngineName, number>

const ARGUMENTS = [
  [true, true, 2],
  [true, false, 0],
  [false, true, 1],
  [false, false, 3],
] as const

const TRACER = `
var trace: str = ""

def tr(x: i32) -> i32:
    trace = trace + str(x) + ","
    return x

def traced() -> str:
    text = trace
    trace = ""
    return text
`

const UNSET = 'read from uninitialized local'

/** What each call traces, and what it gives. */
function expected({ js }: FlowProgram): string[] {
  const run = new Function('c1', 'c2', 'n', 'tr', 'unset', js) as (...args: readonly unknown[]) => number
  return ARGUMENTS.map((args) => {
    let trace = ''
    const tr = (x: number) => {
      trace += `${x},`
      return x
    }
    const unset = () => {
      throw new Error(UNSET)
    }
    return `${outcome(() => run(...args, tr, unset))} ${trace}`
  })
}

function outcome(run: () => unknown): string {
  try {
    return String(run())
  } catch (error) {
    if (error instanceof Error && error.message === UNSET) return 'unset'
    throw error
  }
}

async function load(engine: EngineName, functions: readonly FlowProgram[]): Promise<LoadedModule> {
  const texts = functions.map(({ spy }, index) => spy.replace('def f(', `def f${index}(`))
  const { entry, files } = placeProgram(`${TRACER}\n${texts.join('\n')}`)
  const [module] = await loadProgram([entry], { engine, stdout: () => {} }, memoryWorld(files))
  return module as LoadedModule
}

const flow = suite('random functions')

for (const engine of ['interp', 'jit', 'c'] as const) {
  flow(`do on ${engine} what they should`, async () => {
    const count = FUNCTIONS[engine]
    // The same ones on every run, so that an error can be found again.
    const functions = fc
      .sample(fc.infiniteStream(fc.nat(0x7fffffff)), { numRuns: count, seed: 20 })
      .map((numbers) => randomFlow((below) => (numbers.next().value as number) % below))
    const { exports } = await load(engine, functions)
    const traced = exports.traced as AnyFunction
    functions.forEach((program, index) => {
      const f = exports[`f${index}`] as AnyFunction
      const got = ARGUMENTS.map((args) => `${outcome(() => f(...args))} ${traced()}`)
      assert.equal(got, expected(program), program.spy)
    })
  })
}

flow.run()
