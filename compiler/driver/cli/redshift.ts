/** `spy redshift`: what partial evaluation leaves of a file, as SPy or as a tree; or running that. */
import { dirname, normalize } from 'node:path'
import { printSource } from '../../backends/spy-source.ts'
import { dumpShape } from '../../inspect/dump-shape.ts'
import { highlight } from '../../inspect/highlight.ts'
import { typedShape } from '../../inspect/typed-shape.ts'
import { viewTree } from '../../inspect/view-tree.ts'
import { linearize } from '../../lowering/linearize.ts'
import type { SourceModule } from '../../modules/graph.ts'
import type { TypedFunc, TypedProgram } from '../../typed/tree.ts'
import { shiftProgram } from '../pipelines/show.ts'
import type { Call, Command, Shell } from './command.ts'
import { COMMON, programRequest, TIMEIT } from './common-options.ts'
import { PAGE_OPTIONS, writePage } from './pages.ts'
import { exitStatus } from './run.ts'
import { symbolTableOf } from './sources.ts'
import { tellTime, tellWarning } from './telling.ts'

const FORMATS = ['spy', 'ast', 'html'] as const

export const command: Command = {
  operands: 'FILENAME [ARGV]...',
  about:
    'Prints the functions of FILENAME as partial evaluation leaves them: blue code is gone, every name has a type.',
  optionsFirst: true,
  file: 'required',
  options: [
    { names: ['-x', '--execute'], help: 'Run main() of the result instead, with ARGV.' },
    {
      names: ['-f', '--format'],
      value: 'FORMAT',
      choices: FORMATS,
      help: 'spy (default): as source. ast: the typed tree. html: a page to click on.',
    },
    { names: ['--full-fqn'], help: 'Show complete names, and operators as calls.' },
    { names: ['--linearize'], help: 'Spell out the order of effects first, as for C.' },
    { names: ['--dump'], value: 'FILE', many: true, help: 'Show this module too; may be given several times.' },
    ...PAGE_OPTIONS,
    TIMEIT,
    ...COMMON,
  ],
  async run(call, shell) {
    return call.options.has('execute') ? execute(call, shell) : show(call, shell)
  },
}

async function show(call: Call, shell: Shell): Promise<number> {
  const { file, options, terminal } = call
  const further = options.all('dump')
  const request = programRequest(call, shell)
  const { program, entries, warnings } = shiftProgram(
    {
      ...request,
      // What modules print while they are imported is not what was asked for, but of interest.
      output: terminal.err,
      entries: [...request.entries, ...further.map((each) => shell.resolve(each))],
      path: further.map((each) => dirname(shell.resolve(each))),
    },
    shell.world(),
  )
  for (const warning of warnings) tellWarning(warning, call)
  const shown = options.has('linearize') ? linearize(program) : program
  const format = options.choice('format', FORMATS, 'spy')
  if (format === 'html')
    return writePage(
      'rs',
      entries.flatMap((module) => sections(module, shown)),
      call,
      shell,
    )
  const names = [file, ...further]
  for (const [index, module] of entries.entries()) {
    if (further.length > 0) terminal.out(`# ${names[index]}\n`)
    if (format === 'ast') terminal.out(dumpFunctions(module, shown, terminal.colorOut))
    else {
      const source = printSource(shown, module.name, { fullFqn: options.has('full-fqn') })
      terminal.out(terminal.colorOut ? highlight(source, 'spy') : source)
    }
  }
  return 0
}

function functionsOf({ name }: SourceModule, program: TypedProgram): readonly TypedFunc[] {
  return [...program.functions.values()].filter(({ fqn }) => fqn.module === name)
}

/** `` `FQN` = `` and a tree, for each. */
function dumpFunctions(module: SourceModule, program: TypedProgram, color: boolean): string {
  const tableOf = symbolTableOf(module)
  return functionsOf(module, program)
    .map((func) => {
      const node = func.source?.node
      const table = node ? tableOf(node) : undefined
      return `\`${func.fqn.text}\` = ${dumpShape(typedShape(func, program, table), { color })}\n\n`
    })
    .join('')
}

function sections(module: SourceModule, program: TypedProgram) {
  return functionsOf(module, program).map((func) => ({
    title: func.fqn.text,
    tree: viewTree(typedShape(func, program), { colored: false }),
  }))
}

async function execute(call: Call, shell: Shell): Promise<number> {
  const { options, terminal } = call
  const { result, time } = await shell.runCompiled({
    engine: 'jit',
    request: programRequest(call, shell),
    argv: [normalize(call.file), ...call.argv],
    stdout: terminal.out,
    stderr: terminal.err,
    onWarning: (warning) => tellWarning(warning, call),
  })
  if (options.has('timeit')) tellTime(time, terminal)
  return exitStatus(result)
}
