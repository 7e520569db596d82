/** A program in the interpreter: nothing is typed before it is reached, nothing is emitted. */
import type { InterpExports } from '../../machine/interp/instance.ts'
import { instanceExports } from '../../machine/interp/instance.ts'
import { describeModules } from '../../redshift/redshift.ts'
import type { Warning } from '../../text/diagnostics.ts'
import { describeEntries, type Interfaces, importProgram, type ProgramRequest, type World } from './front-end.ts'

export interface Interpreted {
  readonly interfaces: Interfaces
  /** What an instance of the program compiled to wasm would export. */
  readonly exports: InterpExports
  readonly warnings: readonly Warning[]
}

/** @throws SpyError for what goes wrong at import time; later errors are thrown by the exports */
export function interpret(request: ProgramRequest, world: World): Interpreted {
  const { graph, machine, warnings } = importProgram(request, 'debug', world)
  const { vm } = machine
  const modules = describeModules(vm)
  const interfaces = describeEntries(request, graph, { mode: 'debug', modules, humanName: (fqn) => vm.humanFqn(fqn) })
  const cells = [...vm.globals.values()].flatMap((entry) => (entry.kind === 'cell' ? [entry.cell] : []))
  const exports = instanceExports({
    functions: vm.functions(),
    cells,
    link: machine.freeLink,
    gc: request.gc ?? 'auto',
  })
  return { interfaces, exports, warnings }
}
