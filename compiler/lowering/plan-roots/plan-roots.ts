/**
 * Roots: every gc pointer that a call receives, or that is read after it, is held where the collector can see it. The
 * collector runs in allocations only, so it is enough to tell it before calls that may allocate.
 *
 *     s = greet(name)              roots[0] = name;  s = greet(name)
 *     t = concat(s, name)   →      roots[1] = s;     t = concat(s, name)
 *     show(t, s)                   roots[0] = t;     show(t, s)
 *
 * In:  linear functions. What a statement holds while it allocates is in locals there, and there only.
 * Out: a plan beside the trees, which every back end obeys; see typed/roots. Objects do not move, so locals stay valid.
 *      A function that holds no pointer over such a call has no slots.
 */
import { holdsGcPointers } from '../../objects/gc-pointers.ts'
import type { LinearFunc, LinearProgram } from '../../typed/linear.ts'
import type { FuncRoots, RootPlan } from '../../typed/roots.ts'
import { allocatingFunctions } from './allocating.ts'
import { assignedIn } from './code.ts'
import { leaveOutCopies } from './copies.ts'
import { findNeeds } from './needs.ts'
import { planSlots } from './slots.ts'

/** @param allocating  the functions that may allocate; linearizing does not change which, so callers may know them */
export function planRoots(program: LinearProgram, allocating = allocatingFunctions(program)): RootPlan {
  const functions = new Map<string, FuncRoots>()
  for (const fqn of allocating) {
    const func = program.functions.get(fqn)
    const roots = func && planFunction(func, allocating)
    if (roots !== undefined) functions.set(fqn, roots)
  }
  return { allocating, functions }
}

function planFunction(func: LinearFunc, allocating: ReadonlySet<string>): FuncRoots | undefined {
  const holders = [...func.params, ...func.locals].filter(({ type }) => holdsGcPointers(type)).map(({ name }) => name)
  const tracked = new Set(holders)
  const needs = findNeeds(func, tracked, allocating)
  if ([...needs.values()].every(({ locals, cells }) => locals.size === 0 && cells.length === 0)) return undefined
  const assigned = assignedIn(func.body)
  const held = func.params.filter(({ name }) => !assigned.has(name)).map(({ name }) => name)
  return planSlots(func, leaveOutCopies(func, needs, tracked, new Set(held)))
}
