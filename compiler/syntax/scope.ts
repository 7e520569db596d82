/** A tree to symbol tables: what every name means. */
export { type AnalyzedScopes, analyzeScopes } from './scope/analyze.ts'
export { contextName, iteratorName } from './scope/declare.ts'
export type {
  BuiltinNames,
  Origin,
  ScopeTables,
  SpySymbol,
  Storage,
  SymbolTable,
  TableKind,
} from './scope/symbols.ts'
