/**
 * The front end, measured in a process of its own: the first time with code that has never run, then again and again.
 *
 *     node --import tsx bench/compile/front-end.ts FILE TIMES
 *
 * Prints JSON: for each time the milliseconds of each part.
 */
import { BUILTIN_NAMES, GuestMemory, importModules } from '../../compiler/machine/index.ts'
import { discoverModules } from '../../compiler/modules/graph.ts'
import { nodeWorld, posixPath } from '../../compiler/node.ts'
import { redshift } from '../../compiler/redshift/redshift.ts'

export interface FrontEndTimes {
  /** Texts to analysed trees, those of the library included. */
  readonly parse: number
  /** Module bodies and blue code. */
  readonly import: number
  readonly redshift: number
}

const [file = '', times = '1'] = process.argv.slice(2)
const { host, library } = nodeWorld()
const path = posixPath(file)

function measure(): FrontEndTimes {
  const start = performance.now()
  const graph = discoverModules(path, host, BUILTIN_NAMES, { library, path: [] })
  const parsed = performance.now()
  const machine = importModules(graph, {
    mode: 'debug',
    memory: new GuestMemory('debug'),
    output: () => {},
    blueSteps: Number.POSITIVE_INFINITY,
    errors: 'eager',
    onPutOff: () => {},
  })
  const imported = performance.now()
  redshift(machine)
  return { parse: parsed - start, import: imported - parsed, redshift: performance.now() - imported }
}

console.log(JSON.stringify(Array.from({ length: Number(times) }, measure)))
