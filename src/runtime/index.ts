/** The door of the runtime: what facades and the modules that start programs import from `unplugin-spy/runtime`. */

export type { HotVariable, ModuleBinding } from './abi/descriptors.ts'
export { type Exports, type HostImport, type Instance, startProgram, unusable } from './boot/instance.ts'
export { type HostImports, type JitProgram, linkModule, startJit, startRuntime } from './boot/jit.ts'
export { compileFrom, compileText } from './boot/module.ts'
export {
  type AnyFunction,
  bindClasses,
  bindFunction,
  bindModule,
  bindVariable,
  type Callable,
  type Variable,
} from './dev/bind.ts'
export { type DevProgram, type DevVersion, devHost, startDevProgram } from './dev/dev-program.ts'
export { plainValue } from './dev/plain-values.ts'
export { type SpyAnnotation, SpyError, type SpyFrame, type SpySpan } from './errors.ts'
export { clock_sleep, clock_time } from './host/clock.ts'
export { fd_read } from './host/input.ts'
export { byLine, fd_write, type Output, type Writer, writesTo } from './host/output.ts'
export { panic } from './host/panic.ts'
export { struct, tuple } from './marshal/aggregates.ts'
export { array, arrayFrom, SpyArray } from './marshal/arrays.ts'
export type { Codec } from './marshal/codec.ts'
export { list, numbers } from './marshal/lists.ts'
export { moduleObject } from './marshal/module-object.ts'
export { bool, type Complex, complex128, f32, f64, i8, i32, i64, none, u8, u32, u64 } from './marshal/scalars.ts'
export { bytes, str } from './marshal/text.ts'
