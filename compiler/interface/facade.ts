/** Interface → the modules that an app imports. */
export { type CommandModuleOptions, printCommand } from './facade/print-command.ts'
export { type FacadeOptions, printFacade, RUNTIME_ID } from './facade/print-facade.ts'
export { type ProgramModuleOptions, printProgram } from './facade/print-program.ts'
