/** Front door of the rooting pass. */
export { allocatingFunctions } from './plan-roots/allocating.ts'
export { planRoots } from './plan-roots/plan-roots.ts'
