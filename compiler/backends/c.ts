/** Front door of the C back end. */
export { type CFiles, type COptions, emitC } from './c/emit.ts'
