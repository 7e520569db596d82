/** A command line that cannot be understood. */

export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** The command it was meant for; undefined if there is none. */
  readonly command: string | undefined

  constructor(message: string, command: string | undefined = undefined) {
    super(message)
    this.command = command
  }
}

export function noSuchCommand(name: string): UsageError {
  return new UsageError(`No such command '${name}'.`)
}

export function noSuchOption(option: string, command: string): UsageError {
  return new UsageError(`No such option: ${option}`, command)
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

/** Pages hold the script that draws them; there is no copy of it on a server. */
export function noPublishedViewer(command: string): UsageError {
  return new UsageError("Invalid value for '--spyast-js': there is no 'cdn' copy of the viewer, use 'inline'.", command)
}
