/** Front door of the source printer. */
export { printFunction, printSource, type SourceOptions } from './spy-source/modules.ts'
