/** A command line that cannot be understood. */
import { didYouMean, similar } from './suggestions.ts'

export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** The command it was meant for; undefined if there is none. */
  readonly command: string | undefined

  constructor(message: string, command: string | undefined = undefined) {
    super(message)
    this.command = command
  }
}

/** @param known  the commands that there are */
export function noSuchCommand(name: string, known: readonly string[]): UsageError {
  return new UsageError(`No such command '${name}'.${didYouMean(similar(name, known))}`)
}

/** A command of other implementations. */
export function commandNotProvided(name: string, why: string): UsageError {
  return new UsageError(`There is no command '${name}': ${why}`)
}

/** @param known  the options of the command */
export function noSuchOption(option: string, known: readonly string[], command: string | undefined): UsageError {
  return new UsageError(`No such option: ${option}${didYouMean(similar(option, known))}`, command)
}

/** An option that is known, and does nothing here. */
export function optionRefused(option: string, why: string, command: string): UsageError {
  return new UsageError(`Option '${option}' cannot be used: ${why}`, command)
}

export function missingOperand(operand: string, command: string): UsageError {
  return new UsageError(`Missing argument '${operand}'.`, command)
}

export function unexpectedOperands(operands: readonly string[], command: string): UsageError {
  const words = operands.length === 1 ? 'argument' : 'arguments'
  return new UsageError(`Got unexpected extra ${words} (${operands.join(' ')})`, command)
}

export function missingValue(option: string, command: string): UsageError {
  return new UsageError(`Option '${option}' requires an argument.`, command)
}

export function unexpectedValue(option: string, command: string): UsageError {
  return new UsageError(`Option '${option}' does not take a value.`, command)
}

/** @param names  all spellings of the option */
export function invalidChoice(
  names: readonly string[],
  value: string,
  choices: readonly string[],
  command: string,
): UsageError {
  const option = names.map((name) => `'${name}'`).join(' / ')
  const known = choices.map((choice) => `'${choice}'`).join(', ')
  return new UsageError(`Invalid value for ${option}: '${value}' is not one of ${known}.`, command)
}

export function notANumber(option: string, value: string): UsageError {
  return new UsageError(`Invalid value for '${option}': '${value}' is not a number of 1 or more.`)
}

/** Pages hold the script that draws them; there is no copy of it on a server. */
export function noPublishedViewer(command: string): UsageError {
  return new UsageError("Invalid value for '--spyast-js': there is no 'cdn' copy of the viewer, use 'inline'.", command)
}
