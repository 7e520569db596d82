/** Is the program right? What its entries offer, without code. */
import type { LayoutMode } from '../../objects/layout.ts'
import { redshift } from '../../redshift/redshift.ts'
import type { Warning } from '../../text/diagnostics.ts'
import type { TypedProgram } from '../../typed/tree.ts'
import { withinStack } from './depth.ts'
import { describeEntries, type Interfaces, importProgram, type ProgramRequest, type World } from './front-end.ts'

export interface Checked {
  readonly program: TypedProgram
  readonly interfaces: Interfaces
  readonly warnings: readonly Warning[]
}

/**
 * @param mode  the layout that the interfaces describe
 * @throws SpyError
 */
export function check(request: ProgramRequest, world: World, mode: LayoutMode = 'debug'): Checked {
  return withinStack(() => {
    const { graph, machine, warnings } = importProgram(request, mode, world)
    const program = redshift(machine)
    return { program, interfaces: describeEntries(request, graph, program), warnings }
  })
}
