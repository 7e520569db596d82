/** Front door of the machine: modules in, a VM full of objects out. */
export { BUILTIN_NAMES } from './builtins/names.ts'
export type { Machine } from './run/evaluator.ts'
export { importModules } from './run/import.ts'
export { GuestMemory } from './vm/guest-memory.ts'
export type { ErrorMode, NodeColor, NodeColors, Vm, VmOptions } from './vm/vm.ts'
