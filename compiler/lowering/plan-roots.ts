/** Front door of the rooting pass. */
export { planRoots } from './plan-roots/plan-roots.ts'
