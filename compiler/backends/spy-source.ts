/** Front door of the source printer. */
export { printFunction, printSource, type SourceOptions } from './spy-source/modules.ts'
export { printFuncDef, printUntypedExpr } from './spy-source/untyped.ts'
