/** The texts behind `--help`, and those about command lines that are wrong. */
import type { CommandSpec } from './command.ts'
import type { CommandEntry } from './commands.ts'
import type { UsageError } from './usage-error.ts'

const WIDTH = 100

export function groupHelp(commands: readonly CommandEntry[]): string {
  const rows = commands.map(({ name, aliases, summary }): Row => {
    return [name, aliases.length === 0 ? summary : `${summary} (also: ${aliases.join(', ')})`]
  })
  return `${usageLine(undefined, undefined)}

  SPy: a statically compiled variant of Python.

  Without COMMAND, a FILENAME is run.

Commands:
${columns(rows)}
Options:
${columns([
  ['--version', 'Show the version.'],
  ['-h, --help', 'Show this text; after a command, that of the command.'],
])}`
}

export function commandHelp(name: string, { about, options, ...spec }: CommandSpec): string {
  const usable = options.filter(({ refused }) => refused === undefined)
  const rows = usable.map(({ names, value, choices, help }): Row => {
    const shown = choices === undefined ? value : `[${choices.join('|')}]`
    return [names.join(', ') + (shown === undefined ? '' : ` ${shown}`), help]
  })
  return `${usageLine(name, spec.operands)}\n\n${wrap(about, '  ')}\nOptions:\n${columns(rows)}`
}

/** `Usage: spy build [OPTIONS] FILE` */
function usageLine(command: string | undefined, operands: string | undefined): string {
  if (command === undefined) return 'Usage: spy [COMMAND] [OPTIONS] FILENAME [ARGV]...'
  return `Usage: spy ${command} [OPTIONS]${operands === '' ? '' : ` ${operands}`}`
}

/** @param columns  width of the terminal */
export function usageErrorText({ message, command }: UsageError, operands: string, columns: number): string {
  const width = Math.max(Math.min(columns, WIDTH), message.length + 4)
  const call = command === undefined ? 'spy' : `spy ${command}`
  return `${usageLine(command, operands)}
Try '${call} -h' for help.
╭─ Error ${'─'.repeat(width - 10)}╮
│ ${message.padEnd(width - 4)} │
╰${'─'.repeat(width - 2)}╯
`
}

type Row = readonly [head: string, text: string]

function columns(rows: readonly Row[]): string {
  const head = Math.min(Math.max(...rows.map(([text]) => text.length)), 32)
  const indent = ' '.repeat(head + 4)
  return rows
    .map(([name, text]) => {
      const wrapped = wrap(text, indent)
      return name.length > head ? `  ${name}\n${wrapped}` : `  ${name.padEnd(head)}  ${wrapped.trimStart()}`
    })
    .join('')
}

function wrap(text: string, indent: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = word
    } else line += line === '' ? word : ` ${word}`
  }
  return [...lines, line].map((each) => `${indent}${each}\n`).join('')
}
