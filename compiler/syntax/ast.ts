/** One file's tree as it was written: nodes, their fields, and ways to walk over them. */
export * from './ast/expressions.ts'
export * from './ast/fields.ts'
export * from './ast/nodes.ts'
export * from './ast/operators.ts'
export * from './ast/statements.ts'
export * from './ast/walk.ts'
