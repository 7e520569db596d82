/** Run a program in the interpreter: import its modules, then call `main`. Nothing is described, nothing is compiled. */
import type { Machine } from '../../machine/index.ts'
import type { FuncObject, Value } from '../../objects/values.ts'
import { invariant, type Warning } from '../../text/diagnostics.ts'
import { importProgram, type ProgramRequest, type World } from './front-end.ts'
import { findMain } from './main-function.ts'

export interface Executed {
  /** What `main` returned, 0 for None. */
  readonly result: number
  /** Milliseconds that `main` took. */
  readonly time: number
}

/**
 * Run the `main` of the first entry.
 *
 * @param argv       what `main` gets, if it has a parameter
 * @param onWarning  told before `main` runs
 * @throws SpyError for whatever goes wrong in the program, HostError if it has no `main`
 */
export function executeMain(
  request: ProgramRequest,
  argv: readonly string[],
  world: World,
  onWarning: (warning: Warning) => void,
): Executed {
  const { graph, machine, warnings } = importProgram(request, 'debug', world)
  const [entry] = graph.entries
  invariant(entry !== undefined, 'a program has an entry')
  const main = findMain(machine, entry)
  for (const warning of warnings) onWarning(warning)
  const args = main.params.length === 0 ? [] : [listOfStr(machine, main, argv)]
  const start = performance.now()
  const result = machine.freeLink.callable(main).call(args)
  return { result: typeof result === 'number' ? result : 0, time: performance.now() - start }
}

/** A list, made as a list display makes it: `_empty()`, then `_push(item)` for each. */
function listOfStr({ vm, freeLink }: Machine, main: FuncObject, items: readonly string[]): Value {
  const [param] = main.params
  invariant(param !== undefined, 'main has a parameter')
  const empty = vm.lookupFunc(param.type, '_empty')
  const push = vm.lookupFunc(param.type, '_push')
  invariant(empty !== undefined && push !== undefined, 'lists can be made')
  return items.reduce<Value>(
    (list, item) => freeLink.callable(push).call([list, item]),
    freeLink.callable(empty).call([]),
  )
}
