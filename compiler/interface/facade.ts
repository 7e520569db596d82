/** Interface → the modules that an app imports. */
export { type FacadeOptions, printFacade, RUNTIME_ID } from './facade/print-facade.ts'
export {
  type DevProgramOptions,
  printDevProgram,
  printReleaseProgram,
  type ReleaseProgramOptions,
  type WasmSource,
} from './facade/print-program.ts'
