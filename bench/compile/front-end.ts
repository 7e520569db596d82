/**
 * The front end and the jit, measured in a process of its own: the first time with code that has never run, then again
 * and again.
 *
 *     node --import tsx bench/compile/front-end.ts FILE TIMES
 *
 * Prints JSON: for each time the milliseconds of each part.
 */
import { emitWasm } from '../../compiler/backends/wasm.ts'
import { planTypedCollection } from '../../compiler/driver/pipelines/collection.ts'
import { BUILTIN_NAMES, GuestMemory, importModules } from '../../compiler/machine/index.ts'
import { discoverModules } from '../../compiler/modules/graph.ts'
import { libspyModule, nodeWorld, posixPath } from '../../compiler/node.ts'
import { redshiftClosed } from '../../compiler/redshift/redshift.ts'
import { expectOneCompilation } from '../../src/node/one-shot.ts'
import { HOST_IMPORTS } from '../../src/runtime/abi.ts'
import { startJit } from '../../src/runtime/index.ts'

export interface FrontEndTimes {
  /** Texts to analysed trees, those of the library included. */
  readonly parse: number
  /** Module bodies and blue code. */
  readonly import: number
  readonly redshift: number
  /** Typed trees to a running instance: plan of the roots, wasm, its compilation by the engine. */
  readonly jit: number
}

/** Programs print, but not here. */
const HOST = Object.fromEntries(Object.keys(HOST_IMPORTS).map((name) => [name, () => () => 0]))

const [file = '', times = '1'] = process.argv.slice(2)
// As the command does; a process that compiles more than once stands for a dev server.
if (times === '1') expectOneCompilation()
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
  const program = redshiftClosed(machine)
  const typed = performance.now()
  const exports = [...program.functions.keys()].filter((fqn) => fqn.startsWith(`${graph.entries[0]?.name}::`))
  const { bytes } = emitWasm(program, { exports, cells: [], collection: planTypedCollection(program) })
  startJit(libspyModule(), new WebAssembly.Module(bytes as BufferSource), HOST)
  return {
    parse: parsed - start,
    import: imported - parsed,
    redshift: typed - imported,
    jit: performance.now() - typed,
  }
}

console.log(JSON.stringify(Array.from({ length: Number(times) }, measure)))
