/** Front door of the C back end. */

export type { CallSites } from './c/call-sites.ts'
export { type Caller, type CFiles, type COptions, type EmittedC, emitC } from './c/emit.ts'
export type { FailingPlace, FailingPlaces } from './c/places.ts'
