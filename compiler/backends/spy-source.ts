/** Front door of the source printer. */
export { exprPrinter, printFunction, printSource, type SourceOptions } from './spy-source/modules.ts'
export { printFuncDef, printUntypedExpr } from './spy-source/untyped.ts'
