/** The module that is a command: importing it runs `main`. In Node it has arguments and a status; in pages, neither. */
import type { InterfaceModel } from '../model/interface-model.ts'
import { printFacade } from './print-facade.ts'

export interface CommandModuleOptions {
  readonly programId: string
  readonly runtimeId: string
}

export function printCommand(model: InterfaceModel, options: CommandModuleOptions): string {
  const functions = model.functions.filter(({ name }) => name === 'main')
  const only = { ...model, functions, variables: [], constants: [], classes: [] }
  const takesArguments = functions.some(({ params }) => params.length > 0)
  return `${printFacade(only, { kind: 'release', ...options })}
const process = globalThis.process
try {
  const status = main(${takesArguments ? 'process ? process.argv.slice(1) : []' : ''})
  if (process && status) process.exitCode = status & 255
} catch (error) {
  if (!process || !error.format) throw error
  console.error(error.format())
  process.exitCode = 1
} finally {
  $.exports.spy_flush()
}
`
}
