/** All commands. Each is loaded when it is called: most of the time of a short command would go into loading the others. */
import type { Command } from './command.ts'

export interface CommandEntry {
  readonly name: string
  readonly aliases: readonly string[]
  readonly summary: string
  load(): Promise<{ readonly command: Command }>
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'run',
    aliases: ['execute'],
    summary: 'Call main() of a file; the default.',
    load: () => import('./run.ts'),
  },
  {
    name: 'build',
    aliases: [],
    summary: 'Make an ES module, its wasm and its declarations.',
    load: () => import('./build.ts'),
  },
  {
    name: 'redshift',
    aliases: ['rs'],
    summary: 'Print what is left of a file after partial evaluation, or run that.',
    load: () => import('./redshift.ts'),
  },
  { name: 'cwrite', aliases: [], summary: 'Print the C of a program.', load: () => import('./cwrite.ts') },
  {
    name: 'colorize',
    aliases: [],
    summary: 'Show what of a file is computed before it runs.',
    load: () => import('./colorize.ts'),
  },
  { name: 'parse', aliases: [], summary: 'Print the syntax tree of a file.', load: () => import('./parse.ts') },
  { name: 'imports', aliases: [], summary: 'Print the modules of a program.', load: () => import('./imports.ts') },
  { name: 'symtable', aliases: [], summary: 'Print the symbol tables of a file.', load: () => import('./symtable.ts') },
  { name: 'format', aliases: [], summary: 'Lay out a file, with ruff.', load: () => import('./format.ts') },
  { name: 'types', aliases: [], summary: 'Write declarations for TypeScript.', load: () => import('./types.ts') },
]

export function findCommand(word: string): CommandEntry | undefined {
  return COMMANDS.find(({ name, aliases }) => name === word || aliases.includes(word))
}

/** Commands of other implementations that this one has no use for, and what there is instead. */
export const NOT_PROVIDED: ReadonlyMap<string, string> = new Map([
  ['pyparse', "no Python is at work here. 'spy parse' shows the tree of a file."],
  ['cleanup', 'nothing is written beside sources, so there is nothing to remove.'],
])
