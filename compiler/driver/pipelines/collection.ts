/** How a program collects, as whoever asks for it wants. */
import { linearizeSome } from '../../lowering/linearize.ts'
import { allocatingFunctions, planRoots } from '../../lowering/plan-roots.ts'
import type { LinearProgram } from '../../typed/linear.ts'
import type { Collection, RootPlan } from '../../typed/roots.ts'
import type { TypedProgram } from '../../typed/tree.ts'

/** auto: memory that nothing leads to is used again. none: never. stress: as auto, at every allocation, for tests. */
export type Gc = 'auto' | 'none' | 'stress'

/** For engines that emit typed trees: only functions that may allocate have to be linear for the plan. */
export function planTypedCollection(program: TypedProgram, gc: Gc = 'auto'): Collection | undefined {
  if (gc === 'none') return undefined
  const allocating = allocatingFunctions(program)
  return collection(program, planRoots(linearizeSome(program, allocating), allocating), gc)
}

/** Undefined for programs that never collect. Freed memory is overwritten where accesses are checked. */
export function planCollection(program: LinearProgram, gc: Gc = 'auto'): Collection | undefined {
  if (gc === 'none') return undefined
  return collection(program, planRoots(program), gc)
}

function collection({ mode }: TypedProgram, plan: RootPlan, gc: Gc): Collection {
  return { plan, stress: gc === 'stress', poison: mode === 'debug' }
}
