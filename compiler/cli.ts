/** The command line. It loads fast, and what a command needs is loaded when the command is called. */
export type { CompiledRun, DeclarationsProject, Output, Shell } from './driver/cli/command.ts'
export { main } from './driver/cli/main.ts'
