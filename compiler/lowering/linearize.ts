/** Front door of linearization. */
export { linearize, linearizeFunction } from './linearize/linearize.ts'
