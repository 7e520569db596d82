/**
 * The command `spy`: which command is meant, and how what goes wrong is told. Standard output carries what was asked for
 * and nothing else; errors, warnings and panics go to standard error.
 *
 * Status: 0, or what `main` returned; 1 for errors of the program and of the world; 2 for a wrong command line.
 */
import { parseArguments } from './arguments.ts'
import type { CommandSpec, Shell } from './command.ts'
import { COMMANDS, type CommandEntry, findCommand, NOT_PROVIDED } from './commands.ts'
import { errorText } from './failures.ts'
import { commandHelp, groupHelp, usageErrorText } from './help.ts'
import { heedSpyToml } from './spy-toml.ts'
import { COLOR_CHOICES, Terminal } from './terminal.ts'
import { commandNotProvided, noSuchCommand, noSuchOption, UsageError } from './usage-error.ts'

/** @returns the exit status */
export async function main(args: readonly string[], shell: Shell): Promise<number> {
  const words = withDefaultCommand(args)
  const [first] = words
  if (first === undefined || first === '-h' || first === '--help') {
    shell.stdout.write(groupHelp(COMMANDS))
    return 0
  }
  if (first === '--version') {
    shell.stdout.write(`${shell.version()}\n`)
    return 0
  }
  const entry = findCommand(first)
  if (entry === undefined) return tellUsage(unknownCommand(first), '', shell)
  return call(entry, words.slice(1), shell)
}

function unknownCommand(word: string): UsageError {
  const why = NOT_PROVIDED.get(word)
  if (why !== undefined) return commandNotProvided(word, why)
  const known = COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases])
  return word.startsWith('-') ? noSuchOption(word, ['--help', '--version'], undefined) : noSuchCommand(word, known)
}

/** `spy a.spy` is `spy run a.spy`. */
function withDefaultCommand(args: readonly string[]): readonly string[] {
  const [first] = args
  const isFile = args.some((arg) => arg.includes('.spy') || arg.includes('.py'))
  const isCommand = first === undefined || findCommand(first) !== undefined || NOT_PROVIDED.has(first)
  if (isCommand || args.includes('--help') || !isFile) return args
  return ['run', ...args]
}

async function call({ name, load }: CommandEntry, args: readonly string[], shell: Shell): Promise<number> {
  const { command } = await load()
  let parsed: ReturnType<typeof parseArguments>
  try {
    parsed = parseArguments(name, command, args)
  } catch (error) {
    if (error instanceof UsageError) return tellUsage(error, command.operands, shell)
    throw error
  }
  const { options } = parsed
  const terminal = new Terminal(shell, options.choice('color', COLOR_CHOICES, 'auto'))
  if (options.has('version')) {
    shell.stdout.write(`${shell.version()}\n`)
    return 0
  }
  if (options.has('help')) {
    terminal.out(commandHelp(name, command))
    terminal.flush()
    return 0
  }
  return finish(command, terminal, shell, async () => {
    if (command.file === 'required' && !options.has('no-spy-toml')) heedSpyToml(shell.resolve(parsed.file))
    return command.run({ ...parsed, terminal }, shell)
  })
}

async function finish(
  { operands }: CommandSpec,
  terminal: Terminal,
  shell: Shell,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof UsageError) return tellUsage(error, operands, shell)
    terminal.err(errorText(error, { color: terminal.colorErr }))
    return 1
  } finally {
    terminal.flush()
  }
}

function tellUsage(error: UsageError, operands: string, { stderr }: Shell): number {
  stderr.write(usageErrorText(error, operands, stderr.columns ?? 80))
  return 2
}
