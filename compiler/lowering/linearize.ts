/** Front door of linearization. */
export { linearize, linearizeFunction, linearizeSome } from './linearize/linearize.ts'
