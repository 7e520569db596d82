/** `spy colorize`: which parts of a file are computed before the program runs, and which are left. */
import { colorizeSource, colorRows } from '../../inspect/colors.ts'
import { dumpTree } from '../../inspect/dump-tree.ts'
import { syntaxShape } from '../../inspect/syntax-shape.ts'
import { viewTree } from '../../inspect/view-tree.ts'
import { shiftProgram } from '../pipelines/show.ts'
import type { Command } from './command.ts'
import { COMMON, programRequest } from './common-options.ts'
import { PAGE_OPTIONS, writePage } from './pages.ts'
import { symbolTableOf } from './sources.ts'
import { tellWarning } from './telling.ts'

const FORMATS = ['spy', 'ast', 'json', 'html'] as const

export const command: Command = {
  operands: 'FILENAME',
  about:
    'Shows FILENAME with a colour for each expression of its functions: blue is known before the program runs, red is ' +
    'left to run.',
  optionsFirst: false,
  file: 'required',
  options: [
    {
      names: ['-f', '--format'],
      value: 'FORMAT',
      choices: FORMATS,
      help: 'spy (default): the source in colours. ast: the syntax tree. json: ranges, for editors. html: a page to click on.',
    },
    ...PAGE_OPTIONS,
    ...COMMON,
  ],
  async run(call, shell) {
    const { options, terminal } = call
    // What modules print while they are imported is not what was asked for, but of interest.
    const shifted = shiftProgram({ ...programRequest(call, shell), output: terminal.err }, shell.world())
    for (const warning of shifted.warnings) tellWarning(warning, call)
    const { colors } = shifted
    const [module] = shifted.entries
    switch (options.choice('format', FORMATS, 'spy')) {
      case 'spy':
        // Without colours there would be nothing to see: they are what was asked for, wherever it goes.
        terminal.out(options.text('color') === 'never' ? module.file.text : colorizeSource(module, colors))
        return 0
      case 'ast':
        terminal.out(`${dumpTree(module.tree, { color: true, colors, symbolTableOf: symbolTableOf(module) })}\n`)
        return 0
      case 'json':
        terminal.out(`${JSON.stringify(colorRows(module, colors), null, 2)}\n`)
        return 0
      case 'html': {
        const tree = viewTree(syntaxShape(module.tree, { colors }), { colored: true })
        return writePage('colorize', [{ title: module.file.path, tree }], call, shell)
      }
    }
  },
}
