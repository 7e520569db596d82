/** Front door of the machine: modules in, a VM full of objects out. */
export { BUILTIN_NAMES } from './machine/builtins/names.ts'
export type { Machine } from './machine/run/evaluator.ts'
export { importModules } from './machine/run/import.ts'
export { GuestMemory } from './machine/vm/guest-memory.ts'
export type { ErrorMode, Vm, VmOptions } from './machine/vm/vm.ts'
