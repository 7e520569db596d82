/** `spy types`: declarations of all `.spy` files of a project, for TypeScript and editors. */
import { watch } from 'node:fs/promises'
import type { Call, Command, DeclarationsProject } from './command.ts'
import { COMMON } from './common-options.ts'
import { errorText } from './failures.ts'

export const command: Command = {
  operands: '[FOLDER]',
  about:
    'Writes the declarations of all .spy files under FOLDER (default: the current one) to .spy/types, and a ' +
    'tsconfig.spy.json to extend.',
  optionsFirst: false,
  file: 'optional',
  options: [
    { names: ['--check'], help: 'Write nothing; fail if a declaration is stale or a .spy file is wrong.' },
    { names: ['--watch'], help: 'Go on: write again whenever a .spy file changes.' },
    ...COMMON,
  ],
  async run(call, shell) {
    const { file, options, terminal } = call
    const root = shell.resolve(file === '' ? '.' : file)
    const project = await shell.declarations(root)
    if (options.has('check')) return check(project, call)
    const status = await write(project, call)
    if (!options.has('watch')) return status
    terminal.flush()
    for await (const { filename } of watch(root, { recursive: true })) {
      if (!filename?.endsWith('.spy')) continue
      await write(project, call)
      terminal.flush()
    }
    return 0
  },
}

async function check(project: DeclarationsProject, { terminal }: Call): Promise<number> {
  const { stale, broken } = await project.check()
  for (const { path, problem } of stale) terminal.err(`${path} is ${problem}: spy types brings it up to date\n`)
  for (const error of broken) terminal.err(errorText(error, { color: terminal.colorErr }))
  return stale.length === 0 && broken.length === 0 ? 0 : 1
}

/** Files with errors keep the declarations that they had. */
async function write(project: DeclarationsProject, { terminal }: Call): Promise<number> {
  const broken = await project.write()
  for (const error of broken) terminal.err(errorText(error, { color: terminal.colorErr }))
  terminal.out(`Written ${project.folder}\n`)
  return broken.length === 0 ? 0 : 1
}
