/** A program as far as redshift leads, for whoever wants to see what it has made of the source. */
import type { NodeColor, NodeColors } from '../../machine/index.ts'
import type { SourceModule } from '../../modules/graph.ts'
import { redshift } from '../../redshift/redshift.ts'
import type { Node } from '../../syntax/ast.ts'
import { invariant, type Warning } from '../../text/diagnostics.ts'
import type { TypedProgram } from '../../typed/tree.ts'
import { withinStack } from './depth.ts'
import { importProgram, type ProgramRequest, type World } from './front-end.ts'

export interface Shifted {
  readonly program: TypedProgram
  /** The entries, in their order. */
  readonly entries: readonly [SourceModule, ...SourceModule[]]
  /** Of the nodes of all modules. */
  readonly colors: NodeColors
  readonly warnings: readonly Warning[]
}

/** @throws SpyError */
export function shiftProgram(request: ProgramRequest, world: World): Shifted {
  return withinStack(() => {
    const colors = new Map<Node, NodeColor>()
    const { graph, machine, warnings } = importProgram({ ...request, colors }, 'debug', world)
    const program = redshift(machine)
    const [entry, ...others] = graph.entries
    invariant(entry !== undefined, 'a program has an entry')
    return { program, entries: [entry, ...others], colors, warnings }
  })
}
