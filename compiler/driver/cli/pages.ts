/**
 * Pages that commands write: trees to click on, in one file that needs no network.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path/posix'
import { htmlPage, type PageSection } from '../../inspect/html-page.ts'
import { HostError } from '../../text/diagnostics.ts'
import { stemOf } from './build-options.ts'
import type { Call, Option, Shell } from './command.ts'
import { noPublishedViewer } from './usage-error.ts'

/** For commands that can write a page. */
export const PAGE_OPTIONS: readonly Option[] = [
  {
    names: ['--spyast-js'],
    value: 'HOW',
    choices: ['inline', 'cdn'],
    help: 'How a page gets the script that draws. inline (default, and the only one there is): it holds it.',
  },
]

/** Write `build/STEM_NAME.html` beside FILENAME, and say so. */
export async function writePage(name: string, sections: readonly PageSection[], call: Call, shell: Shell) {
  if (call.options.text('spyast-js') === 'cdn') throw noPublishedViewer(name)
  const { file, terminal } = call
  const stem = stemOf(file)
  const shown = join(dirname(normalize(file.replaceAll('\\', '/'))), 'build', `${stem}_${name}.html`)
  const path = shell.resolve(shown)
  const page = htmlPage(`${stem} · ${name}`, sections, await shell.viewer())
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, page)
  } catch (error) {
    throw new HostError(`cannot write ${path}: ${(error as NodeJS.ErrnoException).code}`, { cause: error })
  }
  terminal.out(`Written ${shown}\n`)
  return 0
}
