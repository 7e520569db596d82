/** Is the program right? What its entries offer, without code. */
import { redshift } from '../../redshift/redshift.ts'
import type { Diagnostic } from '../../text/diagnostics.ts'
import type { TypedProgram } from '../../typed/tree.ts'
import { describeEntries, type Interfaces, importProgram, type ProgramRequest, type World } from './front-end.ts'

export interface Checked {
  readonly program: TypedProgram
  readonly interfaces: Interfaces
  readonly warnings: readonly Diagnostic[]
}

/** @throws SpyError */
export function check(request: ProgramRequest, world: World): Checked {
  const { graph, machine, warnings } = importProgram(request, 'debug', world)
  const program = redshift(machine)
  return { program, interfaces: describeEntries(request, graph, program), warnings }
}
